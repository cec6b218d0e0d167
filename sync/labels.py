"""Label tracks for Audacity: words, lines, beats and sections, a tab-separated file each.

One line a label: start and end in seconds, and the text (Audacity manual, Importing and Exporting
Labels).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from storyboard.schema.files import write_whole
from storyboard.schema.song import Song
from storyboard.schema.timeline import SongMap

Label = tuple[float, float, str]


def write_labels(song_map: SongMap, song: Song, folder: Path) -> list[Path]:
    """Write words.txt, lines.txt, beats.txt and sections.txt into a folder, and return those written.

    Of what the song has none, no file is written.
    """
    tracks: dict[str, list[Label]] = {
        "words": [(word.start_s, word.end_s, word.text) for word in song_map.words],
        "lines": [
            (words[0].start_s, words[-1].end_s, song.line(ref))
            for ref, words in song_map.words_by_line().items()
        ],
        "beats": _beats(song_map),
        "sections": [(span.start_s, span.end_s, span.label) for span in song_map.sections],
    }
    written = []
    for name, labels in tracks.items():
        if labels:
            written.append(folder / f"{name}.txt")
            write_whole(written[-1], _text(labels).encode())
    return written


def _beats(song_map: SongMap) -> list[Label]:
    """Label every beat with its bar and its place in it; beats before the first bar are of bar 0."""
    downbeats = {round(beat, 4) for beat in song_map.downbeats_s}
    labels: list[Label] = []
    bar, place = 0, 0
    for beat_s in song_map.beats_s:
        bar, place = (bar + 1, 1) if round(beat_s, 4) in downbeats else (bar, place + 1)
        labels.append((beat_s, beat_s, f"{bar}.{place}"))
    return labels


def _text(labels: Iterable[Label]) -> str:
    return "".join(f"{start:.6f}\t{end:.6f}\t{' '.join(text.split())}\n" for start, end, text in labels)
