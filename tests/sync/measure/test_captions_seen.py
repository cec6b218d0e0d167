"""When captions are seen in the picture, and when their words fill."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pysubs2
import pytest

from storyboard.schema.errors import MediaError
from storyboard.schema.report import CaptionTiming
from storyboard.schema.timeline import Word
from storyboard.sync.measure import measure

N_FRAMES = 172
SIZE = (640, 360)
LINES = {
    (1, 0): ["The", "kettle", "sings", "at", "half", "past", "four"],
    (1, 1): ["A", "postcard", "slides", "beneath", "the", "door"],
}


def sung() -> list[Word]:
    """Two lines of words of a third of a second, from 1 s and from 4.2 s on."""
    return [
        Word(
            text=text,
            start_s=start_s + 0.35 * index,
            end_s=start_s + 0.35 * index + 0.32,
            section=ref[0],
            line=ref[1],
        )
        for (ref, texts), start_s in zip(LINES.items(), (1.0, 4.2), strict=True)
        for index, text in enumerate(texts)
    ]


def karaoke(words: list[Word], path: Path, late_ms: int = 0) -> Path:
    """Write captions that are shown 400 ms before their words and fill with them."""
    subtitles = pysubs2.SSAFile()
    subtitles.info.update({"PlayResX": str(SIZE[0]), "PlayResY": str(SIZE[1])})
    subtitles.styles["Default"] = pysubs2.SSAStyle(
        fontname="Poppins SemiBold",
        fontsize=30,
        primarycolor=pysubs2.Color(255, 224, 138),
        secondarycolor=pysubs2.Color(255, 255, 255),
        outlinecolor=pysubs2.Color(16, 14, 26),
        outline=2,
        shadow=0,
        alignment=pysubs2.Alignment.BOTTOM_CENTER,
    )
    for ref in LINES:
        line = [word for word in words if (word.section, word.line) == ref]
        text = "{\\k40}"
        for word in line:
            text += f"{{\\kf32}}{word.text} {{\\k3}}"
        start = round(line[0].start_s * 1000) - 400 + late_ms
        end = round(line[-1].end_s * 1000) + 300 + late_ms
        subtitles.append(pysubs2.SSAEvent(start=start, end=end, text=text))
    subtitles.save(str(path), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def timing_of(studio: Any, tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], CaptionTiming]:
    """Measure a film in which the captions were burned late by some milliseconds."""
    frames = np.repeat(np.repeat(studio.scene(3, N_FRAMES, (320, 180)), 2, axis=1), 2, axis=2)
    timeline = studio.plan(studio.song(N_FRAMES / 24, sung()).song_map, [0], N_FRAMES)

    def timing(late_ms: int) -> CaptionTiming:
        folder = tmp_path_factory.mktemp("film")
        captions = karaoke(sung(), folder / "lyrics.ass", late_ms)
        film = studio.write(folder / "made", frames, captions)
        return measure(film, timeline, studio.board, captions=captions).captions

    return timing


@pytest.fixture(scope="module")
def in_time(timing_of: Callable[[int], CaptionTiming]) -> CaptionTiming:
    return timing_of(0)


@pytest.fixture(scope="module")
def late(timing_of: Callable[[int], CaptionTiming]) -> CaptionTiming:
    return timing_of(200)


def test_every_caption_and_every_word_is_seen(in_time: CaptionTiming) -> None:
    assert (in_time.kind, in_time.captions, in_time.seen, in_time.late) == ("burned", 2, 2, 0)
    assert in_time.words == 13
    assert [line.text for line in in_time.lines] == [" ".join(texts) for texts in LINES.values()]


def test_captions_in_time_are_measured_as_such(in_time: CaptionTiming) -> None:
    assert in_time.offset_ms == pytest.approx(0, abs=15)
    assert in_time.fill_error_ms is not None and in_time.fill_error_ms.p95 < 42
    assert in_time.lead_ms is not None and in_time.lead_ms.median == pytest.approx(400, abs=42)


def test_captions_burned_late_are_measured_as_late(late: CaptionTiming) -> None:
    assert late.offset_ms == pytest.approx(200, abs=20)
    assert late.lead_ms is not None and late.lead_ms.median == pytest.approx(200, abs=42)


def test_a_caption_that_goes_is_seen_to_go(in_time: CaptionTiming) -> None:
    shown_to_s = in_time.lines[0].shown_to_s
    assert shown_to_s == pytest.approx(in_time.lines[0].sung_to_s + 0.3, abs=0.045)


def test_captions_that_were_not_burned_are_not_claimed(studio: Any, tmp_path: Path) -> None:
    frames = np.repeat(np.repeat(studio.scene(3, N_FRAMES, (320, 180)), 2, axis=1), 2, axis=2)
    film = studio.write(tmp_path, frames)
    timeline = studio.plan(studio.song(N_FRAMES / 24, sung()).song_map, [0], N_FRAMES)
    captions = karaoke(sung(), tmp_path / "lyrics.ass")
    report = measure(film, timeline, studio.board, captions=captions)
    assert (report.captions.seen, report.captions.words) == (0, 0)
    assert "2 of 2 captions could not be seen" in report.notes


def test_captions_on_a_track_are_read_from_it(studio: Any, tmp_path: Path) -> None:
    subtitles = tmp_path / "lyrics.srt"
    subtitles.write_text(
        "1\n00:00:00,700 --> 00:00:03,500\nThe kettle sings at half past four\n\n"
        "2\n00:00:04,300 --> 00:00:06,500\nA postcard slides beneath the door\n"
    )
    film = studio.write(tmp_path / "made", studio.scene(3, N_FRAMES), None, subtitles)
    timeline = studio.plan(studio.song(N_FRAMES / 24, sung()).song_map, [0], N_FRAMES)
    found = measure(film, timeline, studio.board).captions
    assert (found.kind, found.captions, found.seen, found.late) == ("soft", 2, 2, 1)
    assert [line.lead_ms for line in found.lines] == [pytest.approx(300, abs=1), pytest.approx(-100, abs=1)]


def test_a_caption_file_that_is_none_is_named(studio: Any, tmp_path: Path) -> None:
    film = studio.write(tmp_path / "made", studio.scene(3, 24))
    broken = tmp_path / "lyrics.ass"
    shutil.copy(film, broken)
    with pytest.raises(MediaError, match=r"lyrics\.ass"):
        measure(film, studio.plan(studio.song(1.0).song_map, [0], 24), studio.board, captions=broken)
