"""Lines torn apart by the search: the better part is kept, the other words are put next to it.

A word can be stretched over half a minute of choir or instruments at little cost, and the rest of
its line lands behind. Of 992 words of six songs whose times were set by hand none begins more than
1.95 s after the one before it in its line (median 0.38 s), and none lasts longer than 5.8 s.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from storyboard.sync.align.cepstra import FRAME_S
from storyboard.sync.align.judgement import LIKELIEST_PHONE
from storyboard.sync.align.search import Found
from storyboard.sync.align.trellis import Heard

_LONGEST_STEP = round(4.0 / FRAME_S)  # from one word to the next of its line: twice the longest measured
_LONGEST_WORD = round(6.0 / FRAME_S)  # just above the longest measured

Line = dict[int, Heard]
"""By word: where it was found."""


def closed(
    found: Found,
    windows: Sequence[tuple[int, int]],
    n_phones: Sequence[Sequence[int]],
    bounded: Collection[int] = (),
) -> tuple[Found, set[tuple[int, int]]]:
    """Return the lines in one piece each, and the (line, word) that had to be moved for it.

    Args:
        found: by line and word, in order.
        windows: first and end frame in which each line may be sung.
        n_phones: by line and word; moved words get the usual length of their phones.
        bounded: lines whose start and end were given: their words may be as far apart as these.
    """
    kept = {line: words if line in bounded else _better_part(words) for line, words in sorted(found.items())}
    whole: Found = {}
    end = 0
    for (line, words), after in zip(kept.items(), [*list(kept)[1:], None], strict=False):
        first, last = windows[line]
        if after is not None:
            last = min(last, _first_frame(kept[after]))
        lengths = [round(LIKELIEST_PHONE * n) for n in n_phones[line]]
        whole[line] = _completed(words, sorted(found[line]), lengths, (max(first, end), last))
        end = whole[line][max(whole[line])].end_frame
    moved = {(line, word) for line, words in found.items() for word in words if word not in kept[line]}
    return whole, moved


def _better_part(words: Line) -> Line:
    """Return the words between two holes that fit best together; all of them where there is no hole."""
    parts: list[Line] = []
    before: Heard | None = None
    for word, heard in sorted(words.items()):
        if before is None or heard.first_frame - before.first_frame > _LONGEST_STEP:
            parts.append({})
        parts[-1][word] = heard
        before = heard
    best = max(parts, key=lambda part: sum(heard.margin for heard in part.values()))
    longest = _LONGEST_WORD if len(parts) == 1 else _LONGEST_STEP
    return {
        word: replace(heard, end_frame=min(heard.end_frame, heard.first_frame + longest))
        for word, heard in best.items()
    }


def _completed(kept: Line, words: Sequence[int], lengths: Sequence[int], room: tuple[int, int]) -> Line:
    """Put the words that are missing before and after those kept, inside the room (first, end frame)."""
    early = [word for word in words if word < min(kept)]
    late = [word for word in words if word > max(kept)]
    if late:  # the last word kept may be what filled the hole
        held = kept[max(kept)]
        usual = held.first_frame + lengths[max(kept)]
        kept = {**kept, max(kept): replace(held, end_frame=min(held.end_frame, usual))}
    first, end = _first_frame(kept), kept[max(kept)].end_frame
    before = _placed(early, lengths, max(room[0], first - sum(lengths[word] for word in early)), first)
    after = _placed(late, lengths, end, min(room[1], end + sum(lengths[word] for word in late)))
    return {**before, **kept, **after}


def _placed(words: Sequence[int], lengths: Sequence[int], first: int, end: int) -> Line:
    """Share the frames from `first` to `end` among words by their usual lengths."""
    total, at = sum(lengths[word] for word in words), 0
    placed = {}
    for word in words:
        begins, at = at, at + lengths[word]
        edges = [first + round(max(0, end - first) * edge / total) for edge in (begins, at)]
        placed[word] = Heard(edges[0], edges[1], 0.0, 0.0, edges[0])
    return placed


def _first_frame(words: Line) -> int:
    return words[min(words)].first_frame
