"""Bark: sings or says up to fourteen seconds at a time, line after line brought onto the grid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import ClassVar

from pydantic import Field

from storyboard.generators.models.device import choose_device
from storyboard.generators.models.local_model import LocalModel
from storyboard.generators.models.parameters import parameters_of
from storyboard.generators.models.run import running
from storyboard.generators.score import score_of
from storyboard.generators.seams import SongRequest, VoiceTake
from storyboard.generators.voice.bark.chunks import Chunk, chunks_of, prompt_of, spoken_s, weight_of
from storyboard.generators.voice.bark.presets import choose_preset
from storyboard.generators.voice.on_grid import Floats, Recording, fitted, parted, slot_s, trimmed
from storyboard.generators.voice.register import register_of
from storyboard.schema.document import Part, Text
from storyboard.schema.progress import OnFraction


class BarkParameters(Part):
    """What Bark is told beyond the song."""

    voice_preset: Text = Field(default="", description="v2/en_speaker_6 …; empty: by language and vocal tags")
    temperature: float | None = Field(default=None, ge=0.1, le=1.5, description="empty: the checkpoint's own")


class Bark(LocalModel):
    """Sings with a Bark checkpoint; the words are for the sync engine to find.

    Args:
        model: ORG/NAME of the hub, or a folder; empty: suno/bark-small.
    """

    name: ClassVar[str] = "bark"
    version: ClassVar[str] = "1"
    parameters: ClassVar[type[Part]] = BarkParameters
    default_model: ClassVar[str] = "suno/bark-small"
    modules: ClassVar[Sequence[str]] = ("torch", "transformers")
    extra: ClassVar[str] = "voices"
    needs: ClassVar[Sequence[str]] = (
        "config.json",
        "generation_config.json",
        "*.safetensors|pytorch_model*.bin",
        "tokenizer*|vocab.txt",
    )
    files: ClassVar[Sequence[str] | None] = ("*.json", "*.txt", "*.safetensors", "*.bin", "*.npy")

    def sing(self, request: SongRequest, out: Path, progress: OnFraction) -> VoiceTake:
        """Write the voice to `out` (WAV, mono, 48 kHz).

        Raises:
            GeneratorUnavailable: a package or the weights are missing.
            InputError: a parameter is wrong, or Bark does not speak the language.
            GeneratorError: the model failed, or gave silence.
            Cancelled: from `progress`; no file is left.
        """
        parameters = parameters_of(BarkParameters, request.parameters, "generators.parameters.voice")
        self.check()
        progress(0.0)
        from storyboard.generators.voice.bark.speech import BarkVoice, Manner

        device, score = choose_device(), score_of(request.song)
        chunks, recording, said = chunks_of(score.lines), Recording(score), dict[str, Floats]()
        with running(self.spec, device):
            voice = BarkVoice(self.weights().path, device)
            singer = register_of(request.song).voice
            preset = choose_preset(parameters.voice_preset, request.language, singer, voice.presets)
            manner = Manner(preset, parameters.temperature, request.seed)
            for index, chunk in enumerate(chunks):
                text, report = prompt_of(chunk), _share_of(progress, index, len(chunks))
                if text not in said:
                    said[text] = trimmed(voice.say(text, manner, spoken_s(chunk), report), voice.rate_hz)
                for lines, sound in _lines_of(chunk, said[text], voice.rate_hz):
                    start_s, length_s = slot_s(score, lines)
                    recording.lay(fitted(sound, voice.rate_hz, length_s), start_s)
        recording.write(out, where=self.name)
        progress(1.0)
        return VoiceTake(model=self.used(device))


def _lines_of(chunk: Chunk, sound: Floats, rate_hz: int) -> Iterator[tuple[Chunk, Floats]]:
    """Yield every line with its sound, or the whole chunk where its pauses do not part the lines."""
    parts = parted(sound, rate_hz, [weight_of(slot) for slot in chunk])
    if parts is None:
        yield chunk, sound
        return
    for slot, part in zip(chunk, parts, strict=True):
        yield (slot,), part


def _share_of(progress: OnFraction, index: int, n_parts: int) -> OnFraction:
    """Return where one part of a job reports; the end is left to the whole."""
    return lambda fraction: progress((index + min(fraction, 1.0)) / (n_parts + 1))
