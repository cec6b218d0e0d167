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
from storyboard.sync.align.holes import closed
from storyboard.sync.align.lines import windows
from storyboard.sync.align.pronunciation import pronunciations, syllables
from storyboard.sync.align.trellis import Heard

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


def test_sung_lines_survive_beside_as_many_that_are_not(sung: tuple[Path, Path, list[Word]]) -> None:
    voice, _, truth = sung
    texts = [FOREIGN[0], VERSE[0], VERSE[1], FOREIGN[1], CHORUS[0], FOREIGN[2]]
    words = align(voice, [LyricLine((0, n), text) for n, text in enumerate(texts)], "en")
    sure = {n: [word.confidence for word in words if word.line == n] for n in range(len(texts))}
    assert sure[1] and sure[2] and sure[4]
    assert min(np.mean(sure[n]) for n in (1, 2, 4)) > 0.6
    found = [word for word in words if word.line in (1, 2)]
    assert np.median(errors_s(found, [word for word in truth if word.section == 0])) < 0.06


def test_an_excerpt_keeps_the_lines_sung_in_it(sung: tuple[Path, Path, list[Word]], tmp_path: Path) -> None:
    _, mix, truth = sung
    end_s = next(word.start_s for word in truth if (word.section, word.line) == (1, 1))
    samples, rate_hz = soundfile.read(mix)
    soundfile.write(tmp_path / "excerpt.wav", samples[: round(end_s * rate_hz)], rate_hz)
    texts = [*VERSE, CHORUS[0], UNSUNG, FOREIGN[4]]
    words = align(tmp_path / "excerpt.wav", [LyricLine((0, n), text) for n, text in enumerate(texts)], "en")
    assert {0, 1, 2} <= {word.line for word in words}


def test_a_line_torn_by_a_long_sound_stays_together(
    sung: tuple[Path, Path, list[Word]], tmp_path: Path
) -> None:
    voice, _, truth = sung
    line = [word for word in truth if (word.section, word.line) == (0, 0)]
    samples, rate_hz = soundfile.read(voice)
    up, after_up = round(line[5].start_s * rate_hz), round(line[5].end_s * rate_hz)
    vowel = samples[up:after_up][round(0.4 * (after_up - up)) : round(0.6 * (after_up - up))]
    held = np.tile(np.concatenate([vowel, vowel[::-1]]), 1 + round(5 * rate_hz / len(vowel)))
    soundfile.write(tmp_path / "torn.wav", np.concatenate([samples[:up], held, samples[after_up:]]), rate_hz)
    words = align(tmp_path / "torn.wav", lyrics(), "en")
    whole = [word for word in words if (word.section, word.line) == (0, 0)]
    assert [word.text for word in whole] == VERSE[0].split()
    assert np.median(errors_s(whole[:5], line[:5])) < 0.1
    assert max(after.start_s - before.start_s for before, after in pairwise(whole)) <= 4.0
    assert whole[-1].end_s < 6.0, "beside its line, not behind the ten seconds"
    assert max(word.confidence for word in whole[6:]) <= 0.2
    assert min(word.end_s - word.start_s for word in whole[6:]) > 0.1
    assert len(words) == len(truth), "the lines behind it are found"


def heard_at(*spans: tuple[int, int, float]) -> dict[int, Heard]:
    return {word: Heard(first, end, margin, 4.0) for word, (first, end, margin) in enumerate(spans)}


def test_the_better_part_of_a_torn_line_draws_the_rest_to_it() -> None:
    early = heard_at((100, 130, 2.0), (140, 1500, 2.0), (1500, 1520, -1.0))
    late = heard_at((3000, 4500, 0.5), (4500, 4530, 2.0), (4540, 4580, 2.0))
    whole, moved = closed({0: early, 1: late}, [(0, 6000)] * 2, [[3, 4, 5], [30, 3, 3]])
    assert [(word.first_frame, word.end_frame) for word in whole[0].values()] == [
        (100, 130),
        (140, 180),
        (180, 230),
    ]
    assert [(word.first_frame, word.end_frame) for word in whole[1].values()][:2] == [
        (4200, 4500),
        (4500, 4530),
    ]
    assert moved == {(0, 2), (1, 0)}


def test_words_that_are_moved_keep_out_of_the_lines_beside() -> None:
    before, after = heard_at((900, 1000, 2.0)), heard_at((1040, 1100, 2.0))
    torn = heard_at((1000, 1020, 2.0), (1020, 2000, 2.0), (2000, 2020, -1.0))
    whole, _ = closed({0: before, 1: torn, 2: after}, [(0, 3000)] * 3, [[5], [2, 3, 4], [5]])
    assert whole[1][0].first_frame >= whole[0][0].end_frame
    assert whole[1][2].end_frame <= max(whole[2][0].first_frame, whole[1][1].end_frame)


def test_a_line_with_a_start_and_an_end_may_have_holes_and_no_other_word_lasts_for_ever() -> None:
    torn = heard_at((100, 130, 2.0), (900, 930, 2.0))
    assert closed({0: torn}, [(100, 1000)], [[3, 3]], {0}) == ({0: torn}, set())
    whole, _ = closed({0: heard_at((100, 3000, 1.0))}, [(0, 3000)], [[3]])
    assert whole[0][0].end_frame == 700


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
