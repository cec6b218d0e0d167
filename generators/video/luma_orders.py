"""Orders at Luma: placed once, waited for with patience, fetched, and their errors told apart."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import lumaai
import platformdirs
from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

from storyboard.generators.video.luma_films import seconds_of
from storyboard.schema.errors import Cancelled, GeneratorError, GeneratorUnavailable
from storyboard.schema.files import write_whole
from storyboard.schema.progress import OnFraction

_FIRST_POLL_S, _LONGEST_POLL_S, _GROWTH = 1.0, 10.0, 1.4
_BREATH_S = 0.2  # how soon a stop is noticed
_ATTEMPTS, _RETRY_S = 6, 0.5
_LOOKED_AT = 50  # of the server's latest generations
_GONE = (404, 410)
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

    def heed(self) -> None:
        """Report nothing new, so that a stop is noticed."""
        self._progress(self._reported)


def delivered(order: Order, folder: Path, wait_s: float, counter: Counter) -> list[Path]:
    """Place an order unless it is placed already, wait for it, and fetch its films into a folder.

    The film of an extension holds what it extends; where one does not, those before it are fetched too.
    """
    key = os.environ["LUMAAI_API_KEY"].strip()
    with lumaai.LumaAI(auth_token=key, max_retries=0) as client, _errors_told(order):
        before, urls = "", []
        for number in range(len(order.lengths_s)):
            before, url = _generated(client, order, number, before, wait_s, counter)
            urls.append(url)
            counter.next()
        fetch = partial(_fetch, order=order, heed=counter.heed)
        last = fetch(urls[-1], folder / "last.mp4")
        if len(urls) == 1 or seconds_of(last) > sum(order.lengths_s) - 1:
            return [last]
        return [*(fetch(url, folder / f"{number}.mp4") for number, url in enumerate(urls[:-1])), last]


def _generated(
    client: Any, order: Order, number: int, before: str, wait_s: float, counter: Counter
) -> tuple[str, str]:
    """Return the id of one generation of an order, and where its film is."""
    note = _note_of(order, number)
    placed = note.read_text(encoding="utf-8") if note.exists() else ""
    if placed:
        try:
            return placed, _wait(client, placed, note, wait_s, counter)
        except lumaai.NotFoundError:
            note.unlink()  # the server no longer has it
    placed = _patiently(partial(_place, client, _asked(order, number, before), note), counter.heed)
    _keep(note, placed)
    return placed, _wait(client, placed, note, wait_s, counter)


def _asked(order: Order, number: int, before: str) -> dict[str, Any]:
    asked: dict[str, Any] = asdict(order)
    del asked["lengths_s"], asked["seed"]
    if before:
        asked["keyframes"] = {"frame0": {"type": "generation", "id": before}}
    return asked | {"duration": f"{order.lengths_s[number]}s"}


def _place(client: Any, asked: dict[str, Any], note: Path) -> str:
    """Order a generation and return its id.

    An empty note says that it was asked for and no answer came: then the server may have taken it, and
    what it has is looked at before it is asked, and paid, once more.
    """
    if note.exists() and (taken := _taken(client, asked, note.parent)):
        return taken
    _keep(note, "")
    try:
        return str(client.generations.create(**asked).id)
    except lumaai.APIStatusError as error:
        if error.status_code < 500:
            note.unlink()  # it was refused
        raise


def _taken(client: Any, asked: dict[str, Any], notes: Path) -> str:
    """Return the id of a generation at the server that is what is asked for, and is no other order's."""
    known = {note.read_text(encoding="utf-8") for note in notes.iterdir()}
    try:
        latest = client.generations.list(limit=_LOOKED_AT).generations
    except lumaai.NotFoundError:
        return ""  # a server that keeps no list
    for found in latest:
        request = found.request.to_dict() if found.request else {}
        same = all(request.get(name) == asked.get(name) for name in ("prompt", "duration"))
        same = same and _extended_by(request) == _extended_by(asked)
        if same and found.id and found.id not in known and found.state != "failed":
            return str(found.id)
    return ""


def _extended_by(asked: dict[str, Any]) -> str:
    """Return the id of the generation that one extends; empty for one that begins anew."""
    return ((asked.get("keyframes") or {}).get("frame0") or {}).get("id") or ""


def _note_of(order: Order, number: int) -> Path:
    """Return the file that keeps the id of a generation, so that it is never paid for twice."""
    text = json.dumps([asdict(order), number], sort_keys=True)
    name = hashlib.sha256(text.encode()).hexdigest()[:32]
    return platformdirs.user_cache_path("storyboard") / "luma" / name


def _keep(note: Path, order_id: str) -> None:
    note.parent.mkdir(parents=True, exist_ok=True)
    write_whole(note, order_id.encode())


def _wait(client: Any, order_id: str, note: Path, wait_s: float, counter: Counter) -> str:
    """Wait until a generation is done, asking less and less often; return where its film is."""
    until_s, pause_s = time.monotonic() + wait_s, _FIRST_POLL_S
    while True:
        found = _patiently(partial(client.generations.get, order_id), counter.heed)
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


def _fetch(url: str, out: Path, order: Order, heed: Callable[[], None]) -> Path:
    def fetch() -> None:
        with httpx.stream("GET", url, timeout=60, follow_redirects=True) as answer, out.open("wb") as file:
            answer.raise_for_status()
            for chunk in answer.iter_bytes():
                file.write(chunk)
                heed()

    try:
        _patiently(fetch, heed)
    except httpx.HTTPStatusError as error:
        if error.response.status_code not in _GONE:
            raise
        for number in range(len(order.lengths_s)):
            _note_of(order, number).unlink(missing_ok=True)
        raise _final(
            "Luma no longer has the film", "run again: it is ordered, and paid, once more"
        ) from error
    return out


def _patiently(ask: Callable[[], Any], heed: Callable[[], None]) -> Any:
    """Ask, and ask again after a pause that doubles where the server is busy or cannot be reached."""
    retrying = Retrying(
        retry=retry_if_exception(_may_pass),
        wait=wait_exponential(multiplier=_RETRY_S, max=30),
        stop=stop_after_attempt(_ATTEMPTS),
        sleep=partial(_pause, heed=heed),
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
