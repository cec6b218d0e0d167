"""The linter: every check over one storyboard, in the order of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from storyboard.generators.lint import casting, lyrics, people, pictures, places, rhyming, screening
from storyboard.generators.lint.finding import Finding
from storyboard.schema.board import Storyboard

Check = Callable[[Storyboard], Iterable[Finding]]

CHECKS_OF_SONG: tuple[Check, ...] = (
    rhyming.unrhymed_sections,
    lyrics.lines_against_their_slot,
    lyrics.lines_too_long,
    lyrics.uneven_sections,
    lyrics.lines_sung_too_often,
    lyrics.verses_sung_twice,
    lyrics.choruses_that_change,
    lyrics.title_not_sung,
)
CHECKS_OF_FILM: tuple[Check, ...] = (
    casting.look_alikes,
    casting.never_shown,
    people.named_but_absent,
    people.present_but_idle,
    people.nameless_references,
    places.scenes_that_look_alike,
    places.settings_repeated,
    pictures.lines_out_of_order,
    pictures.chorus_without_performance,
    pictures.nothing_happens,
    pictures.music_words,
    screening.unsafe_content,
)


def lint(board: Storyboard) -> list[Finding]:
    """Return what should be mended, in the order of the checks; the same board gives the same list.

    Rhyme is judged by sound in English and by spelling in other languages with an alphabet; rhyme, length
    and evenness are left alone where lines are written without one (Chinese, Japanese, Thai, ...). Checks of
    scenes read English, in which scenes are written; names are found in any language. A song that is the
    user's own recording is not judged at all.
    """
    if board.song.audio is None:
        return [finding for check in (*CHECKS_OF_SONG, *CHECKS_OF_FILM) for finding in check(board)]
    found = (finding for check in CHECKS_OF_FILM for finding in check(board))
    return [finding for finding in found if finding.step != "song"]
