"""Free text to actions: what each character of a scene does."""

from __future__ import annotations

import re

from storyboard.generators.video.animatic.figure.combined import WHILE_RUNNING, WHILE_SITTING
from storyboard.schema.scene import Scene

ACTIONS: tuple[str, ...] = (
    "stand", "walk", "run", "dance", "sit", "sing", "phone", "wave", "hug", "point", "look_up", "turn_away",
    "guitar", "work", "read", "sleep", "jump", "laugh", "cry",
)  # fmt: skip

# In order: the first that matches decides, so what one holds or does with the hands comes before how
# one stands. Anchored at word starts; stems match all forms of a verb.
_STEMS: tuple[tuple[str, str], ...] = (
    ("guitar", r"strum|guitar|ukulele|banjo|pluck|\bbass\b|riff"),
    ("phone", r"phone|scroll|swip|text(s|ing|ed)?\b|screen|selfie|\bcall(s|ing)?\b|\bdial|mobile|tiktok"),
    ("turn_away", r"turn(s|ed|ing)? (away|around|(his|her|their) back)"
                  r"|walk(s|ed|ing)? (off|out|away)\b(?=.*back turned)"
     r"|look(s|ed|ing)? away|head bowed|bow(s|ed|ing)? (his|her|their) head|back to"
     r"|leav(es|ing) (him|her|them)"),
    ("hug", r"hug|embrac|hold(s|ing)? each other|cuddl|arms around|open(s|ed)? (his|her|their) arms"
            r"|arms (wide|open)"),
    ("dance", r"danc|groov|twirl|spin|sway|boogie|waltz|moves? to the"),
    ("laugh", r"laugh|giggl|chuckl|crack(s|ing)? up|grin"),
    ("cry", r"\bcr(y|ies|ied|ying)\b|weep|sob|tears?\b|wip(es|ing) (his|her|their) (eyes|face|cheek)"),
    ("jump", r"jump|leap|hop(s|ped|ping)?\b|skip(s|ped|ping)?\b|bounc"),
    ("run", r"\brun(s|ning)?\b|\bran\b|sprint|chas|jog|rush|race|dash|hurr|flee"),
    ("wave", r"wav(e|es|ed|ing)\b|greet|farewell|goodbye|say(s|ing)? (hi|hello|bye)|hail"),
    ("point", r"point|gestur|show(s|ing)? the way"),
    ("sing", r"sing(s|ing)?\b|\bsang\b|microphone|\bmic\b|croon|belt(s|ing)?\b|rap(s|ping)?\b|lip-?sync"
             r"|perform|vocal|hum(s|ming)?\b"),
    ("read", r"read|book|letter|newspaper|magazine|\bpage|diary|postcard"),
    ("sleep", r"sleep|asleep|doz|nap(s|ping)?\b|slumber|dream(s|ing)? in bed|lie(s)? (down|in bed)"
              r"|lying|snor|slump"),
    ("work", r"work|cook|typ(e|es|ing)\b|writ|paint|draw|stir|wash|clean|fold|bak(e|es|ing)\b|chop"
             r"|build|repair|fix|knit|sew"
     r"|carv|plant|dig|serv|pour|keyboard|laptop|piano|drum|dj|brew"
     r"|mak(es|ing) (coffee|tea|dinner|breakfast|food|bread)|pack(s|ing)"
     r"|peel|polish|sketch|sort|water(s|ing)"),
    ("look_up", r"(look|gaz|star|glanc|peer)\w* (up|at the (sky|stars?|moon|ceiling|sun|clouds?"
                r"|rain|fireworks?|skyline|northern))"
     r"|stargaz|look(s|ing)? to the (sky|stars)"
     r"|watch\w* the (stars|sky|moon|fireworks|clouds|sunset|sunrise|snow|rain|planes?)"
     r"|face to the (sky|rain|sun)|stares at the (sky|stars)|wonder"),
    ("sit", r"\bsit(s|ting)?\b|\bsat\b|seat|bench|crouch|kneel|rest(s|ing)\b|perch|driv|steer"
            r"|eat(s|ing)?\b|drink|sip"),
    ("walk", r"walk|stroll|wander|march|pac(e|es|ing)\b|step|strid|cross|hik|trudg|approach|arriv|enter"
             r"|follow|tiptoe|roam"
     r"|leav(e|es|ing)\b|explor|climb|travel|stumbl|com(es|ing)\b|go(es|ing)?\b"
     r"|head(s|ing)? (to|for|home|into)"),
    ("turn_away", r"\bturn(s|ed|ing)?\b|look(s|ing)? (back|down)|mourn|sigh|hesitat|alone|lonely"),
    ("stand", r"stand|stood|wait|lean|watch|look|star(es|ing)|listen|smil|pos(es|ing)\b|stay|hold"),
)  # fmt: skip
_CLAUSE_END = re.compile(r"[.;!?\n]+|,\s*(?:and\s+)?|\s+(?:while|as|when|then|and|but)\s+", re.IGNORECASE)
_SITTING = re.compile(
    r"\b(sit(s|ting)?|sat|seated|perche[sd]|perching|kneel(s|ing)?|crouch(es|ing)?)\b"
    r"|\b(on|in) (an?|the|his|her|their) (\w+ )?(bench|sofa|couch|armchair|chair|stool|seat)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"\b(they|both|all|everyone|everybody|together|the (couple|two|three|band|friends|pair))\b", re.I
)
_STRANGER = re.compile(
    r"(an?|the|some(one|body)?|other|people|behind|around|in the background)\b", re.IGNORECASE
)


def actions_of(scene: Scene) -> dict[str, str]:
    """Return an action for every character of a scene.

    The text is split into clauses. A clause belongs to the characters it begins with a name of; one
    without a name goes on with those before it. Who finds no verb does what the kind of the scene
    suggests: in a performance the first character sings and the others dance; else they stand. Two
    actions at once are joined by a plus sign, the legs' first: "sit+phone".
    """
    found: dict[str, str] = {}
    current: list[str] = []
    waiting: list[str] = []  # "Ana and Leo dance": Ana waits for the verb
    for clause in _clauses(scene.actions):
        rest = _without_names(clause, scene.characters)
        named = _named(clause, scene.characters)
        if named:
            current = waiting + _doers(clause, named, scene.characters)
        elif _PLURAL.search(clause):
            current = list(scene.characters)
        elif _STRANGER.match(clause):
            continue
        waiting = current if named and not rest.strip(" &") else []
        action = _seated(_match(rest), rest)
        doers = list(dict.fromkeys(current + named)) if action == "hug" else current  # it takes two
        for name in doers if action else []:
            _take(found, name, action)
    return {name: found.get(name) or _default(scene, index) for index, name in enumerate(scene.characters)}


def _clauses(text: str) -> list[str]:
    return [clause.strip() for clause in _CLAUSE_END.split(text) if clause and clause.strip()]


def _named(clause: str, names: list[str]) -> list[str]:
    """Return the names in a clause, in the order of the text."""
    places = []
    for name in names:
        match = _pattern(name).search(clause)
        if match:
            places.append((match.start(), name))
    return [name for _, name in sorted(places)]


def _doers(clause: str, named: list[str], names: list[str]) -> list[str]:
    """Return who acts: in "Ana waves at Leo" only the one before the verb."""
    verb = _verb_at(_without_names(clause, names))
    before = [name for name in named if _pattern(name).search(clause).start() <= verb]  # type: ignore[union-attr]
    return before or named


def _verb_at(text: str) -> int:
    starts = [match.start() for _, stem in _STEMS if (match := re.search(rf"\b(?:{stem})", text, re.I))]
    return min(starts, default=len(text))


def _without_names(clause: str, names: list[str]) -> str:
    """Blank the names out, so that a Rose who waits does not rise, keeping every position."""
    for name in names:
        clause = _pattern(name).sub(lambda match: " " * len(match.group()), clause)
    return clause


def _pattern(name: str) -> re.Pattern[str]:
    first = re.escape(name.split()[0])
    return re.compile(rf"(?<!\w)(?:{re.escape(name)}|{first})(?!\w)", re.IGNORECASE)


def _match(text: str) -> str:
    for action, stem in _STEMS:
        if re.search(rf"\b(?:{stem})", text, re.IGNORECASE):
            return action
    return ""


def _seated(action: str, text: str) -> str:
    """Add the sitting that a clause tells besides: "sits reading", "scrolls on the sofa"."""
    return f"sit+{action}" if action in WHILE_SITTING and _SITTING.search(text) else action


def _take(found: dict[str, str], name: str, action: str) -> None:
    """Keep the more telling action: standing and walking give way to what is done besides.

    One who sits stays seated for what can be done sitting; one who runs waves running.
    """
    before = found.get(name)
    if (before == "sit" and action in WHILE_SITTING) or (before == "run" and action in WHILE_RUNNING):
        found[name] = f"{before}+{action}"
        return
    if found.get(name, "stand") in ("stand", "walk", "sit", "turn_away") and action != "stand":
        if not (found.get(name) == "sit" and action == "walk"):
            found[name] = action
    found.setdefault(name, action)


def _default(scene: Scene, index: int) -> str:
    if scene.kind != "performance":
        return "stand"
    return "dance" if index else "sing"
