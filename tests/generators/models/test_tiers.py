"""A pipeline is spread over card and main memory as the card's free memory asks for."""

from __future__ import annotations

import math
from typing import Any

import pytest

from storyboard.generators.models import tiers
from storyboard.generators.models.device import Device
from storyboard.generators.models.spread import on_first_that_holds
from storyboard.generators.models.tiers import Demand, Tier, batch_for, free_memory_gb, tiers_for

ANIMATEDIFF = Demand(weights=3.1, largest=2.6, run=2.2, decode=6.4)  # 16 frames of 512 x 512, float16
CARD = Device("cuda", "float16", "auto")
ALL = [Tier(), Tier(tiled=True), Tier("model", tiled=True), Tier("sequential", tiled=True)]


def free(monkeypatch: pytest.MonkeyPatch, free_gb: float) -> None:
    monkeypatch.setattr(tiers, "free_memory_gb", lambda _: free_gb)


@pytest.mark.parametrize(
    ("free_gb", "first"),
    [(24, ALL[0]), (11.5, ALL[0]), (7.5, ALL[1]), (5.7, ALL[2]), (3.5, ALL[3]), (1, ALL[3])],
)
def test_the_first_tier_is_the_fastest_that_fits_and_the_more_frugal_ones_follow(
    monkeypatch: pytest.MonkeyPatch, free_gb: float, first: Tier
) -> None:
    free(monkeypatch, free_gb)
    assert tiers_for(CARD, ANIMATEDIFF) == ALL[ALL.index(first) :]


def test_a_card_of_12_gb_holds_animatediff_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ANIMATEDIFF.at(Tier()) < 11.5
    free(monkeypatch, 11.5)
    assert batch_for(CARD, ANIMATEDIFF, Tier(), 6) == 1
    assert batch_for(CARD, ANIMATEDIFF, Tier(tiled=True), 6) == 3
    free(monkeypatch, 80)
    assert batch_for(CARD, ANIMATEDIFF, Tier(), 6) == 6


def test_each_tier_takes_less_than_the_one_before() -> None:
    needs = [ANIMATEDIFF.at(tier) for tier in ALL]
    assert needs == sorted(needs, reverse=True) and len(set(needs)) == 4


@pytest.mark.parametrize(("asked", "tried"), [("none", ALL), ("model", ALL[2:]), ("sequential", ALL[3:])])
def test_what_the_settings_ask_for_comes_first(
    monkeypatch: pytest.MonkeyPatch, asked: Any, tried: list[Tier]
) -> None:
    free(monkeypatch, 100)
    assert tiers_for(Device("cuda", "float16", asked), ANIMATEDIFF) == tried


@pytest.mark.parametrize("name", ["cpu", "mps"])
def test_nothing_is_offloaded_where_the_card_s_memory_is_the_machine_s(name: str) -> None:
    device = Device(name, "float32", "auto")
    assert tiers_for(device, ANIMATEDIFF) == ALL[:2]
    assert batch_for(device, ANIMATEDIFF, Tier(), 6) == 1


def test_what_torch_holds_of_the_card_counts_as_free(monkeypatch: pytest.MonkeyPatch) -> None:
    torch = pytest.importorskip("torch")
    monkeypatch.setattr(torch.cuda, "mem_get_info", lambda _: (5_000_000_000, 12_000_000_000))
    monkeypatch.setattr(torch.cuda, "memory_reserved", lambda _: 6_000_000_000)
    assert free_memory_gb(CARD) == 11
    assert free_memory_gb(Device("xpu", "float16", "auto")) == math.inf


class Pipeline:
    """Notes how it is placed."""

    class Vae:
        use_slicing = use_tiling = False

        def __init__(self, done: list[str]) -> None:
            self._done = done

        def enable_slicing(self) -> None:
            self._done.append("slicing")

        def enable_tiling(self) -> None:
            self._done.append("tiling")

    def __init__(self) -> None:
        self.done: list[str] = []
        self.vae = self.Vae(self.done)

    def to(self, device: str) -> Pipeline:
        self.done.append(f"to {device}")
        return self

    def enable_model_cpu_offload(self, device: str) -> None:
        self.done.append(f"model {device}")

    def enable_sequential_cpu_offload(self, device: str) -> None:
        self.done.append(f"sequential {device}")


@pytest.mark.parametrize(
    ("tier", "device", "done"),
    [
        (ALL[0], CARD, ["to cuda"]),
        (ALL[1], CARD, ["slicing", "tiling", "to cuda"]),
        (ALL[2], CARD, ["slicing", "tiling", "model cuda"]),
        (ALL[3], Device("cuda:1", "float16"), ["slicing", "tiling", "sequential cuda:1"]),
        (ALL[2], Device("cpu", "float32"), ["slicing", "tiling", "to cpu"]),
    ],
)
def test_a_tier_places_a_pipeline(tier: Tier, device: Device, done: list[str]) -> None:
    pipeline = Pipeline()
    assert tier.place(pipeline, device) is pipeline
    assert pipeline.done == done


def test_a_tier_says_what_it_is() -> None:
    assert str(ALL[2]) == "model offload, tiled VAE"


def test_the_next_tier_answers_too_little_memory_and_the_last_one_s_error_comes_out() -> None:
    torch = pytest.importorskip("torch")
    tried: list[Tier] = []

    def run(tier: Tier) -> None:
        tried.append(tier)
        if tier.offload != "model":
            raise torch.OutOfMemoryError("CUDA out of memory")

    on_first_that_holds(ALL, run)
    assert tried == ALL[:3]
    with pytest.raises(torch.OutOfMemoryError):
        on_first_that_holds(ALL[:2], run)
