"""Describe a song's music to a model in a line of words."""

from __future__ import annotations

from storyboard.schema.song import Song


def music_prompt(song: Song) -> str:
    """Return genre, tempo, key, tags of the recording and mood; nothing of the singer."""
    recording = song.recording
    words = [song.genre, f"{song.tempo_bpm:g} BPM", song.key]
    if song.time_signature != "4/4":
        words.append(f"{song.time_signature} time")
    words += [recording.melody, recording.beat, recording.rhythm, song.vocals.emotions, "instrumental"]
    return ", ".join(word for word in words if word)
