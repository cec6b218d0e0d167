"""Wording: what the title and the credits say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from storyboard.schema.board import Storyboard

_LONGEST = 64
"""A line below the title longer than this is no line below a title."""
_LABELS = {
    "en": ("music", "voice", "pictures"), "de": ("Musik", "Stimme", "Bilder"),
    "fr": ("musique", "voix", "images"), "es": ("música", "voz", "imágenes"),
    "it": ("musica", "voce", "immagini"), "pt": ("música", "voz", "imagens"),
    "nl": ("muziek", "stem", "beelden"), "sv": ("musik", "röst", "bilder"),
    "da": ("musik", "stemme", "billeder"), "pl": ("muzyka", "głos", "obrazy"),
    "cs": ("hudba", "hlas", "obraz"), "ru": ("музыка", "голос", "изображение"),
    "uk": ("музика", "голос", "зображення"), "tr": ("müzik", "ses", "görüntü"),
    "el": ("μουσική", "φωνή", "εικόνα"), "ar": ("الموسيقى", "الصوت", "الصور"),
    "he": ("מוזיקה", "קול", "תמונות"), "hi": ("संगीत", "स्वर", "चित्र"),
    "ja": ("音楽", "歌", "映像"), "zh": ("音乐", "人声", "画面"), "ko": ("음악", "노래", "영상"),
}  # fmt: skip
_FAMILIES: tuple[str, ...] = ("music", "voice", "video")


def artist_of(board: Storyboard) -> str:
    """Return who recorded the user's own song, as its file name says it: "Artist - Title"; else nothing."""
    if board.song.audio is None:
        return ""
    artist, dash, _ = PurePath(board.song.audio.file).stem.partition(" - ")
    return artist.strip(" _") if dash else ""


def subtitle_of(board: Storyboard) -> str:
    """Return the line below the title: the artist, else what the topic says beyond the title."""
    artist = artist_of(board)
    if artist:
        return artist
    more = _beyond(board.song.title, board.topic)
    return "" if len(more) > _LONGEST else more[:1].upper() + more[1:]


def credits_of(board: Storyboard, made_by: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the credits, each what and by whom: of a user's own song the artist and the pictures.

    Args:
        board: names the generators.
        made_by: names of generators by family, where the storyboard leaves the choice open (auto).
    """
    words = _LABELS.get(board.language.partition("-")[0], _LABELS["en"])
    labels: dict[str, str] = dict(zip(_FAMILIES, words, strict=True))
    chosen: dict[str, str] = {
        "music": board.generators.music,
        "voice": board.generators.voice,
        "video": board.generators.video,
    }
    if board.song.audio is not None:
        chosen = {"music": artist_of(board), "video": board.generators.video}
    names = {family: made_by.get(family, "") if name == "auto" else name for family, name in chosen.items()}
    return [(labels[family], name) for family, name in names.items() if name]


def _beyond(title: str, topic: str) -> str:
    """Return a topic without the title it begins with: "Snow at Sea, a farewell" is a farewell."""
    words, said = title.split(), topic.split()
    same = [_letters(word) for word in words] == [_letters(word) for word in said[: len(words)]]
    return " ".join(said[len(words) if same else 0 :]).strip(" ,;:-\N{EN DASH}\N{EM DASH}")


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
