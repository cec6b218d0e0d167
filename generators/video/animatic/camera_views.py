"""Views: where the camera stands for a framing, so that nobody whom it shows is cut at an edge."""

from __future__ import annotations

from storyboard.generators.video.animatic.camera import Frame, View
from storyboard.generators.video.animatic.casting import Actor
from storyboard.generators.video.animatic.figure.combined import parts_of
from storyboard.generators.video.animatic.scenery import ADULT

_FEET = 0.815
"""Where feet stand in a wide shot, as a share of the frame's height: above the captions."""
_WIDE = ((1.0, 0.0), (1.12, 0.08), (1.06, -0.06))
"""Zoom of a wide shot, and how far its middle lies aside, as a share of half the width."""
_KNEES, _ANKLES = -0.28 * ADULT, -0.06 * ADULT
"""Where a medium shot ends at its lower edge, and how far down it may reach, in scene units."""
_BESIDE = (0.17, 0.125, 0.095)
"""Room beside the outer heads of a group, in scene units: the first that the frame has."""
_AHEAD, _ARM_AHEAD = 0.022, 0.055
"""Room that one who is alone in a narrow frame has in front rather than behind, in scene units, and with an
arm stretched out."""
_STRETCHED = frozenset(("wave", "point", "hug", "guitar", "cook", "window", "hold_hands"))
_HEADROOM = 0.055


def wide_view(
    frame: Frame, cast: tuple[Actor, ...], scene_index: int, mirrored: bool, *, nearer: bool
) -> View:
    """Show whole bodies, heads in the air too; scenes of a film differ in distance and in what is aside."""
    zoom, aside = _WIDE[scene_index // 2 % len(_WIDE)]
    zoom += 0.10 if nearer else 0.0
    top = min((actor.highest for actor in cast), default=-ADULT)
    zoom = max(1.0, min(zoom, _FEET * frame.height / frame.scale / (0.04 - top)))
    half = frame.width / frame.scale / 2
    feet = (_FEET - 0.5) * frame.height / frame.scale / zoom
    return View(
        zoom, aside * half, min(frame.middle_y * (2 - zoom), -feet) if zoom > 1 else frame.middle_y, mirrored
    )


def medium_view(
    frame: Frame, cast: tuple[Actor, ...], subject: Actor, mirrored: bool
) -> tuple[View, tuple[Actor, ...]]:
    """Show the cast to the knees; where the frame is too narrow for that, the subject and who is with it."""
    view = _group_view(frame, cast, mirrored) if len(cast) > 1 else None
    if view is not None:
        return view, cast
    view = _single_view(frame, subject, mirrored)
    half = frame.width / frame.scale / view.zoom / 2
    seen = [
        actor
        for actor in cast
        if actor is subject or abs(actor.head[0] - view.x) < half - 1.2 * actor.head[2]
    ]
    return view, tuple(seen)


def close_view(frame: Frame, actors: tuple[Actor, ...], mirrored: bool, turn: int) -> View:
    """Show a face, with more room where it looks to; of two who hold each other both."""
    subject, *held = actors
    if held:
        return _pair_view(frame, actors, mirrored)
    x, y, radius = subject.head
    share = 0.185 if frame.width > frame.height else min(0.21, 0.25 * frame.width / frame.height)
    zoom = max(1.7, min(4.2, share * frame.height / (radius * frame.scale)))
    visible_w, visible_h = frame.width / frame.scale / zoom, frame.height / frame.scale / zoom
    aside = 0.11 if frame.width > frame.height else 0.03
    raised = max(0.0, min(0.10 * visible_h, (subject.figure.crown + 0.15) * radius - 0.40 * visible_h))
    offset = aside * visible_w * subject.facing * (1 if turn % 2 == 0 else 0.7)
    return View(zoom, x + offset, y + 0.10 * visible_h - raised, mirrored)


def _pair_view(frame: Frame, actors: tuple[Actor, ...], mirrored: bool) -> View:
    heads = [actor.head for actor in actors]
    left, right = min(x - r for x, _, r in heads) - 0.05, max(x + r for x, _, r in heads) + 0.05
    top, low = min(y - r for _, y, r in heads) - _HEADROOM, max(y + r for _, y, r in heads) + 0.06
    visible_w, visible_h = frame.width / frame.scale, frame.height / frame.scale
    zoom = max(1.7, min(4.2, visible_w / (right - left), visible_h / (low - top)))
    return View(zoom, (left + right) / 2, top + visible_h / zoom / 2, mirrored)


def empty_view(framing: str, frame: Frame, index: int, mirrored: bool) -> View:
    """Show a place without people: whole, or a part of it on alternating sides."""
    if framing == "wide":
        return View(1.0, 0.0, frame.middle_y, mirrored, deep_focus=True)
    zoom = 1.45 if framing == "medium" else 2.1
    half = frame.width / frame.scale / 2
    side = 1 if index % 2 == 0 else -1
    x, y = side * half * 0.8 * (1 - 1 / zoom), frame.middle_y - 0.10 * (1 - 1 / zoom)
    return View(zoom, x, y, mirrored, deep_focus=True)


def _group_view(frame: Frame, cast: tuple[Actor, ...], mirrored: bool) -> View | None:
    """Show all, to the knees if there is room for that beside them, at most to the ankles; None if not."""
    heads = [actor.head for actor in cast]
    visible_w, visible_h = frame.width / frame.scale, frame.height / frame.scale
    top = min(_top_of(actor) for actor in cast)
    left, right = min(head[0] for head in heads), max(head[0] for head in heads)
    for beside in _BESIDE:
        fits = visible_w / (right - left + 2 * beside)
        zoom = min(2.15, fits)
        if top + visible_h / zoom > _ANKLES:  # a tall frame would show feet under the captions, or mere floor
            zoom = max(visible_h / (_ANKLES - top), min(fits, visible_h / (_KNEES - top)))
        if 1.3 <= zoom <= fits:
            return View(zoom, (left + right) / 2, top + visible_h / zoom / 2, mirrored)
    return None


def _top_of(actor: Actor) -> float:
    """Return where a picture of one begins: above the head, and above what stands on it."""
    _, y, radius = actor.head
    return y - max(radius + _HEADROOM, (actor.figure.crown + 0.35) * radius + 0.018)


def _single_view(frame: Frame, subject: Actor, mirrored: bool) -> View:
    """Show one to the knees, an animal on its own legs whole."""
    x = subject.head[0]
    visible_w, visible_h = frame.width / frame.scale, frame.height / frame.scale
    top, height = _top_of(subject), subject.figure.height
    low = 0.05 if subject.figure.is_pet else max(_KNEES * height, top + 0.3)
    zoom = max(1.3, min(2.7, visible_w / 0.34))
    if top + visible_h / zoom > min(low, _ANKLES) or subject.figure.is_pet:
        zoom = max(1.3, min(3.4, visible_h / (low - top)))
    ahead = 0.0
    if frame.width <= frame.height:
        stretched = _STRETCHED & set(parts_of(subject.action))
        ahead = subject.facing * (_ARM_AHEAD if stretched else _AHEAD)
    return View(zoom, x + ahead, top + visible_h / zoom / 2, mirrored)
