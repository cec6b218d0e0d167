"""The models that listen in place of the built-in ones: which are chosen, where they are, how they come.

They are chosen in the settings, table [listening]. Words: `wav2vec2`, a model for each language, or
`mms`, one for more than a thousand; beats: `beat_this`. Nothing is fetched but by `storyboard pull`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from storyboard.generators.models.packages import need
from storyboard.generators.models.weights import Weights, find_weights, is_folder, pull_weights
from storyboard.generators.settings import load_settings
from storyboard.orchestrator.fetching import fetch_file
from storyboard.schema.errors import GeneratorUnavailable
from storyboard.schema.progress import OnFraction
from storyboard.sync.align.model.languages import bare_code, three_letters

_WHERE = "settings, listening"
_EXTRA = "listening"

_WAV2VEC2 = {
    "en": "facebook/wav2vec2-large-960h-lv60-self",
    "zh": "jonatasgrosman/wav2vec2-large-xlsr-53-chinese-zh-cn",
} | {
    code: f"jonatasgrosman/wav2vec2-large-xlsr-53-{name}"
    for code, name in {
        "ar": "arabic", "de": "german", "el": "greek", "es": "spanish", "fa": "persian", "fi": "finnish",
        "fr": "french", "hu": "hungarian", "it": "italian", "ja": "japanese", "nl": "dutch", "pl": "polish",
        "pt": "portuguese", "ru": "russian",
    }.items()
}  # fmt: skip
_MMS = "facebook/mms-1b-all"
_MMS_LANGUAGES = ("en", "de", "es", "fr", "it", "pt")
_MMS_LICENCE = "CC BY-NC 4.0: not for commercial use"

_CONFIGURATION = ("config.json", "preprocessor_config.json", "vocab.json")
_WEIGHTS = ("model*.safetensors", "pytorch_model*.bin")
_NEEDS = (*_CONFIGURATION, "|".join(_WEIGHTS))

_BEAT_THIS = "final0"  # trained on everything but GTZAN; small0 is a tenth of it
_BEAT_THIS_URL = "https://cloud.cp.jku.at/public.php/dav/files/7ik4RrBKTS273gp"  # of the package beat_this


@dataclass(frozen=True)
class ListeningModels:
    """The models to listen with; a folder of None means the built-in one.

    Attributes:
        words: the folder of an acoustic model.
        words_revision: which model that is, for the key of what it hears.
        beats: the folder of a beat model.
        beats_revision: likewise.
    """

    words: Path | None = None
    words_revision: str = ""
    beats: Path | None = None
    beats_revision: str = ""


def chosen(language: str, *, words: bool = True, beats: bool = True) -> ListeningModels:
    """Return the models that the settings choose for a song.

    Args:
        language: of the lyrics, as "en" or "pt-BR".
        words: whether words are to be found; else their model need not be here.
        beats: whether beats are, likewise.

    Raises:
        DocumentError: the settings are not right.
        GeneratorUnavailable: a package or the weights of a chosen model are missing here, or there is
            none for the language; the hint is the command that helps.
    """
    settings = load_settings().listening
    of_words = _words(settings.words, language) if words and settings.words else (None, "")
    of_beats = _beats(settings.beats) if beats and settings.beats else (None, "")
    return ListeningModels(*of_words, *of_beats)


def pull_listening_model(spec: str, progress: OnFraction) -> str:
    """Fetch the weights of a listening model and return what they are, with their licence if it binds.

    Args:
        spec: "wav2vec2" (English), "wav2vec2:de" or "wav2vec2:ORG/NAME"; "mms" (six languages) or
            "mms:th"; "beat_this" or "beat_this:small0".
        progress: receives the fraction of the bytes that are here.

    Raises:
        GeneratorUnavailable: huggingface_hub is missing, or there is no model for the language.
        GeneratorError: the weights could not be fetched.
    """
    name, _, rest = spec.partition(":")
    return _PULLS[name](rest, progress)


def is_listening_model(name: str) -> bool:
    """Whether a name is that of a listening model, and not of a generator."""
    return name in _PULLS


def _words(spec: str, language: str) -> tuple[Path, str]:
    """Return the folder of an acoustic model and which it is."""
    need("torch", "transformers", "huggingface_hub", extra=_EXTRA, where=_WHERE)
    name, _, rest = spec.partition(":")
    if name == "mms":
        code = three_letters(language)
        adapter = f"adapter.{code}*.safetensors|adapter.{code}*.bin"
        return _named(_MMS, find_weights(_MMS, f"mms:{bare_code(language)}", _WHERE, (*_NEEDS, adapter)))
    model = _wav2vec2(rest or language)
    return _named(model, find_weights(model, f"wav2vec2:{rest or bare_code(language)}", _WHERE, _NEEDS))


def _named(model: str, weights: Weights) -> tuple[Path, str]:
    return weights.path, weights.revision if is_folder(model) else f"{model}@{weights.revision}"


def _wav2vec2(choice: str) -> str:
    """Return the model of a language, or the model that is named: a folder or ORG/NAME."""
    if _is_place(choice):
        return choice
    code = bare_code(choice)
    if code not in _WAV2VEC2:
        raise GeneratorUnavailable(
            f"wav2vec2 has no model of its own for the language {choice!r}",
            where=_WHERE,
            hint='name one, words = "wav2vec2:ORG/NAME", or take words = "mms"',
        )
    return _WAV2VEC2[code]


def _is_place(choice: str) -> bool:
    """Whether a choice is a folder or ORG/NAME, and not the name of a language or a checkpoint."""
    return any(char in choice for char in "/\\~.")


def _beats(spec: str) -> tuple[Path, str]:
    """Return the folder of a beat model and which it is."""
    need("torch", extra=_EXTRA, where=_WHERE)
    choice = spec.partition(":")[2]
    folder = Path(choice).expanduser() if _is_place(choice) else _beat_this_folder(choice)
    if not folder.is_dir() and not _is_place(choice):
        raise GeneratorUnavailable(
            f"the weights of {spec} are not on this machine", where=_WHERE, hint=f"storyboard pull {spec}"
        )
    weights = find_weights(str(folder), spec, _WHERE, ("*.ckpt",))
    return weights.path, weights.revision


def _beat_this_folder(name: str) -> Path:
    """Return where the published checkpoint of a name is kept on this machine."""
    return platformdirs.user_data_path("storyboard", appauthor=False) / "beat_this" / (name or _BEAT_THIS)


def _pull_wav2vec2(choice: str, progress: OnFraction) -> str:
    model = _wav2vec2(choice or "en")
    _pull_from_hub(model, progress, (*_CONFIGURATION, *_WEIGHTS))
    return model


def _pull_mms(choice: str, progress: OnFraction) -> str:
    codes = [three_letters(choice)] if choice else [three_letters(code) for code in _MMS_LANGUAGES]
    adapters = [f"adapter.{code}{rest}" for code in codes for rest in (".*", "-script_*")]
    _pull_from_hub(_MMS, progress, (*_CONFIGURATION, *_WEIGHTS, *adapters))
    return f"{_MMS} ({_MMS_LICENCE})"


def _pull_from_hub(model: str, progress: OnFraction, files: tuple[str, ...]) -> None:
    need("huggingface_hub", extra=_EXTRA, where=model)
    pull_weights(model, progress, (*files, "tokenizer_config.json", "special_tokens_map.json", "LICENSE*"))


def _pull_beat_this(choice: str, progress: OnFraction) -> str:
    name = choice or _BEAT_THIS
    fetch_file(f"{_BEAT_THIS_URL}/{name}.ckpt", _beat_this_folder(name) / f"{name}.ckpt", progress)
    return f"Beat This, {name}"


_PULLS: dict[str, Callable[[str, OnFraction], str]] = {
    "wav2vec2": _pull_wav2vec2,
    "mms": _pull_mms,
    "beat_this": _pull_beat_this,
}
