"""The embedded singer: sings a song along its score on any CPU, and knows when every word sounds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import numpy as np

from storyboard.generators.score import score_of
from storyboard.generators.seams import SongRequest, SungNote, VoiceTake
from storyboard.generators.voice.register import register_of
from storyboard.generators.voice.singer.delivery import SingerParameters, asked_delivery
from storyboard.generators.voice.singer.part import SungLine, part_of
from storyboard.generators.voice.singer.performance import perform
from storyboard.generators.voice.singer.phrasing import Parts
from storyboard.generators.voice.singer.spelling import ipa_of, written_syllables
from storyboard.generators.voice.singer.voice_model import RATE_HZ, Floats, check_release, load_voice
from storyboard.schema.document import Part
from storyboard.schema.progress import OnFraction
from storyboard.schema.timeline import Word

_OUT_RATE_HZ = 48_000
_N_REPORTS = 24  # of progress, however few the lines


class Singer:
    """Sings with hibari-tts's English voice, note by note, on the grid of the score."""

    name: ClassVar[str] = "singer"
    version: ClassVar[str] = "2"
    parameters: ClassVar[type[Part]] = SingerParameters

    def check(self) -> None:
        """Raise GeneratorUnavailable unless the voice that the singer is fitted to is installed."""
        check_release()

    def sing(self, request: SongRequest, out: Path, progress: OnFraction) -> VoiceTake:
        """Write the voice to `out` (WAV, mono, 48 kHz, 16 bit); return the time of every word and syllable.

        It knows one parameter, `style`: sung, rap, or auto (by the genre).

        Raises:
            InputError: a parameter is unknown, or its value is.
            GeneratorUnavailable: the voice model is missing or not the one the singer is fitted to.
        """
        delivery, score = asked_delivery(request), score_of(request.song)
        voice, sex = load_voice(), register_of(request.song).voice
        lines = part_of(request.song, score, delivery)
        recording = np.zeros(round(score.duration_s * RATE_HZ) + 1, np.float32)
        words: list[Word] = []
        notes: list[SungNote] = []
        for index, line in enumerate(lines):
            # A line repeated is a line repeated: the noise in it follows from its notes alone.
            take = perform(line, score, voice, sex, np.random.default_rng(request.seed))
            end = min(take.first_sample + len(take.sound), len(recording))
            recording[take.first_sample : end] += take.sound[: end - take.first_sample]
            words += _words(line, take.syllables)
            notes += _notes(line, take.syllables)
            _report(progress, index, len(lines))
        if not lines:
            _report(progress, 0, 1)
        _write(recording, round(score.duration_s * _OUT_RATE_HZ), out)
        progress(1.0)
        return VoiceTake(words=words, notes=notes)


def _words(line: SungLine, syllables: Sequence[Parts]) -> list[Word]:
    """Return the line's words, each from its first sound to its last."""
    section, number = line.slot.ref
    times: dict[int, tuple[float, float]] = {}
    for sung, part in zip(line.syllables, syllables, strict=True):
        start_s = times.get(sung.word, (part.onset_s, 0.0))[0]
        times[sung.word] = (start_s, part.end_s)
    return [
        Word(text=word.text, start_s=times[index][0], end_s=times[index][1], section=section, line=number)
        for index, word in enumerate(line.words)
    ]


def _notes(line: SungLine, syllables: Sequence[Parts]) -> list[SungNote]:
    """Return the line's syllables with their notes, as the lyrics write them."""
    counts = Counter(sung.word for sung in line.syllables)
    texts = [
        text for index, word in enumerate(line.words) for text in written_syllables(word.text, counts[index])
    ]
    return [
        SungNote(start_s=part.onset_s, end_s=part.end_s, midi=note, text=text, phonemes=ipa_of(sung.syllable))
        for sung, part, note, text in zip(line.syllables, syllables, line.notes, texts, strict=True)
    ]


def _report(progress: OnFraction, index: int, n_lines: int) -> None:
    """Report the lines that are sung, in steps of 1/24 and short of 1, which the file's end brings."""
    done = range(index * _N_REPORTS // n_lines, (index + 1) * _N_REPORTS // n_lines)
    for step in done:
        progress((step + 1) / (_N_REPORTS + 1))


def _write(recording: Floats, n_samples: int, out: Path) -> None:
    """Write the recording at 48 kHz, exactly n_samples long."""
    import soundfile
    from scipy.signal import resample_poly

    sound = resample_poly(recording, _OUT_RATE_HZ, RATE_HZ)[:n_samples]
    whole = np.clip(np.pad(sound, (0, n_samples - len(sound))), -1.0, 1.0)
    soundfile.write(str(out), whole, _OUT_RATE_HZ, subtype="PCM_16", format="WAV")
