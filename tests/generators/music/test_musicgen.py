"""MusicGen on tiny random weights, saved and loaded as real ones are."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from storyboard.generators import registry
from storyboard.generators.models.device import Device
from storyboard.generators.music.musicgen import MusicGen
from storyboard.generators.seams import MusicTake, SongRequest
from storyboard.generators.testing import check_music
from storyboard.schema.errors import Cancelled, GeneratorError, GeneratorUnavailable, InputError
from storyboard.schema.provenance import ModelUsed
from storyboard.schema.song import Song

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from storyboard.generators.music.musicgen_model import Wish, _chroma, compose  # noqa: E402

RATE_HZ, HOP = 8000, 400
WORDS = [(word, -1.0) for word in ("<pad>", "</s>", "<unk>", "▁", "▁pop", "▁BPM", "▁rock", "▁slow")]


@pytest.fixture(scope="module", autouse=True)
def _one_thread() -> Any:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def build(folder: Path, *, melody: bool = False, stereo: bool = False) -> Path:
    """Save a MusicGen of two small layers: 20 tokens a second, 2 codebooks a channel."""
    torch.manual_seed(0)
    text = transformers.T5Config(
        vocab_size=len(WORDS),
        d_model=16,
        d_kv=4,
        d_ff=16,
        num_layers=1,
        num_heads=2,
        is_encoder_decoder=False,
    )
    sound = transformers.EncodecConfig(
        sampling_rate=RATE_HZ, upsampling_ratios=[10, 8, 5], target_bandwidths=[0.24], codebook_size=64,
        codebook_dim=16, hidden_size=16, num_filters=4, num_lstm_layers=1, audio_channels=1,
    )  # fmt: skip
    sizes: dict[str, Any] = {
        "vocab_size": 64, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "ffn_dim": 16,
        "num_codebooks": 4 if stereo else 2, "audio_channels": 2 if stereo else 1,
        "pad_token_id": 64, "bos_token_id": 64, "max_position_embeddings": 2048,
    }  # fmt: skip
    if melody:
        decoder = transformers.MusicgenMelodyDecoderConfig(**sizes)
        config = transformers.MusicgenMelodyConfig(
            text_encoder=text.to_dict(),
            audio_encoder=sound.to_dict(),
            decoder=decoder.to_dict(),
            chroma_length=24,
        )
        model = transformers.MusicgenMelodyForConditionalGeneration(config)
        settings = {"sampling_rate": RATE_HZ, "n_fft": 2048, "hop_length": 1024}
        folder.mkdir(parents=True)
        (folder / "preprocessor_config.json").write_text(json.dumps(settings))
    else:
        decoder = transformers.MusicgenDecoderConfig(**sizes)
        config = transformers.MusicgenConfig(
            text_encoder=text.to_dict(), audio_encoder=sound.to_dict(), decoder=decoder.to_dict()
        )
        model = transformers.MusicgenForConditionalGeneration(config)
    for name, weight in model.named_parameters():
        if weight.ndim == 2 and not name.startswith("audio_encoder"):
            weight.data.mul_(12)  # as initialised, words and notes hardly change what is drawn
    for layer in model.audio_encoder.quantizer.layers:
        layer.codebook.embed.normal_()  # zeros otherwise, and every token would sound alike
    model.generation_config.decoder_start_token_id = model.generation_config.pad_token_id = 64
    model.save_pretrained(folder)
    transformers.T5Tokenizer(vocab=WORDS, extra_ids=0).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("musicgen") / "tiny")


@pytest.fixture(scope="module")
def song() -> Song:
    section = {"kind": "verse", "lines": ["A kettle sings"], "bars": 2}
    return Song.model_validate(
        {"title": "Kettle", "genre": "pop", "tempo_bpm": 120, "key": "G major", "sections": [section]}
    )


def play(folder: Path, song: Song, out: Path, **told: str | float) -> MusicTake:
    request = SongRequest(song=song, seed=3, parameters=told)
    return registry.music(f"musicgen:{folder}").play(request, out, lambda _: None)


def composed(folder: Path, **changed: Any) -> NDArray[np.float32]:
    wish = Wish(
        **{"prompt": "pop", "duration_s": 5.0, "guidance_scale": 3.0, "temperature": 1.0, "top_k": 250,
           "window_s": 3.0, "overlap_s": 1.0, "melody": None, "seed": 3, **changed}
    )  # fmt: skip
    return compose(folder, Device("cpu", "float32"), wish, lambda _: None)[0]


def melody_of(path: Path, *notes_hz: float) -> Path:
    times_s = np.arange(RATE_HZ) / RATE_HZ
    soundfile.write(
        path, np.concatenate([0.3 * np.sin(2 * np.pi * hz * times_s) for hz in notes_hz]), RATE_HZ
    )
    return path


def test_conforms(tiny: Path, song: Song, tmp_path: Path) -> None:
    check_music(registry.music(f"musicgen:{tiny}"), SongRequest(song=song, seed=3), tmp_path)


def test_the_same_seed_gives_the_same_bytes_and_the_take_says_which_weights_played(
    tiny: Path, song: Song, tmp_path: Path
) -> None:
    takes = [play(tiny, song, tmp_path / name) for name in ("one", "same")]
    assert (tmp_path / "one").read_bytes() == (tmp_path / "same").read_bytes()
    revision = MusicGen(str(tiny)).revision
    assert revision.startswith("sha256:")
    assert takes[0].model == ModelUsed(id="tiny", revision=revision, device="cpu", dtype="float32")
    assert not np.allclose(composed(tiny, duration_s=1.0), composed(tiny, duration_s=1.0, seed=4))


def test_a_long_song_goes_on_from_the_end_of_each_window(tiny: Path) -> None:
    whole = composed(tiny, window_s=5.0)
    pieces = composed(tiny)
    n_same = round(2.5 * RATE_HZ)
    assert pieces.shape == whole.shape == (1, 5 * RATE_HZ)
    assert np.allclose(pieces[:, :n_same], whole[:, :n_same], atol=1e-4), "the first window is what it was"
    heard_less = composed(tiny, overlap_s=0.5)
    after = slice(round(3.1 * RATE_HZ), round(4.4 * RATE_HZ))
    assert not np.allclose(heard_less[:, after], pieces[:, after]), "what follows depends on what is heard"


def test_progress_counts_the_tokens_of_every_window(tiny: Path) -> None:
    seen: list[float] = []
    wish = Wish("pop", 5.0, 3.0, 1.0, 250, 3.0, 1.0, None, 3)
    compose(tiny, Device("cpu", "float32"), wish, seen.append)
    assert len(seen) == 5.0 * RATE_HZ / HOP + 2, "the second codebook of each window is a token late"
    assert seen == sorted(seen) and seen[-1] == 1.0


def test_a_stop_between_two_tokens_ends_the_generation(tiny: Path, song: Song, tmp_path: Path) -> None:
    seen: list[float] = []

    def stop(fraction: float) -> None:
        seen.append(fraction)
        if len(seen) == 10:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        MusicGen(str(tiny)).play(SongRequest(song=song, seed=3), tmp_path / "music.wav", stop)
    assert len(seen) == 10 and not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "told", [{"guidance_scale": 1.0}, {"temperature": 0.2}, {"top_k": 2}, {"prompt": "slow"}]
)
def test_what_the_user_tells_changes_the_music(tiny: Path, told: dict[str, Any]) -> None:
    assert not np.allclose(composed(tiny, duration_s=1.0), composed(tiny, duration_s=1.0, **told))


def test_a_stereo_checkpoint_stays_stereo(song: Song, tmp_path: Path) -> None:
    stereo = build(tmp_path / "stereo", stereo=True)
    assert composed(stereo).shape[0] == 2
    play(stereo, song, tmp_path / "music.wav")
    samples, _ = soundfile.read(tmp_path / "music.wav")
    assert not np.array_equal(samples[:, 0], samples[:, 1])


def test_a_melody_checkpoint_follows_the_recording(tmp_path: Path) -> None:
    folder = build(tmp_path / "tunes", melody=True)
    one = melody_of(tmp_path / "one.wav", 220.0, 330.0)
    other = melody_of(tmp_path / "other.wav", 247.0, 294.0, 247.0)
    free, led, led_again, led_otherwise = (composed(folder, melody=path) for path in (None, one, one, other))
    assert np.array_equal(led, led_again)
    assert not np.allclose(led, free) and not np.allclose(led, led_otherwise)


def test_the_chroma_of_a_melody_is_its_note_in_every_frame(tmp_path: Path) -> None:
    wish = Wish("pop", 5.0, 3.0, 1.0, 250, 2.0, 1.0, None, 3)
    melody = melody_of(tmp_path / "a.wav", 440.0)
    build(tmp_path / "tunes", melody=True)
    chroma = _chroma(
        soundfile.read(melody, dtype="float32")[0], 0, wish, tmp_path / "tunes", Device("cpu", "float32")
    )
    assert chroma.shape[2] == 12
    assert chroma.sum(dim=2).eq(1).all()
    assert set(chroma[0].argmax(dim=1).tolist()) == {9}, "A is the tenth note from C"


def test_a_melody_is_refused_by_a_checkpoint_that_follows_none(
    tiny: Path, song: Song, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="follows no melody") as caught:
        play(tiny, song, tmp_path / "music.wav", melody="tune.wav")
    assert "musicgen-melody" in caught.value.hint


def test_another_kind_of_model_is_refused(tiny: Path, song: Song, tmp_path: Path) -> None:
    folder = shutil.copytree(tiny, tmp_path / "bert")
    (folder / "config.json").write_text('{"model_type": "bert"}')
    with pytest.raises(InputError, match="a bert model, not MusicGen"):
        play(folder, song, tmp_path / "music.wav")


def test_broken_weights_are_an_error_that_names_the_model(tiny: Path, song: Song, tmp_path: Path) -> None:
    folder = shutil.copytree(tiny, tmp_path / "broken")
    (folder / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(GeneratorError, match="the model failed") as caught:
        play(folder, song, tmp_path / "music.wav")
    assert caught.value.where == f"musicgen:{folder}"


def test_an_unknown_parameter_is_refused_by_name(tiny: Path, song: Song, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no parameter 'steps'") as caught:
        play(tiny, song, tmp_path / "music.wav", steps=3)
    assert caught.value.where == "generators.parameters.music.steps"
    assert "guidance_scale (1 to 20)" in caught.value.hint


def test_missing_weights_name_the_command_that_fetches_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    hints = []
    for model in ("", "facebook/musicgen-large"):
        with pytest.raises(GeneratorUnavailable, match="not on this machine") as caught:
            MusicGen(model).check()
        hints.append(caught.value.hint)
    assert hints == ["storyboard pull musicgen", "storyboard pull musicgen:facebook/musicgen-large"]
    assert MusicGen().revision == ""
