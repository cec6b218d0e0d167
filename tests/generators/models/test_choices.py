"""Packages, devices, parameters and seeds of models."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import Field

from storyboard.generators.models.device import Device, choose_device
from storyboard.generators.models.local_model import LocalModel
from storyboard.generators.models.packages import need
from storyboard.generators.models.parameters import parameters_of
from storyboard.generators.models.run import running
from storyboard.generators.models.seeds import generator_for, seeded
from storyboard.generators.settings import PATH_VARIABLE, ModelSettings
from storyboard.schema.document import Part
from storyboard.schema.errors import Cancelled, GeneratorError, GeneratorUnavailable, InputError


class Told(Part):
    steps: int = Field(default=30, ge=1, le=200)
    strength: float = Field(default=0.5, gt=0, le=1)
    prompt: str = ""


def test_missing_packages_are_named_with_the_command_that_installs_them() -> None:
    with pytest.raises(GeneratorUnavailable, match="not installed: no_such_torch") as caught:
        need("json", "no_such_torch", extra="gpu", where="musicgen")
    assert caught.value.hint == 'pip install "storyboard[gpu]"'


def test_parameters_that_are_given_replace_the_defaults() -> None:
    told = parameters_of(Told, {"steps": 12, "prompt": "slow"}, "generators.parameters.music")
    assert (told.steps, told.strength, told.prompt) == (12, 0.5, "slow")


@pytest.mark.parametrize(
    ("given", "where", "message"),
    [
        ({"step": 3}, "generators.parameters.music.step", "no parameter 'step'"),
        ({"steps": 0}, "generators.parameters.music.steps", "steps = 0"),
        ({"steps": "many"}, "generators.parameters.music.steps", "steps = 'many'"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name_and_the_known_ones_are_listed(
    given: dict[str, str | int], where: str, message: str
) -> None:
    with pytest.raises(InputError, match=message) as caught:
        parameters_of(Told, given, "generators.parameters.music")
    assert caught.value.where == where
    assert caught.value.hint == "known: steps (1 to 200), strength (0 to 1), prompt"


def test_a_model_keeps_to_its_packages_before_it_looks_for_weights() -> None:
    class Far(LocalModel):
        name, default_model, modules, extra, needs = "far", "ada/far", ("no_such_torch",), "gpu", ()

    with pytest.raises(GeneratorUnavailable, match="no_such_torch"):
        Far().check()
    assert Far("ada/near").model == "ada/near"


def test_auto_runs_in_full_precision_where_there_is_no_card() -> None:
    torch = pytest.importorskip("torch")
    if torch.cuda.is_available() or torch.backends.mps.is_available():
        pytest.skip("this machine has an accelerator")
    device = choose_device(ModelSettings(offload="model"))
    assert (device.name, device.torch_dtype()) == ("cpu", torch.float32)


def test_the_settings_file_chooses_device_and_precision(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch = pytest.importorskip("torch")
    settings = tmp_path / "settings.toml"
    settings.write_text('[models]\ndevice = "cpu"\ndtype = "bfloat16"\noffload = "sequential"\n')
    monkeypatch.setenv(PATH_VARIABLE, str(settings))
    device = choose_device()
    assert device == Device("cpu", "bfloat16", "sequential")
    assert device.torch_dtype() is torch.bfloat16


@pytest.mark.parametrize("name", ["cuda:99", "no such device"])
def test_a_device_that_is_not_here_is_refused(name: str) -> None:
    pytest.importorskip("torch")
    with pytest.raises(GeneratorUnavailable, match=name):
        choose_device(ModelSettings(device=name))


def test_a_card_gets_half_precision_and_a_pipeline_is_offloaded_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    torch = pytest.importorskip("torch")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    device = choose_device(ModelSettings(offload="model"))
    assert (device.name, device.torch_dtype(), device.offload) == ("cuda", torch.float16, "model")

    class Pipeline:
        calls: list[str] = []  # noqa: RUF012

        def enable_model_cpu_offload(self, device: str) -> None:
            self.calls.append(f"offload to {device}")

        def enable_sequential_cpu_offload(self, device: str) -> None:
            self.calls.append(f"sequential to {device}")

        def to(self, device: str) -> Pipeline:
            self.calls.append(f"to {device}")
            return self

    pipeline = Pipeline()
    for each in (device, Device("cuda:1", "float16", "sequential"), Device("cpu", "float32", "model")):
        assert each.place_pipeline(pipeline) is pipeline
    assert pipeline.calls == ["offload to cuda", "sequential to cuda:1", "to cpu"]


def test_a_seed_gives_the_same_noise_and_leaves_the_shared_state_alone() -> None:
    torch = pytest.importorskip("torch")
    before = torch.get_rng_state()
    cpu = Device("cpu", "float32")
    drawn = []
    for _ in range(2):
        with seeded(7, cpu):
            drawn.append(torch.rand(3).tolist())
    assert drawn[0] == drawn[1]
    assert torch.equal(before, torch.get_rng_state())
    noise = [torch.randn(3, generator=generator_for(7)).tolist() for _ in range(2)]
    assert noise[0] == noise[1]


def test_what_a_model_raises_comes_out_as_an_error_that_names_it() -> None:
    torch = pytest.importorskip("torch")
    cpu = Device("cpu", "float32")
    with pytest.raises(GeneratorError, match=r"musicgen: the model failed \(a shape is wrong\)"):
        with running("musicgen", cpu):
            raise RuntimeError("a shape is wrong\nand a long trace")
    with pytest.raises(GeneratorError, match="too little memory") as caught:
        with running("musicgen", cpu):
            raise torch.OutOfMemoryError("CUDA out of memory")
    assert "offload" in caught.value.hint
    with pytest.raises(Cancelled), running("musicgen", cpu):
        raise Cancelled("stop")
