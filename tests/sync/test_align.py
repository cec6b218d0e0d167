"""Known lyrics are found in a song by occurrence; what is not sung is left out, and nothing is smeared."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from storyboard.schema.errors import MediaError, SystemRequirementError
from storyboard.schema.song import Section, Song
from storyboard.schema.timeline import Word
from storyboard.sync.align import Alignment, LyricLine, find_words
from storyboard.sync.align.acoustics import acoustic_model
from storyboard.sync.align.adaptation import Occupancy, shifted, transformed
from storyboard.sync.align.holes import closed
from storyboard.sync.align.lines import windows
from storyboard.sync.align.pronunciation import pronunciations, syllables
from storyboard.sync.align.starts import heard_start_s
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
    """Return how far words are off; the singer counts from the first sound, listeners from the beat of it."""
    assert [word.text.strip(",.") for word in words] == [word.text for word in truth]
    late = np.array([word.start_s - real.start_s for word, real in zip(words, truth, strict=True)])
    assert abs(np.median(late)) < 0.1
    return np.abs(late - np.median(late))


def words_in_voice(voice: Path, lines: list[LyricLine], language: str = "en") -> list[Word]:
    return find_words(voice, lines, language, is_voice=True).words


def untimed(texts: list[str]) -> list[LyricLine]:
    return [LyricLine((0, n), text) for n, text in enumerate(texts)]


@pytest.fixture(scope="module")
def heard(sung: tuple[Path, Path, list[Word]]) -> list[Word]:
    return words_in_voice(sung[0], lyrics())


def test_words_of_a_clear_voice_are_found_within_60_ms(
    sung: tuple[Path, Path, list[Word]], heard: list[Word]
) -> None:
    errors = errors_s(heard, sung[2])
    assert np.median(errors) < 0.06
    assert (errors < 0.3).mean() > 0.95


def test_words_are_found_under_a_band(sung: tuple[Path, Path, list[Word]]) -> None:
    errors = errors_s(find_words(sung[1], lyrics(), "en").words, sung[2])
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
    found = find_words(sung[0], lines, "en", is_voice=True)
    assert found.unsung == [(0, 2)]
    assert np.median(errors_s(found.words, sung[2])) < 0.06


def test_lyrics_of_another_song_are_not_found_and_named(sung: tuple[Path, Path, list[Word]]) -> None:
    found = find_words(sung[0], untimed(FOREIGN), "en", is_voice=True)
    assert found == Alignment([], "nothing", [(0, n) for n in range(len(FOREIGN))])


def test_sung_lines_survive_beside_as_many_that_are_not(sung: tuple[Path, Path, list[Word]]) -> None:
    voice, _, truth = sung
    texts = [FOREIGN[0], VERSE[0], VERSE[1], FOREIGN[1], CHORUS[0], FOREIGN[2]]
    words = words_in_voice(voice, untimed(texts))
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
    words = find_words(tmp_path / "excerpt.wav", untimed(texts), "en").words
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
    words = words_in_voice(tmp_path / "torn.wav", lyrics())
    whole = [word for word in words if (word.section, word.line) == (0, 0)]
    assert [word.text for word in whole] == VERSE[0].split()
    assert np.median(errors_s(whole[:5], line[:5])) < 0.1
    assert max(after.start_s - before.start_s for before, after in pairwise(whole)) <= 4.0
    assert whole[-1].end_s < 6.0, "beside its line, not behind the ten seconds"
    assert max(word.confidence for word in whole[6:]) <= 0.2
    assert min(word.end_s - word.start_s for word in whole[6:]) > 0.1
    assert len(words) == len(truth), "the lines behind it are found"


def heard_at(*spans: tuple[int, int, float]) -> dict[int, Heard]:
    return {word: Heard(first, end, margin, 4.0, first) for word, (first, end, margin) in enumerate(spans)}


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
    words = find_words(tmp_path / "never-opened.wav", lines, "en").words
    assert [word.start_s for word in words] == [1.0, 2.25, 3.5, 5.0]
    assert words[2].end_s == 4.0
    assert all(word.confidence == 1 for word in words)


def test_a_line_with_a_time_is_looked_for_only_there(sung: tuple[Path, Path, list[Word]]) -> None:
    voice, _, truth = sung
    line = [word for word in truth if (word.section, word.line) == (2, 0)]
    start_s, end_s = line[0].start_s - 0.2, line[-1].end_s + 0.2
    words = words_in_voice(voice, [LyricLine((2, 0), CHORUS[0], start_s, end_s)])
    assert np.median(errors_s(words, line)) < 0.06
    wrong = words_in_voice(voice, [LyricLine((2, 0), CHORUS[0], 0.0, 2.0)])
    assert [word.text for word in wrong] == CHORUS[0].split(), "its time was given, so it is sung"
    assert wrong[-1].end_s <= 2.0


def test_signs_that_are_not_sung_are_words_all_the_same(sung: tuple[Path, Path, list[Word]]) -> None:
    voice, _, truth = sung
    words = words_in_voice(voice, [LyricLine((0, 0), "I saw your — name light up, my phone … tonight ♪")])
    assert [word.text for word in words] == "I saw your — name light up, my phone … tonight ♪".split()
    assert abs(words[0].start_s - truth[0].start_s) < 0.1
    assert all(before.end_s <= after.start_s for before, after in pairwise(words))


def test_an_unreadable_script_is_spread_over_its_lines_time(sung: tuple[Path, Path, list[Word]]) -> None:
    known = find_words(sung[0], [LyricLine((0, 0), "君の 名前が 光る", 2.0, 5.0)], "ja").words
    assert [word.text for word in known] == ["君の", "名前が", "光る"]
    assert known[0].start_s == 2.0 and known[-1].end_s == 5.0
    guessed = find_words(sung[0], untimed(["君の 名前が", "光る 夜に"]), "ja").words
    assert [word.text for word in guessed] == ["君の", "名前が", "光る", "夜に"]
    assert max(word.confidence for word in [*known, *guessed]) < 0.3


@pytest.mark.parametrize(
    "texts",
    [
        ["Я видел твоё имя в темноте", "И миллионы чужих людей глядят"],
        ["きみのなまえが ひかる よるに", "たくさんの ひとが みている"],
    ],
)
def test_lyrics_in_another_script_are_not_smeared_over_a_song(
    sung: tuple[Path, Path, list[Word]], texts: list[str]
) -> None:
    found = find_words(sung[0], untimed(texts), "en", is_voice=True)
    assert not [word for word in found.words if word.confidence >= 0.3]


def test_nothing_is_heard_in_noise_and_silence(tmp_path: Path) -> None:
    path = tmp_path / "noise.wav"
    lines = untimed(VERSE)
    for level in (0.0, 0.2):
        soundfile.write(path, level * np.random.default_rng(1).standard_normal(16_000 * 6), 16_000)
        assert find_words(path, lines, "en") == Alignment([], "nothing", [(0, 0), (0, 1)])
    assert find_words(path, [], "en") == Alignment([], "nothing", [])
    assert find_words(path, [LyricLine((0, 0), "  ")], "en").words == []
    path.write_bytes(b"nothing")
    with pytest.raises(MediaError, match="cannot be read as sound"):
        find_words(path, lines, "en")


@pytest.mark.parametrize("length_s", [0.0, 0.02, 0.4, 3.0])
def test_no_piece_of_a_song_is_too_short(
    sung: tuple[Path, Path, list[Word]], tmp_path: Path, length_s: float
) -> None:
    samples, rate_hz = soundfile.read(sung[1])
    soundfile.write(tmp_path / "piece.wav", samples[: round(length_s * rate_hz)], rate_hz)
    found = find_words(tmp_path / "piece.wav", lyrics(), "en")
    assert all(word.start_s <= word.end_s <= length_s + 0.1 for word in found.words)
    assert len({(word.section, word.line) for word in found.words}) <= 2
    assert len(found.unsung) >= 4


def test_a_recording_clipped_hard_keeps_its_words(
    sung: tuple[Path, Path, list[Word]], tmp_path: Path
) -> None:
    samples, rate_hz = soundfile.read(sung[0])
    soundfile.write(tmp_path / "clipped.wav", np.clip(20 * samples, -1, 1), rate_hz)
    errors = errors_s(words_in_voice(tmp_path / "clipped.wav", lyrics()), sung[2])
    assert np.median(errors) < 0.1


def test_what_the_words_were_found_in_is_told(
    sung: tuple[Path, Path, list[Word]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = lyrics()[:2]
    samples, rate_hz = soundfile.read(sung[1])
    end_s = next(word.start_s for word in sung[2] if word.section == 1)
    mix = samples[: round(end_s * rate_hz)]
    soundfile.write(tmp_path / "mix.wav", mix, rate_hz)
    soundfile.write(tmp_path / "mono.wav", mix.mean(axis=1), rate_hz)
    assert find_words(tmp_path / "mono.wav", lines, "en", is_voice=True).words_from == "voice"
    assert find_words(tmp_path / "mix.wav", lines, "en").words_from == "separated voice"

    def no_weights(*_: object, **__: object) -> None:
        raise SystemRequirementError("the weights are missing")

    monkeypatch.setattr("storyboard.sync.separation.separate_voice", no_weights)
    assert find_words(tmp_path / "mix.wav", lines, "en").words_from == "middle"
    assert find_words(tmp_path / "mono.wav", lines, "en").words_from == "mix"


def test_a_better_model_is_asked_where_there_is_one(
    sung: tuple[Path, Path, list[Word]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = []

    def find(sound: np.ndarray, lines: list[LyricLine], *rest: object, **more: object) -> object:
        asked.append((len(sound) / 16_000, [line.ref for line in lines], more["windows"]))
        return {1: [(2.0, 2.4, 0.9), (2.5, 2.9, 0.8)]}

    monkeypatch.setattr("storyboard.sync.align.model.find", find)
    lines = [
        LyricLine((0, 0), "known", 0.5, 1.0, (0.5,)), LyricLine((0, 1), "not there"),
        LyricLine((0, 2), "is there"), LyricLine((0, 3), "in time", 5.0, 6.0),
    ]  # fmt: skip
    found = find_words(sung[0], lines, "en", is_voice=True, model=tmp_path)
    assert (found.words_from, found.unsung) == ("model", [(0, 1)])
    assert [(word.text, word.start_s) for word in found.words] == [
        ("known", 0.5), ("is", 2.0), ("there", 2.5), ("in", 5.0), ("time", 5.5),
    ]  # fmt: skip
    assert asked[0][1] == [(0, 1), (0, 2), (0, 3)]


def test_confidence_is_high_where_words_are_right(
    sung: tuple[Path, Path, list[Word]], heard: list[Word]
) -> None:
    close = errors_s(heard, sung[2]) < 0.3
    said = np.array([word.confidence for word in heard])
    assert said[close].mean() > 0.8
    assert abs(said.mean() - close.mean()) < 0.15


def test_alignment_reports_how_far_it_is(sung: tuple[Path, Path, list[Word]]) -> None:
    told: list[float] = []
    find_words(sung[0], lyrics()[:1], "en", is_voice=True, on_fraction=told.append)
    assert told == sorted(told) and told[-1] == 1.0
    assert len(told) > 3


def test_a_word_is_heard_to_begin_on_the_way_to_its_vowel() -> None:
    sky, all_ = Heard(100, 140, 3.0, 4.0, 120), Heard(100, 140, 3.0, 4.0, 100)
    assert heard_start_s(all_) == pytest.approx(1.0, abs=0.02)
    assert 0.08 < heard_start_s(sky) - heard_start_s(all_) < 0.2
    breath = Heard(100, 300, 3.0, 4.0, 290)
    assert heard_start_s(breath) < 1.35, "a breath before a word is not its beginning"


def test_a_model_moves_to_the_voice_it_has_heard() -> None:
    model, dice = acoustic_model(), np.random.default_rng(0)
    means = model.means[:, :, :40].astype(np.float64)
    counts = np.zeros(model.means.shape[:3])
    counts[:, :, :40] = dice.integers(5, 50, counts[:, :, :40].shape)
    moved = 0.8 * means + 0.5
    sums = np.zeros(model.means.shape)
    sums[:, :, :40] = moved * counts[:, :, :40, None]
    met = Occupancy(counts, sums)
    unheard = slice(40, None)
    wanted = 0.8 * model.means[:, :, unheard] + 0.5
    assert np.abs(transformed(model, met).means[:, :, unheard] - wanted).max() < 0.05
    one = shifted(model, met).means
    assert np.allclose(one[:, :, unheard], model.means[:, :, unheard]), "only what was met moves"
    assert np.abs(one[:, :, :40] - moved).mean() < np.abs(means - moved).mean()


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
        ("ru", "любовь", "L Y UW B AO V"),
        ("el", "ουρανός", "UW R AA N AO S"),
        ("ja", "きょう", "K Y OW UW"),
        ("ko", "사랑해", "S AA R AA NG HH EH"),
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
