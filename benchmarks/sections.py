"""Sections on songs whose sections are known: python benchmarks/sections.py [word in a name …].

A row a song: F of the inner boundaries within 0.5 s and within 3 s (MIREX), and F of the pairs of moments
that belong together (Levy & Sandler, Structural segmentation of musical audio by constrained clustering,
2008), by ear alone and with the words. The words are those of the singer, so that alignment does not count.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile

from storyboard.generators.mix import mix
from storyboard.generators.music.band import Band
from storyboard.generators.seams import SongRequest
from storyboard.generators.voice.singer import Singer
from storyboard.schema.progress import ignore
from storyboard.schema.song import Song
from storyboard.schema.timeline import Span, Word
from storyboard.sync.beats import RATE_HZ, Floats, at_rate, track
from storyboard.sync.sections import sections_by_ear, sections_of_lyrics

VERSES = [
    ["I saw your name come up in blue", "A little heart beneath the view",
     "The night was long, the coffee cold", "A story that was never told"],
    ["You wrote me from a distant town", "The rain was slowly coming down", "I kept the letter in my coat",
     "And every single word you wrote"],
    ["Now summer burns along the road", "I carry half of what I owed", "The radio plays our old song",
     "And somehow I still sing along"],
]  # fmt: skip
CHORUS = ["Oh, turn the light on, let me in", "Tell me where the days have been",
          "Oh, turn the light on, let me see", "What is left of you and me"]  # fmt: skip
BRIDGE = ["Nobody told us how it ends", "We started out as only friends"]
FORMS = {
    "pop": ["intro", "verse 0", "chorus", "verse 1", "chorus", "bridge", "chorus", "outro"],
    "plain": ["verse 0", "chorus", "verse 1", "chorus", "verse 2", "chorus"],
    "solo": ["intro", "verse 0", "verse 1", "chorus", "solo", "chorus", "outro"],
}
SONGS = [
    ("pop", 112, "4/4", "pop", 1), ("rock", 138, "4/4", "solo", 2), ("folk", 100, "4/4", "plain", 3),
    ("electronic", 124, "4/4", "pop", 4), ("ballad", 76, "4/4", "pop", 5), ("waltz", 132, "3/4", "plain", 6),
    ("reggae", 84, "4/4", "solo", 7), ("country", 120, "4/4", "plain", 8), ("hip-hop", 92, "4/4", "pop", 9),
    ("folk", 66, "6/8", "solo", 10),
]  # fmt: skip


def song_of(genre: str, tempo_bpm: float, metre: str, form: str) -> Song:
    """Return a song of a form, with words."""
    sections: list[dict[str, object]] = []
    for part in FORMS[form]:
        kind, _, number = part.partition(" ")
        lines = {"verse": VERSES[int(number or 0)], "chorus": CHORUS, "bridge": BRIDGE}.get(kind, [])
        sections.append({"kind": kind, "lines": lines})
    return Song.model_validate(
        {"title": form, "genre": genre, "tempo_bpm": tempo_bpm, "time_signature": metre, "key": "D major",
         "sections": sections}
    )  # fmt: skip


def recorded(song: Song, seed: int) -> tuple[Floats, list[Word], list[Span]]:
    """Return the mix at RATE_HZ, its words and its sections."""
    request = SongRequest(song=song, seed=seed)
    with tempfile.TemporaryDirectory() as folder:
        band, voice, out = (Path(folder) / f"{name}.wav" for name in ("band", "voice", "mix"))
        played = Band().play(request, band, ignore)
        words = Singer().sing(request, voice, ignore).words
        mix(voice, band, out)
        samples, rate_hz = soundfile.read(out, dtype="float32", always_2d=True)
    return at_rate(samples.mean(axis=1), rate_hz), words, played.sections


def boundary_f(found: Sequence[Span], true: Sequence[Span], near_s: float) -> float:
    """Return the F-measure of inner boundaries, matched one to one."""
    a, b = ([span.start_s for span in spans[1:]] for spans in (found, true))
    hits = at = 0
    for edge in a:
        while at < len(b) and b[at] < edge - near_s:
            at += 1
        if at < len(b) and abs(b[at] - edge) <= near_s:
            hits, at = hits + 1, at + 1
    return 2 * hits / max(1, len(a) + len(b))


def pairs_f(found: Sequence[Span], true: Sequence[Span], duration_s: float) -> float:
    """Return the F-measure of the pairs of moments with one label, ten a second."""
    times_s = np.arange(0.05, duration_s, 0.1)
    same = []
    for spans in (found, true):
        labels = sorted({span.label for span in spans})
        ends_s = np.array([span.end_s for span in spans])
        at = np.minimum(np.searchsorted(ends_s, times_s), len(spans) - 1)
        of = np.array([labels.index(spans[i].label) for i in at])
        same.append(of[:, None] == of)
    both = float((same[0] & same[1]).sum())
    return 2 * both / (float(same[0].sum()) + float(same[1].sum()))


ROW = "{:18}{:>8}{:>9}{:>9}{:>9}{:>11}{:>9}{:>9}{:>9}"


def row(genre: str, tempo_bpm: float, metre: str, form: str, seed: int) -> list[float]:
    """Print a song's row; return its figures."""
    song = song_of(genre, tempo_bpm, metre, form)
    sound, words, true = recorded(song, seed)
    duration_s = len(sound) / RATE_HZ
    heard = track(sound, RATE_HZ)
    bars_s = heard.downbeats_s if heard else []
    began = time.process_time()
    by_ear = sections_by_ear(sound, bars_s, duration_s)
    cpu_s = (time.process_time() - began) / (duration_s / 60)
    labels: list[str] = [section.kind for section in song.sections]
    told = sections_of_lyrics(words, labels, bars_s, duration_s)
    figures = [
        measure
        for spans in (by_ear, told)
        for measure in (
            *(boundary_f(spans, true, near_s) for near_s in (0.5, 3.0)),
            pairs_f(spans, true, duration_s),
        )
    ]
    print(ROW.format(f"{genre} {tempo_bpm} {form}", f"{len(by_ear)}/{len(true)}",
                     *(f"{each:.2f}" for each in figures[:3]), f"{cpu_s:.2f}",
                     *(f"{each:.2f}" for each in figures[3:])), flush=True)  # fmt: skip
    return [*figures, cpu_s]


def main() -> None:
    print(ROW.format("", "parts", "ear .5", "ear 3", "pairs", "cpu s/min", "words .5", "words 3", "pairs"))
    asked = sys.argv[1:]
    rows = [
        row(*each) for each in SONGS if not asked or any(word in f"{each[0]} {each[3]}" for word in asked)
    ]
    means = np.mean(np.array(rows), axis=0)
    print(ROW.format("mean", "", *(f"{each:.2f}" for each in means[:3]), f"{means[6]:.2f}",
                     *(f"{each:.2f}" for each in means[3:6])))  # fmt: skip


if __name__ == "__main__":
    main()
