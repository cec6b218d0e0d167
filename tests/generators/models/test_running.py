"""One model is held; memory is given back when a run fails, and an unsure model is given up."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator
from typing import Any

import pytest

from storyboard.generators.models.device import Device
from storyboard.generators.models.held import alone, hold, release
from storyboard.generators.models.run import ran_out_of_memory, running, within_memory
from storyboard.schema.errors import Cancelled, GeneratorError

torch = pytest.importorskip("torch")

CPU = Device("cpu", "float32")


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    release()
    yield
    release()


class Model:
    """Stands for gigabytes."""


def test_one_model_is_held_and_the_one_before_goes_first() -> None:
    first = hold("one", Model)
    assert hold("one", Model) is first
    gone = weakref.ref(first)
    del first

    def load() -> Model:
        assert gone() is None, "both would need memory at once"
        return Model()

    hold("other", load)


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory"),
        MemoryError(),
        RuntimeError("MPS backend out of memory"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes"),
        RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
        RuntimeError("CUDA error: CUBLAS_STATUS_NOT_INITIALIZED when calling `cublasCreate(handle)`"),
        RuntimeError("Triton Error: CUDA_ERROR_OUT_OF_MEMORY"),
    ],
)
def test_too_little_memory_is_known_by_whatever_says_it(error: Exception) -> None:
    def run() -> None:
        raise error

    assert ran_out_of_memory(error)
    assert within_memory(run) is None
    with pytest.raises(GeneratorError, match="too little memory"), running("svd", CPU):
        run()


def test_other_errors_are_not_taken_for_it() -> None:
    assert not ran_out_of_memory(RuntimeError("a shape is wrong"))
    with pytest.raises(ZeroDivisionError):
        within_memory(lambda: 1 // 0)


def failing(error: Exception, seen: list[Any]) -> None:
    model = Model()
    seen.append(weakref.ref(model))
    raise error


def test_what_did_not_fit_is_free_when_the_smaller_run_begins() -> None:
    seen: list[Any] = []
    within_memory(lambda: failing(MemoryError(), seen))
    assert seen[0]() is None


@pytest.mark.parametrize("error", [RuntimeError("broken"), MemoryError(), Cancelled("stop")])
def test_an_error_that_is_kept_does_not_keep_the_memory_of_its_run(error: Exception) -> None:
    seen: list[Any] = []
    with pytest.raises((GeneratorError, Cancelled)) as caught, running("svd", CPU):
        failing(error, seen)
    gc.collect()
    assert caught.value is not None and seen[0]() is None


def test_a_model_that_failed_is_given_up_and_one_that_was_stopped_is_kept() -> None:
    model = hold("one", Model)
    with pytest.raises(Cancelled), running("svd", CPU):
        raise Cancelled("stop")
    assert hold("one", Model) is model
    with pytest.raises(GeneratorError), running("svd", CPU):
        raise RuntimeError("an illegal memory access")
    assert hold("one", Model) is not model


def test_only_one_thread_runs_the_held_model() -> None:
    inside: list[str] = []

    def other() -> None:
        with alone():
            inside.append("other")

    with alone():
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(timeout=0.05)
        inside.append("this")
        with alone():
            hold("one", Model)
    thread.join()
    assert inside == ["this", "other"]
