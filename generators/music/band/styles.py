"""Styles: what a genre means to the band. Everything here is a table to read and to change."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storyboard.generators.music.band.voicing import Colour


@dataclass(frozen=True)
class Instrument:
    """A preset of the font and its place in the mix; levels are of its loudest passages.

    `pan` runs from -1 (left) to 1, `room` is the share sent to the
    reverb, and what lies outside `low_hz` to `high_hz` is filtered away.
    """

    program: int
    level_db: float = -6.0
    pan: float = 0.0
    room: float = 0.25
    low_hz: float = 120.0
    high_hz: float = 12000.0
    centre: int = 62
    """The MIDI key around which it plays chords or melodies."""


INSTRUMENTS = {
    "piano": Instrument(0, -5.0, -0.15, 0.25, 110, 9000, 62),
    "upright": Instrument(3, -5.0, -0.15, 0.2, 140, 7000, 62),
    "electric piano": Instrument(4, -6.0, -0.2, 0.3, 130, 6500, 60),
    "bell piano": Instrument(5, -6.5, 0.2, 0.35, 150, 8000, 64),
    "vibraphone": Instrument(11, -6.0, 0.25, 0.35, 200, 9000, 69),
    "music box": Instrument(10, -8.0, 0.3, 0.4, 250, 10000, 76),
    "organ": Instrument(16, -10.0, 0.3, 0.2, 180, 6000, 62),
    "drawbars": Instrument(17, -10.0, 0.3, 0.2, 180, 6000, 62),
    "accordion": Instrument(21, -9.0, 0.3, 0.25, 200, 7000, 64),
    "harmonica": Instrument(22, -7.0, 0.1, 0.35, 250, 6500, 69),
    "nylon guitar": Instrument(24, -5.0, -0.35, 0.22, 100, 9000, 58),
    "steel guitar": Instrument(25, -5.5, -0.35, 0.2, 110, 11000, 59),
    "second steel": Instrument(25, -8.0, 0.5, 0.2, 150, 11000, 64),
    "jazz guitar": Instrument(26, -6.5, 0.3, 0.25, 130, 6000, 60),
    "clean guitar": Instrument(27, -7.0, 0.35, 0.3, 150, 9000, 62),
    "muted guitar": Instrument(28, -9.0, -0.4, 0.15, 250, 8000, 64),
    "overdrive": Instrument(29, -6.5, 0.1, 0.3, 200, 6500, 67),
    "left wall": Instrument(30, -7.0, -0.75, 0.12, 110, 5500, 50),
    "right wall": Instrument(29, -8.0, 0.75, 0.12, 110, 5500, 50),
    "upright bass": Instrument(32, -2.0, 0.0, 0.06, 38, 4500, 38),
    "finger bass": Instrument(33, -2.0, 0.0, 0.03, 36, 4500, 36),
    "pick bass": Instrument(34, -2.0, 0.0, 0.03, 38, 5500, 36),
    "fretless bass": Instrument(35, -2.0, 0.0, 0.05, 36, 3500, 36),
    "synth bass": Instrument(38, -2.0, 0.0, 0.02, 34, 4000, 36),
    "sub bass": Instrument(39, -1.0, 0.0, 0.0, 30, 1200, 33),
    "violin": Instrument(40, -7.5, 0.2, 0.4, 220, 8000, 72),
    "cello": Instrument(42, -7.0, 0.15, 0.4, 90, 6000, 57),
    "pizzicato": Instrument(45, -7.5, 0.35, 0.35, 160, 8000, 67),
    "strings": Instrument(48, -9.5, 0.0, 0.4, 180, 8000, 71),
    "slow strings": Instrument(49, -9.0, 0.0, 0.45, 160, 7500, 62),
    "synth strings": Instrument(50, -10.0, 0.0, 0.35, 200, 7000, 72),
    "choir": Instrument(52, -12.0, 0.0, 0.5, 200, 5000, 64),
    "trumpet": Instrument(56, -7.0, 0.2, 0.35, 220, 8000, 70),
    "muted trumpet": Instrument(59, -7.5, 0.2, 0.35, 250, 7500, 70),
    "brass": Instrument(61, -8.5, 0.25, 0.3, 200, 8000, 65),
    "tenor sax": Instrument(66, -6.5, 0.15, 0.35, 140, 7500, 62),
    "flute": Instrument(73, -7.5, 0.2, 0.4, 250, 9000, 76),
    "saw lead": Instrument(81, -8.5, 0.0, 0.35, 220, 5500, 72),
    "square lead": Instrument(80, -9.5, 0.1, 0.35, 220, 4500, 72),
    "saw pluck": Instrument(81, -11.0, 0.3, 0.35, 250, 4500, 67),
    "warm pad": Instrument(89, -10.0, 0.0, 0.45, 170, 6000, 62),
    "poly synth": Instrument(90, -10.5, -0.2, 0.35, 200, 6000, 64),
    "fiddle": Instrument(110, -8.0, 0.25, 0.3, 220, 8000, 72),
}


@dataclass(frozen=True)
class Layer:
    """An instrument that plays the chords: a figure for light sections, one for full ones.

    It plays where a section's energy is from `start` to `stop` (0 to 1).
    """

    instrument: str
    light: str
    full: str
    start: float = 0.0
    stop: float = 1.0
    voices: int = 3
    """4 doubles the lowest of a triad."""
    colour: Colour = "triad"
    length: float = 1.0
    """The share of its written length that a note sounds."""


@dataclass(frozen=True)
class Style:
    """How a genre is played."""

    name: str
    words: str
    """The words of a genre that mean this style, as a regular expression."""
    kit: int
    light: str
    full: str
    fills: str
    bass: tuple[str, ...]
    bass_light: str
    bass_full: str
    layers: tuple[Layer, ...]
    leads: tuple[str, ...]
    hooks: str = "even"
    build: str = ""
    """What the drummer plays in the bar before something much bigger, instead of a fill."""
    turns: bool = False
    """Whether dominants lead into the next chord where nobody sings."""
    swing: float = 0.5
    """Where the off-beat lies in its pair: 0.5 straight, 0.667 triplets."""
    swung: int = 2
    """Which pairs are swung: 2 eighths, 4 sixteenths."""
    drums_db: float = 0.0
    pump_db: float = 0.0
    """How far the kick pushes bass and pads down."""
    room_s: float = 1.4
    laid_back_s: float = 0.0
    """How late the snare falls."""
    tempos_bpm: tuple[float, float] = (72.0, 168.0)
    """Outside these the drums play in double or half time."""


STYLES = (
    Style(
        "jazz", r"jazz|swing|bebop|bossa|lounge|big band|crooner", 40, "jazz light", "jazz full", "swing",
        ("upright bass",), "half", "walk",
        (Layer("piano", "comp", "comp", voices=4, colour="ninth", length=0.8),
         Layer("jazz guitar", "", "block", 0.7, colour="sixth", length=0.4),
         Layer("brass", "", "hits", 0.85, colour="seventh", length=0.6)),
        ("tenor sax", "vibraphone", "muted trumpet"), "swing", turns=True, swing=0.66, drums_db=-3.0,
        room_s=1.3, tempos_bpm=(60, 240),
    ),
    Style(
        "reggae", r"reggae|ska\b|dub\b|dancehall|rocksteady|calypso|island", 8, "reggae light",
        "reggae full", "hands", ("finger bass",), "riddim", "riddim",
        (Layer("muted guitar", "skank", "skank", 0.25, length=0.6),
         Layer("piano", "skank", "skank", length=0.5),
         Layer("drawbars", "", "bubble", 0.4, length=0.7), Layer("brass", "", "hits", 0.8, length=0.6)),
        ("trumpet", "harmonica", "organ"), "offbeat", swing=0.58, swung=4, drums_db=-1.0, room_s=1.6,
        laid_back_s=0.005, tempos_bpm=(60, 180),
    ),
    Style(
        "latin", r"latin|salsa|bachata|cumbia|reggaeton|samba|tango|flamenco|mambo|rumba|merengue|mariachi",
        0, "latin light", "latin full", "hands", ("finger bass", "upright bass"), "two", "tumbao",
        (Layer("nylon guitar", "pick", "strum", voices=4, length=0.9),
         Layer("piano", "", "montuno", 0.45, voices=4, colour="sixth", length=0.8),
         Layer("brass", "", "stabs", 0.75, colour="seventh", length=0.7)),
        ("trumpet", "nylon guitar", "flute"), "offbeat", drums_db=-1.0, room_s=1.2, tempos_bpm=(70, 200),
    ),
    Style(
        "hip-hop", r"hip.?hop|rap\b|trap|drill|lo-?fi|boom.?bap|grime|phonk", 25, "hip-hop light",
        "hip-hop full", "break", ("sub bass",), "sub", "sub",
        (Layer("electric piano", "sparse", "sparse", voices=4, colour="ninth"),
         Layer("pizzicato", "", "arpeggio", 0.7, length=0.6), Layer("slow strings", "", "pad", 0.75)),
        ("vibraphone", "music box", "piano"), "busy", swing=0.56, swung=4, drums_db=1.0, pump_db=2.0,
        room_s=1.1, laid_back_s=0.008, tempos_bpm=(60, 125),
    ),
    Style(
        "electronic",
        r"electro|edm|house|techno|trance|synth|dance|disco|club|dubstep|drum.?(and|n|&).?bass|rave|eurobeat",
        24, "dance light", "dance full", "roll", ("synth bass",), "offbeat", "octaves",
        (Layer("warm pad", "pad", "pad", voices=4, colour="add9"),
         Layer("saw pluck", "arpeggio", "sixteenths", 0.3, colour="seventh", length=0.5),
         Layer("poly synth", "", "offbeats", 0.7, voices=4, length=0.6),
         Layer("synth strings", "", "pad", 0.85, voices=4)),
        ("saw lead", "square lead"), "busy", "roll", drums_db=0.5, pump_db=7.0, room_s=1.8,
        tempos_bpm=(84, 180),
    ),
    Style(
        "r&b", r"r\s?[&n]\s?b|rnb|soul|funk|motown|neo.?soul|groove|gospel", 8, "soul light", "soul full",
        "pop", ("finger bass", "fretless bass"), "pulse", "pocket",
        (Layer("electric piano", "sparse", "early", voices=4, colour="ninth", length=0.95),
         Layer("muted guitar", "", "stabs", 0.5, colour="seventh", length=0.5),
         Layer("slow strings", "", "pad", 0.75), Layer("brass", "", "hits", 0.85, length=0.6)),
        ("tenor sax", "jazz guitar", "vibraphone"), "offbeat", "claps", turns=True, swing=0.56, swung=4,
        drums_db=-0.5, room_s=1.5, laid_back_s=0.007, tempos_bpm=(60, 140),
    ),
    Style(
        "waltz", r"waltz|valse|musette|l(ä|ae)ndler", 40, "waltz light", "waltz full", "soft",
        ("upright bass",), "waltz", "waltz",
        (Layer("accordion", "upper waltz", "waltz", voices=4, length=0.6),
         Layer("piano", "waltz", "waltz", 0.3, voices=4, colour="sixth", length=0.6),
         Layer("strings", "", "pad", 0.7), Layer("pizzicato", "", "upper waltz", 0.85, length=0.5)),
        ("violin", "accordion", "flute"), "long", drums_db=-4.0, room_s=1.9, tempos_bpm=(60, 220),
    ),
    Style(
        "ballad",
        r"ballad|torch|lullaby|slow|acoustic piano|piano|orchestral|cinematic|classical|ambient|hymn",
        0, "ballad light", "ballad full", "soft", ("upright bass", "fretless bass"), "long", "pulse",
        (Layer("piano", "arpeggio", "block", voices=4, colour="add9"),
         Layer("slow strings", "pad", "pad", 0.48, voices=4),
         Layer("strings", "", "swells", 0.8), Layer("nylon guitar", "", "arpeggio", 0.6),
         Layer("choir", "", "pad", 0.88)),
        ("cello", "violin", "flute"), "long", drums_db=-3.5, room_s=2.4, laid_back_s=0.004,
        tempos_bpm=(50, 132),
    ),
    Style(
        "rock", r"rock|metal|punk|grunge|emo\b|hardcore|garage|shoegaze|blues", 16, "rock light",
        "rock full", "rock", ("pick bass",), "eighths", "drive",
        (Layer("clean guitar", "arpeggio", "arpeggio", 0.0, 0.62, voices=4),
         Layer("left wall", "chug", "ring", 0.4, colour="power", length=0.95),
         Layer("right wall", "", "ring", 0.65, colour="power"), Layer("organ", "", "pad", 0.88)),
        ("overdrive",), "riff", "toms", drums_db=0.5, room_s=1.3, tempos_bpm=(80, 190),
    ),
    Style(
        "folk",
        r"folk|acoustic|country|bluegrass|americana|singer.?songwriter|celtic|irish|shanty|western|chanson",
        40, "folk light", "folk full", "soft", ("upright bass",), "two", "two",
        (Layer("steel guitar", "pick", "boom-chick", voices=4),
         Layer("second steel", "", "strum", 0.6, voices=4),
         Layer("accordion", "", "pad", 0.7), Layer("strings", "", "pad", 0.9)),
        ("harmonica", "fiddle", "flute"), drums_db=-3.0, room_s=1.3, tempos_bpm=(60, 180),
    ),
    Style(
        "pop", r"pop|indie|alternative|k-?pop|hit\b", 0, "pop light", "pop full", "pop",
        ("finger bass",), "pulse", "eighths",
        (Layer("piano", "block", "push", voices=4, colour="add9", length=0.95),
         Layer("clean guitar", "arpeggio", "arpeggio", 0.4, voices=4),
         Layer("warm pad", "pad", "pad", 0.55, voices=4), Layer("strings", "", "pad", 0.88)),
        ("bell piano", "saw lead", "vibraphone"), build="claps", room_s=1.6,
    ),
)  # fmt: skip


def style_of(genre: str, name: str = "") -> Style:
    """Return the style of that name, or of a genre written in free words; unknown words are played as pop.

    The last word that says something decides, as it does in English: "jazz rap" is rap, "folk rock"
    rock. "Pop" decides only when nothing else does: "synth-pop" is electronic.
    """
    named = next((style for style in STYLES if style.name == name), None)
    if named:
        return named
    text = genre.lower()
    best, best_end = STYLES[-1], 0
    for style in STYLES[:-1]:
        end = max((match.end() for match in re.finditer(style.words, text)), default=0)
        if end > best_end:
            best, best_end = style, end
    return best
