"""Where a coqui model lies on this machine, and how it is fetched.

Coqui keeps its models in a folder of its own, or in the hub's cache; which, its catalogue says. Only
`pull_model` reaches for the network.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import platformdirs

from storyboard.generators.models.packages import need
from storyboard.generators.models.weights import Weights, find_weights
from storyboard.schema.errors import GeneratorUnavailable

WHERE = "yourtts"
DEFAULT = "tts_models/multilingual/multi-dataset/your_tts"
_KIND = "tts_models/"
_CHECKPOINTS = ("model_file.pth", "model_file.pth.tar", "model.pth", "best_model.pth", "checkpoint.pth")
_IN_PARTS = ("text_2.pt", "autoregressive.pth")  # of models whose checkpoint is a folder
_NOT_CHECKPOINTS = ("model_se", "speakers", "speaker_ids", "language_ids", "dvae", "mel_stats", "hubert")
# The files beside a model that its config names by their place on the machine it was trained on.
_COMPANIONS = {
    "d_vector_file": ("speakers.json", "speakers.pth"),
    "speakers_file": ("speaker_ids.json", "speaker_ids.pth", "speakers.pth", "speakers_xtts.pth"),
    "language_ids_file": ("language_ids.json",),
    "speaker_encoder_model_path": ("model_se.pth", "model_se.pth.tar"),
    "speaker_encoder_config_path": ("config_se.json",),
    "stats_path": ("scale_stats.npy",),
}


@dataclass(frozen=True)
class ModelFiles:
    """The files of a model, what they are exactly, and the vocoder that it speaks through.

    `language` is that of the catalogue for a model of one language; empty where nobody says.
    """

    checkpoint: Path
    config: Path
    revision: str
    vocoder: ModelFiles | None = None
    language: str = ""

    def local_config(self) -> dict[str, Any]:
        """Return the config with the paths that its companions have on this machine."""
        config: dict[str, Any] = json.loads(self.config.read_text(encoding="utf-8"))
        for part in (config, config.get("model_args") or {}, config.get("audio") or {}):
            for field, usual in _COMPANIONS.items():
                if field in part:
                    _point_to(part, field, self.config.parent, usual)
        return config


def home() -> Path:
    """Return the folder in which coqui keeps its models: under TTS_HOME where that is set."""
    for variable in ("TTS_HOME", "XDG_DATA_HOME"):
        if variable in os.environ:
            return Path(os.environ[variable]).expanduser().resolve() / "tts"
    return platformdirs.user_data_path("tts", appauthor=False)


def catalogue_path() -> Path:
    """Return coqui's own list of its models; it is read without importing coqui."""
    need("TTS", extra="voices", where=WHERE)
    found = find_spec("TTS")
    assert found and found.submodule_search_locations
    return Path(next(iter(found.submodule_search_locations))) / ".models.json"


def entry_of(name: str) -> dict[str, Any]:
    """Return what the catalogue says of KIND/LANGUAGE/DATASET/MODEL.

    Raises:
        GeneratorUnavailable: it has no such model; the hint names near ones.
    """
    if name.startswith(_KIND) and "/fairseq/" in name:
        return {}  # a thousand languages, which the catalogue does not list
    entries = dict(_entries())
    if name not in entries:
        near = get_close_matches(name, entries, n=4, cutoff=0.3)
        hint = f"near it are {', '.join(near)}; or give a folder with config.json and a model in it"
        raise GeneratorUnavailable(f"coqui has no model {name!r}", where=WHERE, hint=hint)
    return entries[name]


def find_model(model: str) -> ModelFiles:
    """Find a model on this machine.

    Args:
        model: tts_models/LANGUAGE/DATASET/MODEL of coqui's catalogue, or a folder.

    Raises:
        GeneratorUnavailable: it, its vocoder or a file of theirs is missing, with the command that
            fetches it.
    """
    if is_catalogued(model):
        vocoder = _find_vocoder(entry_of(model).get("default_vocoder"), model)
        language = model.split("/")[1]
        files = _files(_weights(model, model), model, vocoder)
        return replace(files, language="" if language == "multilingual" else language)
    folder = Path(model).expanduser()
    if not folder.is_dir():
        entry_of(model)  # which says what there is
    return _files(find_weights(str(folder.resolve()), WHERE, WHERE), model, None)


def is_catalogued(model: str) -> bool:
    """Whether a model is named as coqui's catalogue names them, and not by a folder."""
    return model.startswith(_KIND) and not Path(model).is_dir()


def spec_of(model: str) -> str:
    """Return what the user writes for a model: NAME:MODEL, or just NAME for the usual one."""
    return WHERE if model == DEFAULT else f"{WHERE}:{model}"


def folder_of(name: str) -> Path:
    """Return where coqui puts a model that does not come from the hub."""
    return home() / name.replace("/", "--")


def _entries() -> Iterator[tuple[str, dict[str, Any]]]:
    listed = json.loads(catalogue_path().read_text(encoding="utf-8"))
    for kind, languages in listed.items():
        for language, datasets in languages.items():
            for dataset, models in datasets.items():
                for model, entry in models.items():
                    yield f"{kind}/{language}/{dataset}/{model}", entry


def _find_vocoder(name: str | None, model: str) -> ModelFiles | None:
    return _files(_weights(name, model), name, None) if name else None


def _weights(name: str, model: str) -> Weights:
    """Find the folder of a model or vocoder; what is to be pulled is the model."""
    asked = spec_of(model)
    repository = entry_of(name).get("repo_id")
    if repository:
        return find_weights(str(repository), asked, WHERE)
    folder = folder_of(name)
    if not folder.is_dir():
        message = f"the weights of {name} are not on this machine"
        raise GeneratorUnavailable(message, where=WHERE, hint=f"storyboard pull {asked}")
    return find_weights(str(folder), asked, WHERE)


def _files(weights: Weights, model: str, vocoder: ModelFiles | None) -> ModelFiles:
    configs = sorted(weights.path.rglob("config.json"), key=lambda path: (len(path.parts), path))
    checkpoint = _checkpoint(weights.path)
    missing = [name for name, found in (("config.json", configs), ("a model file", checkpoint)) if not found]
    if missing or not checkpoint:
        hint = f"delete {weights.path} and pull it again, or complete it"
        raise GeneratorUnavailable(f"{model} lacks {' and '.join(missing)}", where=WHERE, hint=hint)
    return ModelFiles(checkpoint, configs[0], weights.revision, vocoder)


def _checkpoint(folder: Path) -> Path | None:
    for name in _CHECKPOINTS:
        if (folder / name).is_file():
            return folder / name
    if any(next(folder.rglob(name), None) for name in _IN_PARTS):
        return folder
    others = [
        path
        for path in sorted(folder.rglob("*.pt*"))
        if path.is_file() and not path.name.startswith(_NOT_CHECKPOINTS) and path.parent.name != "voices"
    ]
    return others[0] if len(others) == 1 else None


def _point_to(part: dict[str, Any], field: str, folder: Path, usual: Sequence[str]) -> None:
    """Let a field of the config name the file that is in the folder, where there is one."""
    value = part[field]
    named = value[0] if isinstance(value, list) and value else value
    names = [Path(named).name, *usual] if isinstance(named, str) and named else usual
    found = next((folder / name for name in names if (folder / name).is_file()), None)
    if found:
        part[field] = [str(found)] if isinstance(value, list) else str(found)
