"""Title and credits: on downbeats, where nobody sings, inside the frame, clear of captions."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pysubs2
import pytest
from numpy.typing import NDArray

from storyboard.schema.board import Look, Storyboard
from storyboard.schema.song import SongFile
from storyboard.schema.timeline import SongMap, Word
from storyboard.sync import fonts
from storyboard.sync.captions import caption_spans, write_captions
from storyboard.sync.ffmpeg import program
from storyboard.sync.measure.glyphs import glyphs_of
from storyboard.sync.titles import credits_span, title_events, title_span, with_titles

SIZES = {"16:9": (640, 360), "9:16": (360, 640), "1:1": (480, 480)}
TITLES = {
    "short": "Snow",
    "long": "The Extraordinarily Long and Winding Title of a Song Nobody Ever Managed to Remember Properly",
    "one word": "Siebenhundertsiebenundsiebzigtausendstraßenbahnhaltestellen",
    "Cyrillic": "Ночной дождь над тихой рекой",
    "Arabic": "أحبك تحت المطر في آخر الليل",
    "Japanese": "夜の雨にぬれた駅のホームで君を待つ",
    "Thai": "สวัสดีชาวโลก ฉันรักเธอ",
}
MADE_BY: Mapping[str, str] = {"music": "band", "voice": "singer", "video": "animatic"}


def titled(board: Storyboard, title: str, **fields: object) -> Storyboard:
    return board.model_copy(update={"song": board.song.model_copy(update={"title": title}), **fields})


def sung(first_s: float, last_s: float, duration_s: float, bar_s: float = 2.0) -> SongMap:
    """Return a song in bars of which one line is sung at its beginning and one at its end."""
    words = [
        Word(text="Come", start_s=first_s, end_s=first_s + 1.0, section=1, line=0),
        Word(text="home", start_s=last_s - 1.0, end_s=last_s, section=1, line=1),
    ]
    bars = [round(bar_s * bar, 6) for bar in range(int(duration_s / bar_s) + 1) if bar_s * bar < duration_s]
    beats = [round(bar_s / 4 * beat, 6) for beat in range(4 * len(bars)) if bar_s / 4 * beat < duration_s]
    return SongMap(duration_s=duration_s, beats_s=beats, downbeats_s=bars, words=words)


def test_the_title_begins_and_ends_on_downbeats_before_the_first_word(
    song_map: SongMap, board: Storyboard
) -> None:
    span = title_span(song_map)
    assert span is not None
    assert set(span) <= set(song_map.downbeats_s)
    assert span[1] <= song_map.words[0].start_s
    shown = [event for event in title_events(song_map, board, (640, 360)) if event.start == 0]
    assert {(event.start, event.end) for event in shown} == {tuple(round(at * 100) * 10 for at in span)}


@pytest.mark.parametrize(
    ("first_s", "expected"),
    [(8.3, (0.0, 4.0)), (4.2, (0.0, 4.0)), (3.9, (0.0, 2.0)), (2.0, (0.0, 2.0))],
)
def test_the_title_stays_two_bars_at_most(first_s: float, expected: tuple[float, float]) -> None:
    assert title_span(sung(first_s, 30, 40)) == expected


def test_a_song_sung_from_its_start_has_its_title_in_the_first_pause() -> None:
    song_map = sung(0.1, 30, 40)
    span = (2.0, 6.0)
    assert title_span(song_map) == span
    assert all(span[1] <= s.start_s or span[0] >= s.end_s for s in caption_spans(song_map))


def test_a_song_without_any_pause_has_no_title() -> None:
    words = [Word(text="la", start_s=at, end_s=at + 0.9, section=1, line=at) for at in range(30)]
    assert title_span(SongMap(duration_s=31, downbeats_s=[0.0, 2.0, 4.0], words=words)) is None


def test_a_song_without_a_grid_or_words_still_has_both() -> None:
    assert title_span(SongMap(duration_s=30)) == (0.0, 4.0)
    assert credits_span(SongMap(duration_s=30)) == (21.0, 30)


def test_credits_come_after_the_last_caption_on_a_downbeat_and_stay_to_the_end() -> None:
    assert credits_span(sung(4, 31.2, 36)) == (32.0, 36)
    assert credits_span(sung(4, 12.0, 36)) == (28.0, 36), "not for the whole of a long end"
    assert credits_span(sung(4, 32.9, 35.4)) == (33.5, 35.4), "a beat, where a bar would be too late"
    assert credits_span(sung(4, 34.5, 36)) is None, "too short to be read"


def test_nothing_is_shown_while_captions_are_but_for_the_first_words_lead(
    song_map: SongMap, board: Storyboard
) -> None:
    spans = caption_spans(song_map)
    for event in title_events(song_map, board, (640, 360)):
        for span in spans:
            overlap = min(event.end / 1000, span.end_s) - max(event.start / 1000, span.start_s)
            first = span is spans[0] and event.end / 1000 <= span.words[0].start_s + 0.006
            assert overlap <= 0.006 or first


def test_the_line_below_a_title_says_more_than_the_title(song_map: SongMap, board: Storyboard) -> None:
    def text(of: Storyboard) -> str:
        events = title_events(song_map, of, (640, 360))
        return " ".join(event.plaintext for event in events if event.start == 0 and event.layer == 2)

    assert text(board) == "Before the Snow A postcard from my brother"
    assert text(titled(board, "A Postcard, from my Brother")) == "A Postcard, from my Brother"
    assert text(titled(board, "Snow", topic="word " * 60)) == "Snow"
    assert (
        text(titled(board, "Snow at Sea", topic="snow at sea, a sailor's farewell"))
        == "Snow at Sea A sailor's farewell"
    )
    assert (
        text(titled(board, "The Last Night", topic="the last night before it closes"))
        == "The Last Night Before it closes"
    )


def test_credits_name_the_generators_or_the_artist(board: Storyboard) -> None:
    def texts(of: Storyboard, made_by: Mapping[str, str]) -> list[str]:
        events = title_events(sung(4, 31.2, 36), of, (640, 360), made_by)
        return [event.plaintext for event in events if event.start == 32000 and event.layer == 2]

    assert texts(board, MADE_BY) == [
        "Before the Snow",
        "music",
        "band",
        "voice",
        "singer",
        "pictures",
        "animatic",
    ]
    assert texts(board, {}) == ["Before the Snow"], "auto is no name"
    german = board.model_copy(update={"language": "de"})
    assert texts(german, MADE_BY)[1:] == ["Musik", "band", "Stimme", "singer", "Bilder", "animatic"]
    audio = SongFile(file="song/The Kettles - Before the Snow.mp3", sha256="0" * 64, duration_s=36)
    own = board.model_copy(update={"song": board.song.model_copy(update={"audio": audio})})
    assert texts(own, MADE_BY) == ["Before the Snow", "music", "The Kettles", "pictures", "animatic"]


def test_a_title_that_looks_like_commands_is_only_text(song_map: SongMap, board: Storyboard) -> None:
    events = title_events(song_map, titled(board, r"{\fs90}Big\N"), (640, 360))
    assert "(/fs90)Big/N" in [event.plaintext for event in events]


def test_the_short_line_has_a_colour_of_the_film(song_map: SongMap, board: Storyboard) -> None:
    look = board.look.model_copy(update={"palette": ["#101820", "#ff8844"]})
    events = title_events(song_map, board.model_copy(update={"look": look}), (640, 360))
    assert any("\\1c&H4488FF&" in event.text for event in events)


def test_titles_are_added_to_the_captions_and_change_none(
    tmp_path: Path, song_map: SongMap, board: Storyboard
) -> None:
    write_captions(song_map, board.look, board.song, tmp_path)
    ass = tmp_path / "lyrics.ass"
    before = pysubs2.load(str(ass))
    glyphs = len(glyphs_of(ass, board.look.size))
    with_titles(ass, song_map, board, board.look.size, MADE_BY)
    after = pysubs2.load(str(ass))
    assert [e for e in after.events if e.style == "Default"] == list(before.events)
    assert after.styles["Default"] == before.styles["Default"]
    assert len(after.events) > len(before.events) + 5
    assert len(glyphs_of(ass, board.look.size)) == glyphs, "captions are measured, titles are not"


def test_titles_alone_make_a_file_and_the_same_bytes(
    tmp_path: Path, song_map: SongMap, board: Storyboard
) -> None:
    for name in ("one.ass", "two.ass"):
        with_titles(tmp_path / name, song_map, board, (640, 360), MADE_BY)
    assert (tmp_path / "one.ass").read_bytes() == (tmp_path / "two.ass").read_bytes()
    assert len(pysubs2.load(str(tmp_path / "one.ass")).events) >= 6


def burned(folder: Path, board: Storyboard, size: tuple[int, int], at_s: float) -> NDArray[np.bool_]:
    """Return which pixels are letters of a card at a time, on a plain dark film."""
    width, height = size
    song_map = sung(8.3, 31.2, 36)
    ass = folder / "titles.ass"
    ass.unlink(missing_ok=True)
    with_titles(ass, song_map, board, size, MADE_BY)
    (folder / "fonts").mkdir(exist_ok=True)
    for path in fonts.files_for("\n".join(event.plaintext for event in pysubs2.load(str(ass)))):
        shutil.copy(path, folder / "fonts")
    plain = f"color=c=0x203040:s={width}x{height}:r=20:d=0.05"
    drawn = f"setpts=PTS+{at_s}/TB,ass=titles.ass:fontsdir=fonts"
    command = [program(), "-v", "error", "-f", "lavfi", "-i", plain, "-vf", drawn]
    command += ["-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=True)
    frame = np.frombuffer(done.stdout, np.uint8).reshape(height, width, 3)
    return np.asarray(frame.min(axis=2) > 120)


@pytest.mark.parametrize("aspect", SIZES)
@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_any_title_stays_in_the_frame_and_clear_of_faces_and_captions(
    tmp_path: Path, board: Storyboard, title: str, aspect: str
) -> None:
    width, height = SIZES[aspect]
    rows, columns = np.nonzero(burned(tmp_path, titled(board, title), SIZES[aspect], 1.5))
    assert len(rows) > 0.001 * width * height
    assert columns.min() >= 0.04 * width
    assert columns.max() <= 0.96 * width
    if aspect == "9:16":
        assert rows.min() >= 0.09 * height
        assert rows.max() <= 0.40 * height, "above the heads"
    else:
        assert rows.min() >= 0.47 * height, "below the heads"
        assert rows.max() <= 0.80 * height, "above the captions"


@pytest.mark.parametrize("aspect", SIZES)
def test_credits_stay_in_the_frame(tmp_path: Path, board: Storyboard, aspect: str) -> None:
    width, height = SIZES[aspect]
    rows, columns = np.nonzero(burned(tmp_path, titled(board, TITLES["long"]), SIZES[aspect], 34.0))
    assert columns.min() >= 0.04 * width
    assert columns.max() <= 0.96 * width
    assert rows.min() >= 0.55 * height, "below the heads of a close shot"
    assert rows.max() <= (0.88 if aspect == "9:16" else 0.95) * height


def test_credits_stand_in_two_columns(board: Storyboard) -> None:
    for aspect, size in SIZES.items():
        events = title_events(sung(4, 31.2, 36), board, size, MADE_BY)
        at = {e.plaintext: float(e.text.split("\\move(")[1].split(",")[0]) for e in events if e.layer == 2}
        assert at["music"] == at["voice"] == at["pictures"], aspect
        assert at["band"] == at["singer"] == at["animatic"] > at["music"] + 0.04 * size[0], aspect


def test_right_to_left_titles_stand_on_the_right(tmp_path: Path, board: Storyboard) -> None:
    for title, side in ((TITLES["Arabic"], 1), (TITLES["Cyrillic"], -1)):
        columns = np.nonzero(burned(tmp_path, titled(board, title), (640, 360), 1.5))[1]
        assert (columns.mean() - 320) * side > 60


def test_a_card_fades_in_and_out(tmp_path: Path, board: Storyboard) -> None:
    seen = {at_s: burned(tmp_path, board, (640, 360), at_s).sum() for at_s in (0.02, 1.5, 3.97, 4.02)}
    assert seen[1.5] > 500
    assert seen[0.02] == seen[3.97] == seen[4.02] == 0


def test_letters_are_as_high_for_the_eye_in_every_shape(board: Storyboard) -> None:
    sizes = {}
    for aspect, size in SIZES.items():
        look = Look.model_validate({"aspect": aspect, "height": size[1]})
        [first] = [
            e
            for e in title_events(sung(8.3, 31, 36), titled(board, "Snow", look=look), size)
            if "Snow" in e.text
        ][:1]
        sizes[aspect] = float(re.findall(r"\\fs([\d.]+)", first.text)[-1]) / min(size)
    assert max(sizes.values()) < 1.6 * min(sizes.values())
