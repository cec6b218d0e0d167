"""Bark loads a real checkpoint, here a tiny one with random weights, and gives a voice on the grid."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from storyboard.generators.score import LineSlot, score_of
from storyboard.generators.seams import SongRequest
from storyboard.generators.testing import check_voice
from storyboard.generators.voice.bark import Bark
from storyboard.generators.voice.bark.chunks import LONGEST_S, chunks_of, prompt_of, spoken_s
from storyboard.schema.errors import Cancelled, GeneratorError, GeneratorUnavailable, InputError
from storyboard.schema.progress import OnFraction, ignore
from storyboard.schema.song import Song

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")

N_SEMANTIC, N_CODES, N_WORDS = 40, 16, 60


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bark") / "tiny"
    save_bark(folder)
    return folder


@pytest.fixture
def request_() -> SongRequest:
    song = Song(
        title="Rain",
        genre="pop",
        tempo_bpm=100,
        key="C major",
        sections=[
            {"kind": "verse", "lines": ["rain on the road", "we go home"]},
            {"kind": "chorus", "lines": ["we go home"]},
        ],
    )
    return SongRequest(song=song, seed=5)


def sing(
    model: Path, request: SongRequest, out: Path, progress: OnFraction = ignore, **parameters: object
) -> NDArray[np.float64]:
    Bark(str(model)).sing(request.model_copy(update={"parameters": parameters}), out, progress)
    return soundfile.read(out)[0]


def alike(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    return bool(np.abs(one - other).max() < 0.02)


def test_the_model_conforms(checkpoint: Path, request_: SongRequest, tmp_path: Path) -> None:
    check_voice(Bark(str(checkpoint)), request_, tmp_path)


def test_the_same_seed_gives_the_same_bytes_and_another_another(
    checkpoint: Path, request_: SongRequest, tmp_path: Path
) -> None:
    state = torch.random.get_rng_state()
    first = sing(checkpoint, request_, tmp_path / "one.wav")
    sing(checkpoint, request_, tmp_path / "two.wav")
    other = sing(checkpoint, request_.model_copy(update={"seed": 6}), tmp_path / "other.wav")
    assert (tmp_path / "one.wav").read_bytes() == (tmp_path / "two.wav").read_bytes()
    assert not alike(first, other)
    assert torch.equal(state, torch.random.get_rng_state()), "the chance of others is left alone"


def test_progress_is_reported_at_every_step_of_its_models(
    checkpoint: Path, request_: SongRequest, tmp_path: Path
) -> None:
    seen: list[float] = []
    sing(checkpoint, request_, tmp_path / "voice.wav", seen.append)
    assert len(set(seen)) > 50 and seen == sorted(seen) and seen[-1] == 1.0


def test_it_stops_in_the_middle_of_a_chunk(checkpoint: Path, request_: SongRequest, tmp_path: Path) -> None:
    seen: list[float] = []

    def stop(fraction: float) -> None:
        seen.append(fraction)
        if len(seen) == 8:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        sing(checkpoint, request_, tmp_path / "voice.wav", stop)
    assert len(seen) == 8 and not list(tmp_path.iterdir())


def test_what_was_run_is_recorded(checkpoint: Path, request_: SongRequest, tmp_path: Path) -> None:
    take = Bark(str(checkpoint)).sing(request_, tmp_path / "voice.wav", ignore)
    assert take.model and (take.model.id, take.model.dtype) == ("tiny", "float32")
    assert take.model.revision == Bark(str(checkpoint)).revision
    assert not take.words, "they are for the sync engine to find"


def test_the_preset_is_chosen_by_name_or_by_who_sings(
    checkpoint: Path, request_: SongRequest, tmp_path: Path
) -> None:
    by_tags = sing(checkpoint, request_, tmp_path / "voice.wav")
    woman, man = (
        sing(checkpoint, request_, tmp_path / "voice.wav", voice_preset=f"v2/en_speaker_{number}")
        for number in (9, 6)
    )
    assert alike(by_tags, woman) and not alike(woman, man)
    with pytest.raises(InputError, match="no preset is named 'v2/xx_speaker_0'") as caught:
        sing(checkpoint, request_, tmp_path / "voice.wav", voice_preset="v2/xx_speaker_0")
    assert "v2/en_speaker_6" in caught.value.hint


def test_a_temperature_changes_what_is_said(checkpoint: Path, request_: SongRequest, tmp_path: Path) -> None:
    own = sing(checkpoint, request_, tmp_path / "voice.wav")
    assert not alike(own, sing(checkpoint, request_, tmp_path / "voice.wav", temperature=0.1))
    with pytest.raises(InputError, match="temperature = 9"):
        sing(checkpoint, request_, tmp_path / "voice.wav", temperature=9)


def test_a_language_it_lacks_is_refused(checkpoint: Path, request_: SongRequest, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not speak 'sv'; it has de, en"):
        sing(checkpoint, request_.model_copy(update={"language": "sv"}), tmp_path / "voice.wav")


def test_without_weights_the_command_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(GeneratorUnavailable, match="suno/bark-small are not on this machine") as caught:
        Bark().check()
    assert caught.value.hint == "storyboard pull bark"
    with pytest.raises(GeneratorUnavailable) as caught:
        Bark("suno/bark").check()
    assert caught.value.hint == "storyboard pull bark:suno/bark"


@pytest.mark.parametrize("name", ["generation_config.json", "model.safetensors"])
def test_a_missing_file_is_named(name: str, checkpoint: Path, tmp_path: Path) -> None:
    shutil.copytree(checkpoint, tmp_path / "bark")
    (tmp_path / "bark" / name).unlink()
    with pytest.raises(GeneratorUnavailable, match=name.partition(".")[2]):
        Bark(str(tmp_path / "bark")).check()


def test_damaged_weights_are_told(checkpoint: Path, request_: SongRequest, tmp_path: Path) -> None:
    shutil.copytree(checkpoint, tmp_path / "bark")
    (tmp_path / "bark" / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(GeneratorError, match="the model failed"):
        sing(tmp_path / "bark", request_, tmp_path / "voice.wav")


def slots_of(*sections: list[str], bars: int | None = None) -> list[LineSlot]:
    parts = [{"kind": "verse", "lines": lines, "bars": bars} for lines in sections]
    song = Song(title="Rain", genre="pop", tempo_bpm=100, key="C major", sections=parts)
    return list(score_of(song).lines)


def test_lines_are_grouped_to_what_bark_can_hold_and_no_further_than_their_section() -> None:
    line = "walking in the rain tonight"
    chunks = chunks_of(slots_of([line] * 9, [line]))
    assert [slot.ref[0] for slot in chunks[-1]] == [1] and len(chunks[-1]) == 1
    assert len(chunks[0]) > 1
    assert all(spoken_s(chunk) <= LONGEST_S for chunk in chunks)
    assert [slot for chunk in chunks for slot in chunk] == slots_of([line] * 9, [line])


def test_a_line_too_long_for_a_group_is_said_alone() -> None:
    long = " ".join(["everything"] * 20)
    assert [len(chunk) for chunk in chunks_of(slots_of(["we go", long, "we go"]))] == [1, 1, 1]


def test_what_is_sung_stands_between_notes() -> None:
    assert prompt_of(slots_of(["Where are you?", "I am home"])) == "♪ Where are you? I am home, ♪"


def save_bark(folder: Path) -> None:
    """Write a checkpoint as the hub has them: models, codec, tokenizer, and two presets."""
    from transformers import BarkConfig, BarkModel, BertTokenizer

    torch.manual_seed(0)
    model = BarkModel(BarkConfig(**tiny_configs()))
    model.save_pretrained(folder)
    (folder / "generation_config.json").write_text(json.dumps(generation_config()))
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "♪", ",", *"rain on the road we go home".split()]
    BertTokenizer(vocab={word: index for index, word in enumerate(words)}).save_pretrained(folder)
    save_presets(folder, ["v2/en_speaker_6", "v2/en_speaker_9"])


def tiny_configs() -> dict[str, Any]:
    from transformers import BarkCoarseConfig, BarkFineConfig, BarkSemanticConfig, EncodecConfig

    small = {"num_layers": 1, "num_heads": 1, "hidden_size": 8, "block_size": 96, "initializer_range": 0.7}
    n_coarse = N_SEMANTIC + 2 * N_CODES + 4
    codec = EncodecConfig(
        num_filters=2,
        hidden_size=4,
        codebook_size=N_CODES,
        codebook_dim=4,
        num_lstm_layers=1,
        target_bandwidths=[2.4],
        upsampling_ratios=[8, 5, 4, 2],
    )
    parts = {
        "semantic": BarkSemanticConfig(
            input_vocab_size=N_SEMANTIC + N_WORDS + 4, output_vocab_size=N_SEMANTIC + 2, **small
        ),
        "coarse_acoustics": BarkCoarseConfig(input_vocab_size=n_coarse, output_vocab_size=n_coarse, **small),
        "fine_acoustics": BarkFineConfig(
            input_vocab_size=N_CODES + 1,
            output_vocab_size=N_CODES + 1,
            n_codes_total=8,
            n_codes_given=1,
            **small,
        ),
        "codec": codec,
    }
    return {f"{name}_config": config.to_dict() for name, config in parts.items()}


def generation_config() -> dict[str, Any]:
    from transformers.models.bark.generation_configuration_bark import BarkGenerationConfig

    semantic = {
        "eos_token_id": N_SEMANTIC,
        "max_new_tokens": 30,
        "do_sample": True,
        "text_encoding_offset": N_SEMANTIC + 2,
        "text_pad_token": N_SEMANTIC + N_WORDS + 2,
        "semantic_infer_token": N_SEMANTIC + N_WORDS + 3,
        "semantic_vocab_size": N_SEMANTIC,
        "max_input_semantic_length": 16,
    }
    coarse = {
        "do_sample": True,
        "coarse_semantic_pad_token": N_SEMANTIC + 2 * N_CODES + 1,
        "coarse_infer_token": N_SEMANTIC + 2 * N_CODES + 2,
        "max_coarse_input_length": 16,
        "max_coarse_history": 30,
        "sliding_window_len": 30,
    }
    fine = {"max_fine_history_length": 32, "max_fine_input_length": 64, "temperature": 0.5}
    config = BarkGenerationConfig(
        semantic_config=semantic,
        coarse_acoustics_config=coarse,
        fine_acoustics_config=fine,
        codebook_size=N_CODES,
    )
    return dict(config.to_dict())


def save_presets(folder: Path, names: list[str]) -> None:
    rng = np.random.default_rng(0)
    shapes: dict[str, tuple[tuple[int, ...], int]] = {
        "semantic_prompt": ((20,), N_SEMANTIC),
        "coarse_prompt": ((2, 30), N_CODES),
        "fine_prompt": ((8, 30), N_CODES),
    }
    listed: dict[str, object] = {"repo_or_path": "suno/bark-small"}
    (folder / "speaker_embeddings" / "v2").mkdir(parents=True)
    for name in names:
        listed[name] = {key: f"speaker_embeddings/{name}_{key}.npy" for key in shapes}
        for key, (shape, top) in shapes.items():
            np.save(folder / "speaker_embeddings" / f"{name}_{key}.npy", rng.integers(0, top, shape))
    (folder / "speaker_embeddings_path.json").write_text(json.dumps(listed))
