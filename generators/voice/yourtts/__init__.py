"""YourTTS and every other voice model of coqui-tts; it clones the voice of a sample where a model can."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from pydantic import Field

from storyboard.generators.models.device import choose_device
from storyboard.generators.models.packages import need
from storyboard.generators.models.parameters import parameters_of
from storyboard.generators.models.run import running
from storyboard.generators.score import score_of
from storyboard.generators.seams import SongRequest, VoiceTake
from storyboard.generators.voice.on_grid import Floats, Recording, fitted, slot_s
from storyboard.generators.voice.register import register_of
from storyboard.generators.voice.yourtts.files import DEFAULT, find_model, is_catalogued, spec_of
from storyboard.schema.document import Part, Text
from storyboard.schema.errors import GeneratorUnavailable
from storyboard.schema.progress import OnFraction
from storyboard.schema.provenance import ModelUsed


class YourTtsParameters(Part):
    """What a coqui model is told beyond the song."""

    speaker: Text = Field(default="", description="one of the model's speakers; empty: by the vocal tags")
    language: Text = Field(default="", description="one of the model's codes; empty: by the song's language")


class YourTts:
    """Speaks the lines with a coqui model, each stretched to its slot.

    Args:
        model: tts_models/LANGUAGE/DATASET/MODEL of coqui's catalogue, or a folder with config.json and
            a model in it; empty: YourTTS.
    """

    name: ClassVar[str] = "yourtts"
    version: ClassVar[str] = "1"
    parameters: ClassVar[type[Part]] = YourTtsParameters
    clones: ClassVar[bool] = True  # its usual model; another may refuse

    def __init__(self, model: str = "") -> None:
        self._model = model or DEFAULT

    @property
    def revision(self) -> str:
        """Digest of the weights, or their commit on the hub; empty where there are none."""
        try:
            files = find_model(self._model)
        except GeneratorUnavailable:
            return ""
        return f"{files.revision} {files.vocoder.revision}" if files.vocoder else files.revision

    def check(self) -> None:
        """Raise GeneratorUnavailable when a package, the weights or the device are missing."""
        need("TTS", "torch", "transformers", extra="voices", where=self.name)
        find_model(self._model)
        choose_device()

    def pull(self, progress: OnFraction) -> None:
        """Fetch the model's weights.

        Raises:
            GeneratorUnavailable: a package is missing, coqui has no such model, or its terms are not
                accepted yet.
            GeneratorError: the download failed.
        """
        need("TTS", "torch", "transformers", extra="voices", where=self.name)
        from storyboard.generators.voice.yourtts.fetching import pull_model

        pull_model(self._model, progress)

    def sing(self, request: SongRequest, out: Path, progress: OnFraction) -> VoiceTake:
        """Write the voice to `out` (WAV, mono, 48 kHz); the words are for the sync engine to find.

        Raises:
            GeneratorUnavailable: a package or the weights are missing.
            InputError: a parameter is wrong, or the model lacks the speaker or the language.
            GeneratorError: the model failed, or gave silence.
            Cancelled: from `progress`; no file is left.
        """
        parameters = parameters_of(YourTtsParameters, request.parameters, "generators.parameters.voice")
        self.check()
        progress(0.0)
        from storyboard.generators.voice.yourtts.speech import CoquiVoice

        device, score = choose_device(), score_of(request.song)
        recording, said = Recording(score), dict[str, Floats]()
        with running(spec_of(self._model), device):
            voice = CoquiVoice(find_model(self._model), device)
            manner = voice.manner(
                parameters.language or request.language,
                parameters.speaker,
                request.voice_sample,
                register_of(request.song).voice,
            )
            for done, slot in enumerate(score.lines, start=1):
                if slot.text not in said:
                    said[slot.text] = voice.say(slot.text, manner, request.seed)
                start_s, length_s = slot_s(score, [slot])
                recording.lay(fitted(said[slot.text], voice.rate_hz, length_s), start_s)
                progress(done / (len(score.lines) + 1))
        recording.write(out, where=self.name)
        progress(1.0)
        # These models are small and lose words in half precision: they run in full.
        name = self._model if is_catalogued(self._model) else Path(self._model).expanduser().resolve().name
        used = ModelUsed(id=name, revision=self.revision, device=device.name, dtype="float32")
        return VoiceTake(model=used)
