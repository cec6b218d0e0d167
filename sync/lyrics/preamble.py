"""What stands above the lyrics of a text file: title and artist."""

from __future__ import annotations

import re
from collections.abc import Sequence

from storyboard.sync.lyrics.headings import heading_of
from storyboard.sync.lyrics.returning import key

_FIELDS = {
    "title": re.compile(r"^(?:song )?(?:title|titel|titre|título|titulo|titolo)\s*:\s*(.*)$", re.IGNORECASE),
    "artist": re.compile(r"^(?:artist|artista|artiste|interpret|by)\s*:\s*(.*)$", re.IGNORECASE),
}
_LYRICS_BELOW = re.compile(r"^\W*(?:lyrics|letra|paroles|testo|liedtext)\W*$", re.IGNORECASE)


def without_preamble(rows: Sequence[str], file_name: str) -> tuple[str, str, list[str]]:
    """Return title, artist, and the rows with those of the preamble made empty.

    A preamble is "Title: …", or all above a row that says "Lyrics", or one or two rows above the first
    heading of a file that names its verses, or a first row alone that is the file's name.
    """
    headings = [heading_of(row) if row else None for row in rows]
    first_heading = next((index for index, heading in enumerate(headings) if heading), len(rows))
    below = next((index for index in range(first_heading) if _LYRICS_BELOW.match(rows[index])), -1)
    found = {name: _field(rows[: below if below >= 0 else first_heading], name) for name in _FIELDS}
    n_above = max([below + 1, *(last + 1 for _, last in found.values())])
    title, artist = found["title"][0], found["artist"][0]
    lead = [index for index in range(n_above, first_heading) if rows[index]]
    names_verses = any(heading.kind == "verse" for heading in headings if heading)
    if lead and names_verses and len(lead) <= 2 and not title:
        title = rows[lead[0]]
        artist = artist or re.sub(r"^by\s+", "", "".join(rows[index] for index in lead[1:]))
        n_above = lead[-1] + 1
    elif len(lead) > 1 and lead[1] > lead[0] + 1 and key(rows[lead[0]]) == key(file_name):
        title = title or rows[lead[0]]
        n_above = lead[0] + 1
    return title, artist, [""] * n_above + list(rows[n_above:])


def _field(rows: Sequence[str], name: str) -> tuple[str, int]:
    """Return the value of a field and the last row it takes; the value may stand in the next row."""
    for index, row in enumerate(rows):
        match = _FIELDS[name].match(row)
        if match and match[1]:
            return match[1], index
        if match and index + 1 < len(rows) and rows[index + 1]:
            return rows[index + 1], index + 1
    return "", -1
