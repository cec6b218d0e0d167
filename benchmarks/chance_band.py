"""A band of chance for benchmarks/fit_beats.py: instruments, patterns, tempo and metre are drawn anew.

What it plays has the habits that bars are told by (chords change with them, basses begin on the root,
backbeats answer), each of them often but never always.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from beats import Known, Times
from chance_instruments import Instrument, Rng, add, heard_through, noise, thud, tone

from storyboard.sync.beats import RATE_HZ
from storyboard.sync.beats.evidence import BEATS_OF

Hits = list[tuple[float, float]]
"""When in a bar, in beats, and how loud."""

_HALF_TIME = "........x......."
_SONG_S = 36.0
_FAST_BPM = 100.0  # a backbeat at half the tempo from here on: nobody would call it a slow one
_TEMPI_BPM = {2: (85, 150), 3: (75, 190), 4: (58, 190), 6: (44, 122)}


STYLES: dict[int, list[str]] = {
    # Sixteen steps a bar: kick / snare / hat / bass / chords; X loud, x, o soft.
    4: [
        "X...X...X...X... ....x.......x... ..X...X...X...X. ..x...x...x...x. x...............",  # house
        "X...X...X...X... ....x.......x... ..x...x...x...x. x.x.x.x.x.x.x.x. x.....x.....x...",
        "........X....... ........X....... x.x.x.x.x.x.x.x. ..x.x...x..x..x. ..x...x...x...x.",  # one drop
        "........X....... ........x....... o.x.o.x.o.x.o.x. x.....x.x..x.... ....X.......X...",
        "X...X...X...X... ........X....... ..x...x...x...x. x.x...x.x.x..... ..X...X...X...X.",  # steppers
        "X.....x.X....... ....X.......X... x.x.x.x.x.x.x.x. X.x...x.x.x...x. x.....x...x.....",  # rock
        "X...x...X...x... ....X.......X... x.x.x.x.x.x.x.x. x.x.x.x.x.x.x.x. X...............",
        "X.....X...X..... ....X..o.o..X..o xoxoxoxoxoxoxoxo X..x..x..xx..x.. ..x....x......x.",  # funk
        "X..x......x..... ........X....... xoxoxoxoxoxoxoxo X.........x..... x...............",  # half time
        "X.........x..... ........X....... x.x.x.x.x.x.x.x. X.......x..x.... x...x...x...x...",
        "X.......X....... ....x.......x... x...x...x...x... X.......x....... x...............",  # ballad
        "X.....x.X.....x. ...x..x...x..x.. xoxoxoxoxoxoxoxo X.....x.X.....x. x..x..x...x..x..",  # bossa
        "X...X...X...X... ...x..x....x..x. x.x.x.x.x.x.x.x. X..x..x.X..x..x. x..x..x.x..x..x.",  # 3-3-2
        "X.......x....... ....o.......o... x...x.x.x...x.x. X...x...x...x... ..x.......x.....",  # walking
        "X.x.....X.x..... ....X.......X... x...x...x...x... X.......X....... ....x.......x...",  # shuffle
        "X.......X....... ..x...x...x...x. ................ X.......x....... ..x...x...x...x.",  # polka
        "................ ................ ................ X.......x....... x.x.x.x.x.x.x.x.",  # picked
        "................ ................ ................ X............... X...x.x...x.x.x.",  # strummed
        "................ ................ ................ X...x...x...x... x...x...x...x...",  # hymn
        "................ ................ ................ X.....x.x....... X..x..x...x.x...",
        "X............... ................ x...x...x...x... X...........x... x.......x.......",
        "X...X...X...X... ................ x.x.x.x.x.x.x.x. ................ ................",
    ],
    # Twelve steps.
    3: [
        "X........... ....x...x... x.x.x.x.x.x. X........... ....x...x...",
        "X........... ....o...x... x...x...x... X.......x... x...........",
        "X.....x..... ....x...x... x.x.x.x.x.x. X.....x.x... x...x...x...",
        "............ ............ ............ X........... ....x...x...",
        "............ ............ ............ X........... x.x.x.x.x.x.",
        "X........... ........X... x.x.x.x.x.x. X...x...x... x...........",
        "............ ............ ............ X...x...x... X...x.x.x.x.",
    ],
    # Six steps of a third of a beat.
    6: [
        "X..... ...X.. xxxxxx X....x x.....",
        "X..x.. ...... xooxoo X..x.. xxxxxx",
        "X....x ...X.. xoxxox X.x..x X..x..",
        "X..... ...x.. x..x.. X..... x.xx.x",
        "...... ...... ...... X..... xxxxxx",
        "...... ...... ...... X..x.. X.xx.x",
        "X..X.. ..x..x xxxxxx X..X.. .xx.xx",
    ],
    # Eight steps.
    2: [
        "X...x... ..x...x. x.x.x.x. X...x... ..x...x.",
        "X...x... ..x.x.xx x...x... X...x... ..x...x.",
        "X....... ....X... x.x.x.x. X..x.... x..x..x.",
        "........ ........ ........ X...x... ..x...x.",
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """What one player plays in a bar of each half of the song, and on what."""

    hits: tuple[Hits, Hits]
    sound: Instrument
    pitch: Callable[[int, int], float]  # of the root and the number of the hit
    level: float


def chance_song(seed: int) -> Known:
    """Play a song of half a minute and more."""
    rng = np.random.default_rng(seed)
    metre = int(rng.choice([4, 3, 6, 2], p=[0.5, 0.2, 0.2, 0.1]))
    low, high = _TEMPI_BPM[metre]
    tempo_bpm = float(np.exp(rng.uniform(np.log(low), np.log(high))))
    metres = [metre] * max(6, round(_SONG_S * tempo_bpm / 60 / BEATS_OF[metre]))
    place = np.tile(np.arange(BEATS_OF[metre]), len(metres))
    beats_s = 0.3 + rng.uniform(0, 1) + np.cumsum([0.0, *(60 / (tempo_bpm * _bends(len(place), rng)))])
    swing = float(rng.choice([0.5, rng.uniform(0.58, 0.68)], p=[0.8, 0.2]))
    parts = (_styled if rng.random() < 0.6 else _parts)(metre, tempo_bpm > _FAST_BPM, rng)
    sound = np.zeros(round((beats_s[-1] + 1.0) * RATE_HZ))
    roots = _roots(len(metres), rng)
    loose_s, early = rng.uniform(0, 0.014), rng.random() < 0.12
    for bar in range(len(metres)):
        for part in parts:
            for number, (at, loud) in enumerate(part.hits[bar // 8 % 2]):
                if rng.random() < 0.06:
                    continue
                first = float(at) - (0.5 if early and at == 0 and part.level < 0.5 else 0)
                beat = bar * BEATS_OF[metre] + _swung(first, swing if metre != 6 else 0.5)
                at_s = _time(beats_s, beat) + rng.normal(0, loose_s)
                held_s = _time(beats_s, beat + rng.choice([0.5, 1.0])) - _time(beats_s, beat)
                note = part.sound(part.pitch(roots[bar], number), max(0.08, held_s))
                add(sound, at_s, part.level * loud * rng.uniform(0.75, 1.15) * note)
    wet = heard_through(sound, rng)
    return Known(wet, beats_s[:-1], beats_s[:-1][place == 0], metre)


def _bends(n_beats: int, rng: Rng) -> Times:
    """Return the tempo at each beat over the usual one."""
    beat, part = np.arange(n_beats + 0.0), np.linspace(0, 1, n_beats)
    slow, fast = rng.uniform(2, 5), rng.uniform(0.8, 1.6)
    ways = [
        np.ones(n_beats),
        1 + rng.uniform(-0.3, 0.35) * part,
        np.where(part < rng.uniform(0.3, 0.7), 1.0, rng.choice([0.8, 1.2, 1.33])),
        1 + 0.05 * np.sin(beat / (3 * slow)),
        1 + 0.11 * np.sin(beat / slow) + 0.04 * np.sin(beat / fast) - 0.12 * (np.arange(n_beats) % 16 == 15),
    ]
    return np.asarray(ways[int(rng.choice(5, p=[0.5, 0.1, 0.08, 0.14, 0.18]))])


def _roots(n_bars: int, rng: Rng) -> list[int]:
    """Return the root of the chord of each bar: a few chords, round and round."""
    round_ = rng.choice([0, 5, 7, 9, 2, 4, 10], int(rng.choice([2, 4, 4, 8])))
    stays = int(rng.choice([1, 1, 1, 2]))
    return [int(round_[bar // stays % len(round_)]) for bar in range(n_bars)]


def _swung(beat: float, swing: float) -> float:
    whole, part = divmod(beat, 1.0)
    return whole + (part * 2 * swing if part <= 0.5 else swing + (part - 0.5) * 2 * (1 - swing))


def _styled(metre: int, fast: bool, rng: Rng) -> list[Part]:
    """Draw the players of a style, one of them missing or with a mind of their own at times."""
    styles = [style.split() for style in STYLES[metre]]
    fitting = [rows for rows in styles if not (fast and rows[1].lower() == _HALF_TIME)]
    rows = fitting[int(rng.integers(len(fitting)))]
    parts = []
    for kind, row in zip(("kick", "snare", "hat", "bass", "chords"), rows, strict=True):
        step = BEATS_OF[metre] / len(row)
        hits = [
            (n * step, {"X": 1.0, "x": 0.75, "o": 0.4}[mark]) for n, mark in enumerate(row) if mark != "."
        ]
        if not hits or rng.random() < 0.1:
            continue
        own = _part(kind, metre, fast, rng)
        fill = hits if rng.random() < 0.6 else [hit for hit in hits if rng.random() < 0.85] or hits
        parts.append(own if rng.random() < 0.08 else Part((hits, fill), own.sound, own.pitch, own.level))
    parts += [_part(kind, metre, fast, rng) for kind in ("lead", "picking") if rng.random() < 0.3]
    return parts or _parts(metre, fast, rng)


def _parts(metre: int, fast: bool, rng: Rng) -> list[Part]:
    """Draw the players: with or without drums, with at least one that tells the bars."""
    drums = rng.random() < 0.6
    tones = not drums or rng.random() < 0.88
    parts = []
    if drums:
        kinds = [("kick", 0.92), ("snare", 0.8), ("hat", 0.8), ("hand", 0.3)]
        parts += [_part(kind, metre, fast, rng) for kind, chance in kinds if rng.random() < chance]
    if tones:
        kinds = [("bass", 0.8), ("chords", 0.85), ("picking", 0.35), ("lead", 0.4)]
        parts += [_part(kind, metre, fast, rng) for kind, chance in kinds if rng.random() < chance]
    if not parts or (not tones and len(parts) < 2):
        parts += [_part("kick", metre, fast, rng), _part("snare", metre, fast, rng)]
    if not drums and not any(part.level >= 0.5 for part in parts):
        parts += [_part("bass", metre, fast, rng)]
    return parts


def _part(kind: str, metre: int, fast: bool, rng: Rng) -> Part:
    hits = _hits(kind, metre, fast, rng)
    other = hits if rng.random() < 0.6 else _hits(kind, metre, fast, rng)
    loud = float(2 ** rng.uniform(-1.3, 0.7))
    match kind:
        case "kick":
            return Part((hits, other), thud(rng), lambda _, __: 0, 1.1 * loud)
        case "snare" | "hat" | "hand":
            sound = noise(kind, rng)
            return Part((hits, other), sound, lambda _, __: 0, (0.8 if kind == "snare" else 0.35) * loud)
        case "bass":
            string, leaps = tone(rng), rng.choice([0, 7, 12, 5], 16)
            return Part(
                (hits, other), string, lambda root, n: 33 + root + (leaps[n % 16] if n else 0), 0.6 * loud
            )
        case "chords":
            keys, minor = tone(rng), rng.random() < 0.5

            def chord(midi: float, held_s: float) -> Times:
                return sum(keys(midi + step, held_s) for step in (0, 3 if minor else 4, 7))  # type: ignore[return-value]

            return Part((hits, other), chord, lambda root, _: 57 + root, 0.3 * loud)
        case _:
            voice, steps = tone(rng), rng.choice([0, 4, 7, 12, 2, 9, -5], 16)
            level = 0.35 * loud
            return Part((hits, other), voice, lambda root, n: 62 + root + int(steps[n % 16]), level)


def _hits(kind: str, metre: int, fast: bool, rng: Rng) -> Hits:
    """Draw what a player does in a bar."""
    n_beats, cut = BEATS_OF[metre], 3 if metre == 6 else 2
    beats = [float(beat) for beat in range(n_beats)]
    small = [step / cut for step in range(n_beats * cut)]
    tiny = [step / (2 * cut) for step in range(n_beats * 2 * cut)]
    off = [beat + (0.5 if cut == 2 else 2 / 3) for beat in beats]
    middle = float(n_beats // 2)
    weak = [beat for beat in beats if beat % 2 == 1] if metre != 3 else beats[1:]
    sometimes = [at for at in tiny if rng.random() < 0.18]
    match kind:
        case "kick":
            ways = [
                [0.0, middle],
                [0.0],
                beats,
                [0.0, *sometimes],
                [0.0, off[0], middle],
                [middle],
                [0.0, *off[-1:]],
            ]
            ways += [[0.0]] * 3 if metre == 3 else []
            weights = [4.0, 2, 2, 4, 2, 1 if metre == 4 else 0, 1, *([2.0] * 3 if metre == 3 else [])]
        case "snare":
            ways = [weak, [middle], off, [*weak, *sometimes], [weak[-1]], beats]
            weights = [6, 2 if metre == 4 and not fast else 0, 0.7, 3, 1, 0.5]
        case "hat" | "hand":
            ways = [small, beats, tiny, off, [at for at in tiny if rng.random() < 0.5], weak]
            weights = [5, 2, 2, 1.5, 2, 0.7]
        case "bass":
            ways = [
                [0.0],
                [0.0, middle],
                beats,
                [0.0, *sometimes],
                small,
                [0.0, off[0], middle],
                off,
                sometimes,
            ]
            weights = [3, 3, 2, 4, 1, 2, 0.4, 0.5]
        case "chords":
            ways = [
                [0.0],
                off,
                weak,
                beats,
                [0.0, *sometimes],
                small,
                [0.0, off[0], off[-1]],
                [0.0, middle],
                [off[0]],
            ]
            weights = [3, 2, 2.5 if metre == 3 else 1.2, 1.5, 3, 1.5, 1.5, 2, 0.4]
        case "picking":
            ways, weights = [small, tiny, [at for at in small if rng.random() < 0.75]], [3, 1, 2]
        case _:
            ways = [[at for at in small if rng.random() < share] for share in (0.3, 0.5, 0.7)]
            weights = [1, 1, 1]
    chosen = ways[int(rng.choice(len(ways), p=np.array(weights) / np.sum(weights)))]
    accent = rng.uniform(0.0, 0.5)
    floor = rng.uniform(0.35, 0.9)

    def loud(at: float) -> float:
        return 1.0 if at == 0 else floor + accent * (at % 1 == 0) * (1 - floor)

    return [(at, float(loud(at) * rng.uniform(0.8, 1.1))) for at in sorted(set(chosen))]


def _time(beats_s: Times, beat: float) -> float:
    return float(np.interp(beat, np.arange(len(beats_s)), beats_s))
