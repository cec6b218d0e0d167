"""Frame counts that a model can make, and what a longer piece is made of."""

from __future__ import annotations

import pytest

from storyboard.generators.video.diffusion.lattice import FrameLattice

FOURS = FrameLattice(9, 4, 82, overlap=1)
ANY = FrameLattice(16, 1, 42, overlap=8)


@pytest.mark.parametrize(
    ("lattice", "wanted", "count"),
    [(FOURS, 1, 9), (FOURS, 10, 13), (FOURS, 13, 13), (FOURS, 500, 81), (FrameLattice(16, 4), 101, 104)],
)
def test_the_next_count_of_the_lattice_is_taken(lattice: FrameLattice, wanted: int, count: int) -> None:
    assert lattice.at_least(wanted) == count


@pytest.mark.parametrize("lattice", [FOURS, ANY, FrameLattice(14, 1, 25, overlap=1)])
@pytest.mark.parametrize("n_frames", [1, 15, 42, 43, 81, 82, 163, 700])
def test_stretches_show_all_frames_and_are_of_the_lattice(lattice: FrameLattice, n_frames: int) -> None:
    stretches = lattice.stretches(n_frames)
    assert lattice.shown(stretches) >= n_frames
    assert set(stretches) <= {lattice.fewest + k * lattice.step for k in range(100)}
    assert len(set(stretches)) == 1 and max(stretches) <= lattice.largest
    fewer = lattice.overlap + (len(stretches) - 1) * (lattice.largest - lattice.overlap)
    assert len(stretches) == 1 or fewer < n_frames, "no more stretches than needed"


def test_without_a_limit_there_is_one_stretch() -> None:
    assert FrameLattice(16, 4, None, overlap=4).stretches(1000) == (1000,)


def test_a_count_that_is_told_is_of_the_lattice_and_leaves_room_to_go_on() -> None:
    assert [n for n in range(1, 100) if FOURS.allows(n)] == list(range(5, 82, 4))
    assert [n for n in range(1, 60) if ANY.allows(n)] == list(range(9, 43))


@pytest.mark.parametrize(
    ("lattice", "said"),
    [
        (ANY, "16, 17 … 42"),
        (FOURS, "9, 13 … 81"),
        (FrameLattice(16, 4), "16, 20, 24 …"),
        (FrameLattice(14, 11, 25), "14 … 25"),
        (FrameLattice(14, 1, 14), "14"),
    ],
)
def test_the_counts_are_said_in_words(lattice: FrameLattice, said: str) -> None:
    assert str(lattice) == said
