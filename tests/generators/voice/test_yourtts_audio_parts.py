"""What stands in for torchaudio does what torchaudio would, and only while coqui is imported."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import soundfile

from storyboard.generators.voice.yourtts.coqui import importable

torch = pytest.importorskip("torch")
if not find_spec("TTS"):
    pytest.skip("coqui-tts is not installed", allow_module_level=True)


def test_importing_coqui_leaves_no_stand_in_behind() -> None:
    with importable():
        from TTS.utils.manage import ModelManager
    assert ModelManager
    left = [name for name in sys.modules if name.partition(".")[0] in ("torchaudio", "torchcodec")]
    assert not left or find_spec("torchaudio")


def test_the_stand_in_for_resampling_keeps_a_tone() -> None:
    from storyboard.generators.voice.yourtts.audio_parts import MelSpectrogram, Resample

    for old, new in ((16_000, 22_050), (48_000, 16_000)):
        tone = torch.sin(2 * torch.pi * 440 * torch.arange(old) / old)[None]
        wanted = torch.sin(2 * torch.pi * 440 * torch.arange(new) / new)
        assert (Resample(old, new)(tone)[0, 100:-100] - wanted[100:-100]).abs().max() < 1e-3
    mel = MelSpectrogram(sample_rate=16_000, n_fft=512, hop_length=160, n_mels=40)
    assert set(mel.state_dict()) == {"spectrogram.window", "mel_scale.fb"}, "as in weights saved by coqui"
    bands = mel(torch.sin(2 * torch.pi * 1000 * torch.arange(16_000) / 16_000)[None])[0].mean(dim=1)
    # 1000 Hz is 1000 mel; 40 bands lie evenly below 2840 mel, which is 8000 Hz.
    assert abs(int(bands.argmax()) - round(1000 / 2840 * 41 - 1)) <= 1


def test_torchaudio_itself_is_taken_where_it_works(monkeypatch: pytest.MonkeyPatch) -> None:
    real = {name: ModuleType(name) for name in ("torchaudio", "torchcodec")}
    for name, module in real.items():
        monkeypatch.setitem(sys.modules, name, module)
    with importable():
        assert sys.modules["torchaudio"] is real["torchaudio"]


def test_one_that_works_only_in_part_is_back_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    real = ModuleType("torchaudio")
    monkeypatch.setitem(sys.modules, "torchaudio", real)
    monkeypatch.setitem(sys.modules, "torchcodec", None)
    with importable():
        assert sys.modules["torchaudio"] is not real
    assert sys.modules["torchaudio"] is real


def test_a_sound_file_is_read_as_torchaudio_would(tmp_path: Path) -> None:
    from storyboard.generators.voice.yourtts.audio_parts import load

    samples = np.linspace(-0.5, 0.5, 2000).reshape(1000, 2)
    soundfile.write(tmp_path / "two.wav", samples, 22_050, subtype="FLOAT")
    sound, rate_hz = load(tmp_path / "two.wav")
    assert (tuple(sound.shape), rate_hz) == ((2, 1000), 22_050)
    assert np.allclose(sound.numpy(), samples.T)
