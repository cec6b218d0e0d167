"""What a music model is told of a song."""

from __future__ import annotations

from storyboard.generators.music.prompt import music_prompt
from storyboard.schema.song import Song


def test_a_prompt_tells_of_the_recording_and_the_mood_and_not_of_the_singer() -> None:
    song = Song.model_validate(
        {
            "title": "Kettle",
            "genre": "folk",
            "tempo_bpm": 96,
            "time_signature": "3/4",
            "key": "D minor",
            "sections": [{"kind": "verse", "lines": ["A kettle sings"]}],
            "recording": {"melody": "plucked", "beat": "brushed drums", "rhythm": ""},
            "vocals": {"emotions": "wistful", "voice": "female, warm"},
        }
    )
    assert music_prompt(song) == (
        "folk, 96 BPM, D minor, 3/4 time, plucked, brushed drums, wistful, instrumental"
    )
