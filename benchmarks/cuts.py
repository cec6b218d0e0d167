"""The planned cuts beside three plainer ways to cut the same song: python benchmarks/cuts.py [topic …]."""

from __future__ import annotations

import sys
import time

import storyboard
from storyboard.generators.score import score_of
from storyboard.schema.board import Storyboard
from storyboard.schema.timeline import SongMap, Span, Word
from storyboard.sync.plan import baselines, plan_cuts
from storyboard.sync.plan.windows import windows_of

TOPICS = (
    "I met my ex on TikTok",
    "my grandmother's garden",
    "the night bus home",
    "a robot learns to bake bread",
)
ROW = "{:28}{:>7}{:>10}{:>9}{:>12}{:>14}{:>11}"


def main() -> None:
    print(ROW.format("", "shots", "objective", "on beat", "on downbeat", "inside words", "misplaced"))
    for topic in sys.argv[1:] or TOPICS:
        board = storyboard.plan(topic, llm="builtin")
        compare(topic, board, song_map_of(board))
    long_song()


def compare(topic: str, board: Storyboard, song_map: SongMap) -> None:
    """Print a row for the plan and one for each other way of cutting."""
    timeline = plan_cuts(song_map, board)
    n_frames, n_shots = timeline.n_frames, len(timeline.shots)
    windows = windows_of(song_map, board, n_frames)
    print(topic)
    ways = {
        "  planned": baselines.figures_of_plan(timeline, board),
        "  even lengths": baselines.figures(
            baselines.even_lengths(windows, n_frames, n_shots), song_map, board
        ),
        "  nearest beat": baselines.figures(
            baselines.nearest_beat(board, windows, n_frames, n_shots, song_map), song_map, board
        ),
        "  every n-th beat": baselines.figures(
            baselines.every_nth_beat(board, windows, n_frames, n_shots, song_map), song_map, board
        ),
    }
    for name, each in ways.items():
        cells = (each.total, each.on_beat, each.on_downbeat, each.inside_words, each.scenes_misplaced)
        print(
            ROW.format(
                name, each.shots, *(f"{cell:.1f}" if isinstance(cell, float) else cell for cell in cells)
            )
        )


def long_song() -> None:
    """Print how long a song of ten minutes takes to plan."""
    board = storyboard.plan(TOPICS[0], llm="builtin", scenes=12)
    one = song_map_of(board)
    repeats = int(600 / one.duration_s) + 1
    beats, downbeats, energy = [], [], []
    for turn in range(repeats):
        beats += [beat + turn * one.duration_s for beat in one.beats_s]
        downbeats += [beat + turn * one.duration_s for beat in one.downbeats_s]
        energy += one.energy
    long = one.model_copy(
        update={
            "duration_s": one.duration_s * repeats,
            "beats_s": beats,
            "downbeats_s": downbeats,
            "energy": energy,
        }
    )
    began = time.process_time()
    timeline = plan_cuts(long, board)
    cpu_s = time.process_time() - began
    print(f"{long.duration_s:.0f} s of song, {len(timeline.shots)} shots: planned in {cpu_s:.2f} CPU s")


def song_map_of(board: Storyboard) -> SongMap:
    """Map a song with an exact grid, whose lines fill three quarters of their slots, louder in choruses."""
    score = score_of(board.song)
    words = []
    for slot in score.lines:
        texts = slot.text.split()
        step = slot.n_beats * 0.75 / len(texts)
        for index, text in enumerate(texts):
            start_s, end_s = (score.beat_s(slot.first_beat + step * (index + part)) for part in (0, 0.95))
            section, line = slot.ref
            words.append(Word(text=text, start_s=start_s, end_s=end_s, section=section, line=line))
    spans = [(each.kind, each.first_bar, each.first_bar + each.n_bars) for each in score.sections]
    louder = {bar for kind, first, end in spans if kind == "chorus" for bar in range(first, end)}
    return SongMap(
        duration_s=score.duration_s,
        beats_s=[score.beat_s(beat) for beat in range(score.n_beats)],
        downbeats_s=[score.bar_s(bar) for bar in range(score.n_bars)],
        sections=[Span(label=kind, start_s=score.bar_s(a), end_s=score.bar_s(b)) for kind, a, b in spans],
        words=words,
        energy=[0.8 if bar in louder else 0.35 for bar in range(score.n_bars)],
    )


if __name__ == "__main__":
    main()
