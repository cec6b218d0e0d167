"""How `render --dry-run` shows what a shoot will take."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from storyboard.orchestrator.estimating import FilmEstimate, SceneEstimate

_SUMS = ("device_s", "vram_gb", "disk_mb", "cost_usd")


def estimate_result(found: FilmEstimate) -> dict[str, Any]:
    """Return what `--json` prints of an estimate."""
    sums = {name: getattr(found, name) for name in _SUMS}
    return {
        "ok": True,
        "scenes": [asdict(scene) for scene in found.scenes],
        "pictures": found.pictures,
    } | sums


def print_estimate(found: FilmEstimate) -> None:
    """Print an estimate as a table on standard output."""
    table = Table(
        title="what the shoot will take", caption=_caption(found), box=box.SIMPLE, padding=(0, 1, 0, 0)
    )
    for name in ("scene", "by"):
        table.add_column(name, no_wrap=True, max_width=12)
    for name in ("pieces", "film", "takes", "device", "card", "disk", "cost"):
        table.add_column(name, justify="right", no_wrap=True, min_width=len(name))
    for scene in found.scenes:
        table.add_row(*_row(scene))
    table.add_section()
    table.add_row(
        "all", "", str(sum(scene.pieces for scene in found.scenes)),
        f"{sum(scene.length_s for scene in found.scenes):.1f} s", "",
        _time(found.device_s), _gb(found.vram_gb), f"{found.disk_mb:.0f} MB", _usd(found.cost_usd),
    )  # fmt: skip
    Console().print(table)


def _row(scene: SceneEstimate) -> list[str]:
    named = [f"{scene.number} {escape(scene.title)}", scene.generator]
    film = [str(scene.pieces), f"{scene.length_s:.1f} s"]
    if scene.is_there:
        return [*named, *film, "there", "", "", "", ""]
    taken = [_time(scene.device_s), _gb(scene.vram_gb), f"{scene.disk_mb:.0f} MB", _usd(scene.cost_usd)]
    return [*named, *film, str(scene.takes), *taken]


def _caption(found: FilmEstimate) -> str:
    parts = []
    if found.pictures:
        parts.append(f"{found.pictures} portraits and key frames are drawn first, which is not counted")
    if any(scene.is_guess for scene in found.scenes):
        parts.append("figures are estimates")
    return "; ".join(parts)


def _time(seconds: float) -> str:
    if not seconds:
        return "-"
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.1f} min"


def _gb(gigabytes: float) -> str:
    return f"{gigabytes:.1f} GB" if gigabytes else "-"


def _usd(dollars: float) -> str:
    return f"${dollars:.2f}" if dollars else "-"
