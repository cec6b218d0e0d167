"""Burned captions, looked at: where they stand, what fills, what is drawn."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pysubs2
import pytest
from numpy.typing import NDArray

from storyboard.schema.board import Look
from storyboard.schema.song import Section, Song
from storyboard.schema.timeline import SongMap, Word
from storyboard.sync import fonts
from storyboard.sync.captions import captions_of, text_of, write_captions
from storyboard.sync.captions.rows import breaks_in, rows_of
from storyboard.sync.ffmpeg import program

LONG = {
    "English": "I scroll through all the pictures that you never meant to send to me tonight",
    "German": "Siebenhundertsiebenundsiebzigtausend Straßenbahnhaltestellen in der Stadt",
    "Russian": "Расцветали яблони и груши, поплыли туманы над рекой",
    "Arabic": "يا ليل يا عين، طال السهر وأنا أنتظر تحت ضوء القمر حتى الصباح",
    "Thai": "สวัสดีชาวโลก ฉันรักเธอมากกว่าใครในโลกใบนี้เสมอไปและตลอดไป",
    "Japanese": "夜に駆けていく、君の手を握ってどこまでもずっと愛を探していたんだよ",
    "Chinese": "今天的月亮很圆、我在桥上等着你回来、等到天亮也不想离开这里",
}


def _song(line: str, confidence: float = 1.0) -> tuple[Song, SongMap]:
    """Return a song of one line, sung from 1 to 3 s, each word as long as the others."""
    texts = line.split()
    step = 2.0 / len(texts)
    words = [
        Word(
            text=text,
            start_s=1 + index * step,
            end_s=1 + (index + 1) * step,
            section=0,
            line=0,
            confidence=confidence,
        )
        for index, text in enumerate(texts)
    ]
    sections = [Section(kind="verse", lines=[line])]
    song = Song(title="A line", genre="pop", tempo_bpm=100, key="C major", sections=sections)
    return song, SongMap(duration_s=5, words=words)


def _look(aspect: str, height: int) -> Look:
    return Look.model_validate({"aspect": aspect, "height": height})


def _event(folder: Path, line: str, look: Look, confidence: float = 1.0) -> pysubs2.SSAEvent:
    song, song_map = _song(line, confidence)
    write_captions(song_map, look, song, folder)
    [event] = pysubs2.load(str(folder / "lyrics.ass")).events
    return event


def _burned(folder: Path, line: str, look: Look, at_s: float) -> NDArray[np.uint8]:
    """Return the frame at a time, RGB, of a plain dark film with the line burned in."""
    song, song_map = _song(line)
    write_captions(song_map, look, song, folder)
    (folder / "fonts").mkdir(exist_ok=True)
    for path in fonts.files_for(text_of(captions_of(song_map, song))):
        shutil.copy(path, folder / "fonts")
    width, height = look.size
    plain = f"color=c=0x203040:s={width}x{height}:r=20:d=0.05"
    drawn = f"setpts=PTS+{at_s}/TB,ass=lyrics.ass:fontsdir=fonts"
    command = [program(), "-v", "error", "-f", "lavfi", "-i", plain, "-vf", drawn]
    command += ["-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    return np.frombuffer(done.stdout, np.uint8).reshape(height, width, 3)


def _letters(frame: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray(frame[..., :2].min(axis=2) > 150)


@pytest.mark.parametrize("line", LONG.values(), ids=LONG)
def test_a_long_line_stays_within_the_safe_part_of_a_tall_film(tmp_path: Path, line: str) -> None:
    ys, xs = np.nonzero(_letters(_burned(tmp_path, line, _look("9:16", 640), 2.0)))
    assert xs.min() >= 0.04 * 360
    assert xs.max() <= 0.96 * 360
    assert xs.max() - xs.min() > 0.5 * 360, "it uses the width"
    assert ys.max() <= 0.82 * 640
    assert ys.min() >= 0.6 * 640


@pytest.mark.parametrize(("aspect", "height"), [("16:9", 360), ("1:1", 480)])
def test_other_shapes_have_their_captions_below(tmp_path: Path, aspect: str, height: int) -> None:
    frame = _letters(_burned(tmp_path, LONG["English"], _look(aspect, height), 2.0))
    ys, xs = np.nonzero(frame)
    assert ys.min() > 0.78 * height
    assert ys.max() < 0.96 * height
    assert xs.min() > 0.04 * frame.shape[1]
    assert abs((xs.min() + xs.max()) / 2 - frame.shape[1] / 2) < 0.02 * frame.shape[1]


@pytest.mark.parametrize(
    ("line", "from_right"),
    [("שלום עולם שלי תמיד", True), ("مرحبا بالعالم الجميل جدا", True), ("Come home before snow", False)],
)
def test_words_fill_in_the_direction_in_which_they_are_read(
    tmp_path: Path, line: str, from_right: bool
) -> None:
    frame = _burned(tmp_path, line, _look("16:9", 360), 1.9).astype(int)
    bright = _letters(frame.astype(np.uint8))
    is_sung = bright & (frame[..., 0] - frame[..., 2] > 50)
    is_open = bright & (frame[..., 0] - frame[..., 2] < 25)
    sung, unsung = (np.nonzero(part)[1].mean() for part in (is_sung, is_open))
    assert (sung > unsung) == from_right
    assert 0.3 < is_sung.sum() / (is_sung.sum() + is_open.sum()) < 0.7


def test_right_to_left_lines_light_up_word_by_word(tmp_path: Path) -> None:
    text = _event(tmp_path, "שלום עולם", _look("16:9", 360)).text
    assert re.findall(r"\\(kf?)\d+", text) == ["k", "k", "k"]


def test_a_symbol_that_no_font_has_takes_its_time_and_no_place(tmp_path: Path) -> None:
    event = _event(tmp_path, "Come \U0001faf8 home", _look("16:9", 360))
    assert event.plaintext == "Come home"
    assert [int(value) for value in re.findall(r"\\kf(\d+)", event.text)] == [67, 66, 67]


def test_an_unsure_line_is_shown_whole(tmp_path: Path) -> None:
    look = _look("16:9", 360)
    assert "\\k" not in _event(tmp_path, "Come home before the snow", look, confidence=0.2).text
    assert "<00:" not in (tmp_path / "lyrics.lrc").read_text().splitlines()[-1]
    assert "\\kf" in _event(tmp_path, "Come home before the snow", look, confidence=0.4).text


@pytest.mark.parametrize("line", LONG.values(), ids=LONG)
@pytest.mark.parametrize(("aspect", "height"), [("16:9", 360), ("9:16", 640), ("1:1", 480)])
def test_a_line_has_two_rows_at_most_and_loses_nothing(
    tmp_path: Path, line: str, aspect: str, height: int
) -> None:
    event = _event(tmp_path, line, _look(aspect, height))
    assert event.text.count("\\N") <= 1
    assert event.plaintext.replace("\n", "").replace(" ", "") == line.replace(" ", "")


def test_a_word_that_is_divided_takes_as_long_as_before(tmp_path: Path) -> None:
    text = _event(tmp_path, LONG["Japanese"], _look("9:16", 640)).text
    durations = [int(value) for value in re.findall(r"\\kf(\d+)", text)]
    assert len(durations) == 2
    assert sum(durations) == 200


def test_the_letters_are_as_large_for_a_phone_in_every_shape(tmp_path: Path) -> None:
    sizes = {}
    for aspect, height in (("16:9", 720), ("9:16", 1280), ("1:1", 720)):
        _event(tmp_path, "Hey", _look(aspect, height))
        style = pysubs2.load(str(tmp_path / "lyrics.ass")).styles["Default"]
        width, high = _look(aspect, height).size
        shown_mm = 65 if aspect == "16:9" else 65 * high / width  # a phone held as the film is shaped
        sizes[aspect] = style.fontsize / fonts.poppins().line_height / high * shown_mm
    assert all(3.0 < size < 4.5 for size in sizes.values()), sizes


def test_rows_are_divided_where_a_phrase_ends() -> None:
    text = "The kettle sings at noon, and nobody is home"
    assert text[rows_of(text, len, 30).break_at :] == "and nobody is home"


def test_a_line_that_fits_stays_in_one_row() -> None:
    assert rows_of("Come home", len, 9) == rows_of("Come home", len, 99)
    assert rows_of("Come home", len, 9).break_at == 0


def test_one_endless_word_is_made_smaller() -> None:
    rows = rows_of("x" * 40, len, 20)
    assert (rows.break_at, rows.scale) == (0, 0.5)


@pytest.mark.parametrize(
    ("text", "second_rows"),
    [
        ("ab cd ef", ["cd ef", "ef"]),
        ("夜に、駆ける", ["に、駆ける", "駆ける", "ける", "る"]),
        ("「夜」ッと", ["と"]),
        ("사랑 해요", ["해요"]),
        ("มากใคร", ["ใคร"]),
        ("quoi ?", []),
    ],
)
def test_rows_begin_only_where_a_reader_expects_it(text: str, second_rows: list[str]) -> None:
    assert [text[place:] for place in breaks_in(text)] == second_rows
