"""The words that tell actions, as people and language models write them.

In order: the first that matches decides, so what one holds or does with the hands comes before how one
stands. Anchored at word starts; stems match all forms of a verb.
"""

from __future__ import annotations

import re

_HIS = r"(his|her|their|the|a|an|\w+'s|\s*'s)"

STEMS: tuple[tuple[str, str], ...] = (
    ("guitar", r"strum|guitar|ukulele|banjo|pluck|\bbass\b|riff|violin|cello|fiddl"),
    ("sing_stand", r"mic(rophone)?[- ]stand|stand(ing)? mic|old.fashioned mic"
                   rf"|(at|behind|before|in front of) {_HIS} (\w+ )?mic(rophone)?\b"),
    ("work", r"typ(e|es|ing)\b"),
    ("piano", rf"piano"
              rf"|(play|practi[cs]|jam|improvis)\w* (on )?({_HIS} )?(\w+ )?(keys|keyboards?|synth\w*|organ)\b"
              rf"|(at|behind) {_HIS} (keys|keyboards?|synth\w*|organ)\b"),
    ("phone", r"phone|scroll|swip|text(s|ing|ed)?\b|screen|selfie|\bcall(s|ing)?\b|\bdial|mobile|tiktok"),
    ("turn_away", r"turn(s|ed|ing)? (away|around|(his|her|their) back)"
                  r"|walk(s|ed|ing)? (off|out|away)\b(?=.*back turned)"
     r"|look(s|ed|ing)? away|head bowed|bow(s|ed|ing)? (his|her|their) head|back to"
     r"|leav(es|ing) (him|her|them)"),
    ("hold_hands", r"(hold|join|clasp|squeez|link|tak|reach\w* for)(e|es|s|ing)?"
                   rf" ({_HIS} |each other's )?(hands?|fingers)\b"
                   r"|hand.in.hand|arm.in.arm|interlac|intertwin|entwin|fingers (laced|linked)"),
    ("hug", r"hug|embrac|hold(s|ing)? (each other|one another|(him|her|them)\b)|cuddl|snuggl|kiss|arms around"
            r"|open(s|ed)? (his|her|their) arms|arms (wide|open)|in each other's arms"
            r"|(head|cheek) (on|against) (his|her|their|\w+'s|\s*'s) (shoulder|chest)"),
    ("waltz", r"waltz|slow.?danc|ballet|pirouett|sway\w* (slow|gent|soft|together|side|back)"
              r"|danc\w* (slow|soft|gent|close|tender|cheek)|(slow|gent|soft|tender)\w* danc"),
    ("dance_jump", r"(bounc|hop)\w* up\b|(jump|bounc|hop)\w* (around|to the (beat|music|rhythm))|mosh"
                   r"|head.?bang"
                   r"|rav(es|ing)\b|pogo|break.?danc|danc\w* (wild|energ|franti|ecsta|like|hard|with abandon)"
                   r"|(wild|energetic|frantic|ecstatic)\w* danc"),
    ("dance", r"danc|groov|twirl|spin|sway|boogie|shimm|moves? to the|two.?step|salsa|tango"),
    ("laugh", r"laugh|giggl|chuckl|crack(s|ing)? up|grin"),
    ("cry", r"\bcr(y|ies|ied|ying)\b|weep|wept|sob|tears?\b|wip(es|ing) (his|her|their) (eyes|face|cheek)"),
    ("jump", r"jump|leap|hop(s|ped|ping)?\b|skip(s|ped|ping)?\b|bounc"),
    ("run", r"\brun(s|ning)?\b|\bran\b|sprint|chas|jog|rush|race|racing|dash|hurr|flee|bolt(s|ing)?\b"),
    ("wave", r"wav(e|es|ed|ing)\b|greet|farewell|good-?bye|say(s|ing)? (hi|hello|bye)|hail|beckon"),
    ("point", r"point|gestur|show(s|ing)? the way"),
    ("sing", r"sing(s|ing)?\b|\bsang\b|microphone|\bmic\b|croon|belt(s|ing)?\b|rap(s|ping)?\b|lip-?sync"
             r"|perform|vocal|hum(s|ming)?\b|serenad"),
    ("drive", r"driv|steer|(behind|grip\w*|hands on) the (steering )?wheel|cruis|pulls? over"
              r"|(?<!up )(?<!points )(?<!looks )(?<!stares )at the (steering )?wheel"
              r"|parks? (the|his|her) car"),
    ("read", r"read|book|letter|newspaper|magazine|\bpage|diary|postcard|journal"),
    ("cook", r"cook|bak(e|es|ing)\b|stir|chop|fry|fries\b|saut|knead|simmer|whisk|flip\w* (a )?pancake"
             r"|mak(es|ing) (dinner|breakfast|lunch|food|soup|pasta|pancakes)|at the stove"
             r"|prepar\w* (a )?(meal|dinner|food)"),
    ("sleep", r"sleep|asleep|doz|nap(s|ping)?\b|slumber|dream(s|ing)? in bed|lie(s)? (down|awake|in bed|on)"
              r"|lying|lays? (down|in bed)|snor|slump|in bed\b|passed out"),
    ("window", r"(look|gaz|star|peer|glanc|watch)\w*"
               r" (\w+ )?(out\b|outside|through the (\w+ )?(window|glass|pane))"
               r"|watch\w* (.*) (through|from|outside|out of) (the|a|his|her|their) (\w+ )?window"
               r"|(head|forehead|hand|cheek) (on|against|to) the (\w+ )?(window|glass)|look\w* out"),
    ("talk", r"talk|chat|convers|argu|whisper|speak|tell(s|ing)?\b|told|discuss|say(s|ing)?\b|confess|debat"
             r"|explain|ask(s|ing)?\b|answer|shout|yell|gossip|confront|plead|apologi[sz]|flirt|joke"
             r"|jokes|bicker"),
    ("work", r"work|writ|mix(es|ing)\b|paint|draw|wash|clean|fold|build|repair|fix|knit|sew|carv|plant"
             r"|dig|serv|pour"
             r"|keyboard|laptop|drum|dj|brew|mak(es|ing) (coffee|tea|drinks?|cocktails?)|pack(s|ing)"
             r"|peel|polish|sketch|sort|water(s|ing)|sweep|mop(s|ping)"),
    ("look_up", r"(look|gaz|star|glanc|peer)\w* (up|at the (\w+ )?(sky|stars?|moon|ceiling|sun|clouds?"
                r"|rain|fireworks?|skyline|northern))"
     r"|stargaz|look(s|ing)? to the (sky|stars)"
     r"|watch\w* the (stars|sky|moon|fireworks|clouds|sunset|sunrise|snow|rain|planes?)"
     r"|face to the (sky|rain|sun)|stares at the (sky|stars)|wonder|head tilted back"),
    ("sit", r"\bsit(s|ting)?\b|\bsat\b|seat|bench|crouch|kneel|rest(s|ing)\b|perch|eat(s|ing)?\b|drink|sip"
            r"|sink(s|ing)? into|in the (back|passenger) seat|rid(es|ing)\b"),
    ("window", r"(at|by|near|against|facing) (the|a|an|his|her|their) (\w+ )?window"),
    ("walk", r"walk|stroll|wander|march|pac(e|es|ing)\b|step|strid|cross|hik|trudg|approach|arriv|enter"
             r"|follow|tiptoe|roam"
     r"|leav(e|es|ing)\b|explor|climb|travel|stumbl|com(es|ing)\b|go(es|ing)?\b"
     r"|head(s|ing)? (to|for|home|into)"),
    ("turn_away", r"\bturn(s|ed|ing)?\b|look(s|ed|ing)? (back|down)|mourn|sigh|hesitat|alone|lonely"),
    ("stand", r"stand|stood|wait|lean|watch|look|star(es|ing)|listen|smil|pos(es|ing)\b|stay|hold"),
)  # fmt: skip

PATTERNS = [(action, re.compile(rf"\b(?:{stem})", re.IGNORECASE)) for action, stem in STEMS]
SITTING = re.compile(
    r"\b(sit(s|ting)?|sat|seated|perche[sd]|perching|kneel(s|ing)?|crouch(es|ing)?)\b"
    r"|\b(on|in) (an?|the|his|her|their) (\w+ )?(bench|sofa|couch|armchair|chair|stool|seat)\b",
    re.IGNORECASE,
)
LEAVES = re.compile(
    r"\b(walk|run|stroll|wander|march|stumbl|rush|hurr|storm|driv|go)\w* (slowly |quickly )?(away|off|out)\b"
    r"|\bleav(es|ing)\b",
    re.IGNORECASE,
)
SINGS = re.compile(r"\b(sing(s|ing)?|sang|croons?|crooning|serenad\w*|raps?|rapping)\b", re.IGNORECASE)
WALKING = re.compile(r"\b(walk|stroll|wander|march|pac(es|ing)\b)", re.IGNORECASE)
PLURAL = re.compile(
    r"\b(they|both|all|everyone|everybody|together|each other|one another"
    r"|the (couple|two|three|four|band|friends|pair|lovers))\b", re.IGNORECASE
)  # fmt: skip
STRANGER = re.compile(
    r"(an?|the|some(one|body)?|other|people|behind|around|in the background)\b", re.IGNORECASE
)


def matched(text: str) -> str:
    """Return the action that a clause tells, empty if it tells none."""
    return next((action for action, pattern in PATTERNS if pattern.search(text)), "")


def verb_at(text: str) -> int:
    """Return where the first word that tells an action stands; the text's length if none does."""
    return min(
        (match.start() for _, pattern in PATTERNS if (match := pattern.search(text))), default=len(text)
    )
