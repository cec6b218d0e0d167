"""Noise is a clip's own, and partly its film's."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from storyboard.generators.video.diffusion.noise import shared_noise  # noqa: E402

SHAPE = (4, 16, 16, 16)


def alike(one: torch.Tensor, other: torch.Tensor) -> float:
    return float(torch.corrcoef(torch.stack([one.flatten(), other.flatten()]))[0, 1])


def test_scenes_of_one_film_share_noise_and_those_of_others_do_not() -> None:
    one, other = shared_noise([1, 2], 7, 0.3, SHAPE)
    assert alike(one, other) == pytest.approx(0.3, abs=0.03)
    assert alike(one, shared_noise([3], 8, 0.3, SHAPE)[0]) == pytest.approx(0, abs=0.03)
    assert alike(*shared_noise([1, 2], 7, 0.0, SHAPE)) == pytest.approx(0, abs=0.03)
    assert torch.equal(*shared_noise([1, 2], 7, 1.0, SHAPE))


@pytest.mark.parametrize("share", [0.0, 0.2, 0.9])
def test_it_is_normal_noise_however_much_is_shared(share: float) -> None:
    noise = shared_noise([1], 7, share, SHAPE)
    assert float(noise.mean()) == pytest.approx(0, abs=0.03)
    assert float(noise.std()) == pytest.approx(1, abs=0.03)


def test_a_sample_is_the_same_alone_and_beside_others_and_leaves_no_trace() -> None:
    before = torch.get_rng_state()
    assert torch.equal(shared_noise([1, 2], 7, 0.3, SHAPE)[1], shared_noise([2], 7, 0.3, SHAPE)[0])
    assert torch.equal(before, torch.get_rng_state())
