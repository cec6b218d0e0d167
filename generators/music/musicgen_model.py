"""Load a MusicGen checkpoint and let it go on for as long as a song, a window at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import transformers
from numpy.typing import NDArray
from transformers import StoppingCriteriaList

from storyboard.generators.mix.sound import RATE_HZ, read
from storyboard.generators.models.device import Device
from storyboard.generators.models.quiet import hush
from storyboard.generators.models.seeds import seeded
from storyboard.schema.errors import InputError
from storyboard.schema.progress import OnFraction

Samples = NDArray[np.float32]

_JOIN_S = 0.05
_N_CHROMA = 12


@dataclass(frozen=True)
class Wish:
    """What is to be played, and how the tokens are drawn."""

    prompt: str
    duration_s: float
    guidance_scale: float
    temperature: float
    top_k: int
    window_s: float
    overlap_s: float
    melody: Path | None
    seed: int


def compose(folder: Path, device: Device, wish: Wish, progress: OnFraction) -> tuple[Samples, int]:
    """Return music, shape (channels, n), and its rate.

    Raises:
        InputError: a melody for a checkpoint that takes none.
        MediaError: the melody cannot be read.
    """
    model = _loaded(folder, device, wish)
    rate_hz = int(model.config.audio_encoder.sampling_rate)
    text = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)(
        wish.prompt, return_tensors="pt"
    ).to(device.name)
    melody = _read_melody(wish.melody, rate_hz) if wish.melody else None
    n_channels = int(model.config.decoder.audio_channels)
    # Each codebook of a channel is one step later than the one before it.
    n_delayed = model.config.decoder.num_codebooks // n_channels - 1
    n_token = int(model.config.audio_encoder.hop_length)
    windows = list(_windows(wish, rate_hz / n_token))
    steps = _Steps(progress, sum(n_new + n_delayed for _, n_new in windows))
    played = np.zeros((n_channels, 0), np.float32)
    with seeded(wish.seed, device), torch.inference_mode():
        for n_heard, n_new in windows:
            start = max(0, played.shape[1] - n_heard * n_token)
            inputs = {**text, **_heard(model, played[:, start:], device)}
            if melody is not None:
                inputs["input_features"] = _chroma(melody, start, wish, folder, device)
            made = model.generate(
                **inputs,
                do_sample=True,
                guidance_scale=wish.guidance_scale,
                temperature=wish.temperature,
                top_k=wish.top_k,
                max_new_tokens=n_new + n_delayed,
                stopping_criteria=StoppingCriteriaList([steps]),
            )
            played = _joined(played, made[0].float().cpu().numpy(), start, rate_hz)
    return played, rate_hz


def _loaded(folder: Path, device: Device, wish: Wish) -> Any:
    """Load the checkpoint by the class that its config asks for."""
    hush()
    config = transformers.AutoConfig.from_pretrained(folder, local_files_only=True)
    takes_melody = config.model_type == "musicgen_melody"
    if config.model_type not in ("musicgen", "musicgen_melody"):
        raise InputError(
            f"is a {config.model_type} model, not MusicGen", where=str(folder), hint="choose another model"
        )
    if wish.melody and not takes_melody:
        raise InputError(
            "this checkpoint follows no melody",
            where="generators.parameters.music.melody",
            hint="choose musicgen:facebook/musicgen-melody, or leave the parameter out",
        )
    kind = (
        transformers.MusicgenMelodyForConditionalGeneration
        if takes_melody
        else transformers.MusicgenForConditionalGeneration
    )
    return device.place_model(kind.from_pretrained(folder, dtype=device.torch_dtype(), local_files_only=True))


def _windows(wish: Wish, tokens_per_s: float) -> Iterator[tuple[int, int]]:
    """Yield for every window how many tokens of what was played it hears, and how many it adds."""
    n_window = round(wish.window_s * tokens_per_s)
    n_overlap = min(round(wish.overlap_s * tokens_per_s), n_window // 2)
    n_left, n_heard = int(np.ceil(wish.duration_s * tokens_per_s)), 0
    while n_left > 0:
        n_new = min(n_left, n_window - n_heard)
        yield n_heard, n_new
        n_left, n_heard = n_left - n_new, n_overlap


class _Steps:
    """A stopping criterion that counts tokens over all windows and never stops.

    An exception of the callback ends the generation.
    """

    def __init__(self, progress: OnFraction, n_steps: int) -> None:
        self._progress, self._n_steps, self._done = progress, n_steps, 0

    def __call__(self, input_ids: Any, scores: Any, **kwargs: Any) -> Any:
        self._done += 1
        self._progress(min(1.0, self._done / self._n_steps))
        return torch.zeros(input_ids.shape[0], dtype=torch.bool, device=input_ids.device)


def _heard(model: Any, played: Samples, device: Device) -> dict[str, Any]:
    """Return the end of what was played as tokens, channels in turn, which the decoder goes on from."""
    if not played.shape[1]:
        return {}
    codes = [
        model.audio_encoder.encode(
            torch.from_numpy(channel[None, None]).to(device.name, device.torch_dtype())
        ).audio_codes[0, 0]
        for channel in played
    ]
    in_turn = torch.stack(codes, dim=1).flatten(0, 1)
    return {"decoder_input_ids": in_turn}


def _joined(played: Samples, made: Samples, start: int, rate_hz: int) -> Samples:
    """Go over from what was played to what was made, which begins at `start` with the same music."""
    heard = played.shape[1] - start
    n_join = min(round(_JOIN_S * rate_hz), heard, made.shape[1])
    if not n_join:
        return np.concatenate([played, made], axis=1)
    first = heard - n_join
    up = np.linspace(0.0, 1.0, n_join, dtype=np.float32)
    over = played[:, start + first :] * (1 - up) + made[:, first:heard] * up
    return np.concatenate([played[:, : start + first], over, made[:, heard:]], axis=1)


def _read_melody(path: Path, rate_hz: int) -> Samples:
    import librosa

    return np.asarray(librosa.resample(read(path, 1)[0], orig_sr=RATE_HZ, target_sr=rate_hz), np.float32)


def _chroma(melody: Samples, start: int, wish: Wish, folder: Path, device: Device) -> Any:
    """Return the loudest of the twelve notes in every frame of a window, one-hot, (1, frames, 12).

    As the checkpoint was trained: Copet et al. 2023, section 2.3, with the sizes that its
    preprocessor_config.json names. A melody that ends before the song begins again.
    """
    from transformers.audio_utils import chroma_filter_bank

    config = folder / "preprocessor_config.json"
    sizes = json.loads(config.read_text()) if config.is_file() else {}
    rate_hz, n_fft = int(sizes.get("sampling_rate", 32_000)), int(sizes.get("n_fft", 16_384))
    n_window = max(n_fft, round(wish.window_s * rate_hz))
    window = torch.from_numpy(np.take(melody, np.arange(start, start + n_window), mode="wrap"))
    spectrum = torch.stft(
        window,
        n_fft,
        hop_length=int(sizes.get("hop_length", 4096)),
        window=torch.hann_window(n_fft),
        return_complex=True,
    )
    filters = chroma_filter_bank(num_frequency_bins=n_fft, num_chroma=_N_CHROMA, sampling_rate=rate_hz)
    notes = torch.from_numpy(np.asarray(filters, np.float32)) @ spectrum.abs() ** 2
    one_hot = torch.nn.functional.one_hot(notes.argmax(dim=0), _N_CHROMA)
    return one_hot[None].to(device.name, device.torch_dtype())
