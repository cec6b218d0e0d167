"""Frame counts: which a model can make at once, and how a longer stretch is made of several."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class FrameLattice:
    """The frame counts that a model can make at once: fewest, fewest + step, … up to most.

    Attributes:
        fewest: the smallest count.
        step: between one count and the next: 4 for models whose counts are 4k + 1.
        most: the largest count; None where memory is the only limit.
        overlap: frames at the beginning of a further stretch that show the end of the one before.
    """

    fewest: int
    step: int = 1
    most: int | None = None
    overlap: int = 1

    def at_least(self, n_frames: int) -> int:
        """Return the smallest count that is no less, or the largest that there is."""
        count = self.fewest + max(0, math.ceil((n_frames - self.fewest) / self.step)) * self.step
        return count if self.most is None else min(count, self.largest)

    @property
    def largest(self) -> int:
        """The largest count, where there is a limit."""
        assert self.most is not None
        return self.fewest + (self.most - self.fewest) // self.step * self.step

    def allows(self, n_frames: int) -> bool:
        """Whether a user may ask for a count: one of the lattice, or below it, that leaves room to go on."""
        is_small = self.most is None or n_frames <= self.largest
        return self.overlap < n_frames and is_small and (n_frames - self.fewest) % self.step == 0

    def __str__(self) -> str:
        """Say which counts there are: "16, 20, 24 …", "9, 17 … 161"."""
        counts = [self.fewest + index * self.step for index in range(3)]
        if self.most is None:
            return f"{', '.join(map(str, counts))} …"
        counts = [count for count in counts if count < self.largest]
        return " … ".join(each for each in (", ".join(map(str, counts[:2])), str(self.largest)) if each)

    def stretches(self, n_frames: int) -> tuple[int, ...]:
        """Divide a piece into what the model makes at once, as even as the counts allow.

        Together they show at least `n_frames`, since each but the first repeats `overlap` frames.
        """
        if self.most is None or n_frames <= self.largest:
            return (self.at_least(n_frames),)
        number = math.ceil((n_frames - self.overlap) / (self.largest - self.overlap))
        even = math.ceil((n_frames + (number - 1) * self.overlap) / number)
        return (self.at_least(even),) * number

    def shown(self, stretches: tuple[int, ...]) -> int:
        """Return how many frames stretches show together."""
        return sum(stretches) - self.overlap * (len(stretches) - 1)
