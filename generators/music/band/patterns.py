"""Patterns: rhythms written as step strings, and the tables of them.

A pattern is beats apart by spaces, each beat cut into as many equal steps as it has characters:
"X.o. x..." is two beats of four steps. "." rests and "-" holds what sounded before; what the other
characters mean is said at each table. Metres share a table: 2/4 plays halves of 4/4 patterns.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

Metre = Literal["4/4", "3/4", "6/8"]
ByMetre = dict[Metre, str]


@dataclass(frozen=True)
class Step:
    """A symbol at a place in its pattern, both in beats."""

    symbol: str
    beat: float
    n_beats: float


@cache
def steps_of(pattern: str) -> tuple[tuple[Step, ...], int]:
    """Return the steps of a pattern that sound, and the pattern's length in beats."""
    steps: list[Step] = []
    beats = pattern.replace("|", " ").split()
    for number, beat in enumerate(beats):
        for position, symbol in enumerate(beat):
            length = 1 / len(beat)
            if symbol == "-" and steps:
                last = steps[-1]
                steps[-1] = Step(last.symbol, last.beat, last.n_beats + length)
            elif symbol not in "-.":
                steps.append(Step(symbol, number + position * length, length))
    return tuple(steps), len(beats)


# Drums: X accent, x normal, o soft, g ghost. A lane is a key of DRUM_KEYS.
DRUM_KEYS = {
    "kick": 36, "rim": 37, "snare": 38, "clap": 39, "snare2": 40, "low tom": 43, "hat": 42, "pedal": 44,
    "mid tom": 47, "open": 46, "crash": 49, "high tom": 50, "ride": 51, "bell": 53, "tambourine": 54,
    "crash2": 57, "cowbell": 56, "mute conga": 62, "conga": 63, "low conga": 64, "timbale": 65,
    "maracas": 70, "clave": 75, "shaker": 82,
}  # fmt: skip
DRUM_VELOCITIES = {"X": 118, "x": 98, "o": 72, "g": 40}

Groove = dict[str, str]
GROOVES: dict[str, dict[Metre, Groove]] = {
    "pop light": {
        "4/4": {"kick": "X... ..x. x... .... | X... ..x. x.x. ....", "rim": ".... x... .... x...",
                "hat": "x.o. x.o. x.o. x.o."},
        "3/4": {"kick": "X... .... ....", "rim": ".... x... x...", "hat": "x.o. x.o. x.o."},
        "6/8": {"kick": "X..... ....o.", "rim": "...... x.....", "hat": "x.o.o. x.o.o."},
    },
    "pop full": {
        "4/4": {"kick": "X... ..x. x.x. .... | X... ..x. x... ..x.", "snare": ".... X..g ..g. X...",
                "hat": "X.o. x.o. X.o. x..." , "open": ".... .... .... ..o."},
        "3/4": {"kick": "X... .... ..x.", "snare": ".... X... X...", "hat": "X.o. x.o. x.o."},
        "6/8": {"kick": "X...x. ....x.", "snare": "...... X....g", "hat": "X.o.o. x.o.o."},
    },
    "rock light": {
        "4/4": {"kick": "X... .... x.x. ....", "snare": ".... x... .... x...", "hat": "X.x. X.x. X.x. X.x."},
        "3/4": {"kick": "X... .... ..x.", "snare": ".... .... x...", "hat": "X.x. x.x. x.x."},
        "6/8": {"kick": "X..... ....x.", "snare": "...... x.....", "hat": "X.x.x. X.x.x."},
    },
    "rock full": {
        "4/4": {"kick": "X.x. .... x.x. .... | X.x. ..x. x.x. ..x.", "snare": ".... X... .... X...",
                "open": "x.o. x.o. x.o. x.o."},
        "3/4": {"kick": "X.x. .... ..x.", "snare": ".... X... X...", "open": "x.o. x.o. x.o."},
        "6/8": {"kick": "X...x. ..x.x.", "snare": "...... X.....", "open": "x.o.o. x.o.o."},
    },
    "dance light": {
        "4/4": {"kick": "X... X... X... X...", "shaker": "o.go o.go o.go o.go", "rim": "...o .... .o.. ...."},
        "3/4": {"kick": "X... X... X...", "shaker": "o.go o.go o.go"},
        "6/8": {"kick": "X..... X.....", "shaker": "o.g.o. o.g.o."},
    },
    "dance full": {
        "4/4": {"kick": "X... X... X... X...", "clap": ".... X... .... X...", "open": "..x. ..x. ..x. ..x.",
                "hat": "o.go o.go o.go o.gx"},
        "3/4": {"kick": "X... X... X...", "clap": ".... X... X...", "open": "..x. ..x. ..x."},
        "6/8": {"kick": "X..... X.....", "clap": "...... X.....", "hat": "o.x.x. o.x.x."},
    },
    "hip-hop light": {
        "4/4": {"kick": "X... ...x ..x. .... | X... .... ..xx ....", "snare": ".... x... .... x...",
                "hat": "x.o. x.o. x.o. x.oo"},
        "3/4": {"kick": "X... ...x ....", "snare": ".... .... x...", "hat": "x.o. x.o. x.oo"},
        "6/8": {"kick": "X..... ....x.", "snare": "...... x.....", "hat": "x.o.o. x.o.oo"},
    },
    "hip-hop full": {
        "4/4": {"kick": "X..x ...x ..x. .... | X..x .... ..xx ...x", "snare": ".... X... .... X..g",
                "clap": ".... x... .... x...", "hat": "xoxo xoxo xoxo xooooo | xoxo xooooo xoxo xo.o",
                "open": ".... .... .... .... | .... .... .... ..o."},
        "3/4": {"kick": "X..x ...x ....", "snare": ".... .... X...", "clap": ".... .... x...",
                "hat": "xoxo xoxo xooooo"},
        "6/8": {"kick": "X...x. ....x.", "snare": "...... X.....", "clap": "...... x.....",
                "hat": "xoxoxo xoxooo"},
    },
    "ballad light": {
        "4/4": {"kick": "x... .... o... ....", "rim": ".... .... x... ....", "hat": "o... g... o... g..."},
        "3/4": {"kick": "x... .... ....", "rim": ".... .... o...", "hat": "o... g... g..."},
        "6/8": {"kick": "x..... ......", "rim": "...... x.....", "hat": "o.g.g. o.g.g."},
    },
    "ballad full": {
        "4/4": {"kick": "X... ..o. x... ....", "snare": ".... x... .... x..g", "ride": "x.o. x.o. x.o. x.o."},
        "3/4": {"kick": "X... .... ..o.", "snare": ".... .... x...", "ride": "x.o. x.o. x.o."},
        "6/8": {"kick": "X..... ....o.", "snare": "...... X.....", "ride": "x.o.o. x.o.o."},
    },
    "folk light": {
        "4/4": {"kick": "x... .... x... ....", "shaker": "o.x. o.x. o.x. o.x."},
        "3/4": {"kick": "x... .... ....", "shaker": "g... o.g. o.g."},
        "6/8": {"kick": "x..... o.....", "shaker": "o.g.x. o.g.x."},
    },
    "folk full": {
        "4/4": {"kick": "X... .... X... ..o.", "tambourine": ".... x... .... x...",
                "snare": "..g. x.g. ..g. x.g.",
                "shaker": "o.x. o.x. o.x. o.x."},
        "3/4": {"kick": "X... .... ....", "tambourine": ".... x... x...", "snare": ".... o.g. o.g."},
        "6/8": {"kick": "X..... o...o.", "tambourine": "...... x.....", "shaker": "x.g.o. x.g.o."},
    },
    "reggae light": {
        "4/4": {"kick": ".... .... X... ....", "rim": ".... .... X... .... | ...o .... X... ....",
                "hat": "x.o. x.o. x.o. x.o."},
        "3/4": {"kick": "x... .... ....", "rim": ".... .... X...", "hat": "x.o. x.o. x.o."},
        "6/8": {"kick": "...... X.....", "rim": "...... X.....", "hat": "x.o.o. x.o.o."},
    },
    "reggae full": {
        "4/4": {"kick": "X... x... X... x...", "rim": ".... .... X... ..o.", "snare": ".... .... x... ....",
                "hat": "x.o. x.o. x.o. x...", "open": ".... .... .... ..o."},
        "3/4": {"kick": "X... x... x...", "rim": ".... .... X...", "hat": "x.o. x.o. x.o."},
        "6/8": {"kick": "X..... X.....", "rim": "...... X.....", "hat": "x.o.o. x.o.o."},
    },
    "soul light": {
        "4/4": {"kick": "X... ...x ..x. ....", "rim": ".... x... .... x..o", "hat": "x.oo x.oo x.oo x.oo"},
        "3/4": {"kick": "X... ...x ....", "rim": ".... .... x...", "hat": "x.oo x.oo x.oo"},
        "6/8": {"kick": "X..... ....x.", "rim": "...... x.....", "hat": "x.o.oo x.o.oo"},
    },
    "soul full": {
        "4/4": {"kick": "X..x ...x ..x. ...o", "snare": ".g.. X..g .g.g X..g", "hat": "Xoxo xoxo xoxo xo..",
                "open": ".... .... .... ..o."},
        "3/4": {"kick": "X..x ...x ....", "snare": ".g.. .g.. X..g", "hat": "Xoxo xoxo xoxo"},
        "6/8": {"kick": "X..x.. ....x.", "snare": "..g... X....g", "hat": "xoxoxo xoxoxo"},
    },
    "latin light": {
        "4/4": {"kick": "x... ..x. x... ..x.", "clave": "x..x ..x. ..x. x...",
                "maracas": "o.g. o.g. o.g. o.g.",
                "conga": ".... ..x. .... ..xx"},
        "3/4": {"kick": "x... .... ..x.", "conga": "..o. x.o. x.xx", "maracas": "o.g. o.g. o.g."},
        "6/8": {"kick": "x..... x.....", "clave": "x.x..x .x.x..", "maracas": "o.g.g. o.g.g."},
    },
    "latin full": {
        "4/4": {"kick": "X... ..x. X... ..x.", "clave": "x..x ..x. ..x. x...",
                "cowbell": "x.o. x.o. x.o. x.o.",
                "conga": ".... ..x. .... ..xx", "low conga": ".... .... .... x...",
                "mute conga": "o.o. x... o.o. ....",
                "maracas": "xoxo xoxo xoxo xoxo"},
        "3/4": {"kick": "X... .... ..x.", "conga": "..o. x.o. x.xx", "cowbell": "x... o... o...",
                "maracas": "xoxo xoxo xoxo"},
        "6/8": {"kick": "X..... X...o.", "cowbell": "x.xx.x .x.x.x", "conga": "..o.xx ..o.xx",
                "maracas": "x.o.o. x.o.o."},
    },
    "jazz light": {
        "4/4": {"ride": "x.. x.o x.. x.o", "pedal": "... x.. ... x..", "kick": "g.. ... g.. ..."},
        "3/4": {"ride": "x.. x.o x..", "pedal": "... x.. ..."},
        "6/8": {"ride": "x.oo.. x.oo..", "pedal": "...... x....."},
    },
    "jazz full": {
        "4/4": {"ride": "X.. x.o X.. x.o", "pedal": "... x.. ... x..", "kick": "x.. g.. o.. g..",
                "snare": "... ..g ... ..o | ..g ... ..o x.."},
        "3/4": {"ride": "X.. x.o x.o", "pedal": "... x.. ...", "kick": "x.. ... ...", "snare": "... ..g ..o"},
        "6/8": {"ride": "X.oo.. x.oo..", "pedal": "...... x.....", "kick": "x..... o.....",
                "snare": "....g. x...g."},
    },
}  # fmt: skip

# Fills: the last one or two beats of a section, lanes as above.
FILLS: dict[str, tuple[Groove, ...]] = {
    "rock": (
        {"snare": "X.xx ....", "high tom": ".... XX..", "low tom": ".... ..XX"},
        {"snare": "xxXx xxXX", "kick": "X... X..."},
        {"high tom": "X.x. ....", "mid tom": "..XX ....", "low tom": ".... X.X.", "snare": ".... .x.X"},
    ),
    "pop": (
        {"snare": "..x. x.xX", "kick": "X... ...."},
        {"snare": "X... ....", "high tom": "..xx ....", "mid tom": ".... xx..", "low tom": ".... ..xX"},
        {"snare": "o.o. xoxX"},
    ),
    "roll": (
        {"snare": "oooo xxXX", "kick": "X... X..."},
        {"clap": "x..x ..x.", "snare": ".... ..oxxX"},
    ),
    "soft": ({"high tom": ".... o...", "low tom": ".... ..o."}, {"snare": ".... g.go"}),
    "break": ({"snare": ".... ..xX"}, {"kick": "X..x ....", "snare": ".... X.oX"}),
    "hands": (
        {"timbale": "xxxx X.xX"}, {"conga": "x.xx ..xx", "low conga": ".... xx.."}, {"timbale": "..x. xxxX"},
    ),
    "swing": ({"snare": "x.o x.x", "kick": "... ..x"}, {"snare": "oox ..X", "high tom": "... xo."}),
}  # fmt: skip

# Bass: r root, 3 third, 5 fifth, 8 octave, a step into the next chord, g ghost note.
BASS: dict[str, ByMetre] = {
    "long": {"4/4": "r--- ---- ---- ----", "3/4": "r--- ---- ----", "6/8": "r----- ------"},
    "pulse": {"4/4": "r--- --r- r--- --a-", "3/4": "r--- ---- 5-a-", "6/8": "r---r- 5---a-"},
    "eighths": {"4/4": "r-r- r-r- r-r- r-a-", "3/4": "r-r- r-r- r-a-", "6/8": "r-r-r- r-r-a-"},
    "drive": {"4/4": "r.r. r.r. r.r. 5.a. | r.r. r.8. r.r. r.a.", "3/4": "r.r. r.r. 5.a.",
              "6/8": "r.r.r. r.5.a."},
    "offbeat": {"4/4": "..r- ..r- ..r- ..8-", "3/4": "..r- ..r- ..8-", "6/8": "..r-r- ..r-8-"},
    "sub": {"4/4": "r--- ---r --r- ....", "3/4": "r--- ---r --..", "6/8": "r----- ....r-"},
    "two": {"4/4": "r--. .... 5--. ..a-", "3/4": "r--- ---- a---", "6/8": "r---.. 5---a-"},
    "riddim": {"4/4": "r-.. r-3- 5--. .... | ..r- r-5- 3-r- ....", "3/4": "r-.. 3-5- ....",
               "6/8": "r-..r- 5-3-.."},
    "pocket": {"4/4": "r-.g .g.r ..8- .ga- | r-.g ..5- 8-.r .5a-", "3/4": "r-.g .r8- .ga-",
               "6/8": "r-.g.r 8-.ga-"},
    "tumbao": {"4/4": "r--- --5- ---- 8---", "3/4": "r--- --5- 8-a-", "6/8": "r---5- --8-a-"},
    "walk": {"4/4": "r-. 3-. 5-. a-g | r-. 5-. 3-g a-.", "3/4": "r-. 3-. a-.", "6/8": "r---3- 5---a-"},
    "half": {"4/4": "r-- --. 5-- -a-", "3/4": "r-- --- a--", "6/8": "r----- 5---a-"},
}  # fmt: skip

# Chords: X accent, x normal, o soft, m muted; 1 to 4 one voice from below; b the root below.
FIGURES: dict[str, ByMetre] = {
    "pad": {"4/4": "x--- ---- ---- ----", "3/4": "x--- ---- ----", "6/8": "x----- ------"},
    "block": {"4/4": "X--- x--- x--- x---", "3/4": "X--- o--- o---", "6/8": "X---o- x---o-"},
    "push": {"4/4": "X--- --x- --x- --o- | X--- --x- ---x --o-", "3/4": "X--- --x- --o-",
             "6/8": "X---x- ----o-"},
    "chug": {"4/4": "X.m. m.x. m.m. x.m.", "3/4": "X.m. m.m. x.m.", "6/8": "X.m.m. x.m.m."},
    "ring": {"4/4": "X--- --x- x--- x-o-", "3/4": "X--- --x- x-o-", "6/8": "X---x- x-o-o-"},
    "arpeggio": {"4/4": "1-2- 3-2- 4-2- 3-2-", "3/4": "1-2- 3-4- 3-2-", "6/8": "1-2-3- 4-3-2-"},
    "sixteenths": {"4/4": "1234 2342 1234 3242", "3/4": "1234 2342 3242", "6/8": "123423 123432"},
    "pick": {"4/4": "b-2- 3-4- 1-2- 4-3-", "3/4": "b--- 2-4- 3-4-", "6/8": "b-2-3- 4-3-2-"},
    "strum": {"4/4": "X-.. x-.o ..xo x-xo", "3/4": "X--- x-.o x-xo", "6/8": "X-.-xo x-.oxo"},
    "boom-chick": {"4/4": "b-.. x-.. b-.. x-xo", "3/4": "b--- x-.. x-o.", "6/8": "b-..x. b-..xo"},
    "skank": {"4/4": "..X. ..X. ..X. ..X.", "3/4": "..X. ..X. ..X.", "6/8": "..X.x. ..X.x."},
    "bubble": {"4/4": ".oxo .oxo .oxo .oxo", "3/4": ".oxo .oxo .oxo", "6/8": ".o.xo. .o.xo."},
    "stabs": {"4/4": "X.-. ..x. .... x... | ..x. ...x ..x. ....", "3/4": "X... ..x. ...x",
              "6/8": "X...x. ...x.."},
    "offbeats": {"4/4": "..x- ..x- ..x- ..x-", "3/4": "..x- ..x- ..x-", "6/8": "..x-x- ..x-x-"},
    "sparse": {"4/4": "x--- ---- ..o- ---- | x--- ---o ---- ----", "3/4": "x--- ---- ..o-",
               "6/8": "x----- --o---"},
    "montuno": {"4/4": "X.1. 4.2X .1.4 .X2. | .1.X .2.4 .X.1 .4X.", "3/4": "X.1. 4.2X .1.4",
                "6/8": "X.1.4. X.2.4."},
    "comp": {"4/4": "x.. ..x ... ... | ... x.. ..x ...", "3/4": "x.. ..x ...", "6/8": "x..... ...x.."},
    "swells": {"4/4": "..-- o--- ---- ---- | o--- ---- ---- ----", "3/4": "o--- ---- ----",
               "6/8": "o----- ------"},
    "hits": {"4/4": "X... .... ..x. .... | .... ..X. x... ....", "3/4": "X... .... ..x.",
             "6/8": "X..... ....x."},
}  # fmt: skip

# Hooks: n a chord note, p the scale note that leads on to the next, N an accented chord note.
HOOKS: dict[str, dict[Metre, tuple[str, ...]]] = {
    "even": {
        "4/4": ("N-p- n--- p-n- n--- | N-p- n-p- n--- ....", "N--- n-p- n--- --p- | N--- p-n- ---- ....",
                ".-n- p-n- N--- ---- | .-n- p-n- N--- p-..", "N-n- n-p- N-n- p--- | n-n- n-p- N--- ...."),
        "3/4": ("N--- p-n- n--- | n--- p-n- ----", "N--- ---- p-n- | N--- ---- ...."),
        "6/8": ("N-p-n- N---p- | n---p- N-----", "N----- n-p-n- | N----- ......"),
    },
    "busy": {
        "4/4": ("N.pn .pn. N--- p.n. | N.pn .pn. N--- ....", "N-.N -.N- p-n- .... | N-.N -.p- n--- ....",
                "..N. n.pn N--- ..p- | ..N. n.pn N--- ...."),
        "3/4": ("N.pn .pn. N--- | N.pn N--- ....",),
        "6/8": ("N.pn-. N-p-n- | N.pn-. N-----",),
    },
    "swing": {
        "4/4": ("N-p n-p N-- --. | ..n p-n N-- ...", "..N --p n-n ... | N-p n-- --. ...",
                "N-n p-n ... ..N | --- p-n N-- ..."),
        "3/4": ("N-p n-p N-- | ..p N-- ---",),
        "6/8": ("N-p-n- N---p- | n-p-n- N-----",),
    },
}  # fmt: skip


def cell(table: dict[str, ByMetre], name: str, metre: Metre) -> str:
    """Return a pattern of a table; no name is no pattern."""
    return table[name][metre] if name else ""
