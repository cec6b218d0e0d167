"""In which language to write: the topic's."""

from __future__ import annotations

_LANGUAGES = (
    *("ar", "bg", "bn", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr"),
    *("hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sr"),
    *("sv", "th", "tr", "uk", "ur", "vi", "zh"),
)
_CLEARLY = 5.0  # nats by which a language must be likelier than English: short topics look like anything


def language_of(topic: str) -> str:
    """Return the language of a topic as an ISO 639-1 code; English where it cannot be told.

    By naive Bayes over byte n-grams (Lui and Baldwin, langid.py: an off-the-shelf language
    identification tool, 2012).
    """
    import py3langid

    py3langid.set_languages(_LANGUAGES)
    scores = dict(py3langid.rank(topic))
    best = max(_LANGUAGES, key=lambda code: scores[code])
    return best if scores[best] - scores["en"] > _CLEARLY else "en"
