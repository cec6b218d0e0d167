"""Free text to actions."""

from __future__ import annotations

import pytest

from storyboard.generators.video.animatic.figure.actions import ACTIONS, actions_of, feelings_of
from storyboard.schema.scene import Scene


def scene(actions: str, kind: str = "story", names: tuple[str, ...] = ("Maya", "Leo")) -> Scene:
    record = {
        "id": "s",
        "title": "t",
        "setting": "a room",
        "characters": list(names),
        "actions": actions,
        "kind": kind,
    }
    return Scene.model_validate(record)


PHRASES = {
    "stand": ["stands under a streetlight", "waits at the bus stop", "leans against the wall, smiling",
        "watches the crowd", "listens to the rain", "poses for the camera"],
    "walk": ["walks down the empty street", "strolls along the pier", "wanders through the market",
        "paces the room", "trudges home through the snow", "climbs the stairs", "enters the diner",
        "strides towards the camera"],
    "run": ["runs through the rain", "sprints for the train", "chases the bus", "hurries down the hall",
        "is running late", "races across the bridge"],
    "dance": ["dances in the kitchen", "grooves to the beat", "twirls in her dress",
        "spins under the lights", "sways with eyes closed", "boogies alone"],
    "dance_jump": ["dances wildly", "jumps to the beat", "headbangs in the front row",
        "bounces up and down", "dances like nobody is watching", "raves until dawn"],
    "waltz": ["waltzes across the floor", "slow dances in the living room", "sways gently to the music",
        "dances slowly in the moonlight", "practises ballet"],
    "sit": ["sits on the edge of the bed", "is seated at the counter", "sips a cocktail",
        "kneels by the grave", "eats a slice of pizza", "sinks into the sofa", "rides the bus home"],
    "sing": ["sings her heart out", "croons into a vintage microphone", "belts the chorus",
        "raps to the camera", "hums softly", "performs under a spotlight", "lip-syncs the hook"],
    "sing_stand": ["sings at a microphone stand", "grips the mic stand",
        "croons behind an old-fashioned mic"],
    "phone": ["scrolls through TikTok", "looks at her phone", "texts him back", "takes a selfie",
        "stares at the glowing screen", "swipes left", "calls her mother"],
    "wave": ["waves goodbye", "greets the neighbours", "says goodbye at the gate",
        "waves from the platform", "beckons to the camera"],
    "hug": ["hugs her knees", "embraces her mother", "kisses him", "opens her arms wide", "cuddles the dog",
        "rests her head on his shoulder"],
    "hold_hands": ["holds his hand", "takes her hand", "holds hands with him", "reaches for his hand",
        "squeezes her hand"],
    "talk": ["talks to the bartender", "whispers a secret", "argues with him", "tells a story",
        "confesses everything", "says sorry", "chats with friends"],
    "point": ["points at the horizon", "gestures toward the door"],
    "look_up": ["looks up at the stars", "gazes at the moon", "stargazes", "watches the fireworks",
        "stares at the ceiling"],
    "turn_away": ["turns away from the camera", "looks away", "bows her head", "turns her back", "sighs"],
    "guitar": ["strums an acoustic guitar", "plays the bass", "plucks a ukulele", "tunes her guitar",
        "plays the violin"],
    "piano": ["plays the piano", "sits down at the piano and plays", "plays keys",
        "improvises on the synth", "runs her fingers over the piano"],
    "work": ["types on a laptop", "paints a canvas", "washes the dishes", "writes a song",
        "mixes records as a DJ", "packs a suitcase", "plays the drums"],
    "cook": ["cooks dinner", "stirs a pot", "flips pancakes", "bakes a cake", "chops vegetables",
        "makes breakfast"],
    "drive": ["drives down the coast", "is at the wheel", "grips the steering wheel",
        "cruises through the city", "drives with the windows down"],
    "read": ["reads a letter", "flips through a magazine", "opens a book"],
    "sleep": ["sleeps in", "dozes off", "is fast asleep", "lies awake in bed", "naps on the couch",
        "lies down"],
    "window": ["looks out of the window", "gazes out the window", "stares out at the rain",
        "watches the city through the window", "presses her forehead against the window",
        "peers through the glass", "stands by the window"],
    "jump": ["jumps for joy", "leaps over a puddle", "skips along the path"],
    "laugh": ["laughs out loud", "giggles", "cracks up", "chuckles at a joke"],
    "cry": ["cries silently", "wipes a tear from her cheek", "weeps", "sobs into a pillow",
        "breaks into tears"],
    "sit+phone": ["sits on the couch scrolling on her phone"],
    "sit+window": ["sits by the bed, looking out of the window"],
    "sit+guitar": ["sits on a stool and plays guitar"],
    "walk+phone": ["walks down the street staring at her phone"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "maya", "leo"),
    [
        ("Maya scrolls through her phone. Leo strums a guitar.", "phone", "guitar"),
        ("Maya stares at the sky while Leo waves", "look_up", "wave"),
        ("Maya sings into a microphone, Leo dances beside her", "sing", "dance"),
        ("Maya runs down the street; Leo walks behind", "run", "walk"),
        ("Leo sits on a bench. Maya points at the moon.", "point", "sit"),
        ("Maya and Leo dance under the lights", "dance", "dance"),
        ("Maya walks in. She looks up at the stars.", "look_up", "stand"),
        ("Maya waves at Leo", "wave", "stand"),
        ("Maya hugs Leo", "hug", "hug"),
        ("They hug", "hug", "hug"),
        ("Leo turns away. Maya cries.", "cry", "turn_away"),
        ("Maya is typing on a laptop, Leo cooks pasta", "work", "cook"),
        ("Leo reads a letter and Maya sleeps on the couch", "sleep", "read"),
        ("Both jump for joy", "jump", "jump"),
        ("Maya laughs, then she sits down", "laugh", "stand"),
        ("Maya gazes up at the stars. Leo leans on the wall", "look_up", "stand"),
        ("Maya stands at the window. A cat runs past.", "window", "stand"),
        ("Maya sits at the window and looks at her phone. Leo waves.", "sit+phone", "wave"),
        ("Maya sits down, laughs and Leo reads on a bench", "sit+laugh", "sit+read"),
        ("Maya runs along the beach and waves", "run+wave", "stand"),
        ("Maya sits on the steps. Leo runs past the bench.", "sit", "run"),
        ("", "stand", "stand"),
        ("A cat runs past the window", "stand", "stand"),
    ],
)
def test_each_character_does_what_the_text_says(text: str, maya: str, leo: str) -> None:
    assert actions_of(scene(text)) == {"Maya": maya, "Leo": leo}


@pytest.mark.parametrize(
    ("text", "action"),
    [(text, action) for action, texts in PHRASES.items() for text in texts],
)
def test_a_phrase_is_acted_as_it_is_meant(text: str, action: str) -> None:
    assert actions_of(scene(f"Maya {text}", names=("Maya",)))["Maya"] == action


def test_there_are_enough_phrases_to_trust_the_words() -> None:
    assert sum(len(texts) for texts in PHRASES.values()) >= 120
    assert set(ACTIONS) <= set(PHRASES)


@pytest.mark.parametrize(
    ("text", "maya", "leo"),
    [
        ("Maya talks to Leo at the bar", "talk", "talk"),
        ("Maya and Leo walk hand in hand along the shore", "walk+hold_hands", "walk+hold_hands"),
        ("Maya takes Leo's hand", "hold_hands", "hold_hands"),
        ("Maya slow dances with Leo", "waltz", "waltz"),
        ("Maya dances with Leo under the mirror ball", "dance", "dance"),
        ("Maya rests her head on Leo's shoulder", "hug", "hug"),
        ("They argue in the kitchen", "talk", "talk"),
        ("Maya drives, Leo looks out of the window", "drive", "window"),
        ("Maya plays the piano while Leo sings into the mic stand", "piano", "sing_stand"),
        ("Leo sleeps in the back seat, Maya drives through the night", "drive", "sleep"),
    ],
)
def test_what_two_do_together(text: str, maya: str, leo: str) -> None:
    assert actions_of(scene(text)) == {"Maya": maya, "Leo": leo}


@pytest.mark.parametrize(
    ("text", "mood", "maya", "leo"),
    [
        ("Maya smiles. Leo stands.", "melancholic", "happy", "sad"),
        ("Maya scowls at her phone, Leo waits nervously", "", "angry", "afraid"),
        ("Maya walks. Leo sits.", "bittersweet nostalgia", "longing", "longing"),
        ("Maya dances, Leo claps", "euphoric celebration", "joyful", "joyful"),
        ("Maya gasps in surprise", "calm", "surprised", "calm"),
        ("Maya waits", "", "", ""),
    ],
)
def test_faces_show_what_the_action_or_the_mood_tells(text: str, mood: str, maya: str, leo: str) -> None:
    asked = scene(text).model_copy(update={"mood": mood})
    assert feelings_of(asked) == {"Maya": maya, "Leo": leo}


def test_a_performance_has_a_singer_and_dancers() -> None:
    assert actions_of(scene("", "performance", ("A", "B", "C"))) == {"A": "sing", "B": "dance", "C": "dance"}


def test_a_name_is_not_a_verb() -> None:
    assert actions_of(scene("Rose waits by the door", names=("Rose", "Walker"))) == {
        "Rose": "stand",
        "Walker": "stand",
    }


def test_a_long_name_answers_to_its_first_word() -> None:
    assert actions_of(scene("Maya dances", names=("Maya Lopez",))) == {"Maya Lopez": "dance"}


def test_every_action_that_is_given_can_be_drawn() -> None:
    assert len(set(ACTIONS)) == len(ACTIONS) >= 24
