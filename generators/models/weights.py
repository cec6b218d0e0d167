"""Find the weights of a model on this machine, and fetch them when, and only when, that is asked for.

A model is a folder, or an id of the Hugging Face hub, ORG/NAME or ORG/NAME@REVISION, that is looked up
in the hub's cache on this machine. Only `pull_weights` reaches for the network.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from storyboard.generators.models.packages import need
from storyboard.schema.errors import GeneratorUnavailable
from storyboard.schema.progress import OnFraction
from storyboard.schema.provenance import ModelUsed

_WHOLE_BYTES = 1 << 20  # files up to this size are read whole for the digest of a folder
_SAMPLES, _SAMPLE_BYTES = 16, 1 << 16  # larger ones in this many places, this many bytes at each


@dataclass(frozen=True)
class Weights:
    """A folder of weights, and which they are: the hub's commit, or a digest of the folder."""

    path: Path
    revision: str

    def used(self, model: str, device: str, dtype: str) -> ModelUsed:
        """Return the record of a run; of a folder it keeps only the name."""
        name = self.path.resolve().name if is_folder(model) else model.partition("@")[0]
        return ModelUsed(
            id=name, revision=self.revision, device=device, dtype=dtype, licence=licence_of(self.path)
        )


def licence_of(folder: Path) -> str:
    """Return the licence that a model's own card names; empty where it names none."""
    card = folder / "README.md"
    if not card.is_file():
        return ""
    need("huggingface_hub", extra="gpu", where=str(folder))
    from huggingface_hub import metadata_load

    try:
        told = metadata_load(card) or {}
    except Exception:  # whatever a parser says of somebody's card, the weights run without it
        return ""
    named = told.get("license_name") or told.get("license") or ""
    return ", ".join(str(each) for each in (named if isinstance(named, list) else [named]))[:200]


def find_weights(model: str, generator: str, where: str, needs: Sequence[str] = ()) -> Weights:
    """Find a model's weights on this machine.

    Args:
        model: a folder, or ORG/NAME or ORG/NAME@REVISION of the hub.
        generator: what `storyboard pull` would be given for it, NAME or NAME:MODEL.
        where: what needs the weights, for the error.
        needs: patterns of files that must be there ("model_index.json", "*.safetensors|*.bin").

    Raises:
        GeneratorUnavailable: the model or one of its files is missing, with the command that fetches it.
    """
    if is_folder(model):
        folder = Path(model).expanduser()
        if not folder.is_dir():
            raise GeneratorUnavailable(f"there is no folder {model}", where=where, hint="check the path")
        _check_files(folder, needs, model, where, f"complete the folder {model}")
        return Weights(folder, _digest_of(folder))
    hint = f"storyboard pull {generator}"
    folder = _cached(model, where, hint)
    _check_files(folder, needs, model, where, hint)
    return Weights(folder, folder.name)


def file_weights(file: Path, where: str) -> Weights:
    """Return the weights of a model that is one file, wherever it lies.

    Raises:
        GeneratorUnavailable: there is no such file.
    """
    if not file.is_file():
        raise GeneratorUnavailable(f"there is no file {file}", where=where, hint="check the path")
    stat = file.stat()
    return Weights(file, _digest(str(file.parent), ((str(file), stat.st_size, stat.st_mtime_ns),)))


def pull_weights(model: str, progress: OnFraction, allow_patterns: Sequence[str] | None = None) -> Weights:
    """Download what is missing of a model into the hub's cache; a folder is left as it is.

    Where a model comes in several formats, safetensors are taken.

    Args:
        model: a folder, or ORG/NAME or ORG/NAME@REVISION of the hub.
        progress: receives the fraction of the bytes that are here; may raise Cancelled. What came by
            then is kept, and the next pull goes on from there.
        allow_patterns: which files of the repository are wanted; None: all.

    Raises:
        GeneratorUnavailable: huggingface_hub is not installed, or the folder is not there.
        GeneratorError: the hub has no such model, it cannot be reached, or the disk is full.
    """
    if is_folder(model):
        return find_weights(model, model, model)
    need("huggingface_hub", extra="gpu", where=model)
    from storyboard.generators.models.download import download

    download(model, progress, allow_patterns)
    return find_weights(model, model, model)


def is_folder(model: str) -> bool:
    """Whether a model is named by a folder on this machine, be it there or not."""
    return (
        Path(model).expanduser().is_dir() or model.startswith((".", "/", "~", "\\")) or model.count("/") > 1
    )


def _cached(model: str, where: str, hint: str) -> Path:
    """Return the snapshot of a hub model in the cache on this machine."""
    need("huggingface_hub", extra="gpu", where=where)
    from huggingface_hub import constants

    name, _, revision = model.partition("@")
    stored = Path(constants.HF_HUB_CACHE) / f"models--{name.replace('/', '--')}"
    ref = stored / "refs" / (revision or "main")
    commit = ref.read_text().strip() if ref.is_file() else revision
    snapshot = stored / "snapshots" / commit
    if not commit or not snapshot.is_dir():
        raise GeneratorUnavailable(f"the weights of {model} are not on this machine", where=where, hint=hint)
    return snapshot


def _check_files(folder: Path, needs: Sequence[str], model: str, where: str, hint: str) -> None:
    missing = [
        patterns.replace("|", " or ")
        for patterns in needs
        if not any(next(folder.glob(pattern), None) for pattern in patterns.split("|"))
    ]
    missing += _missing_shards(folder)
    if missing:
        raise GeneratorUnavailable(f"{model} lacks {', '.join(missing)}", where=where, hint=hint)


def _missing_shards(folder: Path) -> list[str]:
    """Name the files that an index of sharded weights lists and that are not there."""
    missing = set()
    for index in folder.rglob("*.index.json"):
        try:
            shards = json.loads(index.read_bytes()).get("weight_map", {}).values()
        except (ValueError, AttributeError):
            return [f"a readable {index.relative_to(folder)}"]
        beside = {str(shard) for shard in shards if not (index.parent / str(shard)).exists()}
        if len(beside) == len(set(shards)):
            continue  # another format of the same weights, not fetched
        missing |= {str((index.parent / shard).relative_to(folder)) for shard in beside}
    return sorted(missing)


def _digest_of(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    stats = [(path, path.stat()) for path in files]
    return _digest(str(folder), tuple((str(path), stat.st_size, stat.st_mtime_ns) for path, stat in stats))


@lru_cache(maxsize=64)
def _digest(folder: str, files: tuple[tuple[str, int, int], ...]) -> str:
    """Digest names, sizes and content; of large files, places spread over the whole file."""
    digest = hashlib.sha256()
    for path, size, _ in files:
        digest.update(f"{os.path.relpath(path, folder)}\0{size}\0".encode())
        with open(path, "rb") as file:
            if size <= _WHOLE_BYTES:
                digest.update(file.read())
                continue
            for place in range(_SAMPLES):
                file.seek((size - _SAMPLE_BYTES) * place // (_SAMPLES - 1))
                digest.update(file.read(_SAMPLE_BYTES))
    return f"sha256:{digest.hexdigest()[:32]}"
