"""Feelings: what the words of a mood or an action do to a face and to how one carries oneself."""

from __future__ import annotations

import re
from dataclasses import dataclass

from storyboard.generators.video.animatic.figure.skeleton import Pose


@dataclass(frozen=True)
class Feeling:
    """A face and a bearing; `drop` lowers head and shoulders, `energy` is how lively it makes the music."""

    smile: float = 0.25
    brows: float = 0.0
    worry: float = 0.0
    lids: float = 0.95
    open: float = 0.0
    gaze_y: float = 0.0
    drop: float = 0.0
    energy: float = 0.5


FEELINGS: dict[str, Feeling] = {
    "calm": Feeling(smile=0.25, lids=0.86, energy=0.35),
    "happy": Feeling(smile=0.8, brows=0.3, drop=-0.25, energy=0.7),
    "joyful": Feeling(smile=1.0, brows=0.55, open=0.18, drop=-0.4, energy=0.95),
    "tender": Feeling(smile=0.6, brows=0.15, worry=0.15, lids=0.72, energy=0.3),
    "longing": Feeling(smile=-0.05, worry=0.5, brows=0.2, lids=0.8, gaze_y=-0.25, drop=0.15, energy=0.3),
    "sad": Feeling(smile=-0.6, worry=0.85, lids=0.72, gaze_y=0.3, drop=0.7, energy=0.25),
    "angry": Feeling(smile=-0.55, brows=-0.75, worry=-0.9, lids=0.8, drop=0.1, energy=0.85),
    "afraid": Feeling(smile=-0.4, brows=0.6, worry=0.9, lids=1.12, open=0.12, drop=0.25, energy=0.5),
    "surprised": Feeling(smile=0.1, brows=1.0, lids=1.15, open=0.4, drop=-0.2, energy=0.6),
    "proud": Feeling(smile=0.35, brows=-0.25, worry=-0.3, lids=0.85, drop=-0.5, energy=0.75),
    "tired": Feeling(smile=-0.1, worry=0.2, lids=0.5, gaze_y=0.25, drop=0.5, energy=0.2),
    "playful": Feeling(smile=0.85, brows=0.5, lids=0.85, drop=-0.2, energy=0.75),
}

# In order: the first that is found decides, so what is stronger comes first.
_WORDS: tuple[tuple[str, str], ...] = (
    ("angry", r"angr|furious|\brage|fuming|frown|scowl|glar(es|ing)|bitter(?!sweet)|defian|rebel|resent"
              r"|fierce|fight"),
    ("surprised", r"surpris|astonish|shock|amaze|startl|stunned|gasp|wide.eyed|\bawe|disbelie"),
    ("afraid", r"afraid|scare|fear|fright|terrif|nervous|anxi|worri|tense|panic|uneas|shy\b|embarrass|eerie"),
    ("sad", r"\bsad|\bcr(y|ies|ied|ying)\b|tear|heartbr|broken|griev|mourn|melanchol|sorrow|lonel|alone\b"
            r"|blue\b|somber|sombre|gloom|regret|despair|hurt|wistful and low|dejected|bleak|aching"),
    ("longing", r"long(s|ing)\b|yearn|nostalg|wistful|bittersweet|pensive|reflect|missing\b|misses\b|dream"
                r"|hope\b|hoping|hopeful|contemplat|thoughtful|introspect|remember|searching"),
    ("joyful", r"joy|ecsta|euphor|elat|jubil|celebrat|party|triumph|exuber|excite|cheer|wild\b|exhilarat"),
    ("playful", r"playful|mischie|cheek|teas|flirt|silly|goofy|funny|quirky|wink|humor|humour"),
    ("tender", r"tender|lov(e|ing|es)\b|romanti|intimat|gentle|warm|soft|affection|sweet|cozy|cosy|caring"),
    ("happy", r"happ|smil|grin|bright|upbeat|light.?hearted|carefree|fun\b|sunny|glad|delight|laugh|uplift"
              r"|content|relie[fv]"),
    ("proud", r"proud|confiden|determin|strong|brave|bold|empower|heroic|resolut|cool\b|swagger|power"),
    ("tired", r"tired|exhaust|weary|sleepy|bored|drows|yawn|numb"),
    ("calm", r"calm|peace|seren|quiet|relax|still\b|tranquil|hush|chill|mellow|dreamy"),
)  # fmt: skip
_PATTERNS = [(name, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for name, words in _WORDS]


def feeling_of(text: str) -> str:
    """Return the feeling that a text names, empty if it names none."""
    return next((name for name, pattern in _PATTERNS if pattern.search(text)), "")


def energy_of(feeling: str) -> float:
    """Return how lively a feeling is, 0 to 1."""
    return FEELINGS.get(feeling, Feeling()).energy


def feel(pose: Pose, feeling: str, share: float) -> None:
    """Let a feeling show in face and bearing; the share is what the action itself leaves to it."""
    felt = FEELINGS.get(feeling)
    if felt is None or share <= 0:
        return
    mood = pose.mood
    mood.smile += (felt.smile - mood.smile) * share
    mood.brows += (felt.brows - mood.brows) * share
    mood.worry += (felt.worry - mood.worry) * share
    mood.lids += (max(felt.lids, 1.0) * min(mood.lids, felt.lids, 1.0) - mood.lids) * share
    mood.open = max(mood.open, felt.open * share)
    mood.gaze_y += felt.gaze_y * share
    pose.nod += 0.35 * felt.drop * share
    pose.tilt += 0.05 * max(0.0, felt.drop) * share
    pose.curve += 0.05 * felt.drop * share
