"""The embedded band: arranges a song and plays it on sampled instruments, offline and on any CPU."""

from __future__ import annotations

import io
import random
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from storyboard.generators.music.band import bass, chording, drums, hook
from storyboard.generators.music.band.arrangement import Arrangement, Note, arrange
from storyboard.generators.music.band.desk import Automation, Desk, Played
from storyboard.generators.music.band.sampler import RATE_HZ, Sampler, Stereo
from storyboard.generators.music.band.soundfont import DRUM_BANK, general_midi, general_midi_path
from storyboard.generators.music.band.styles import INSTRUMENTS
from storyboard.generators.score import Score
from storyboard.generators.seams import MusicTake, SongRequest
from storyboard.schema.files import write_whole
from storyboard.schema.progress import OnFraction
from storyboard.schema.timeline import Span

_TIGHT_S, _LOOSE_S = 0.002, 0.008  # the furthest a note is displaced
_QUIETEST_DB = -4.5  # the whole band at energy 0, against energy 1


class Band:
    """Drums, bass, chords and a lead from the song's genre, key, tempo, metre and sections."""

    name: ClassVar[str] = "band"
    version: ClassVar[str] = "1"

    def check(self) -> None:
        """Raise GeneratorUnavailable when the SoundFont is missing."""
        general_midi_path()

    def play(self, request: SongRequest, out: Path, progress: OnFraction) -> MusicTake:
        """Write the music to `out` (WAV, 48 kHz, 16 bit, stereo) and return its grid."""
        arrangement = arrange(request.song)
        recording = _record(arrangement, request.seed, progress)
        write_whole(out, _wav(recording))
        progress(1.0)
        return _grid(arrangement.score)


def _record(arrangement: Arrangement, seed: int, progress: OnFraction) -> Stereo:
    font, style, score = general_midi(), arrangement.style, arrangement.score
    rng = random.Random(f"band {seed}")
    n_samples = round(score.duration_s * RATE_HZ)
    desk = Desk(n_samples)
    bassist, lead = rng.choice(style.bass), rng.choice(style.leads)
    kit = drums.play(arrangement, rng)
    sampler = Sampler(font, DRUM_BANK, style.kit)
    for lane, notes in kit.items():
        desk.add_drum(lane, sampler, _played(arrangement, notes, rng))
    progress(0.3)
    player = INSTRUMENTS[bassist]
    notes = bass.play(arrangement, bassist)
    desk.add_bass(player, Sampler(font, 0, player.program), _played(arrangement, notes, rng))
    parts = [(layer.instrument, chording.play(arrangement, layer)) for layer in style.layers]
    parts.append((lead, hook.play(arrangement, lead, rng)))
    for number, (instrument, notes) in enumerate(parts):
        progress(0.4 + 0.45 * number / len(parts))
        if notes:
            player = INSTRUMENTS[instrument]
            desk.add(player, Sampler(font, 0, player.program), _played(arrangement, notes, rng))
    progress(0.85)
    automation = _automation(arrangement, kit.get("kick", []), n_samples)
    return desk.finish(automation, style.drums_db, style.room_s)


def _played(arrangement: Arrangement, notes: Iterable[Note], rng: random.Random) -> list[Played]:
    """Play notes as a person does: swung, and never quite on time or equally loud."""
    played = []
    for note in notes:
        furthest_s = _TIGHT_S if note.tight else _LOOSE_S
        late_s = max(-furthest_s, min(furthest_s, rng.gauss(0, furthest_s / 2.5)))
        start_s = max(0.0, arrangement.score.beat_s(_swung(arrangement, note.beat)) + late_s)
        velocity = round(max(1, min(127, note.velocity + rng.gauss(0, 3))))
        played.append(Played(start_s, note.n_beats * arrangement.beat_s, note.key, velocity))
    return played


def _swung(arrangement: Arrangement, beat: float) -> float:
    """Move what lies on sixteenths by the style's swing; triplets are swung as written."""
    style = arrangement.style
    on_sixteenth = abs(beat * 4 - round(beat * 4)) < 0.01
    if style.swing == 0.5 or arrangement.score.subdivisions == 3 or not on_sixteenth:
        return beat
    pair = 2 / style.swung
    whole, part = divmod(beat / pair, 1)
    late = part * 2 * style.swing if part < 0.5 else style.swing + (part - 0.5) * 2 * (1 - style.swing)
    return (whole + late) * pair


def _automation(arrangement: Arrangement, kicks: Iterable[Note], n_samples: int) -> Automation:
    from scipy.ndimage import uniform_filter1d

    score = arrangement.score
    edges_s, levels_db = [], []
    for bar in arrangement.bars:
        edges_s += [score.bar_s(bar.index) + 0.02, score.bar_s(bar.index + 1) - 0.02]
        levels_db += [_QUIETEST_DB * (1 - bar.energy)] * 2
    times_s = np.arange(n_samples) / RATE_HZ
    energy = 10 ** (np.interp(times_s, edges_s, levels_db) / 20)
    sung = np.zeros(n_samples, np.float32)
    for first, last in arrangement.sung:
        sung[max(0, int(score.beat_s(first) * RATE_HZ)) : int(score.beat_s(last) * RATE_HZ)] = 1
    return Automation(
        energy=energy.astype(np.float32),
        sung=uniform_filter1d(sung, round(0.05 * RATE_HZ)),
        pump=_pump(arrangement, kicks, times_s),
        fade=_fade(score, times_s),
    )


def _pump(
    arrangement: Arrangement, kicks: Iterable[Note], times_s: NDArray[np.float64]
) -> NDArray[np.float32]:
    """Press the band down at every kick and let it come back within 0.25 s."""
    gain = np.ones(len(times_s), np.float32)
    depth = 1 - 10 ** (-arrangement.style.pump_db / 20)
    curve = (1 - depth * np.exp(-times_s[: int(0.25 * RATE_HZ)] / 0.09)).astype(np.float32)
    curve[:96] = np.linspace(1, curve[96], 96) if len(curve) > 96 else 1
    for kick in kicks if depth > 0 else ():
        start = round(arrangement.score.beat_s(kick.beat) * RATE_HZ)
        held = gain[start : start + len(curve)]
        np.minimum(held, curve[: len(held)], out=held)
    return gain


def _fade(score: Score, times_s: NDArray[np.float64]) -> NDArray[np.float32]:
    """Let the last bar ring for a third, then fade it to silence just before the end."""
    final_s, end_s = score.bar_s(score.n_bars - 1), score.duration_s
    first_s, last_s = final_s + (end_s - final_s) / 3, end_s - 0.03
    part = np.clip((times_s - first_s) / (last_s - first_s), 0, 1)
    opening = np.minimum(times_s / 0.001, 1)
    return np.asarray(np.cos(part * np.pi / 2) ** 2 * opening, np.float32)


def _wav(recording: Stereo) -> bytes:
    import soundfile

    file = io.BytesIO()
    samples = np.round(np.clip(recording.T, -1, 1) * 32767).astype(np.int16)
    soundfile.write(file, samples, RATE_HZ, format="WAV", subtype="PCM_16")
    return file.getvalue()


def _grid(score: Score) -> MusicTake:
    ends = [score.bar_s(section.first_bar) for section in score.sections[1:]] + [score.duration_s]
    return MusicTake(
        beats_s=[score.beat_s(beat) for beat in range(score.n_beats)],
        downbeats_s=[score.bar_s(bar) for bar in range(score.n_bars)],
        sections=[
            Span(label=section.kind, start_s=score.bar_s(section.first_bar), end_s=end_s)
            for section, end_s in zip(score.sections, ends, strict=True)
        ],
    )
