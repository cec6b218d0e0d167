"""A loaded coqui model, and how it is told who speaks in which language."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from storyboard.generators.models.device import Device
from storyboard.generators.models.seeds import seeded
from storyboard.generators.voice.on_grid import Floats
from storyboard.generators.voice.yourtts.coqui import importable
from storyboard.generators.voice.yourtts.files import WHERE, ModelFiles
from storyboard.schema.errors import InputError, SystemRequirementError


@dataclass(frozen=True)
class Manner:
    """Who speaks, in which language, as the model names them; None where it has no choice."""

    speaker: str | None
    language: str | None
    sample: str | None


class CoquiVoice:
    """A model that coqui has loaded."""

    def __init__(self, files: ModelFiles, device: Device) -> None:
        self._tts = _loaded(files, device)
        self._only_language = files.language
        self._device = device

    @property
    def rate_hz(self) -> int:
        """Sample rate of what it speaks."""
        return int(self._tts.synthesizer.output_sample_rate)

    @property
    def speakers(self) -> list[str]:
        """The speakers it was trained on, by name; none for a model of one."""
        manager = getattr(self._tts.synthesizer.tts_model, "speaker_manager", None)
        return list(manager.speaker_names) if manager and manager.num_speakers > 1 else []

    @property
    def languages(self) -> list[str]:
        """The codes of its languages."""
        return list(self._tts.synthesizer.tts_model.language_manager.language_names)

    @property
    def clones(self) -> bool:
        """Whether it can speak with the voice of a sample."""
        model = self._tts.synthesizer.tts_model
        if getattr(model.config, "_supports_cloning", False):
            return True
        manager = getattr(model, "speaker_manager", None)
        # Of a model with one trained speaker coqui takes that one, whatever the sample.
        return bool(manager and manager.encoder is not None and manager.num_speakers != 1)

    def manner(self, language: str, speaker: str, sample: str, preferred: str) -> Manner:
        """Choose speaker and language among those that the model has.

        Args:
            language: the song's, or a code of the model.
            speaker: a name of the model; empty: the first whose name has the preferred word in it.
            sample: path of a recording of the voice to be cloned; empty: none.
            preferred: "female" or "male".

        Raises:
            InputError: the model does not have them, or cannot clone.
        """
        codes = self.languages
        if len(codes) < 2:
            # What coqui says of a model without languages is a guess: English.
            codes = [self._only_language] if self._only_language else []
        code = _language_code(language, codes)
        spoken = code if len(codes) > 1 else None
        if sample:
            if not self.clones:
                hint = "choose one that can, such as yourtts without a model's name, or leave the sample out"
                raise InputError("this model cannot clone a voice", where=_SAMPLE, hint=hint)
            return Manner(None, spoken, sample)
        return Manner(self._speaker(speaker, preferred, code), spoken, None)

    def say(self, text: str, manner: Manner, seed: int) -> Floats:
        """Speak a line, mono, shape (n,); one of mere signs is silent, which coqui would stumble over."""
        if not any(map(str.isalnum, text)):
            return np.zeros(0, np.float32)
        with seeded(seed, self._device):
            sound = self._tts.tts(
                text,
                speaker=manner.speaker,
                language=manner.language,
                speaker_wav=manner.sample,
                split_sentences=False,
            )
        return np.nan_to_num(np.asarray(sound, np.float32))

    def _speaker(self, asked: str, preferred: str, code: str) -> str | None:
        names = self.speakers
        if asked and asked not in names:
            listed = ", ".join(repr(name) for name in names[:12]) or "only one, without a name"
            raise InputError(f"no speaker is named {asked!r}", where=_SPEAKER, hint=f"it has {listed}")
        if asked or not names:
            return asked or None
        # YourTTS names its speakers female-en-5, male-pt-3.
        wishes = (f"{preferred}-{code.partition('-')[0]}", preferred, "")
        return next(name for wish in wishes for name in names if name.startswith(wish))


_SAMPLE = "generators.voice_sample"
_SPEAKER = "generators.parameters.voice.speaker"


def _loaded(files: ModelFiles, device: Device) -> Any:
    # A model is made of random weights before its own are read into it.
    with importable(), tempfile.TemporaryDirectory() as folder, seeded(0, device):
        from TTS.api import TTS

        vocoder = files.vocoder
        try:
            model = TTS(
                model_path=str(files.checkpoint),
                config_path=_config(files, Path(folder)),
                vocoder_path=str(vocoder.checkpoint) if vocoder else None,
                vocoder_config_path=_config(vocoder, Path(folder) / "vocoder") if vocoder else None,
                progress_bar=False,
            )
        except Exception as error:
            if "espeak" not in str(error).lower():
                raise
            raise SystemRequirementError(
                "this model reads its lines with the program espeak-ng, which is not installed",
                where=WHERE,
                hint="sudo apt-get install espeak-ng, or choose another model",
            ) from error
        model.to(device.name)
    _hear_on(model, device)
    return model


def _hear_on(model: Any, device: Device) -> None:
    """Let the speaker encoder take sounds to its device: it moves with the model, they do not."""
    encoder = getattr(getattr(model.synthesizer.tts_model, "speaker_manager", None), "encoder", None)
    if encoder is not None:
        embed = encoder.compute_embedding
        encoder.compute_embedding = lambda sound, **given: embed(sound.to(device.name), **given)


def _config(files: ModelFiles, folder: Path) -> str | None:
    """Write the config as it holds on this machine, beside nothing that is the user's."""
    if "fairseq" in str(files.checkpoint):
        return None  # coqui reads it beside the model: it is of another kind
    folder.mkdir(exist_ok=True)
    place = folder / "config.json"
    place.write_text(json.dumps(files.local_config()), encoding="utf-8")
    return str(place)


def _language_code(language: str, codes: list[str]) -> str:
    """Return the model's code of a language: the same, or one of the same language."""
    wanted = language.lower()
    if not codes or (len(codes) == 1 and len(codes[0].partition("-")[0]) != 2):
        return wanted  # unknown, or a code of three letters: left to the user
    exact = [code for code in codes if code.lower() == wanted]
    kin = [code for code in codes if code.lower().partition("-")[0] == wanted.partition("-")[0]]
    if exact or kin:
        return (exact or kin)[0]
    listed = ", ".join(codes)
    raise InputError(
        f"the model does not speak {language!r}; it has {listed}",
        where="language",
        hint="choose another model, or say with the parameter `language` which of these to take",
    )
