"""What musicians call the sections of a song, in English and six other languages, without accents."""

from __future__ import annotations

import re
import unicodedata

from storyboard.schema.song import SectionKind

_NAMES: dict[SectionKind, str] = {
    "intro": """intro, introduction, opening, prelude, introduccion, entrada, ouverture, einleitung, vorspiel,
        introduzione, introducao, abertura""",
    "verse": """verse, v, stanza, part, rap, estrofa, verso, copla, couplet, partie, strophe, vers, teil,
        strofa, estrofe, parte""",
    "pre-chorus": """pre chorus, prechorus, pre hook, lift, build, buildup, build up, pre coro, precoro,
        pre estribillo, preestribillo, pre refrain, prerefrain, vorrefrain, pre ritornello, preritornello,
        pre refrao, prerefrao""",
    "chorus": """chorus, hook, ch, coro, estribillo, refrain, ref, refr, chor, kehrvers, ritornello, refrao,
        estribilho""",
    "post-chorus": """post chorus, postchorus, post hook, tag, post coro, postcoro,
        post estribillo, post refrain, postrefrain, nachrefrain, post ritornello, post refrao""",
    "bridge": "bridge, middle eight, middle 8, c part, puente, pont, brucke, bruecke, c teil, inciso, ponte",
    "break": "break, breakdown, drop, pausa, pause",
    "solo": "solo, soli, assolo",
    "outro": "outro, coda, ending, final, fin, conclusion, ende, schluss, nachspiel, finale, fade out",
    "instrumental": """instrumental, instrumental break, instrumental interlude, musical interlude,
        musical break, interlude, interludio, puente musical, intermede, interlude musical, zwischenspiel,
        instrumentalteil, intermezzo, strumentale, strumental, instrumentale""",
}
_KIND_OF: dict[str, SectionKind] = {
    " ".join(name.split()): kind for kind, names in _NAMES.items() for name in names.split(",")
}
_BESIDE = frozenset(
    """i ii iii iv v vi vii viii ix x a b c d st nd rd th er eme the and one two three four five six
    first second third fourth fifth last final double half full big new same repeat repeated reprise
    again guitar piano sax drum drums bass synth violin instrumental long short extended acoustic
    alternate alt variation primera segunda tercera ultimo ultima guitarra repetir premier premiere
    deuxieme troisieme dernier derniere guitare erste erster zweite zweiter dritte dritter letzte
    letzter gitarre gitarren wiederholung prima seconda terza chitarra ripetizione repete""".split()
)
"""Words that tell one section of a kind from another."""


def kind_named(name: str) -> SectionKind | None:
    """Return the kind of section that a name means: "Verse 2", "Último estribillo"; None if it means none."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in letters if not unicodedata.combining(char))
    words = re.findall(r"[^\W\d_]+|\d+", plain)
    if len(words) > 6:
        return None
    while words:
        without_numbers = " ".join(word for word in words if not word.isdigit())
        kind = _KIND_OF.get(" ".join(words)) or _KIND_OF.get(without_numbers)
        if kind:
            return kind
        beside = [index for index, word in enumerate(words) if word.isdigit() or word in _BESIDE]
        if not beside:
            return None
        del words[beside[-1]]
    return None
