"""The score of a dream: when a picture is painted, from which prompt, and towards which target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from storyboard.generators.seams import Cue, VideoRequest

if TYPE_CHECKING:
    from storyboard.generators.video.dream import DreamParameters

_CLOSEST_S = 0.2  # pictures nearer to each other than this flicker


@dataclass(frozen=True)
class Key:
    """One picture to paint.

    Attributes:
        frame: of the clip, on which it is fully there.
        prompt: what is to be seen.
        negative_prompt: what is not.
        strength: how far it may leave the picture before it.
        target: the file of the picture that it comes near to; empty for none.
        nearness: how much of the target is mixed in, 0 to 1.
    """

    frame: int
    prompt: str
    negative_prompt: str
    strength: float
    target: str = ""
    nearness: float = 0.0


def score_of(request: VideoRequest, told: DreamParameters) -> list[Key]:
    """Return the pictures of a scene in order, the first on its first frame.

    Without a line of the user's own, the scene's prompt holds throughout.
    """
    cues = sorted(request.cues, key=lambda cue: cue.first_frame)
    return [_key(frame, cues, request, told) for frame in _frames(request, told)]


def _frames(request: VideoRequest, told: DreamParameters) -> list[int]:
    """Return when pictures are painted: on the first frame, and on beats or evenly."""
    fps = request.look.fps
    if told.keys == "beats" and request.beats:
        asked = [beat for beat in request.beats if 0 < beat < request.n_frames]
    else:
        every = max(1, round(fps / told.keys_per_s))
        asked = list(range(every, request.n_frames, every))
    frames = [0]
    for frame in asked:
        if frame - frames[-1] >= _CLOSEST_S * fps:
            frames.append(frame)
    return frames


def _key(frame: int, cues: list[Cue], request: VideoRequest, told: DreamParameters) -> Key:
    begun = [cue for cue in cues if cue.first_frame <= frame]
    unwanted = told.negative_prompt or request.scene.negative_prompt
    if not begun:
        return Key(frame, request.scene.prompt, unwanted, told.strength)
    cue = begun[-1]
    following = next((each.first_frame for each in cues if each.first_frame > frame), request.n_frames)
    done = (frame - cue.first_frame + 1) / max(1, following - cue.first_frame)
    return Key(
        frame=frame,
        prompt=_joined(cue.prompt or request.scene.prompt, cue.style),
        negative_prompt=", ".join(text for text in (cue.negative_prompt, unwanted) if text),
        strength=told.strength if cue.strength is None else max(cue.strength, 1e-3),
        target=cue.image.file if cue.image else "",
        nearness=told.approach * done if cue.image else 0.0,
    )


def _joined(prompt: str, style: str) -> str:
    return f"{prompt.rstrip('. ')}. {style}" if style else prompt
