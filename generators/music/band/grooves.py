"""Grooves: what the drummer of each style plays in light and full sections, fills and builds."""

from __future__ import annotations

from storyboard.generators.music.band.patterns import Metre

# Drums: X accent, x normal, o soft, g ghost. A lane is a key of DRUM_KEYS.
DRUM_KEYS = {
    "kick": 36, "rim": 37, "snare": 38, "clap": 39, "snare2": 40, "low tom": 43, "hat": 42, "pedal": 44,
    "mid tom": 47, "open": 46, "crash": 49, "high tom": 50, "ride": 51, "bell": 53, "tambourine": 54,
    "crash2": 57, "cowbell": 56, "mute conga": 62, "conga": 63, "low conga": 64, "timbale": 65,
    "maracas": 70, "clave": 75, "triangle": 81, "shaker": 82,
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
        "6/8": {"kick": "x..... x.....", "clave": "x.x ..x | .x. x..", "maracas": "o.g.g. o.g.g."},
    },
    "latin full": {
        "4/4": {"kick": "X... ..x. X... ..x.", "clave": "x..x ..x. ..x. x...",
                "cowbell": "x.o. x.o. x.o. x.o.",
                "conga": ".... ..x. .... ..xx", "low conga": ".... .... .... x...",
                "mute conga": "o.o. x... o.o. ....",
                "maracas": "xoxo xoxo xoxo xoxo"},
        "3/4": {"kick": "X... .... ..x.", "conga": "..o. x.o. x.xx", "cowbell": "x... o... o...",
                "maracas": "xoxo xoxo xoxo"},
        "6/8": {"kick": "X..... X...o.", "cowbell": "x.x .xx | .x. x.x", "conga": "..o.xx ..o.xx",
                "maracas": "x.o.o. x.o.o."},
    },
    "jazz light": {
        "4/4": {"ride": "x.. x.o x.. x.o", "pedal": "... x.. ... x..", "kick": "g.. ... g.. ..."},
        "3/4": {"ride": "x.. x.o x..", "pedal": "... x.. ..."},
        "6/8": {"ride": "x.o .oo | .x. o.o", "pedal": "... x..", "kick": "o.. ..."},
    },
    "jazz full": {
        "4/4": {"ride": "X.. x.o X.. x.o", "pedal": "... x.. ... x..", "kick": "x.. g.. o.. g..",
                "snare": "... ..g ... ..o | ..g ... ..o x.."},
        "3/4": {"ride": "X.. x.o x.o", "pedal": "... x.. ...", "kick": "x.. ... ...", "snare": "... ..g ..o"},
        "6/8": {"ride": "X.x .xx | .x. x.x", "pedal": "... x..", "kick": "x.. ..o | x.. o..",
                "snare": "..g ..o | ..g .g."},
    },
    "waltz light": {
        "4/4": {"kick": "x... .... x... ....", "snare": ".... o.g. .... o.g.",
                "triangle": "o... .... .... ...."},
        "3/4": {"kick": "x... .... ....", "snare": ".... o... o.g.", "triangle": "o... .... ...."},
        "6/8": {"kick": "x..... ......", "snare": "..o.o. ..o.o.", "triangle": "o..... ......"},
    },
    "waltz full": {
        "4/4": {"kick": "X... .... X... ....", "snare": ".... x... .... x.og", "hat": "x... x.o. x... x.o.",
                "tambourine": ".... o... .... o..."},
        "3/4": {"kick": "X... .... .... | X... .... ..o.", "snare": ".... x.g. x... | .... x.g. x.og",
                "ride": "x... x.o. x...", "tambourine": ".... o... o..."},
        "6/8": {"kick": "X..... x.....", "snare": "..x.o. ..x.og", "ride": "x.o.o. x.o.o."},
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

# Builds: a whole bar of four that rises into a section much bigger than the one before.
BUILDS: dict[str, Groove] = {
    "roll": {"snare": "o.o. o.o. xxxx XXXXXXXX", "clap": "x... x... x.x. x.x."},
    "toms": {"low tom": "X.x. X.x. X.x. ....", "snare": ".... ..x. x.x. XxXX", "kick": "X... X... X... X..."},
    "claps": {"clap": "x... x... x.x. xxxx", "snare": ".... .... ..x. x.xX"},
}  # fmt: skip
