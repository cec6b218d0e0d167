"""Progress is counted step by step, only grows, and leaves a pipeline as it was."""

from __future__ import annotations

from typing import Any

import pytest

from storyboard.generators.video.diffusion.counting import Counting
from storyboard.schema.errors import Cancelled


class Pipeline:
    """Counts its steps as those of diffusers do."""

    def __init__(self) -> None:
        self.n_freed = 0

    def progress_bar(self, iterable: Any = None, total: int | None = None) -> Any:
        raise AssertionError("its own bar")

    def maybe_free_model_hooks(self) -> None:
        self.n_freed += 1

    def __call__(self, n_steps: int) -> None:
        with self.progress_bar(total=n_steps) as bar:
            for _ in range(n_steps):
                bar.update()

    def over(self, steps: list[int]) -> list[int]:
        return list(self.progress_bar(steps))


def test_every_step_of_every_run_is_told_and_decoding_keeps_its_share() -> None:
    seen: list[float] = []
    counting, pipeline = Counting(seen.append, 3), Pipeline()
    with counting.run(pipeline, 2):
        pipeline(4)
    with counting.run(pipeline):
        assert pipeline.over([5, 6]) == [5, 6]
    assert seen == pytest.approx(
        [2 / 3 * 0.98 * k / 4 for k in (1, 2, 3, 4)] + [2 / 3, 2 / 3 + 0.49 / 3, 2 / 3 + 0.98 / 3, 1.0]
    )
    with pytest.raises(AssertionError, match="its own bar"):
        pipeline(1)


def test_what_failed_is_to_be_done_again_and_progress_never_goes_back() -> None:
    seen: list[float] = []
    counting, pipeline = Counting(seen.append, 2), Pipeline()
    for fails in (True, False):
        try:
            with counting.attempt():
                with counting.run(pipeline):
                    pipeline(2)
                with counting.run(pipeline):
                    pipeline(2)
                    if fails:
                        raise RuntimeError
        except RuntimeError:
            assert max(seen) < 1
    assert seen == sorted(seen) and seen[-1] == 1.0
    assert seen.count(1.0) == 1, "done only when it is done"


def test_a_stop_between_two_steps_ends_the_run_and_brings_its_models_off_the_card() -> None:
    pipeline = Pipeline()

    def stop(done: float) -> None:
        if done > 0.4:
            raise Cancelled("stop")

    with pytest.raises(Cancelled), Counting(stop, 1).run(pipeline):
        pipeline(4)
    assert pipeline.n_freed == 1
    assert "progress_bar" not in vars(pipeline)
