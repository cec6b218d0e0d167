"""Every script has a font, and what has none is named with what installs it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import fontpkg
import numpy as np
import pytest
import skia

from storyboard.sync import fonts
from storyboard.sync.fonts import choosing, faces
from storyboard.sync.fonts.scripts import is_right_to_left, region_of

AT_ONCE = {
    "English": "I met my ex",
    "German": "Über den Dächern, Straßen",
    "Vietnamese": "Tôi yêu em nhiều lắm, ế",
    "Polish": "Zażółć gęślą jaźń",
    "Turkish": "Gördüm, çok güzel, şimdi İzmir",
    "Greek": "Καλημέρα κόσμε",
    "Russian": "Привет, мир",
    "Ukrainian": "Я тебе кохаю, їжачку",
    "Arabic": "مرحبا بالعالم",
    "Hebrew": "שלום עולם",
    "Hindi": "नमस्ते दुनिया",
    "Bengali": "আমার সোনার বাংলা",
    "Tamil": "வணக்கம் உலகம்",
    "Thai": "สวัสดีชาวโลก",
}
WITH_THE_EXTRA = {
    "Georgian": "გამარჯობა",
    "Armenian": "Բարեւ աշխարհ",
    "Japanese": "夜に駆ける、カタカナ",
    "Korean": "안녕하세요 세계",
    "Chinese": "今天的骨头直线",
    "symbols": "♥ ♫ ☀",
}


@pytest.fixture
def only_poppins(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Pretend that no other font is installed."""
    monkeypatch.setattr(choosing, "packaged", tuple)
    monkeypatch.setattr(choosing, "of_the_system", tuple)
    choosing.choose.cache_clear()
    yield monkeypatch
    choosing.choose.cache_clear()


@pytest.mark.parametrize(
    "text", [*AT_ONCE.values(), *WITH_THE_EXTRA.values()], ids=[*AT_ONCE, *WITH_THE_EXTRA]
)
def test_every_letter_is_set_in_a_face_that_has_it(text: str) -> None:
    assert fonts.missing_for(text) == []
    runs = fonts.choose(text).runs(text)
    assert "".join(run.text for run in runs) == text
    for run in runs:
        assert run.face.lacks([letter for letter in run.text if not letter.isspace()]) == []
        assert run.face.path in fonts.files_for(text)


@pytest.mark.parametrize("text", AT_ONCE.values(), ids=AT_ONCE)
def test_most_scripts_need_nothing_but_what_the_project_depends_on(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = [face for face in faces.packaged() if "fontpkg" in str(face.path)]
    monkeypatch.setattr(choosing, "packaged", lambda: tuple(ours))
    monkeypatch.setattr(choosing, "of_the_system", tuple)
    choosing.choose.cache_clear()
    assert fonts.missing_for(text) == []
    choosing.choose.cache_clear()


def test_latin_stays_in_poppins_and_needs_one_file() -> None:
    assert fonts.files_for("Come home before the snow, señor, où ça?") == [fonts.file()]
    assert fonts.family_for("Come home") == fonts.FAMILY
    assert fonts.file("Regular").is_file()


def test_a_script_has_one_face_throughout_a_text() -> None:
    text = "Tôi yêu em\nComing home\nế"
    assert {run.face.family for run in fonts.choose(text).runs(text)} == {"Noto Sans"}


def test_each_part_of_a_mixed_line_has_its_own_face() -> None:
    runs = fonts.choose("Love, κόσμε!").runs("Love, κόσμε!")
    assert [(run.text, run.face.family) for run in runs] == [
        ("Love, ", fonts.FAMILY),
        ("κόσμε!", "Noto Sans"),
    ]


@pytest.mark.parametrize(
    ("text", "region"),
    [("夜に駆ける", "JP"), ("안녕 骨", "KR"), ("今天的骨头直线", "SC"), ("今天的骨頭直線", "TC")],
)
def test_shared_ideographs_are_drawn_as_their_readers_write_them(text: str, region: str) -> None:
    assert region_of(text) == region
    assert fonts.family_for(text).endswith(f" {region}")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("안녕하세요", 'pip install "storyboard[fonts]"'),
        ("გამარჯობა", 'pip install "storyboard[fonts]"'),
        ("Привет", "pip install fontpkg-noto-sans"),
        ("שלום", "pip install fontpkg-heebo"),
    ],
)
def test_what_is_missing_is_named_with_the_line_that_installs_it(
    only_poppins: pytest.MonkeyPatch, text: str, line: str
) -> None:
    only_poppins.setattr(choosing, "find_spec", lambda name: None)
    [missing] = fonts.missing_for(f"{text} and me")
    assert missing.install == line
    assert missing.examples[0] == text[0]
    assert line in str(missing)
    assert fonts.files_for(text) == [fonts.file()], "it is drawn all the same, as boxes"


def test_a_script_without_a_package_is_named_with_a_font_that_has_it(
    only_poppins: pytest.MonkeyPatch,
) -> None:
    [missing] = fonts.missing_for("ᨕᨘᨁᨗ")
    assert missing.script == "Buginese"
    assert "Noto Sans Buginese" in missing.install


def test_a_font_of_the_system_is_found(only_poppins: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "deep" / "folder").mkdir(parents=True)
    shutil.copy(fontpkg.path("Heebo"), tmp_path / "deep" / "folder" / "hebrew.ttf")
    (tmp_path / "broken.otf").write_bytes(b"no font")
    only_poppins.setattr(faces, "_system_folders", lambda: [tmp_path, tmp_path / "none"])
    faces.of_the_system.cache_clear()
    only_poppins.setattr(choosing, "of_the_system", faces.of_the_system)
    try:
        assert fonts.family_for("שלום") == "Heebo"
        assert fonts.files_for("שלום")[1:] == [tmp_path / "deep" / "folder" / "hebrew.ttf"]
    finally:
        faces.of_the_system.cache_clear()


def test_symbols_that_no_font_has_are_left_out(only_poppins: pytest.MonkeyPatch) -> None:
    text = "love 🎸\ufe0f you"
    assert fonts.choose(text).drawable(text) == "love  you"


def test_right_to_left_is_told_by_the_first_letter() -> None:
    assert is_right_to_left("«שלום» love")
    assert is_right_to_left("123 مرحبا")
    assert not is_right_to_left("love שלום")
    assert not is_right_to_left("123")


def _drawn(text: str, max_width: float = 0) -> np.ndarray:
    surface = skia.Surface(400, 60)
    surface.getCanvas().clear(0xFF000000)
    fonts.draw(surface.getCanvas(), text, 10, 40, 30, 0xFFFFFFFF, max_width)
    return np.asarray(surface.makeImageSnapshot().toarray())[..., 0]


def test_arabic_letters_are_joined_on_a_picture() -> None:
    apart = sum(fonts.width_of(letter, 30) for letter in "مرحبا")
    assert fonts.width_of("مرحبا", 30) < 0.85 * apart


def test_hebrew_runs_from_right_to_left_on_a_picture() -> None:
    line = np.flatnonzero(_drawn("א שלוםש").any(axis=0))
    gap = np.flatnonzero(np.diff(line) > 4)[-1]
    assert line[-1] - line[gap + 1] < 25, "the single first letter stands at the right"
    assert line[gap] - line[0] > 25


def test_a_long_line_ends_in_an_ellipsis_within_its_width() -> None:
    assert np.flatnonzero(_drawn("Before the lanterns go, before the snow", 200).any(axis=0)).max() <= 212
    assert np.flatnonzero(_drawn("Before the lanterns go, before the snow").any(axis=0)).max() > 300
