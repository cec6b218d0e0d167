"""A voice is cloned only with consent, only by a generator that can, and its sample is on record."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
import soundfile

import storyboard
from storyboard.generators import registry
from storyboard.generators.seams import SongRequest, VoiceTake
from storyboard.generators.voice.singer import Singer
from storyboard.schema.errors import InputError
from storyboard.schema.files import load
from storyboard.schema.progress import OnFraction
from storyboard.schema.provenance import Provenance


class Mimic(Singer):
    """A singer that says it clones, and remembers what it was given."""

    name: ClassVar[str] = "mimic"
    clones: ClassVar[bool] = True
    samples: ClassVar[list[str]] = []

    def sing(self, request: SongRequest, out: Path, progress: OnFraction) -> VoiceTake:
        self.samples.append(request.voice_sample)
        return super().sing(request.model_copy(update={"voice_sample": ""}), out, progress)


@pytest.fixture
def mimic(monkeypatch: pytest.MonkeyPatch) -> type[Mimic]:
    """Install a voice that clones."""
    found = registry.load

    def load_mimic(family: registry.Family, spec: str) -> type[registry.Generator]:
        return Mimic if spec == "mimic" else found(family, spec)

    monkeypatch.setattr(registry, "load", load_mimic)
    Mimic.samples.clear()
    return Mimic


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "me.wav"
    times = np.arange(5 * 16000) / 16000
    soundfile.write(path, 0.3 * np.sin(2 * np.pi * 180 * times) * (1 + np.sin(7 * times)) / 2, 16000)
    return path


def test_without_consent_nothing_is_cloned(sample: Path, tmp_path: Path, mimic: type[Mimic]) -> None:
    with pytest.raises(InputError, match="consent"):
        storyboard.create("a paper boat", voice="mimic", voice_sample=sample, out=tmp_path / "film")
    assert not (tmp_path / "film").exists()


def test_a_voice_that_cannot_clone_says_so(sample: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="singer cannot clone"):
        storyboard.create("a paper boat", voice_sample=sample, consent="it is me", out=tmp_path / "film")


def test_the_sample_and_the_consent_are_on_record(sample: Path, tmp_path: Path, mimic: type[Mimic]) -> None:
    def stop(event: object) -> None:
        if getattr(event, "step", "") == "listen":
            raise storyboard.Cancelled("stop")

    out = tmp_path / "film"
    with pytest.raises(storyboard.Cancelled):
        storyboard.create(
            "a paper boat", voice="mimic", voice_sample=sample, consent="it is me", out=out, on_event=stop
        )
    kept = storyboard.load(out).storyboard.generators.voice_sample
    assert kept is not None and kept.consent == "it is me" and kept.source == str(sample)
    assert mimic.samples == [str(out / kept.file)]
    voice = load(out / "song/provenance.json", Provenance).voice
    assert voice is not None and voice.voice_sample == kept
