"""Luma's Dream Machine through its own client, against a server on this machine."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from storyboard.generators import registry
from storyboard.generators.seams import Cue, ShotSpec, VideoGenerator, VideoRequest
from storyboard.generators.testing import check_video
from storyboard.schema.board import Look
from storyboard.schema.errors import (
    Cancelled,
    GeneratorError,
    GeneratorUnavailable,
    InputError,
    MediaError,
)
from storyboard.schema.scene import Scene

pytest.importorskip("lumaai")

from storyboard.generators.video import luma_orders
from storyboard.generators.video.luma import lengths_for


def film(length_s: int, shade: int) -> bytes:
    """Return a real MP4 as the server would: 24 frames a second, something moving."""
    held = io.BytesIO()
    with av.open(held, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=24, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = 96, 54, "yuv420p"
        for index in range(24 * length_s):
            picture = np.full((54, 96, 3), shade, np.uint8)
            picture[:, index % 96] = 255
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, "rgb24")))
        container.mux(stream.encode(None))
    return held.getvalue()


class DreamMachine:
    """A server that speaks the interface of Dream Machine: what it was asked, and what it shall answer."""

    def __init__(self) -> None:
        self.orders: list[dict[str, Any]] = []
        self.polls: dict[str, int] = {}
        self.refusals: list[tuple[int, str]] = []
        self.failure = ""
        self.n_polls_needed = 2
        self.url = ""
        self.takes_and_fails = 0
        self.extensions_hold_all = True
        self.lost: set[str] = set()

    def order(self, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        if self.refusals:
            status, detail = self.refusals.pop(0)
            return status, {"detail": detail}
        self.orders.append(asked)
        if self.takes_and_fails:
            self.takes_and_fails -= 1
            return 504, {"detail": "gateway timeout"}
        return 201, {"id": f"g{len(self.orders)}", "state": "queued"}

    def latest(self) -> tuple[int, dict[str, Any]]:
        numbered = enumerate(self.orders, start=1)
        found = [{"id": f"g{n}", "state": "dreaming", "request": order} for n, order in numbered]
        return 200, {"generations": found[::-1]}

    def state(self, name: str) -> tuple[int, dict[str, Any]]:
        if int(name[1:]) > len(self.orders):
            return 404, {"detail": "no such generation"}
        self.polls[name] = self.polls.get(name, 0) + 1
        if self.failure:
            return 200, {"id": name, "state": "failed", "failure_reason": self.failure}
        if self.polls[name] <= self.n_polls_needed:
            return 200, {"id": name, "state": "dreaming"}
        return 200, {"id": name, "state": "completed", "assets": {"video": f"{self.url}/films/{name}.mp4"}}

    def film(self, name: str) -> bytes:
        """Return the film of a generation: an extension holds all that it extends."""
        number, total_s = int(name[1:]), 0
        while True:
            order = self.orders[number - 1]
            total_s += int(order["duration"].rstrip("s"))
            if "keyframes" not in order or not self.extensions_hold_all:
                return film(total_s, 40 + 20 * number)
            number = int(order["keyframes"]["frame0"]["id"][1:])


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[DreamMachine]:
    dream = DreamMachine()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self._say(*dream.order(asked))

        def do_GET(self) -> None:
            name = self.path.rsplit("/", 1)[-1]
            if name in dream.lost:
                self._say(404, {})
            elif name.startswith("generations?"):
                self._say(*dream.latest())
            elif name.endswith(".mp4"):
                body = dream.film(name.removesuffix(".mp4"))
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body)
            else:
                self._say(*dream.state(name))

        def _say(self, status: int, answer: dict[str, Any]) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    dream.url = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("LUMAAI_API_KEY", "a-key")
    monkeypatch.setenv("LUMAAI_BASE_URL", dream.url)
    monkeypatch.setattr(luma_orders, "_FIRST_POLL_S", 0.01)
    monkeypatch.setattr(luma_orders, "_BREATH_S", 0.005)
    monkeypatch.setattr(luma_orders.platformdirs, "user_cache_path", lambda _: tmp_path / "cache")
    yield dream
    server.shutdown()
    thread.join()
    server.server_close()


def request(*lengths_s: float, **changed: Any) -> VideoRequest:
    """Return a scene whose shots last so long, at 24 frames a second."""
    counts = [round(24 * length_s) for length_s in lengths_s or (2.0, 3.0)]
    shots = [
        ShotSpec(first_frame=sum(counts[:index]), n_frames=count, framing="wide")
        for index, count in enumerate(counts)
    ]
    scene = Scene(id="a", title="Rain", setting="a street", prompt="A street in the rain.")
    fields: dict[str, Any] = {
        "scene": scene, "scene_index": 0, "n_scenes": 1, "characters": [], "look": Look(height=360, fps=24),
        "seed": 3, "n_frames": sum(counts), "shots": shots,
    }  # fmt: skip
    return VideoRequest(**fields | changed)


def luma() -> VideoGenerator:
    return registry.video("luma:ray-flash-2")


def shoot(asked: VideoRequest, out: Path) -> Any:
    return luma().shoot(asked, out, lambda _: None)


def test_conforms(machine: DreamMachine, tmp_path: Path) -> None:
    check_video(luma(), request(), tmp_path)


def test_every_shot_is_an_order_of_its_own_in_the_shape_of_the_film(
    machine: DreamMachine, tmp_path: Path
) -> None:
    take = shoot(request(parameters={"resolution": "540p"}), tmp_path / "clip.mp4")
    assert [order["duration"] for order in machine.orders] == ["5s", "5s"]
    assert {order["aspect_ratio"] for order in machine.orders} == {"16:9"}
    assert {order["resolution"] for order in machine.orders} == {"540p"}
    assert {order["prompt"] for order in machine.orders} == {"Wide shot. A street in the rain."}
    assert [(piece.first_frame, piece.n_frames) for piece in take.pieces] == [(0, 120), (120, 120)]


def test_every_shot_is_told_what_is_sung_in_it_and_how_near_the_camera_stands(
    machine: DreamMachine, tmp_path: Path
) -> None:
    shots = [
        ShotSpec(first_frame=0, n_frames=24, framing="wide"),
        ShotSpec(first_frame=24, n_frames=24, framing="close"),
    ]
    wished = [Cue(first_frame=20, prompt="Red umbrellas", style="in oil")]
    shoot(request(n_frames=48, shots=shots, cues=wished), tmp_path / "clip.mp4")
    told = [order["prompt"] for order in machine.orders]
    assert told[0] == "Wide shot. A street in the rain."
    assert told[1].startswith("Close-up. Red umbrellas. in oil")


def test_a_long_shot_is_extended_from_its_own_generation(machine: DreamMachine, tmp_path: Path) -> None:
    take = shoot(request(12.0), tmp_path / "clip.mp4")
    assert [order["duration"] for order in machine.orders] == ["9s", "5s"]
    assert machine.orders[1]["keyframes"] == {"frame0": {"type": "generation", "id": "g1"}}
    assert take.n_frames == 14 * 24 and "extended" in take.lengthened


def test_an_extension_without_its_beginning_is_joined_to_it(machine: DreamMachine, tmp_path: Path) -> None:
    machine.extensions_hold_all = False
    take = shoot(request(12.0, 3.0), tmp_path / "clip.mp4")
    assert [piece.n_frames for piece in take.pieces] == [14 * 24, 5 * 24]


def test_an_order_whose_answer_was_lost_is_found_and_not_paid_again(
    machine: DreamMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(luma_orders, "_RETRY_S", 0.01)
    machine.takes_and_fails = 1
    shoot(request(3.0, 2.0), tmp_path / "clip.mp4")
    assert [order["prompt"][:4] for order in machine.orders] == ["Wide", "Wide"], "one for each shot"


def test_a_run_that_was_killed_before_the_answer_came_finds_its_order(
    machine: DreamMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(luma_orders, "_ATTEMPTS", 1)
    machine.takes_and_fails = 1
    with pytest.raises(GeneratorError, match="cannot be reached"):
        shoot(request(3.0), tmp_path / "clip.mp4")
    shoot(request(3.0), tmp_path / "clip.mp4")
    assert len(machine.orders) == 1


def test_a_film_that_is_gone_says_so_and_is_ordered_anew(machine: DreamMachine, tmp_path: Path) -> None:
    machine.lost = {"g1.mp4"}
    with pytest.raises(GeneratorError, match="no longer has the film") as caught:
        shoot(request(3.0), tmp_path / "clip.mp4")
    assert "paid, once more" in caught.value.hint
    shoot(request(3.0), tmp_path / "clip.mp4")
    assert len(machine.orders) == 2


def test_what_is_no_film_is_said(
    machine: DreamMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "film", lambda _: b"a page of some proxy")
    with pytest.raises(MediaError, match="what is no film"):
        shoot(request(3.0), tmp_path / "clip.mp4")


def test_a_stop_is_noticed_while_a_busy_server_is_asked_again(machine: DreamMachine, tmp_path: Path) -> None:
    machine.refusals = [(429, "Too many requests")] * 9
    asked = 0

    def stop(_: float) -> None:
        nonlocal asked
        asked += 1
        if asked > 3:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        luma().shoot(request(3.0), tmp_path / "clip.mp4", stop)
    assert len(machine.refusals) == 8 and not machine.orders


@pytest.mark.parametrize(
    ("needed_s", "lengths"), [(0.5, (5,)), (5.0, (5,)), (5.1, (9,)), (9.5, (9, 5)), (20.0, (9, 9, 5))]
)
def test_generations_last_at_least_as_long_as_the_shot(needed_s: float, lengths: tuple[int, ...]) -> None:
    assert lengths_for(needed_s) == lengths and sum(lengths) >= needed_s


def test_an_order_that_was_placed_is_not_placed_again(machine: DreamMachine, tmp_path: Path) -> None:
    machine.n_polls_needed = 10_000

    def stop(fraction: float) -> None:
        if fraction > 0:
            raise Cancelled("stop")

    with pytest.raises(Cancelled):
        luma().shoot(request(3.0), tmp_path / "clip.mp4", stop)
    machine.n_polls_needed = 0
    shoot(request(3.0), tmp_path / "clip.mp4")
    assert len(machine.orders) == 1, "it was paid for once"


def test_an_order_that_the_server_forgot_is_placed_again(machine: DreamMachine, tmp_path: Path) -> None:
    shoot(request(3.0), tmp_path / "clip.mp4")
    machine.orders.clear()
    shoot(request(3.0), tmp_path / "clip.mp4")
    assert len(machine.orders) == 1


def test_another_seed_is_another_order(machine: DreamMachine, tmp_path: Path) -> None:
    shoot(request(3.0), tmp_path / "clip.mp4")
    shoot(request(3.0, seed=4), tmp_path / "clip.mp4")
    assert len(machine.orders) == 2


@pytest.mark.parametrize(
    ("status", "detail", "message", "kind", "retry"),
    [
        (429, "Daily limit reached", "the daily limit is reached", GeneratorError, False),
        (400, "Prompt failed moderation", "moderation refused the prompt", GeneratorError, False),
        (400, "Insufficient credits", "the credits are used up", GeneratorError, False),
        (403, "Invalid key", "Luma refuses the key", GeneratorUnavailable, False),
        (422, "Unknown concept", "Luma refused the order", GeneratorError, False),
    ],
)
def test_refusals_are_told_apart(
    machine: DreamMachine, tmp_path: Path, status: int, detail: str, message: str, kind: type, retry: bool
) -> None:
    machine.refusals = [(status, detail)]
    with pytest.raises(kind, match=message) as caught:
        shoot(request(3.0), tmp_path / "clip.mp4")
    assert caught.value.retry is retry and not machine.orders, "asked once, and not in vain again"


def test_a_busy_server_is_asked_again_after_a_pause(
    machine: DreamMachine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(luma_orders, "_RETRY_S", 0.01)
    machine.refusals = [(429, "Too many requests"), (503, "Overloaded")]
    shoot(request(3.0), tmp_path / "clip.mp4")
    assert len(machine.orders) == 1 and not machine.refusals


def test_a_generation_that_failed_says_why_and_can_be_ordered_again(
    machine: DreamMachine, tmp_path: Path
) -> None:
    machine.failure = "frame moderation failed"
    with pytest.raises(GeneratorError, match="moderation refused the prompt") as caught:
        shoot(request(3.0), tmp_path / "clip.mp4")
    assert "prompt" in caught.value.hint
    machine.failure = ""
    shoot(request(3.0), tmp_path / "clip.mp4")
    assert len(machine.orders) == 2


def test_waiting_ends(machine: DreamMachine, tmp_path: Path) -> None:
    machine.n_polls_needed = 10_000
    with pytest.raises(GeneratorError, match="is not done after 0 s"):
        shoot(request(3.0, parameters={"wait_s": 0.05}), tmp_path / "clip.mp4")


def test_the_price_follows_length_size_and_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LUMAAI_API_KEY", "a-key")
    cheap, dear = (registry.create("video", spec) for spec in ("luma:ray-flash-2", "luma"))
    five_s = dear.estimate(request(5.0)).cost_usd  # type: ignore[attr-defined]
    assert five_s == pytest.approx(1280 * 720 * 24 * 5 / 1e6 * 0.0064)
    assert dear.estimate(request(9.0)).cost_usd == pytest.approx(five_s * 9 / 5)  # type: ignore[attr-defined]
    assert cheap.estimate(request(5.0)).cost_usd < five_s  # type: ignore[attr-defined]
    own = request(5.0, parameters={"usd_per_megapixel": 0.01})
    assert dear.estimate(own).cost_usd == pytest.approx(1280 * 720 * 24 * 5 / 1e6 * 0.01)  # type: ignore[attr-defined]


def test_without_a_key_it_says_where_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LUMAAI_API_KEY", raising=False)
    with pytest.raises(GeneratorUnavailable, match="LUMAAI_API_KEY is not set"):
        registry.video("luma")


def test_an_unknown_model_and_parameter_are_refused_by_name(machine: DreamMachine, tmp_path: Path) -> None:
    with pytest.raises(GeneratorUnavailable, match="no model 'ray-9'"):
        registry.video("luma:ray-9")
    with pytest.raises(InputError, match="no parameter 'steps'"):
        shoot(request(3.0, parameters={"steps": 3}), tmp_path / "clip.mp4")
