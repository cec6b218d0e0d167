"""From letters to the recogniser's phones, for languages that are written much as they are spoken.

Each table is a list of spellings in order of precedence, each a regular expression with the English
phones nearest to its sound. "<" stands for the beginning of a word, ">" for its end. Nothing but the
order of sounds matters here, so vowels that English lacks are those nearest in the mouth.
"""

from __future__ import annotations

import functools
import re
import unicodedata

Rules = tuple[tuple[str, str], ...]

_VOWEL = "[aeiouyàâäáãéèêëíìîïóòôöõúùûüœæ]"
_PLAIN: Rules = tuple(
    zip("bdfgklmnprstvwz", "B D F G K L M N P R S T V V Z".split(), strict=True)
)  # letters that mean the same nearly everywhere

_SPANISH: Rules = (
    ("ch", "CH"), ("ll", "Y"), ("r+", "R"), ("qu(?=[eiéí])", "K"), ("gu(?=[eiéí])", "G"), ("gü", "G W"),
    ("c(?=[eiéí])", "S"), ("g(?=[eiéí])", "HH"), ("j", "HH"), ("ñ", "N Y"), ("z", "S"), ("h", ""),
    ("x", "K S"), ("v", "B"), ("y(?=[aeiouáéíóú])", "Y"), ("i(?=[aeouáéóú])", "Y"),
    ("u(?=[aeioáéíó])", "W"), ("ai|ái|ay", "AY"), ("au|áu", "AW"), ("ei|éi|ey", "EY"), ("oi|ói|oy", "OY"),
    ("[aá]", "AA"), ("[eé]", "EH"), ("[iíy]", "IY"), ("[oó]", "OW"), ("[uúü]", "UW"), ("[cq]", "K"),
)  # fmt: skip

_ITALIAN: Rules = (
    ("gli(?=[aeou])", "L Y"), ("gli", "L Y IY"), ("gn", "N Y"), ("sci(?=[aou])", "SH"),
    ("sc(?=[eièéì])", "SH"), ("c?ch", "K"), ("g?gh", "G"), ("c+i(?=[aouàòù])", "CH"),
    ("c+(?=[eièéì])", "CH"), ("g+i(?=[aouàòù])", "JH"), ("g+(?=[eièéì])", "JH"), ("c?qu", "K W"),
    ("z+", "T S"), ("h", ""), (f"(?<={_VOWEL})s(?={_VOWEL})", "Z"), ("i(?=[aeouàèéòù])", "Y"),
    ("u(?=[aeioàèéìò])", "W"), ("ai", "AY"), ("au", "AW"), ("ei", "EY"), ("oi", "OY"), ("[aà]", "AA"),
    ("[eèé]", "EH"), ("[iìíjy]", "IY"), ("[oòó]", "OW"), ("[uùú]", "UW"), ("c", "K"), ("x", "K S"),
)  # fmt: skip

_PORTUGUESE: Rules = (
    ("nh", "N Y"), ("lh", "L Y"), ("ch", "SH"), ("ç|ss|sc(?=[ei])", "S"), ("rr|<r", "HH"),
    ("qu(?=[eiéêí])", "K"), ("gu(?=[eiéêí])", "G"), ("g(?=[eiéêí])", "ZH"), ("j", "ZH"),
    ("c(?=[eiéêí])", "S"), ("ão|am>", "AW N"), ("ões?|õe", "OY N"), ("ãe", "AY N"),
    ("ã|[aâ][nm](?=[^aeiounm>])", "AA N"), ("ens?>|ém>|em>", "EY N"), ("x", "SH"), ("z>", "S"),
    (f"(?<={_VOWEL})s(?={_VOWEL})", "Z"), ("t(?=i|es?>)", "CH"), ("d(?=i|es?>)", "JH"), ("h", ""),
    ("l(?=[^aeiouáéíóúâêôãõh])", "W"), ("ou", "OW"), ("ei|éi", "EY"), ("ai|ái", "AY"), ("au", "AW"),
    ("oi|ói", "OY"), ("o(?=s?>)", "UW"), ("e(?=s?>)", "IY"), ("i(?=[aeoáéó])", "Y"),
    ("u(?=[aeioáéíó])", "W"), ("[aáâà]", "AA"), ("[eéê]", "EH"), ("[iíy]", "IY"), ("[oóôõ]", "OW"),
    ("[uúü]", "UW"), ("[cq]", "K"),
)  # fmt: skip

_GERMAN: Rules = (
    ("tsch", "CH"), ("sch", "SH"), ("chs", "K S"), ("(?<=[aou])ch", "HH"), ("ch", "SH"), ("c?k+", "K"),
    ("ph", "F"), ("pf", "P F"), ("qu", "K V"), ("ß|ss", "S"), ("<s(?=[tp])", "SH"),
    (f"s(?={_VOWEL})", "Z"), ("t?z+", "T S"), ("v", "F"), ("w", "V"), ("j", "Y"), ("ei|ai|ey|ay", "AY"),
    ("ieh?", "IY"), ("eu|äu", "OY"), ("au", "AW"), ("ä|äh", "EH"), ("öh?", "ER"), ("üh?|y", "UW"),
    ("(?<!<)er(?=[^aeiouäöü])", "AH"), ("(?<!<)e(?=[nlms]?>)", "AH"), ("aa|ah?", "AA"), ("ee|eh", "EY"),
    ("e", "EH"), ("ih", "IY"), ("i(?=g>)", "IH"), ("i", "IH"), ("oo|oh?", "OW"), ("uh", "UW"),
    ("u", "UH"), ("b+>", "P"), ("(?<=i)g>", "SH"), ("ng", "NG"), ("n(?=k)", "NG"), ("g+>", "K"),
    ("dt|d+>", "T"), ("th", "T"), ("x", "K S"), ("h", "HH"), ("[cq]", "K"),
)  # fmt: skip

_FRENCH: Rules = (
    ("eaux?|aux?>|au", "OW"), ("oin(?![aeiouyn])", "W AE N"), ("ien(?![aeiouyn])", "Y AE N"),
    ("ouill|ouil>", "UW Y"), ("aill|ail>", "AY"), ("eill|eil>", "EY"), ("euill|euil>", "ER Y"),
    ("(?<![aeiou])ill", "IY Y"), ("oi[ts]?>|oî|oi", "W AA"), ("où|oû|ou[xts]?>|ou", "UW"),
    ("(?:ain|ein|aim|yn|ym|in|im|un|um)[stgc]?(?![aeiouyénmh])", "AE N"), ("(?<!<)ent>", ""),
    ("(?:an|en|am|em)[stdgc]*(?![aeiouyéèênmh])", "AA N"), ("(?:on|om)[stdgb]*(?![aeiouyénmh])", "AO N"),
    ("œu[rx]?|eu[xt]?>|eu|oeu", "ER"), ("aî|ais>|ait>|aient>|ai|ei|[èêë]|ets?>", "EH"),
    ("é|er>|ez>", "EY"), ("gn", "N Y"), ("ch", "SH"), ("ge(?=[aou])|j|g(?=[eiyéèê])", "ZH"),
    ("ç|sc(?=[ei])|ss|c(?=[eiyéèê])", "S"), ("gu(?=[eiéè])", "G"), ("qu|q", "K"), ("ph", "F"),
    ("th", "T"), (f"(?<={_VOWEL})s(?={_VOWEL})", "Z"), ("tion", "S Y AO N"), ("(?<=<[lmtscd])es>", "EY"),
    ("(?<=<[cdjlmnst])e>|(?<=<qu)e>", "AH"), ("es?>", ""), ("[dtspxzg]+>", ""), ("ui", "W IY"),
    ("i(?=[aeoéèu])|y(?=[aeiou])", "Y"), ("[aàâ]", "AA"), ("e(?=[^aeiouy>][^aeiouyrlh>])", "EH"),
    ("e", "AH"), ("[iîïy]", "IY"), ("[oô]", "AO"), ("[uûùü]", "UW"), ("h", ""), ("x", "K S"),
    ("[cq]", "K"),
)  # fmt: skip

_TABLES = {"es": _SPANISH, "it": _ITALIAN, "pt": _PORTUGUESE, "de": _GERMAN, "fr": _FRENCH}
_ANY_LATIN: Rules = (("ch", "CH"), ("sh", "SH"), ("j", "Y"), ("y", "IY"), ("h", "HH"), *_ITALIAN)


def spelt(word: str, language: str) -> list[tuple[str, ...]]:
    """Return how a word in Latin letters may be sounded, the likeliest first; empty if it has no letters.

    Languages without a table are read with values that most of them share.
    """
    letters = "".join(char for char in unicodedata.normalize("NFC", word.lower()) if char.isalpha())
    sounded = _sounds(letters if language in _TABLES else _without_accents(letters), language)
    if not sounded:
        return []
    ways = [sounded]
    if language == "fr" and re.search(r"[^aeiouy]e$", letters) and sounded[-1] != "AH":
        ways.append((*sounded, "AH"))  # a silent e is often sung
    return ways


def _sounds(letters: str, language: str) -> tuple[str, ...]:
    pattern, phones = _compiled(language)
    found = pattern.finditer(f"<{letters}>")
    sounds = [phone for match in found if match.lastgroup for phone in phones[match.lastgroup].split()]
    return tuple(phone for phone, before in zip(sounds, ["", *sounds], strict=False) if phone != before)


@functools.cache
def _compiled(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    rules = (*_TABLES.get(language, _ANY_LATIN), *_PLAIN)
    named = {f"r{number}": rule for number, rule in enumerate(rules)}
    pattern = "|".join(f"(?P<{name}>{spelling})" for name, (spelling, _) in named.items())
    return re.compile(pattern), {name: phones for name, (_, phones) in named.items()}


def _without_accents(letters: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", letters) if char.isascii())
