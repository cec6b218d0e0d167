"""A SoundFont 2 file: which sample plays a note, and how its loudness and brightness move.

Field and generator numbers are those of the SoundFont 2.04 specification, sections 7 and 8.1.
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import GeneratorUnavailable, MediaError

DRUM_BANK = 128
_INSTRUMENT, _KEYS, _VELOCITIES, _SAMPLE = 41, 43, 44, 53
_HEADERS = {"phdr": "<20sHHHIII", "pbag": "<HH", "pgen": "<HH", "inst": "<20sH", "ibag": "<HH", "igen": "<HH"}
_SAMPLES = "<20sIIIIIBbHH"
_DEFAULTS = {8: 13500, 34: -12000, 35: -12000, 36: -12000, 38: -12000, 26: -12000, 28: -12000, 56: 100}


@dataclass(frozen=True, eq=False)
class Region:
    """One sample and its settings for the notes it plays. Times in seconds, levels in dB."""

    samples: NDArray[np.float32]
    rate_hz: int
    loop: tuple[int, int] | None
    root_key: int
    tuning_cents: float
    cents_per_key: float
    gain_db: float
    pan: float
    attack_s: float
    hold_s: float
    decay_s: float
    sustain_db: float
    release_s: float
    cutoff_cents: float
    sweep_cents: float
    sweep_hold_s: float
    sweep_decay_s: float
    sweep_sustain: float


class SoundFont:
    """The presets of a SoundFont file."""

    def __init__(self, path: Path) -> None:
        """Read the file; raises MediaError when it is not a SoundFont."""
        try:
            data = path.read_bytes()
            places = _chunks(data)
            self._tables = {name: _table(data, places[name], form) for name, form in _HEADERS.items()}
            self._headers = _table(data, places["shdr"], _SAMPLES)
        except (OSError, KeyError, struct.error) as error:
            raise MediaError(f"is not a SoundFont ({error})", where=str(path)) from error
        start, size = places["smpl"]
        wave = np.frombuffer(data, "<i2", size // 2, start)
        self._wave: NDArray[np.float32] = wave.astype(np.float32) / np.float32(32768)

    def regions(self, bank: int, program: int, key: int, velocity: int) -> list[Region]:
        """Return what sounds when a preset plays a key (0 to 127) at a velocity (1 to 127)."""
        found = []
        for preset in _zones(self._preset_span(bank, program), self._tables["pbag"], self._tables["pgen"]):
            if _INSTRUMENT not in preset or not _plays(preset, key, velocity):
                continue
            first, last = (self._tables["inst"][preset[_INSTRUMENT] + step][1] for step in (0, 1))
            for zone in _zones((first, last), self._tables["ibag"], self._tables["igen"]):
                if _SAMPLE in zone and _plays(zone, key, velocity):
                    found.append(self._region(zone, preset))
        return found

    def _preset_span(self, bank: int, program: int) -> tuple[int, int]:
        rows = self._tables["phdr"]
        for row, after in pairwise(rows):
            if (row[2], row[1]) == (bank, program):
                return row[3], after[3]
        return 0, 0

    def _region(self, zone: dict[int, int], preset: dict[int, int]) -> Region:
        def value(number: int) -> int:
            return zone.get(number, _DEFAULTS.get(number, 0)) + preset.get(number, 0)

        _, start, end, loop_start, loop_end, rate_hz, pitch, correction, _, _ = self._headers[zone[_SAMPLE]]
        start, end = start + value(0) + 32768 * value(4), end + value(1) + 32768 * value(12)
        loop = (loop_start + value(2) + 32768 * value(45), loop_end + value(3) + 32768 * value(50))
        loops = value(54) in (1, 3) and loop[1] - loop[0] > 8
        return Region(
            samples=self._wave[start : end + 8],
            rate_hz=rate_hz,
            loop=(loop[0] - start, loop[1] - start) if loops else None,
            root_key=zone.get(58, pitch),
            tuning_cents=100 * value(51) + value(52) + correction,
            cents_per_key=value(56),
            # Makers of fonts tuned them on EMU chips, which took four tenths of what is written.
            gain_db=-0.04 * value(48),
            pan=value(17) / 500,
            attack_s=_seconds(value(34)),
            hold_s=_seconds(value(35)),
            decay_s=_seconds(value(36)),
            sustain_db=-value(37) / 10,
            release_s=_seconds(value(38)),
            cutoff_cents=value(8),
            sweep_cents=value(11),
            sweep_hold_s=_seconds(value(26)) + _seconds(value(27) if 27 in zone else -12000),
            sweep_decay_s=_seconds(value(28)),
            sweep_sustain=1 - min(1.0, max(0.0, value(29) / 1000)),
        )


@cache
def general_midi() -> SoundFont:
    """Return the General MIDI font that comes with pretty_midi.

    Raises:
        GeneratorUnavailable: pretty_midi, or the font in it, is missing.
    """
    return SoundFont(general_midi_path())


def general_midi_path() -> Path:
    """Return the path of that font without importing the package it comes in."""
    spec = importlib.util.find_spec("pretty_midi")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / "TimGM6mb.sf2"
        if path.is_file():
            return path
    raise GeneratorUnavailable(
        "the band's SoundFont, TimGM6mb.sf2 of pretty_midi, is missing", hint="pip install pretty_midi"
    )


def _seconds(timecents: int) -> float:
    return 0.0 if timecents <= -12000 else float(2.0 ** (timecents / 1200))


def _plays(zone: dict[int, int], key: int, velocity: int) -> bool:
    return all(
        (zone.get(number, 0x7F00) & 0xFF) <= value <= ((zone.get(number, 0x7F00) >> 8) & 0xFF)
        for number, value in ((_KEYS, key), (_VELOCITIES, velocity))
    )


def _zones(
    span: tuple[int, int], bags: list[tuple[Any, ...]], generators: list[tuple[Any, ...]]
) -> list[dict[int, int]]:
    """Return the zones of a preset or instrument, each with the global zone's settings beneath."""
    zones = []
    for bag in range(*span):
        rows = generators[bags[bag][0] : bags[bag + 1][0]]
        zones.append({number: _signed(number, amount) for number, amount in rows})
    if zones and not {_INSTRUMENT, _SAMPLE} & zones[0].keys():
        return [{**zones[0], **zone} for zone in zones[1:]]
    return zones


def _signed(number: int, amount: int) -> int:
    unsigned = number in (_INSTRUMENT, _KEYS, _VELOCITIES, _SAMPLE)
    return amount if unsigned or amount < 0x8000 else amount - 0x10000


def _chunks(data: bytes) -> dict[str, tuple[int, int]]:
    """Find every chunk inside the RIFF file's lists: name to start and size."""
    places, offset = {}, 12
    while offset + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, offset)
        inside = offset + 12
        while name == b"LIST" and inside + 8 <= offset + 8 + size:
            part, part_size = struct.unpack_from("<4sI", data, inside)
            places[part.decode("ascii")] = (inside + 8, part_size)
            inside += 8 + part_size + part_size % 2
        offset += 8 + size + size % 2
    return places


def _table(data: bytes, place: tuple[int, int], form: str) -> list[tuple[Any, ...]]:
    start, size = place
    return list(
        struct.iter_unpack(form, data[start : start + size // struct.calcsize(form) * struct.calcsize(form)])
    )
