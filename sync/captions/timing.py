"""When each sung line is shown: a little before its first word until a little after its last."""

from __future__ import annotations

from dataclasses import dataclass

from storyboard.schema.song import LineRef
from storyboard.schema.timeline import SongMap, Word

_LEAD_S = 0.35  # a line is shown this long before its first word
_TAIL_S = 0.5
_GAP_S = 0.04  # a frame of nothing between two lines, so that the eye sees the change
_SHORTEST_S = 1.2  # where there is room: a single short word can still be read


@dataclass(frozen=True)
class CaptionSpan:
    """One occurrence of a line, shown from start_s to end_s."""

    ref: LineRef
    words: tuple[Word, ...]
    start_s: float
    end_s: float

    @property
    def confidence(self) -> float:
        """The mean confidence of its words."""
        return sum(word.confidence for word in self.words) / len(self.words)


def caption_spans(song_map: SongMap) -> list[CaptionSpan]:
    """Return when each sung line is shown, in order; two at once only where two are sung at once."""
    unsung = set(song_map.unsung)
    sung = [(ref, words) for ref, words in song_map.words_by_line().items() if ref not in unsung]
    sung.sort(key=lambda line: line[1][0].start_s)
    spans: list[CaptionSpan] = []
    for index, (ref, words) in enumerate(sung):
        first_s, last_s = words[0].start_s, max(word.end_s for word in words)
        begins = first_s - _LEAD_S
        start_s = min(first_s, max(0.0, begins, spans[-1].end_s + _GAP_S if spans else 0.0))
        end_s = max(last_s + _TAIL_S, start_s + _SHORTEST_S)
        if index + 1 < len(sung):
            end_s = min(end_s, sung[index + 1][1][0].start_s - _LEAD_S - _GAP_S)
        end_s = min(max(end_s, last_s), song_map.duration_s)
        spans.append(CaptionSpan(ref, tuple(words), start_s, max(end_s, start_s)))
    return spans
