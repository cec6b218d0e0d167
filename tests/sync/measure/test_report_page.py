"""The page of a report: one file that holds everything, and says what the report says."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from storyboard.schema.board import Storyboard
from storyboard.schema.errors import MediaError
from storyboard.schema.report import (
    CaptionLine,
    CaptionTiming,
    CutError,
    FittedShot,
    MissedLine,
    SyncReport,
    UnplannedCut,
)
from storyboard.schema.timeline import Timeline, Word
from storyboard.sync.measure import Stills, measure
from storyboard.sync.report_page import write_page

TITLE = "<script>alert('snow')</script> & “Tea”"
VOID = {"meta", "img", "br"}


class Page(HTMLParser):
    """Reads a page and keeps its elements; every element that is opened must be closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in ("style", "script"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def film(
    studio: Any, board_data: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Timeline, Storyboard, SyncReport]:
    frames = np.concatenate([studio.scene(index, 48) for index in range(4)])
    frames[150:] = studio.scene(7, 192)[150:]
    words = [Word(text="kettle", start_s=0.6, end_s=1.2, section=1, line=0)]
    timeline = studio.plan(studio.song(8.0, words).song_map, [0, 48, 96, 144], 192)
    video = studio.write(tmp_path_factory.mktemp("film"), frames)
    board = Storyboard.model_validate(board_data)
    board.song.title = TITLE
    return video, timeline, board, measure(video, timeline, board)


def written(film: tuple[Path, Timeline, Storyboard, SyncReport], out: Path, **changes: Any) -> str:
    video, timeline, board, report = film
    changed = report.model_copy(update=changes)
    write_page(changed, timeline, board, video, video.parent / "song.wav", out / "sync-report.html")
    assert [path.name for path in out.iterdir()] == ["sync-report.html"]
    return (out / "sync-report.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def text(
    film: tuple[Path, Timeline, Storyboard, SyncReport], tmp_path_factory: pytest.TempPathFactory
) -> str:
    return written(film, tmp_path_factory.mktemp("page"))


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


def test_it_is_html_in_which_every_element_is_closed(text: str, page: Page) -> None:
    assert text.startswith("<!doctype html>")
    assert page.open == []
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_it_refers_to_nothing_outside_itself(text: str, page: Page) -> None:
    assert not re.search(r"https?:|//[a-z]|url\(|@import|<link|<iframe", text)
    sources = [
        value for _, attributes in page.elements for name, value in attributes.items() if name == "src"
    ]
    assert sources and all(source and source.startswith("data:image/") for source in sources)
    targets = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    links = [attributes["href"] or "" for attributes in page.all("a")]
    assert links and all(link[1:] in targets for link in links)


def test_a_title_with_markup_stays_text(text: str, page: Page) -> None:
    assert len(page.all("script")) == 1
    assert "alert('snow')" in page.text and "<script>alert" not in text


def test_every_cut_has_the_two_frames_beside_it(
    page: Page, film: tuple[Path, Timeline, Storyboard, SyncReport]
) -> None:
    report = film[3]
    anchors = {attributes.get("id") for attributes in page.all("li")}
    assert {"cut-1", "cut-2", "cut-3", "at-150"} <= anchors
    assert len(report.cuts_seen) == 3 and len(report.unplanned) == 1
    alts = [attributes["alt"] for attributes in page.all("img")]
    assert alts[:4] == [
        "frame 47, 1.96 s",
        "frame 48, 2.00 s",
        "frame 95, 3.96 s",
        "frame 96, 4.00 s",
    ]
    assert len(alts) == 8
    assert "Unplanned cut" in page.text


def test_figures_carry_a_verdict_in_words(page: Page) -> None:
    for words in ("Cuts on a beat", "3/4", "75% are within a frame of one", "The film has no captions"):
        assert words in page.text
    assert "1 hard cut nobody planned: 6.25 s".capitalize() in page.text


def test_pictures_and_tables_can_be_read_without_seeing_them(page: Page) -> None:
    assert all(attributes.get("alt") for attributes in page.all("img"))
    assert all("scope" in attributes for attributes in page.all("th"))
    drawings = [each for each in page.all("svg") if each.get("role") == "img"]
    assert drawings and all(each.get("aria-label") for each in drawings)
    assert page.all("html")[0]["lang"] == "en"


def test_captions_missed_lines_and_fitted_clips_are_listed(
    film: tuple[Path, Timeline, Storyboard, SyncReport], tmp_path: Path
) -> None:
    caption = CaptionLine(
        section=1,
        line=0,
        text="The kettle sings at half past four",
        sung_from_s=0.6,
        sung_to_s=1.2,
        shown_from_s=0.25,
        shown_to_s=1.7,
        lead_ms=350.0,
        fill_errors_ms=[None, 30.0, 40.0],
    )
    timing = CaptionTiming(
        kind="burned", captions=1, seen=1, lead_ms=CutError(median=350.0), words=2, offset_ms=35.0,
        fill_error_ms=CutError(median=35.0, p95=40.0, max=40.0), lines=[caption],
    )  # fmt: skip
    missed = MissedLine(
        section=4, line=1, text="Before", scene="scene-3", why="it ends 0.50 s after its scene"
    )
    fitted = FittedShot(shot=2, scene="scene-3", way="slower", speed=0.8, on_beat=(0.25, 0.75))
    page = Page(written(film, tmp_path, captions=timing, missed_lines=[missed], fitted=[fitted]))
    assert "350 ms" in page.text and "+35 ms" in page.text
    assert "✕ it ends 0.50 s after its scene" in page.text
    assert "slowed down" in page.text and "0.80 \N{MULTIPLICATION SIGN}" in page.text and "75 %" in page.text


def test_a_film_without_beats_words_or_cuts_has_a_page_too(studio: Any, tmp_path: Path) -> None:
    video = studio.write(tmp_path / "made", studio.scene(1, 36), gain=0.0)
    timeline = studio.plan(studio.song(1.5, beats=False).song_map, [0], 36)
    report = measure(video, timeline, studio.board)
    (tmp_path / "page").mkdir()
    page = Page(written((video, timeline, studio.board, report), tmp_path / "page"))
    assert "No beat was heard" in page.text and page.open == []


def test_a_long_film_stays_within_two_megabytes(
    film: tuple[Path, Timeline, Storyboard, SyncReport], tmp_path: Path
) -> None:
    """As many cuts as three minutes have at a cut every second and a half."""
    stray = [UnplannedCut(frame=1 + index, at_s=round((1 + index) / 24, 4)) for index in range(120)]
    text = written(film, tmp_path, unplanned=stray)
    assert len(Page(text).all("img")) >= 240
    assert len(text.encode()) < 2_000_000


def test_the_same_report_gives_the_same_page(
    film: tuple[Path, Timeline, Storyboard, SyncReport], text: str, tmp_path: Path
) -> None:
    assert written(film, tmp_path) == text


def test_a_page_written_right_after_measuring_does_not_open_the_film_again(
    studio: Any, tmp_path: Path
) -> None:
    video = studio.write(tmp_path / "made", np.concatenate([studio.scene(1, 24), studio.scene(2, 24)]))
    timeline = studio.plan(studio.song(2.0).song_map, [0, 24], 48)
    stills = Stills(timeline)
    report = measure(video, timeline, studio.board, stills=stills)
    assert report == measure(video, timeline, studio.board)
    for name, kept in (("decoded", None), ("kept", stills)):
        write_page(report, timeline, studio.board, video, video.parent / "song.wav", tmp_path / name, kept)
        video.write_bytes(b"gone")
    assert (tmp_path / "kept").read_bytes() == (tmp_path / "decoded").read_bytes()


def test_a_cut_that_nobody_planned_is_shown_as_well(
    film: tuple[Path, Timeline, Storyboard, SyncReport], tmp_path: Path
) -> None:
    video, timeline, board, report = film
    stills = Stills(timeline)
    measure(video, timeline, board, stills=stills)
    stray = report.model_copy(update={"unplanned": [UnplannedCut(frame=20, at_s=0.8333)]})
    for name, kept in (("kept", stills), ("decoded", None)):
        write_page(stray, timeline, board, video, video.parent / "song.wav", tmp_path / name, kept)
    assert (tmp_path / "kept").read_bytes() == (tmp_path / "decoded").read_bytes()
    assert "frame 20," in (tmp_path / "kept").read_text(encoding="utf-8")


def test_a_film_or_song_that_cannot_be_read_is_named(
    film: tuple[Path, Timeline, Storyboard, SyncReport], tmp_path: Path
) -> None:
    video, timeline, board, report = film
    broken = tmp_path / "broken.bin"
    broken.write_bytes(b"nothing")
    for files in ((broken, video.parent / "song.wav"), (video, broken)):
        with pytest.raises(MediaError, match=r"broken\.bin"):
            write_page(report, timeline, board, *files, tmp_path / "page.html")
    assert not (tmp_path / "page.html").exists()
