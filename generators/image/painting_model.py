"""What every generator shares that paints with a checkpoint of diffusers: its parts, and portraits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from storyboard.generators.image.checkpoint import Checkpoint
from storyboard.generators.models.device import Device
from storyboard.generators.models.held import hold
from storyboard.generators.models.local_model import Companion, LocalModel
from storyboard.generators.models.quiet import hush
from storyboard.generators.models.tiers import Tier
from storyboard.generators.models.weights import Weights, find_weights, pull_weights
from storyboard.generators.video.diffusion.portraits import ip_adapter_of, is_here, load_ip_adapter
from storyboard.schema.errors import GeneratorUnavailable
from storyboard.schema.progress import OnFraction

_PARTS = (
    "unet", "transformer", "transformer_2", "vae", "scheduler", "prior", "decoder", "vqgan", "connectors",
    "text_encoder", "text_encoder_2", "text_encoder_3", "tokenizer", "tokenizer_2", "tokenizer_3",
    "image_encoder", "feature_extractor", "processor",
)  # fmt: skip


class PaintingModel(LocalModel):
    """A text-to-image model, with the IP-Adapter where that fits it and is on this machine."""

    default_model: ClassVar[str] = "stable-diffusion-v1-5/stable-diffusion-v1-5"
    modules: ClassVar[Sequence[str]] = ("torch", "diffusers", "transformers", "accelerate")
    extra: ClassVar[str] = "gpu"
    needs: ClassVar[Sequence[str]] = ("model_index.json",)
    files: ClassVar[Sequence[str] | None] = ("model_index.json", *(f"{part}/*" for part in _PARTS))

    @property
    def uses_portraits(self) -> bool:
        """Whether its characters take after their portraits: the model can, and the adapter is here."""
        return bool(self.companions)

    @property
    def companions(self) -> Mapping[str, Companion]:
        """The IP-Adapter, where it is on this machine: pictures can be painted without."""
        adapter = ip_adapter_of(self.model)
        return {"portraits": adapter} if self._takes_portraits and is_here(adapter) else {}

    def weights(self) -> Weights:
        """Return the weights on this machine; raises GeneratorUnavailable where a part of them is missing."""
        found = super().weights()
        return find_weights(self.model, self.spec, self.name, Checkpoint(found.path).needs)

    def pull(self, progress: OnFraction) -> None:
        """Fetch the weights from the hub, and the IP-Adapter with those that it fits."""
        super().pull(lambda done: progress(0.8 * done))
        adapter = ip_adapter_of(self.model)
        if self._takes_portraits and not is_here(adapter):
            files = (*(adapter.files or ()), "README.md")
            pull_weights(adapter.model, lambda done: progress(0.8 + 0.2 * done), files)
        progress(1.0)

    def loaded(self, kind: Any, dtype: Any) -> Any:
        """Return a pipeline of some kind, loaded from the weights, not placed, with the IP-Adapter.

        Args:
            kind: a class of diffusers.
            dtype: a number format of torch.
        """
        folder = self.weights().path
        unused = {"safety_checker": None} if Checkpoint(folder).has_safety_checker else {}
        pipeline = kind.from_pretrained(folder, dtype=dtype, local_files_only=True, **unused)
        if "portraits" in self.companions:
            load_ip_adapter(pipeline, self.companion("portraits").path)
        return pipeline

    def held(self, kind: str, device: Device, tier: Tier) -> Any:
        """Return a pipeline of some kind on its device, the one that is loaded already where it is the same.

        Args:
            kind: the name of a class of diffusers; always the same for one generator.
            device: where it runs.
            tier: how it is spread over the device's memory.
        """

        def load() -> Any:
            import diffusers

            hush()
            return tier.place(self.loaded(getattr(diffusers, kind), device.torch_dtype()), device)

        return hold((self.spec, self.revision, device, tier), load)

    @property
    def _takes_portraits(self) -> bool:
        """Whether the weights are here, and of the family that the IP-Adapter fits."""
        try:
            return Checkpoint(super().weights().path).is_stable_diffusion_1
        except GeneratorUnavailable:
            return False
