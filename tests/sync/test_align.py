"""Known lyrics are found in a song by occurrence; what is not sung is left out, and nothing is smeared."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from storyboard.schema.errors import MediaError
from storyboard.schema.song import Section, Song
from storyboard.schema.timeline import Word
from storyboard.sync.align import LyricLine, align
from storyboard.sync.align.lines import windows
from storyboard.sync.align.pronunciation import pronunciations, syllables

VERSE = ["I saw your name light up my phone tonight", "And now a million strangers watch it go"]
CHORUS = ["Every little heart is breaking mine", "Scrolling through the night with all her friends"]
FOREIGN = [
    "Down by the river where we used to be",
    "Take the keys and drive until the morning",
    "She sells the stories that we shared before",
    "People come and people go but you remain",
    "Summer rain is falling on the window",
    "Big red balloons were floating over town",
    "Give me back the photographs you keep",
    "Can you hear the city calling out my name",
]
UNSUNG = "Kiss me quick before the curtain falls"


@pytest.fixture(scope="module")
def sung(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, list[Word]]:
    """Return a voice alone, its mix with a band, and when every word is really sung."""
    from storyboard.generators.music.band import Band
    from storyboard.generators.seams import SongRequest
    from storyboard.generators.voice.singer import Singer

    song = Song(
        title="Phone",
        genre="pop",
        tempo_bpm=100,
        key="G major",
        sections=[
            Section(kind="verse", lines=VERSE),
            Section(kind="chorus", lines=CHORUS),
            Section(kind="chorus", lines=CHORUS),
        ],
    )
    folder = tmp_path_factory.mktemp("sung")
    request = SongRequest(song=song, seed=3)
    take = Singer().sing(request, folder / "voice.wav", lambda _: None)
    Band().play(request, folder / "band.wav", lambda _: None)
    voice, rate_hz = soundfile.read(folder / "voice.wav", dtype="float32")
    band, _ = soundfile.read(folder / "band.wav", dtype="float32")
    length = min(len(voice), len(band))
    mix = voice[:length, None] / np.abs(voice).max() + band[:length] / np.abs(band).max()
    soundfile.write(folder / "mix.wav", mix / np.abs(mix).max(), rate_hz)
    return folder / "voice.wav", folder / "mix.wav", take.words


def lyrics(**times: object) -> list[LyricLine]:
    texts = [VERSE, CHORUS, CHORUS]
    return [LyricLine((s, n), text, **times) for s, lines in enumerate(texts) for n, text in enumerate(lines)]  # type: ignore[arg-type]


def errors_s(words: list[Word], truth: list[Word]) -> np.ndarray:
    assert [word.text.strip(",.") for word in words] == [word.text for word in truth]
    return np.abs([word.start_s - real.start_s for word, real in zip(words, truth, strict=True)])


@pytest.fixture(scope="module")
def heard(sung: tuple[Path, Path, list[Word]]) -> list[Word]:
    return align(sung[0], lyrics(), "en")


def test_words_of_a_clear_voice_are_found_within_60_ms(
    sung: tuple[Path, Path, list[Word]], heard: list[Word]
) -> None:
    errors = errors_s(heard, sung[2])
    assert np.median(errors) < 0.06
    assert (errors < 0.3).mean() > 0.95


def test_words_are_found_under_a_band(sung: tuple[Path, Path, list[Word]]) -> None:
    errors = errors_s(align(sung[1], lyrics(), "en"), sung[2])
    assert np.median(errors) < 0.1
    assert (errors < 0.3).mean() > 0.85


def test_each_chorus_is_found_where_it_is_sung(heard: list[Word]) -> None:
    first = [word.start_s for word in heard if word.section == 1]
    second = [word.start_s for word in heard if word.section == 2]
    assert max(first) < min(second)
    assert len(first) == len(second) == sum(len(line.split()) for line in CHORUS)


def test_words_are_in_order_and_do_not_overlap(heard: list[Word]) -> None:
    assert all(0 <= word.confidence <= 1 for word in heard)
    assert all(before.end_s <= after.start_s for before, after in pairwise(heard))


def test_a_line_that_is_not_sung_is_left_out_and_harms_no_other(sung: tuple[Path, Path, list[Word]]) -> None:
    lines = lyrics()
    lines.insert(2, LyricLine((0, 2), UNSUNG))
    words = align(sung[0], lines, "en")
    assert not [word for word in words if (word.section, word.line) == (0, 2)]
    assert np.median(errors_s(words, sung[2])) < 0.06


def test_lyrics_of_another_song_are_not_found(sung: tuple[Path, Path, list[Word]]) -> None:
    words = align(sung[0], [LyricLine((0, n), text) for n, text in enumerate(FOREIGN)], "en")
    assert words == []


def test_known_times_are_taken_as_they_are(tmp_path: Path) -> None:
    lines = [
        LyricLine((0, 0), "one two three", 1.0, 4.0, (1.0, 2.25, 3.5)),
        LyricLine((0, 1), "four", 5.0, 5.5, (5.0,)),
    ]
    words = align(tmp_path / "never-opened.wav", lines, "en")
    assert [word.start_s for word in words] == [1.0, 2.25, 3.5, 5.0]
    assert words[2].end_s == 4.0
    assert all(word.confidence == 1 for word in words)


def test_a_line_with_a_time_is_looked_for_only_there(sung: tuple[Path, Path, list[Word]]) -> None:
    voice, _, truth = sung
    line = [word for word in truth if (word.section, word.line) == (2, 0)]
    start_s, end_s = line[0].start_s - 0.2, line[-1].end_s + 0.2
    words = align(voice, [LyricLine((2, 0), CHORUS[0], start_s, end_s)], "en")
    assert np.median(errors_s(words, line)) < 0.06
    wrong = align(voice, [LyricLine((2, 0), CHORUS[0], 0.0, 2.0)], "en")
    assert [word.text for word in wrong] == CHORUS[0].split(), "its time was given, so it is sung"
    assert wrong[-1].end_s <= 2.0


def test_signs_that_are_not_sung_are_words_all_the_same(sung: tuple[Path, Path, list[Word]]) -> None:
    voice, _, truth = sung
    words = align(voice, [LyricLine((0, 0), "I saw your — name light up, my phone … tonight ♪")], "en")
    assert [word.text for word in words] == "I saw your — name light up, my phone … tonight ♪".split()
    assert abs(words[0].start_s - truth[0].start_s) < 0.1
    assert all(before.end_s <= after.start_s for before, after in pairwise(words))


def test_an_unreadable_script_is_spread_over_its_lines_time(sung: tuple[Path, Path, list[Word]]) -> None:
    timed = align(sung[0], [LyricLine((0, 0), "君の 名前が 光る", 2.0, 5.0)], "ja")
    assert [word.text for word in timed] == ["君の", "名前が", "光る"]
    assert timed[0].start_s == 2.0 and timed[-1].end_s == 5.0
    untimed = align(sung[0], [LyricLine((0, 0), "君の 名前が"), LyricLine((0, 1), "光る 夜に")], "ja")
    assert [word.text for word in untimed] == ["君の", "名前が", "光る", "夜に"]
    assert max(word.confidence for word in [*timed, *untimed]) < 0.3


def test_nothing_is_heard_in_noise_and_silence(tmp_path: Path) -> None:
    path = tmp_path / "noise.wav"
    lines = [LyricLine((0, 0), VERSE[0])]
    for level in (0.0, 0.2):
        soundfile.write(path, level * np.random.default_rng(1).standard_normal(16_000 * 12), 16_000)
        assert align(path, lines, "en") == []
    assert align(path, [], "en") == []
    path.write_bytes(b"nothing")
    with pytest.raises(MediaError, match="cannot be read as sound"):
        align(path, lines, "en")


def test_alignment_can_be_stopped_and_reports_how_far_it_is(sung: tuple[Path, Path, list[Word]]) -> None:
    told: list[float] = []
    align(sung[0], lyrics()[:1], "en", on_fraction=told.append)
    assert told == sorted(told) and told[-1] == 1.0


@pytest.mark.parametrize(
    ("language", "word", "phones"),
    [
        ("en", "Don't", "D OW N T"),
        ("en", "tryin'", "T R AY IH N"),
        ("en", "TikTok!", "T IH K T AA K"),
        ("es", "corazón", "K OW R AA S OW N"),
        ("es", "quiero", "K Y EH R OW"),
        ("de", "schön", "SH ER N"),
        ("de", "Zeit,", "T S AY T"),
        ("fr", "beaucoup", "B OW K UW"),
        ("fr", "t'aime", "T EH M"),
        ("it", "gli", "L Y IY"),
        ("it", "chiesa", "K Y EH Z AA"),
        ("pt", "coração", "K OW R AA S AW N"),
        ("sv", "och", "OW CH"),
    ],
)
def test_words_are_sounded_by_their_language(language: str, word: str, phones: str) -> None:
    assert " ".join(pronunciations(word, language)[0]) == phones


def test_what_cannot_be_sounded_has_no_phones_but_a_length() -> None:
    assert pronunciations("—", "en") == [] == pronunciations("愛してる", "en")
    assert syllables("愛してる", "ja") == 4
    assert syllables("remember", "en") == 3


def test_lines_without_a_time_lie_between_those_with_one() -> None:
    lines = [
        LyricLine((0, 0), "a"),
        LyricLine((0, 1), "b", 10.0, 12.0),
        LyricLine((0, 2), "c"),
        LyricLine((0, 3), "d", 20.0),
        LyricLine((0, 4), "e"),
    ]
    assert windows(lines, 60.0) == [(0.0, 10.0), (10.0, 12.0), (12.0, 20.0), (20.0, 25.5), (20.0, 60.0)]
