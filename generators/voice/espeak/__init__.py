"""espeak-ng: speaks a hundred languages on the beat, and knows when every word sounds."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from pydantic import Field

from storyboard.generators.models.parameters import parameters_of
from storyboard.generators.score import LineSlot, Score, score_of
from storyboard.generators.seams import SongRequest, VoiceTake
from storyboard.generators.voice.espeak.flow import LaidLine, LaidWord, laid
from storyboard.generators.voice.espeak.speaker import Speaker, speaker
from storyboard.generators.voice.espeak.voices import choose_voice, pitch_of
from storyboard.generators.voice.espeak.words import words_of
from storyboard.generators.voice.on_grid import BREATH_S, RATE_HZ, Recording, faded, resampled, stretched
from storyboard.schema.document import Part
from storyboard.schema.errors import GeneratorUnavailable
from storyboard.schema.progress import OnFraction
from storyboard.schema.provenance import ModelUsed
from storyboard.schema.timeline import Word

_SLOWEST_WPM, _FASTEST_WPM = 145, 450  # slower it drawls; faster the library cannot speak
_FASTER = 1.12


class EspeakParameters(Part):
    """What espeak is told beyond the song."""

    pitch: int | None = Field(default=None, ge=0, le=100, description="height; empty: by the vocal tags")
    pitch_range: int = Field(default=60, ge=0, le=100, description="how lively; 0 is a robot's monotone")
    on_beat: bool = Field(default=True, description="whether stressed words wait for the beat")


class Espeak:
    """Talk-singing by espeak-ng, loaded at run time from the package espeakng-loader.

    Args:
        model: a voice of the library: a language ("en-gb"), a variant ("+f2") or both; empty: by the
            song's language and vocal tags.
    """

    name: ClassVar[str] = "espeak"
    version: ClassVar[str] = "1"
    parameters: ClassVar[type[Part]] = EspeakParameters

    def __init__(self, model: str = "") -> None:
        self._model = model

    @property
    def revision(self) -> str:
        """The version of the library, which its voices come with; empty where there is none."""
        try:
            with speaker() as espeak:
                return espeak.version
        except GeneratorUnavailable:
            return ""

    def check(self) -> None:
        """Raise GeneratorUnavailable unless the library is installed and runs."""
        with speaker() as espeak:
            espeak.require()

    def pull(self, progress: OnFraction) -> None:
        """Check that the library is there: its voices come with it, and nothing is fetched."""
        self.check()
        progress(1.0)

    def sing(self, request: SongRequest, out: Path, progress: OnFraction) -> VoiceTake:
        """Write the voice to `out` (WAV, mono, 48 kHz) and return the time of every word.

        Raises:
            GeneratorUnavailable: the library or the voice that the user chose is missing.
            InputError: the library does not speak the song's language, or a parameter is wrong.
            Cancelled: from `progress`; no file is left.
        """
        parameters = parameters_of(EspeakParameters, request.parameters, "generators.parameters.voice")
        score = score_of(request.song)
        recording, words = Recording(score), list[Word]()
        with speaker(request.seed) as espeak:
            voice = choose_voice(espeak, request.language, request.song, self._model)
            pitch = pitch_of(request.song) if parameters.pitch is None else parameters.pitch
            progress(0.0)
            for done, slot in enumerate(score.lines, start=1):
                line = _fitting(espeak, slot, score, pitch, parameters)
                start_s = score.beat_s(slot.first_beat)
                recording.lay(line.samples, start_s)
                words += [_word(word, slot, start_s) for word in line.words]
                progress(done / (len(score.lines) + 1))
            model = ModelUsed(id=f"espeak-ng {voice}", revision=espeak.version, device="cpu", dtype="int16")
        recording.write(out, where=self.name)
        progress(1.0)
        return VoiceTake(words=words, model=model)


def _fitting(
    espeak: Speaker, slot: LineSlot, score: Score, pitch: int, parameters: EspeakParameters
) -> LaidLine:
    """Speak a line as slowly as its slot lets it, at 48 kHz."""
    room_s = score.beat_s(slot.n_beats) - BREATH_S
    beat_s = score.beat_s(1)
    rate_wpm = float(_SLOWEST_WPM)
    while True:
        speech = espeak.speak(slot.text, round(rate_wpm), pitch, parameters.pitch_range)
        words = words_of(slot.text, speech)
        line = laid(speech, words, beat_s / score.subdivisions if parameters.on_beat else 0.0)
        if line.length_s > room_s and rate_wpm >= _FASTEST_WPM:
            line = laid(speech, words, 0.0)
        if line.length_s <= room_s or rate_wpm >= _FASTEST_WPM:
            return _squeezed(LaidLine(resampled(line.samples, speech.rate_hz), line.words), room_s)
        rate_wpm = min(rate_wpm * _FASTER, _FASTEST_WPM)


def _squeezed(line: LaidLine, room_s: float) -> LaidLine:
    """Compress a line that is too long at any rate of speech."""
    tempo = line.length_s / room_s
    if tempo <= 1.0:
        return line
    words = (LaidWord(word.text, word.start_s / tempo, word.end_s / tempo) for word in line.words)
    return LaidLine(faded(stretched(line.samples, tempo)[: round(room_s * RATE_HZ)]), tuple(words))


def _word(word: LaidWord, slot: LineSlot, start_s: float) -> Word:
    section, line = slot.ref
    return Word(
        text=word.text,
        start_s=start_s + word.start_s,
        end_s=start_s + word.end_s,
        section=section,
        line=line,
    )
