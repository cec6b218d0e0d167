"""An acoustic model is loaded from its folder by its own library, and hears letters in windows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from storyboard.schema.errors import SystemRequirementError
from storyboard.sync.align import LyricLine
from storyboard.sync.align.model import emissions as emitting
from storyboard.sync.align.model import find
from storyboard.sync.align.model.emissions import RATE_HZ, CtcModel, emissions, load_model

Floats = NDArray[np.float32]

SYMBOLS = ["<pad>", "<s>", "</s>", "<unk>", "|", *"abcdefghijklmnopqrstuvwxyz'"]
CONVOLUTIONS = {"conv_dim": [8] * 7, "conv_kernel": [10, 3, 3, 3, 3, 2, 2], "conv_stride": [5] + [2] * 6}


def tiny_model(folder: Path, vocab: dict[str, Any], kind: str = "Wav2Vec2", **choices: Any) -> Path:
    """Save a model with random weights as transformers saves them."""
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    torch.set_num_threads(1)
    torch.manual_seed(11)
    config = getattr(transformers, f"{kind}Config")(
        hidden_size=16, num_attention_heads=2, intermediate_size=16, num_conv_pos_embeddings=8,
        num_conv_pos_embedding_groups=2, feat_extract_norm="layer", pad_token_id=0,
        **{"vocab_size": len(SYMBOLS), "num_hidden_layers": 1, **CONVOLUTIONS, **choices},
    )  # fmt: skip
    getattr(transformers, f"{kind}ForCTC")(config).eval().save_pretrained(folder)
    transformers.Wav2Vec2FeatureExtractor().save_pretrained(folder)
    (folder / "vocab.json").write_text(json.dumps(vocab), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    vocab = {symbol: number for number, symbol in enumerate(SYMBOLS)}
    return tiny_model(tmp_path_factory.mktemp("english"), vocab)


def noise(n_samples: int) -> Floats:
    return np.random.default_rng(3).normal(0.2, 0.1, n_samples).astype(np.float32)


def test_a_model_is_loaded_from_its_folder_and_hears_letters(english: Path) -> None:
    model = load_model(english, "en")
    assert (model.hop, model.field, model.frame_s) == (320, 400, 0.02)
    assert model.vocabulary.blank == 0 and model.vocabulary.delimiter == 4
    assert model.vocabulary.spelt("a'z") == [5, 31, 30]
    heard = emissions(model, noise(3 * RATE_HZ), lambda _: None)
    assert heard.shape == (149, len(SYMBOLS))
    assert np.allclose(np.exp(heard).sum(axis=1), 1, atol=1e-4)


@pytest.mark.parametrize("kind", ["Hubert", "WavLM"])
def test_other_models_of_the_same_form_are_loaded_too(tmp_path: Path, kind: str) -> None:
    vocab = {symbol: number for number, symbol in enumerate(SYMBOLS)}
    model = load_model(tiny_model(tmp_path, vocab, kind), "en")
    assert emissions(model, noise(RATE_HZ), lambda _: None).shape == (49, len(SYMBOLS))


def test_the_whole_way_from_sound_to_words_is_the_same_each_time(english: Path) -> None:
    lines = [LyricLine((0, 0), "come home before the snow"), LyricLine((0, 1), "before the lanterns go")]
    sound, told = noise(6 * RATE_HZ), []
    found = [find(sound, lines, "en", english, on_fraction=told.append) for _ in range(2)]
    assert found[0] == found[1]
    assert told[-1] == 1.0 and all(0 <= each <= 1 for each in told)
    for number, words in found[0].items():
        assert len(words) == len(lines[number].words)
        assert all(0 <= start_s <= end_s <= 6.0 and 0 <= sure <= 1 for start_s, end_s, sure in words)


def test_in_windows_is_heard_what_is_heard_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vocab = {symbol: number for number, symbol in enumerate(SYMBOLS)}
    model = load_model(tiny_model(tmp_path, vocab, num_hidden_layers=0), "en")  # it hears 8 frames around
    sound = noise(7 * RATE_HZ + 123)
    monkeypatch.setattr(emitting, "_KEPT_S", 1e6)
    at_once = emissions(model, sound, lambda _: None)
    monkeypatch.setattr(emitting, "_KEPT_S", 1.3)
    monkeypatch.setattr(emitting, "_CONTEXT_S", 0.2)
    lengths: list[int] = []

    def counted(heard: Floats) -> Floats:
        lengths.append(len(heard))
        return model.predict(heard)

    watched = CtcModel(model.vocabulary, model.hop, model.field, model.level, counted)
    in_windows = emissions(watched, sound, lambda _: None)
    assert np.allclose(at_once, in_windows, atol=1e-4)
    assert len(lengths) == 6 and max(lengths) < 1.8 * RATE_HZ


def mms(folder: Path) -> Path:
    """Save a multilingual model with the adapters of English and Thai."""
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    from safetensors.torch import save_file

    english = {symbol: number for number, symbol in enumerate(SYMBOLS)}
    thai = {symbol: number for number, symbol in enumerate([*SYMBOLS[:5], *"กขคงจ"])}
    tiny_model(folder, {"eng": english, "tha": thai, "fra": english}, adapter_attn_dim=4)
    (folder / "tokenizer_config.json").write_text(
        json.dumps({"tokenizer_class": "Wav2Vec2CTCTokenizer", "target_lang": "eng"})
    )
    for number, (code, n_letters) in enumerate((("eng", len(SYMBOLS)), ("tha", len(thai)))):
        config = transformers.Wav2Vec2Config.from_pretrained(folder, vocab_size=n_letters)
        torch.manual_seed(number)
        weights = transformers.Wav2Vec2ForCTC(config)._get_adapters()
        changed = {name: torch.randn_like(value).contiguous() for name, value in weights.items()}
        save_file(changed, folder / f"adapter.{code}.safetensors", metadata={"format": "pt"})
    return folder


def test_a_multilingual_model_takes_the_adapter_and_the_letters_of_the_language(tmp_path: Path) -> None:
    folder, sound = mms(tmp_path), noise(RATE_HZ)
    english, thai = load_model(folder, "en-GB"), load_model(folder, "th")
    assert english.vocabulary.spelt("go") == [11, 19]
    assert thai.vocabulary.spelt("กง") == [5, 8]
    assert english.predict(sound).shape == (49, len(SYMBOLS))
    assert thai.predict(sound).shape == (49, 10)
    with pytest.raises(SystemRequirementError, match=r"no adapter for the language 'fr' \(fra\)") as failure:
        load_model(folder, "fr")
    assert failure.value.hint == "storyboard pull mms:fr"
    with pytest.raises(SystemRequirementError, match="no adapter"):
        load_model(folder, "ja")


def test_a_vocabulary_may_name_its_blank(tmp_path: Path) -> None:
    symbols = ["<pad>", "<blank>", "<unk>", "</s>", *"aiueo"]
    vocab = {symbol: number for number, symbol in enumerate(symbols)}
    model = load_model(tiny_model(tmp_path, vocab, vocab_size=len(symbols)), "en")
    assert (model.vocabulary.blank, model.vocabulary.delimiter) == (1, None)


def test_a_folder_that_holds_no_model_says_what_it_lacks(tmp_path: Path, english: Path) -> None:
    with pytest.raises(SystemRequirementError, match=r"lacks config\.json, preprocessor_config\.json"):
        load_model(tmp_path, "en")
    for name in ("config.json", "preprocessor_config.json", "vocab.json"):
        (tmp_path / name).write_bytes((english / name).read_bytes())
    with pytest.raises(SystemRequirementError, match="the acoustic model cannot be loaded"):
        load_model(tmp_path, "en")


def test_without_torch_the_pip_line_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emitting, "find_spec", lambda name: None)
    with pytest.raises(SystemRequirementError, match="not installed: torch, transformers") as failure:
        find(noise(100), [LyricLine((0, 0), "go")], "en", tmp_path)
    assert failure.value.hint == 'pip install "storyboard[listening]"'
