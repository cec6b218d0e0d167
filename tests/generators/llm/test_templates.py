"""Filled-in text templates: what models make of them, and what is read from it."""

from __future__ import annotations

import pytest

from storyboard.generators.llm.answers import BoardForm, CastForm, Form, LookForm, SongForm, StoryForm
from storyboard.generators.llm.answers.labels import entries
from storyboard.prompts import render

SONG = """<think>They want a song. **Title:** no</think>
Sure! Here's your song:

```markdown
**Song Title:** *Neon Heart*
**Genre:** Shoegaze-Polka
- **Tempo:** 110-120 BPM
* Key: G
**Time Signature**: common time
**Melody:** soaring, bright
Vocal Range: mid
**Verse 1:**
1. I saw your face on a little screen
2. The brightest light I had ever seen
You danced alone in the kitchen glow [Am]
And I was the only one to know (x2)

**[Chorus]**
Oh neon heart, you burn so bright
Say it: I'm coming home
Music is all we own tonight

## Verse 2
I hope you heard me on the train
(instrumental break)
I called you home again, again

**Chorus (repeat)**

*Outro:*
(instrumental fade out)
```

I hope you enjoy this song! Let me know if you want changes.
"""
CHORUS = ["Oh neon heart, you burn so bright", "Say it: I'm coming home", "Music is all we own tonight"]

BOARD = """Here is the storyboard.

*Scene 1: The Lonely Kitchen*
- **Setting:** a cramped kitchen with blue tiles
- **Time of Day:** Early evening
- **Weather:** heavy rain on a train
- **Characters:** mia, Leo Hart
- **Actions and Posture:** Mia dances alone.
  Leo watches.
- **Plot:** It begins.
- **Kind:** Performance
**Scene 2 - Street**
Setting: a wide street
Characters: Mia
Actions: She runs. She laughs.
### Scene 4: The roof
**Location:** A rooftop at night
Who: nobody
Type: environment
---
Let me know what you think!
"""

CAST = """**Character 1: Mia (the protagonist)**
**Gender:** female
Age: in her late twenties
Hair colour: auburn
Hair length: shoulder-length
Eyes: green eyes
Clothing: a mustard wool coat, dark blue jeans and a leather belt
**Character 2: Leo**
Gender: man
Age: 30s
Hair: short grey curly
Eyes: brown
"""


def test_a_song_is_read_through_fences_thoughts_chatter_and_numbers() -> None:
    form = SongForm(6, 0)
    read = form.read(SONG)
    song = form.assemble(read.parts)
    assert form.gaps(read.parts) == {}
    assert (song.title, song.genre, song.tempo_bpm) == ("Neon Heart", "Shoegaze-Polka", 115)
    assert (song.key, song.time_signature, song.recording.melody) == ("G major", "4/4", "soaring, bright")
    kinds = [section.kind for section in song.sections]
    assert kinds == ["verse", "chorus", "verse", "chorus", "outro"]
    assert song.sections[0].lines[0] == "I saw your face on a little screen"
    assert song.sections[0].lines[2:] == [
        "You danced alone in the kitchen glow",
        "And I was the only one to know",
    ]
    assert song.sections[1].lines == song.sections[3].lines == CHORUS
    assert song.sections[2].lines[1:] == ["I called you home again, again"]
    assert song.sections[4].lines == []


def test_scenes_are_read_by_their_numbers_whatever_the_marks() -> None:
    form = BoardForm(["Mia", "Leo"], 4)
    parts = form.read(BOARD).parts
    assert list(form.gaps(parts)) == ["scene 3"]
    first, second, roof = (parts[f"scene {number}"] for number in (1, 2, 4))
    assert (first["title"], first["time_of_day"], first["weather"]) == ("The Lonely Kitchen", "dusk", "rain")
    assert (first["characters"], first["kind"]) == (["Mia", "Leo"], "performance")
    assert first["actions"] == "Mia dances alone. Leo watches."
    assert (second["title"], second["actions"]) == ("Street", "Mia runs. Mia laughs.")
    assert (roof["setting"], roof["time_of_day"], roof["kind"]) == (
        "A rooftop at night",
        "night",
        "environment",
    )


def test_sheets_are_read_field_by_field() -> None:
    form = CastForm()
    parts = form.read(CAST).parts
    assert list(form.gaps(parts)) == ["character 2: clothing"]
    assert (parts["character 1: gender"], parts["character 1: age"]) == ("woman", 27)
    assert parts["character 1: hair"] == {"color": "auburn", "length": "medium", "style": ""}
    assert parts["character 1: eyes"] == "green"
    assert parts["character 1: clothing"] == [
        {"item": "coat", "color": "mustard", "material": "wool"},
        {"item": "jeans", "color": "dark blue", "material": ""},
    ]
    assert parts["character 2: hair"] == {"color": "gray", "length": "short", "style": "curly"}


def test_story_and_look_are_read() -> None:
    story = StoryForm().read(
        "Summary: A heron waits.\nIt rains.\n*Who:* Mia\n**Setting:** a roof\n**What changes:** ..."
    )
    assert story.parts["summary"] == "A heron waits. It rains." and story.parts["where"] == "a roof"
    assert list(StoryForm().gaps(story.parts)) == ["change"]
    look = LookForm().read(
        "**Style:** ink\n**Colour Palette:** #101820, #F2AA4C #ffffff;#000000 and #123456 #999999"
    )
    assert look.parts["palette"] == ["#101820", "#f2aa4c", "#ffffff", "#000000", "#123456"]


@pytest.mark.parametrize(
    "form",
    [SongForm(6, 0), BoardForm(["Mia"], 6), CastForm(), StoryForm(), LookForm()],
    ids=lambda f: f.template,
)
def test_an_empty_template_sent_back_holds_nothing(form: Form[object]) -> None:
    blank = render(form.template, **form.blank([]))
    assert form.gaps(form.read(blank).parts)
    assert not any(str(value).strip(". ") == "" for value in form.read(blank).parts.values())


@pytest.mark.parametrize(
    ("line", "name", "number"),
    [
        ("**Verse 2:**", "verse", 2),
        ("__Verse Two__", "verse", 2),
        ("*verse ii*", "verse", 2),
        ("## Verse 2", "verse", 2),
        ("[Verse 2]", "verse", 2),
        ("(Verse 2)", "verse", 2),
        ("> - **VERSE 2**:", "verse", 2),
        ("Verse 2 (x2)", "verse", 2),
        ("Final Verse", "verse", None),
        ("Verse\uff1a", "verse", None),
    ],
)
def test_a_heading_is_known_in_every_dress(line: str, name: str, number: int | None) -> None:
    (entry,) = entries(f"{line}\nwords", {"verse": "verse"}, frozenset({"verse"}))
    assert (entry.name, entry.number, entry.lines) == (name, number, ["words"])


def test_a_line_that_only_holds_a_colon_is_no_label() -> None:
    (entry,) = entries(
        "Verse 1\nShe said: go home\n12:30 by the clock", {"verse": "verse"}, frozenset({"verse"})
    )
    assert entry.lines == ["She said: go home", "12:30 by the clock"]
