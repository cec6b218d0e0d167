"""Orders at Luma: placed once, waited for with patience, fetched, and their errors told apart."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import lumaai
import platformdirs
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from storyboard.schema.errors import Cancelled, GeneratorError, GeneratorUnavailable
from storyboard.schema.progress import OnFraction

_FIRST_POLL_S, _LONGEST_POLL_S, _GROWTH = 1.0, 10.0, 1.4
_BREATH_S = 0.2  # how soon a stop is noticed
_ATTEMPTS, _RETRY_S = 6, 0.5
_DREAMING = {"queued": 0.05, "dreaming": 0.4}
"""How much of a generation is done in each state: the server says no more."""


@dataclass(frozen=True)
class Order:
    """What one shot is: its prompt and the lengths in seconds of its generations, each extending the last."""

    model: str
    prompt: str
    aspect_ratio: str
    resolution: str
    lengths_s: tuple[int, ...]
    seed: int


class Counter:
    """Progress over a known number of generations."""

    def __init__(self, progress: OnFraction, n_generations: int) -> None:
        self._progress, self._n, self._done, self._reported = progress, n_generations, 0, 0.0

    def part(self, fraction: float) -> None:
        """Report how much of the present generation is done."""
        self._reported = max(self._reported, min(1.0, (self._done + fraction) / self._n))
        self._progress(self._reported)

    def next(self) -> None:
        """Report that one is done."""
        self._done += 1
        self.part(0.0)


def delivered(order: Order, out: Path, wait_s: float, counter: Counter) -> Path:
    """Place an order unless it is placed already, wait for it, and fetch the film of its last generation."""
    with lumaai.LumaAI(max_retries=0) as client, _errors_told(order):
        before = url = ""
        for number in range(len(order.lengths_s)):
            before, url = _generated(client, order, number, before, wait_s, counter)
            counter.next()
        _fetch(url, out)
    return out


def _generated(
    client: Any, order: Order, number: int, before: str, wait_s: float, counter: Counter
) -> tuple[str, str]:
    """Return the id of one generation of an order, and where its film is."""
    note = _note_of(order, number)
    if note.exists():
        try:
            return note.read_text(), _wait(client, note.read_text(), note, wait_s, counter)
        except lumaai.NotFoundError:
            note.unlink()  # the server no longer has it
    placed = _patiently(partial(_create, client, order, order.lengths_s[number], before))
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(placed.id)
    return placed.id, _wait(client, placed.id, note, wait_s, counter)


def joined(files: Sequence[Path], out: Path, fps: int) -> list[int]:
    """Write several films as one clip, and return how many frames each of them has."""
    import av
    import cv2
    import numpy as np

    from storyboard.generators.video.encode import encoding

    counts: list[int] = []
    with av.open(str(files[0])) as first:
        width, height = (side - side % 2 for side in _size(first))
    with encoding(out, width, height, fps) as encoder:
        for path in files:
            counts.append(0)
            with av.open(str(path)) as film:
                for frame in film.decode(video=0):
                    picture = frame.to_ndarray(format="rgb24", width=width, height=height)
                    planes = cv2.cvtColor(picture, cv2.COLOR_RGB2YUV_I420)
                    encoder.write(np.asarray(planes, np.uint8), keyframe=counts[-1] == 0)
                    counts[-1] += 1
    return counts


def _size(film: Any) -> tuple[int, int]:
    stream = film.streams.video[0]
    return stream.codec_context.width, stream.codec_context.height


def _create(client: Any, order: Order, length_s: int, before: str) -> Any:
    asked: dict[str, Any] = asdict(order)
    del asked["lengths_s"], asked["seed"]
    if before:
        asked["keyframes"] = {"frame0": {"type": "generation", "id": before}}
    return client.generations.create(**asked, duration=f"{length_s}s")


def _note_of(order: Order, number: int) -> Path:
    """Return the file that keeps an order's id until its film has been stored."""
    text = json.dumps([asdict(order), number], sort_keys=True)
    name = hashlib.sha256(text.encode()).hexdigest()[:32]
    return platformdirs.user_cache_path("storyboard") / "luma" / name


def _wait(client: Any, order_id: str, note: Path, wait_s: float, counter: Counter) -> str:
    """Wait until a generation is done, asking less and less often; return where its film is."""
    until_s, pause_s = time.monotonic() + wait_s, _FIRST_POLL_S
    while True:
        found = _patiently(partial(client.generations.get, order_id))
        if found.state == "completed" and found.assets and found.assets.video:
            return str(found.assets.video)
        if found.state == "failed":
            note.unlink(missing_ok=True)  # another try is another order
            raise _refused(found.failure_reason or "the server gives no reason")
        if time.monotonic() > until_s:
            raise GeneratorError(
                f"the generation {order_id} is not done after {wait_s:.0f} s",
                hint="run again to go on waiting, or set wait_s",
            )
        _pause(pause_s, partial(counter.part, _DREAMING.get(found.state, 0.0)))
        pause_s = min(_LONGEST_POLL_S, pause_s * _GROWTH)


def _pause(seconds: float, heed: Callable[[], None]) -> None:
    until_s = time.monotonic() + seconds
    while (left_s := until_s - time.monotonic()) > 0:
        heed()
        time.sleep(min(_BREATH_S, left_s))


def _fetch(url: str, out: Path) -> None:
    def fetch() -> None:
        with httpx.stream("GET", url, timeout=60, follow_redirects=True) as answer, out.open("wb") as file:
            answer.raise_for_status()
            for chunk in answer.iter_bytes():
                file.write(chunk)

    _patiently(fetch)


def _patiently(ask: Callable[[], Any]) -> Any:
    """Ask, and ask again after a pause that doubles where the server is busy or cannot be reached."""
    retrying = Retrying(
        retry=retry_if_exception(_may_pass),
        wait=wait_exponential(multiplier=_RETRY_S, max=30),
        stop=stop_after_attempt(_ATTEMPTS),
        reraise=True,
    )
    return retrying(ask)


def _may_pass(error: BaseException) -> bool:
    if isinstance(error, lumaai.RateLimitError):
        return not _is_daily(error.message)
    kinds = (lumaai.APIConnectionError, lumaai.InternalServerError, httpx.TransportError)
    return isinstance(error, kinds) or (
        isinstance(error, httpx.HTTPStatusError) and error.response.status_code >= 500
    )


def _is_daily(message: str) -> bool:
    return any(word in message.lower() for word in ("daily", "per day", "quota", "monthly"))


def _refused(reason: str) -> GeneratorError:
    if "moderat" in reason.lower() or "safety" in reason.lower():
        return _final(f"Luma's moderation refused the prompt ({reason})", "change this scene's prompt")
    return GeneratorError(f"Luma could not make it ({reason})", hint="run again; another take may do")


def _final(message: str, hint: str) -> GeneratorError:
    error = GeneratorError(message, hint=hint)
    error.retry = False
    return error


@contextmanager
def _errors_told(order: Order) -> Iterator[None]:
    """Say what an error of the client means to the user."""
    try:
        yield
    except (GeneratorError, Cancelled) as error:
        error.where = error.where or f"luma ({order.model})"
        raise
    except (lumaai.LumaAIError, httpx.HTTPError) as error:
        told = _told(error)
        told.where = f"luma ({order.model})"
        raise told from error


def _told(error: Exception) -> GeneratorError:
    said = (str(error).strip() or type(error).__name__).splitlines()[0][:300]
    if isinstance(error, (lumaai.AuthenticationError, lumaai.PermissionDeniedError)):
        return GeneratorUnavailable("Luma refuses the key", hint="check LUMAAI_API_KEY")
    if "credit" in said.lower():
        return _final("the credits are used up", "buy some, then run again: what was made is kept")
    if isinstance(error, lumaai.RateLimitError):
        if _is_daily(said):
            return _final("the daily limit is reached", "run again tomorrow: what was made is kept")
        return GeneratorError("Luma is busy and stays so", hint="run again later: what was made is kept")
    if isinstance(error, lumaai.APIStatusError) and error.status_code < 500:
        return _refused(said) if "moderat" in said.lower() else _final(f"Luma refused the order ({said})", "")
    return GeneratorError(f"Luma cannot be reached ({said})", hint="run again: what was made is kept")
