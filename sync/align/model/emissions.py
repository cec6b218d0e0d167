"""What an acoustic model hears, frame by frame, in windows so that memory does not grow with the song."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from storyboard.schema.errors import SystemRequirementError
from storyboard.schema.progress import OnFraction
from storyboard.sync.align.model.languages import bare_code, three_letters
from storyboard.sync.align.model.vocabulary import Vocabulary

Floats = NDArray[np.float32]

RATE_HZ = 16_000
_KEPT_S, _CONTEXT_S = 26.0, 2.0  # a window is 30 s; what lies at its edges is heard twice and kept once
_FILES = ("config.json", "preprocessor_config.json", "vocab.json")


@dataclass(frozen=True)
class CtcModel:
    """A loaded model.

    Attributes:
        vocabulary: what its outputs mean.
        hop: samples from one frame to the next.
        field: samples that a frame is made of, besides the context.
        level: brings sound to the loudness that the model was trained on.
        predict: log-probabilities (n_frames, n_letters) of sound.
    """

    vocabulary: Vocabulary
    hop: int
    field: int
    level: Callable[[Floats], Floats]
    predict: Callable[[Floats], Floats]

    @property
    def frame_s(self) -> float:
        """The seconds from one frame to the next."""
        return self.hop / RATE_HZ

    @property
    def offset_s(self) -> float:
        """When the first frame begins, if each is as long as a hop around the middle of its field."""
        return (self.field - self.hop) / 2 / RATE_HZ


def load_model(folder: Path, language: str, *, device: str = "auto", dtype: str = "auto") -> CtcModel:
    """Load a CTC model for transformers: wav2vec 2.0, HuBERT or WavLM, or MMS with the adapter of a language.

    Args:
        folder: with config.json, preprocessor_config.json, vocab.json and the weights.
        language: of the lyrics, as "en" or "pt-BR".
        device: of torch; "auto" is the card where there is one.
        dtype: of torch; "auto" is float16 on CUDA, else float32.

    Raises:
        SystemRequirementError: torch or transformers are missing, or the folder does not hold such a
            model or lacks the adapter of the language.
    """
    _need("torch", "transformers")
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        raise SystemRequirementError(
            f"lacks {', '.join(missing)}", where=str(folder), hint="give a folder with a CTC model"
        )
    try:
        return _loaded(folder, language, device, dtype)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise SystemRequirementError(
            f"the acoustic model cannot be loaded ({said})", where=str(folder), hint="pull it again"
        ) from error


def emissions(model: CtcModel, sound: Floats, on_fraction: OnFraction) -> Floats:
    """Return log-probabilities (n_frames, n_letters) of mono sound at 16 kHz.

    Each window is heard with two seconds on either side of what is kept of it.
    """
    levelled = model.level(sound)
    n_frames = max(0, 1 + (len(levelled) - model.field) // model.hop)
    kept, context = round(_KEPT_S / model.frame_s), round(_CONTEXT_S / model.frame_s)
    parts = []
    for first in range(0, n_frames, kept):
        end = min(n_frames, first + kept)
        early, late = max(0, first - context), min(n_frames, end + context)
        heard = model.predict(levelled[early * model.hop : (late - 1) * model.hop + model.field])
        parts.append(heard[first - early : end - early])
        on_fraction(end / n_frames)
    return np.concatenate(parts) if parts else np.zeros((0, 1), np.float32)


def _need(*packages: str) -> None:
    missing = [name for name in packages if find_spec(name) is None]
    if missing:
        raise SystemRequirementError(
            f"not installed: {', '.join(missing)}",
            where="acoustic model",
            hint='pip install "storyboard[listening]"',
        )


def _loaded(folder: Path, language: str, device: str, dtype: str) -> CtcModel:
    import torch
    import transformers

    talk: Any = transformers.utils.logging
    talk.set_verbosity_error()
    talk.disable_progress_bar()
    name = _device_name(torch) if device == "auto" else device
    number = ("float16" if name.startswith("cuda") else "float32") if dtype == "auto" else dtype
    extractor = transformers.Wav2Vec2FeatureExtractor.from_pretrained(folder, local_files_only=True)
    tokenizer = transformers.Wav2Vec2CTCTokenizer.from_pretrained(folder, local_files_only=True)
    model = transformers.AutoModelForCTC.from_pretrained(
        folder, local_files_only=True, dtype=getattr(torch, number)
    )
    if getattr(model.config, "adapter_attn_dim", None) is not None:
        _adapt(model, tokenizer, language, folder)
    model = model.to(name).eval()

    def level(sound: Floats) -> Floats:
        made = extractor(sound, sampling_rate=RATE_HZ, return_tensors="np", return_attention_mask=False)
        return np.asarray(made["input_values"][0], np.float32)

    def predict(sound: Floats) -> Floats:
        with torch.inference_mode():
            heard = torch.from_numpy(sound)[None].to(name, getattr(torch, number))
            logits = model(heard).logits[0].float()
            return np.asarray(torch.log_softmax(logits, dim=-1).cpu().numpy(), np.float32)

    hop, field = _geometry(model.config)
    return CtcModel(_vocabulary(tokenizer, model.config), hop, field, level, predict)


def _device_name(torch: Any) -> str:
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def _adapt(model: Any, tokenizer: Any, language: str, folder: Path) -> None:
    """Give a multilingual model the letters and the adapter of a language."""
    code = three_letters(language)
    found = sorted(lang for lang in tokenizer.vocab if lang == code or lang.startswith(f"{code}-script_"))
    adapters = [lang for lang in found if any(folder.glob(f"adapter.{lang}.*"))]
    if not adapters:
        raise SystemRequirementError(
            f"has no adapter for the language {language!r} ({code})",
            where=str(folder),
            hint=f"storyboard pull mms:{bare_code(language)}",
        )
    tokenizer.set_target_lang(adapters[0])
    model.load_adapter(adapters[0], local_files_only=True)


def _vocabulary(tokenizer: Any, config: Any) -> Vocabulary:
    """Return the letters of a tokenizer: its entries of one character."""
    ids = {str(token): int(index) for token, index in tokenizer.encoder.items()}
    letters = {token: index for token, index in ids.items() if len(token) == 1 and token not in "|*"}
    return Vocabulary(letters, ids.get("<blank>", int(config.pad_token_id)), ids.get("|"))


def _geometry(config: Any) -> tuple[int, int]:
    """Return the hop and the field of the convolutions that make frames of samples."""
    hop, field = 1, 1
    for kernel, stride in zip(config.conv_kernel, config.conv_stride, strict=True):
        field += (kernel - 1) * hop
        hop *= stride
    return hop, field
