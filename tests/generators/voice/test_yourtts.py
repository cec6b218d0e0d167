"""YourTts loads real coqui models, here tiny ones with random weights, and gives a voice on the grid."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from storyboard.generators.seams import SongRequest
from storyboard.generators.testing import check_voice
from storyboard.generators.voice.yourtts import YourTts
from storyboard.generators.voice.yourtts.coqui import importable
from storyboard.schema.errors import GeneratorError, InputError
from storyboard.schema.progress import ignore
from storyboard.schema.song import Song

torch = pytest.importorskip("torch")
if not find_spec("TTS"):
    pytest.skip("coqui-tts is not installed", allow_module_level=True)

RATE_HZ = 16_000
AUDIO = {"sample_rate": RATE_HZ, "fft_size": 512, "win_length": 400, "hop_length": 160, "num_mels": 16}
DIMENSION = 16  # of a speaker's vector
NAME = "tts_models/multilingual/multi-dataset/your_tts"


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def request_(tmp_path: Path) -> SongRequest:
    song = Song(
        title="Rain",
        genre="pop",
        tempo_bpm=100,
        key="C major",
        sections=[
            {"kind": "verse", "lines": ["rain on the road", "we go home"]},
            {"kind": "chorus", "lines": ["we go home", "..."]},
        ],
        vocals={"voice": "male"},
    )
    return SongRequest(song=song, seed=5)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A YourTTS in small: three languages, two speakers by their vectors, an encoder for cloning."""
    folder = tmp_path_factory.mktemp("models") / "small"
    folder.mkdir()
    save_your_tts(folder)
    return folder


def sing(model: Path | str, request: SongRequest, out: Path, **parameters: str) -> NDArray[np.float64]:
    YourTts(str(model)).sing(request.model_copy(update={"parameters": parameters}), out, ignore)
    return soundfile.read(out)[0]


def alike(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    return bool(np.abs(one - other).max() < 0.02)


def test_the_model_conforms(models: Path, request_: SongRequest, tmp_path: Path) -> None:
    check_voice(YourTts(str(models)), request_, tmp_path)


def test_the_same_seed_gives_the_same_bytes_and_another_another(
    models: Path, request_: SongRequest, tmp_path: Path
) -> None:
    state = torch.random.get_rng_state()
    first = sing(models, request_, tmp_path / "one.wav")
    sing(models, request_, tmp_path / "two.wav")
    other = sing(models, request_.model_copy(update={"seed": 6}), tmp_path / "other.wav")
    assert (tmp_path / "one.wav").read_bytes() == (tmp_path / "two.wav").read_bytes()
    assert not alike(first, other)
    assert torch.equal(state, torch.random.get_rng_state()), "the chance of others is left alone"


def test_what_was_run_is_recorded(models: Path, request_: SongRequest, tmp_path: Path) -> None:
    take = YourTts(str(models)).sing(request_, tmp_path / "voice.wav", ignore)
    assert take.model and (take.model.id, take.model.device) == ("small", "cpu")
    assert take.model.revision == YourTts(str(models)).revision
    assert not take.words, "they are for the sync engine to find"


def test_a_speaker_is_chosen_by_name_or_by_the_vocal_tags(
    models: Path, request_: SongRequest, tmp_path: Path
) -> None:
    by_tags = sing(models, request_, tmp_path / "voice.wav")
    man = sing(models, request_, tmp_path / "voice.wav", speaker="male-en-2")
    woman = sing(models, request_, tmp_path / "voice.wav", speaker="female-en-5")
    assert alike(by_tags, man) and not alike(man, woman)
    with pytest.raises(InputError, match="no speaker is named 'nobody'") as caught:
        sing(models, request_, tmp_path / "voice.wav", speaker="nobody")
    assert "female-en-5" in caught.value.hint


def sample(path: Path, hz: float) -> str:
    """A recording of four seconds with a voice's harmonics."""
    times_s = np.arange(4 * RATE_HZ) / RATE_HZ
    sound = sum(np.sin(2 * np.pi * hz * number * times_s) / number for number in range(1, 6))
    soundfile.write(path, 0.2 * np.asarray(sound) * (1 + np.sin(2 * np.pi * 4 * times_s)), RATE_HZ)
    return str(path)


@pytest.mark.filterwarnings("ignore:'(aifc|audioop|sunau)' is deprecated:DeprecationWarning")
def test_the_voice_of_a_sample_is_cloned(models: Path, request_: SongRequest, tmp_path: Path) -> None:
    def clone(name: str, hz: float) -> NDArray[np.float64]:
        cloned = request_.model_copy(update={"voice_sample": sample(tmp_path / f"{name}.wav", hz)})
        return sing(models, cloned, tmp_path / "voice.wav")

    high, high_again, low = clone("high", 300.0), clone("copy", 300.0), clone("low", 90.0)
    own = sing(models, request_, tmp_path / "voice.wav")
    assert alike(high, high_again)
    assert not alike(high, low) and not alike(high, own)
    assert not (models / "voices").exists(), "the voice of a person is not kept beside the model"


def test_a_model_that_cannot_clone_says_so(plain: Path, request_: SongRequest, tmp_path: Path) -> None:
    cloned = request_.model_copy(update={"voice_sample": sample(tmp_path / "me.wav", 200.0)})
    with pytest.raises(InputError, match="cannot clone"):
        sing(plain, cloned, tmp_path / "voice.wav")
    assert not (tmp_path / "voice.wav").exists()


def test_the_language_is_found_among_the_codes_of_the_model(
    models: Path, request_: SongRequest, tmp_path: Path
) -> None:
    def in_language(song: str, **parameters: str) -> NDArray[np.float64]:
        request = request_.model_copy(update={"language": song})
        return sing(models, request, tmp_path / "voice.wav", speaker="male-en-2", **parameters)

    english, french = in_language("en-GB"), in_language("fr")
    assert not alike(english, french)
    assert alike(french, in_language("de", language="fr-fr"))
    with pytest.raises(InputError, match="does not speak 'de'; it has en, fr-fr, pt-br"):
        in_language("de")


def test_a_model_of_one_speaker_and_no_language_takes_any_song(
    plain: Path, request_: SongRequest, tmp_path: Path
) -> None:
    check_voice(YourTts(str(plain)), request_.model_copy(update={"language": "sv"}), tmp_path)


def test_damaged_weights_are_told(models: Path, request_: SongRequest, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(models, damaged)
    (damaged / "model_file.pth").write_bytes(b"not weights")
    assert YourTts(str(damaged)).revision != YourTts(str(models)).revision
    with pytest.raises(GeneratorError, match="the model failed"):
        sing(damaged, request_, tmp_path / "voice.wav")


def test_an_unknown_parameter_is_refused_by_name(models: Path, request_: SongRequest, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no parameter 'pitch'"):
        sing(models, request_, tmp_path / "voice.wav", pitch="high")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TTS_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "tts"


def test_a_model_in_coquis_own_folder_runs_by_its_name(
    models: Path, home: Path, request_: SongRequest, tmp_path: Path
) -> None:
    shutil.copytree(models, home / NAME.replace("/", "--"))
    take = YourTts().sing(request_, tmp_path / "voice.wav", ignore)
    assert take.model and take.model.id == NAME


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of one speaker, which nobody says the language of."""
    folder = tmp_path_factory.mktemp("models") / "plain"
    folder.mkdir()
    save_model(folder, tiny_config())
    return folder


def save_your_tts(folder: Path) -> None:
    """Write a model as coqui's trainer does, its companions named by their place on another machine."""
    with importable():
        from TTS.encoder.configs.speaker_encoder_config import SpeakerEncoderConfig
        from TTS.encoder.utils.generic_utils import setup_encoder_model
    torch.manual_seed(0)
    vectors = {
        f"{name}.wav": {"name": name, "embedding": torch.randn(DIMENSION).tolist()}
        for name in ("female-en-5", "male-en-2")
    }
    (folder / "speakers.json").write_text(json.dumps(vectors))
    (folder / "language_ids.json").write_text(json.dumps({"en": 0, "fr-fr": 1, "pt-br": 2}))
    encoder = {"model_name": "lstm", "input_dim": 16, "proj_dim": DIMENSION, "lstm_dim": 16}
    encoder_config = SpeakerEncoderConfig(
        audio={**AUDIO, "preemphasis": 0.97},
        model_params={**encoder, "num_lstm_layers": 1, "use_torch_spec": True},
        num_classes_in_batch=1,
        num_utter_per_class=1,
        num_loader_workers=0,
    )
    encoder_config.save_json(str(folder / "config_se.json"))
    torch.save({"model": setup_encoder_model(encoder_config).state_dict()}, folder / "model_se.pth")
    config = tiny_config(
        use_d_vector_file=True,
        d_vector_file=[str(folder / "speakers.json")],
        d_vector_dim=DIMENSION,
        use_language_embedding=True,
        embedded_language_dim=4,
        language_ids_file=str(folder / "language_ids.json"),
        speaker_encoder_model_path=str(folder / "model_se.pth"),
        speaker_encoder_config_path=str(folder / "config_se.json"),
    )
    save_model(folder, config)


def tiny_config(**arguments: object) -> Any:
    with importable():
        from TTS.config.shared_configs import BaseAudioConfig
        from TTS.tts.configs.shared_configs import CharactersConfig
        from TTS.tts.configs.vits_config import VitsArgs, VitsConfig
    arguments |= {
        "hidden_channels": 16,
        "hidden_channels_ffn_text_encoder": 16,
        "num_heads_text_encoder": 1,
        "num_layers_text_encoder": 1,
        "num_layers_posterior_encoder": 1,
        "num_layers_flow": 1,
        "resblock_kernel_sizes_decoder": [3],
        "resblock_dilation_sizes_decoder": [[1, 3, 5]],
        "upsample_rates_decoder": [8, 5, 4],
        "upsample_kernel_sizes_decoder": [16, 10, 8],
        "upsample_initial_channel_decoder": 16,
        "init_discriminator": False,
        "out_channels": AUDIO["fft_size"] // 2 + 1,
        "use_sdp": False,
        "length_scale": 8.0,
    }
    characters = CharactersConfig(
        characters_class="TTS.tts.models.vits.VitsCharacters",
        pad="_",
        eos="&",
        bos="*",
        blank=None,
        characters="abcdefghijklmnopqrstuvwxyz",
        punctuations="!' ",
        phonemes="",
    )
    return VitsConfig(
        audio=BaseAudioConfig(**AUDIO),
        model_args=VitsArgs(**arguments),
        use_phonemes=False,
        text_cleaner="basic_cleaners",
        characters=characters,
    )


def save_model(folder: Path, config: Any) -> None:
    with importable():
        from TTS.tts.models.vits import Vits
    torch.manual_seed(1)
    torch.save({"model": Vits(config).state_dict()}, folder / "model_file.pth")
    config.save_json(str(folder / "config.json"))
    text = (folder / "config.json").read_text().replace(str(folder), "/somewhere/else")
    (folder / "config.json").write_text(text)
