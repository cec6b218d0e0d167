"""What figures hold and carry: microphone, phone, guitar, book, scarf, backpack."""

from __future__ import annotations

import math

import skia

from storyboard.generators.video.animatic.figure.colors import RGB, lift, mix, scaled, shade
from storyboard.generators.video.animatic.figure.fixtures import FIXTURES
from storyboard.generators.video.animatic.figure.hands import fist_of, mouth_of
from storyboard.generators.video.animatic.figure.rig import Rig
from storyboard.generators.video.animatic.figure.shapes import add_segment, blob, lerp, polygon, strand

_GLOW = (0.66, 0.85, 1.0)
_WOODS: tuple[RGB, ...] = ((0.76, 0.45, 0.2), (0.62, 0.26, 0.16), (0.86, 0.62, 0.34), (0.3, 0.2, 0.17))
_COVERS: tuple[RGB, ...] = ((0.72, 0.26, 0.25), (0.2, 0.42, 0.5), (0.85, 0.62, 0.24), (0.34, 0.3, 0.52))


def draw_prop(rig: Rig) -> None:
    """Draw what lies under the hands: guitar, book, phone, and the furniture that one plays or works at."""
    prop = {"guitar": _guitar, "book": _book, "phone": _phone, **FIXTURES}.get(rig.pose.prop)
    if prop is not None:
        prop(rig)


def draw_mic(rig: Rig) -> None:
    """Draw the microphone from the hand towards the mouth; the fist comes over it."""
    hand, mouth = fist_of(rig, False), mouth_of(rig)
    dx, dy = mouth[0] - hand[0], mouth[1] - hand[1]
    length = math.hypot(dx, dy) or 1e-6
    size = max(0.02 * rig.body.height, min(0.09 * rig.body.height, length - 0.022 * rig.body.height))
    tip = (hand[0] + dx / length * size, hand[1] + dy / length * size)
    tail = (hand[0] - dx / length * 0.045, hand[1] - dy / length * 0.045)
    handle = skia.Path()
    add_segment(handle, tail, tip, 0.0075, 0.0085, 0.0115)
    rig.brush.fill(handle, (0.16, 0.16, 0.19))
    rig.brush.oval(tip, 0.0185, 0.0185, (0.52, 0.54, 0.58))
    rig.brush.oval((tip[0] - 0.005 * rig.brush.dark, tip[1] - 0.005), 0.009, 0.009, (0.82, 0.84, 0.88))


def shine_phone(rig: Rig) -> None:
    """Let the phone's screen shine on face, hand and chest."""
    hand = fist_of(rig, False)
    head = rig.joints.head
    gloom = rig.brush.gloom
    rig.brush.shine(lerp(hand, head, 0.5), 0.2 * rig.body.height, _GLOW, 0.03 + 0.24 * gloom)
    rig.brush.shine(lerp(hand, head, 0.72), 0.13 * rig.body.height, _GLOW, 0.04 + 0.32 * gloom)


def _phone(rig: Rig) -> None:
    x, y = fist_of(rig, False)
    canvas, size = rig.brush.canvas, rig.body.height
    canvas.save()
    canvas.translate(x + 0.008 * size, y - 0.035 * size)
    canvas.rotate(22)
    w, h = 0.027 * size, 0.053 * size
    case = skia.Path()
    case.addRRect(skia.RRect.MakeRectXY(skia.Rect.MakeLTRB(-w, -h, w * 0.9, h), 0.007, 0.007))
    rig.brush.fill(case, (0.12, 0.12, 0.15))
    screen = skia.Path()
    screen.addRRect(
        skia.RRect.MakeRectXY(skia.Rect.MakeLTRB(-w * 1.12, -h * 0.93, -w * 0.62, h * 0.93), 0.004, 0.004)
    )
    rig.brush.glow(screen, _GLOW)
    canvas.restore()


def _book(rig: Rig) -> None:
    a, b = fist_of(rig, True), fist_of(rig, False)
    middle, size = lerp(a, b, 0.5), rig.body.height
    cover = _COVERS[rig.looks.seed % 4]
    canvas = rig.brush.canvas
    canvas.save()
    canvas.translate(middle[0], middle[1] - 0.035 * size)
    canvas.rotate(math.degrees(math.atan2(b[1] - a[1], b[0] - a[0])) * 0.6 - 4)
    canvas.scale(size, size)
    pages = polygon(
        [(-0.085, -0.055), (0.0, -0.038), (0.085, -0.055), (0.085, 0.04), (0.0, 0.058), (-0.085, 0.04)]
    )
    rig.brush.fill(pages, (0.95, 0.92, 0.85))
    rig.brush.fill(polygon([(-0.092, -0.05), (0.0, -0.03), (0.0, 0.066), (-0.092, 0.046)]), cover)
    rig.brush.fill(polygon([(0.092, -0.05), (0.0, -0.03), (0.0, 0.066), (0.092, 0.046)]), shade(cover, 0.7))
    rig.brush.line(strand([(-0.065, -0.02), (-0.03, -0.012)]), lift(cover, 0.5), 0.006)
    canvas.restore()


def _guitar(rig: Rig) -> None:
    wood = _WOODS[rig.looks.seed % 4]
    brush, canvas, size = rig.brush, rig.brush.canvas, rig.body.height
    hand = fist_of(rig, False)
    spine, pelvis = rig.joints.spine, rig.joints.pelvis
    body = lerp(pelvis, spine, 0.52)
    body = (body[0] - 0.02 * size, body[1])
    canvas.save()
    canvas.translate(*body)
    canvas.rotate(math.degrees(math.atan2(hand[1] - body[1], hand[0] - body[0])))
    canvas.scale(size, size)
    reach = max(0.3, math.hypot(hand[0] - body[0], hand[1] - body[1]) / size + 0.07)
    brush.fill(polygon([(0.05, -0.013), (reach, -0.01), (reach, 0.01), (0.05, 0.013)]), scaled(wood, 0.45))
    brush.fill(
        blob(
            [(reach - 0.005, -0.018), (reach + 0.055, -0.02), (reach + 0.06, 0.016), (reach - 0.005, 0.018)]
        ),
        scaled(wood, 0.6),
    )
    for dy, tone in ((0.008, shade(wood, 1.2)), (0.0, wood)):
        shape = [
            (0.1, -0.058),
            (0.045, -0.052),
            (0.0, -0.07),
            (-0.07, -0.088),
            (-0.125, -0.05),
            (-0.128, 0.04),
            (-0.07, 0.085),
            (0.0, 0.07),
            (0.045, 0.052),
            (0.1, 0.06),
            (0.125, 0.0),
        ]
        brush.fill(blob([(x, y + dy) for x, y in shape]), tone)
    brush.oval((0.03, 0.0), 0.031, 0.031, scaled(wood, 0.3))
    brush.fill(polygon([(0.075, -0.012), (0.13, -0.012), (0.13, 0.012), (0.075, 0.012)]), scaled(wood, 0.45))
    brush.fill(
        polygon([(-0.082, -0.026), (-0.066, -0.026), (-0.066, 0.026), (-0.082, 0.026)]), scaled(wood, 0.4)
    )
    if brush.fine(0.002):
        for y in (-0.006, -0.002, 0.002, 0.006):
            brush.line(strand([(-0.074, y), (reach, y * 0.8)]), (0.93, 0.9, 0.82), 0.0012, 0.8)
    canvas.restore()


def draw_strap(rig: Rig) -> None:
    """Draw the strap that carries the guitar, over the near shoulder."""
    if rig.pose.prop == "guitar":
        strap = rig.torso.line((0.86, 0.97), (0.5, 0.7), (0.1, 0.36))
        rig.brush.line(strap, (0.2, 0.14, 0.13), 0.016)


def draw_scarf(rig: Rig) -> None:
    """Draw a scarf round the neck with one end hanging, and what else is worn there."""
    _neckwear(rig)
    piece = rig.outfit.scarf
    if piece is None:
        return
    brush, color, h = rig.brush, piece.color, rig.body.height
    x, y = lerp(rig.joints.neck, rig.joints.head, 0.1)
    if not rig.pose.back:
        s = rig.swing * 0.012
        end = [
            (x + 0.0 * h, y + 0.03 * h),
            (x + 0.05 * h, y + 0.035 * h),
            (x + 0.062 * h + s, y + 0.2 * h),
            (x + 0.012 * h + s, y + 0.21 * h),
        ]
        brush.fill(polygon(end), shade(color, 0.7))
        stripe = strand([(x + 0.011 * h + s * 0.8, y + 0.17 * h), (x + 0.06 * h + s * 0.8, y + 0.163 * h)])
        brush.line(stripe, mix(color, (1, 1, 1), 0.45), 0.009)
    w = 0.068 * h
    roll = [
        (x - w, y - 0.012 * h),
        (x - w * 0.4, y - 0.028 * h),
        (x + w * 0.5, y - 0.022 * h),
        (x + w, y - 0.004 * h),
        (x + w * 0.9, y + 0.03 * h),
        (x + 0.1 * w, y + 0.056 * h),
        (x - w * 0.85, y + 0.034 * h),
    ]
    brush.fill(blob(roll), color)
    brush.fill(
        blob(
            [
                (x - w * 0.8, y + 0.024 * h),
                (x + 0.1 * w, y + 0.03 * h),
                (x + w * 0.9, y + 0.012 * h),
                (x + w * 0.8, y + 0.032 * h),
                (x + 0.1 * w, y + 0.054 * h),
            ]
        ),
        shade(color),
        0.8,
    )


def _neckwear(rig: Rig) -> None:
    piece = rig.outfit.neck
    if piece is None or rig.pose.back:
        return
    ribbon = rig.torso
    if piece.kind == "tie":
        tie = ribbon.panel((0.54, 0.88), (0.61, 0.88), (0.65, 0.42), (0.58, 0.34), (0.51, 0.42))
        rig.brush.fill(tie, piece.color)
        rig.brush.fill(
            ribbon.panel((0.505, 0.925), (0.645, 0.925), (0.61, 0.855), (0.545, 0.855)),
            shade(piece.color, 0.8),
        )
    else:
        rig.brush.line(
            ribbon.line((0.38, 0.98), (0.46, 0.88), (0.57, 0.84), (0.68, 0.88), (0.76, 0.98)),
            piece.color,
            0.006,
        )
        rig.brush.oval(ribbon.at(0.57, 0.83), 0.009, 0.009, piece.color)


def draw_backpack(rig: Rig, straps: bool) -> None:
    """Draw a backpack behind the shoulders, or its straps over the front."""
    piece = rig.outfit.backpack
    if piece is None:
        return
    ribbon, color = rig.torso, piece.color
    if straps:
        if rig.pose.back:
            _backpack_from_behind(rig, color)
            return
        rig.brush.line(ribbon.line((0.2, 0.95), (0.2, 0.8), (0.08, 0.5)), shade(color, 0.6), 0.02)
        rig.brush.line(ribbon.line((0.88, 0.95), (0.9, 0.8), (0.98, 0.55)), shade(color, 0.6), 0.018)
    elif not rig.pose.back:
        rig.brush.fill(
            ribbon.patch((0.2, 0.98), (-0.2, 0.95), (-0.42, 0.7), (-0.44, 0.3), (-0.1, 0.2), (0.3, 0.25)),
            color,
        )
        rig.brush.fill(
            ribbon.patch((-0.28, 0.55), (-0.4, 0.5), (-0.4, 0.32), (-0.15, 0.26)), shade(color, 0.8)
        )


def _backpack_from_behind(rig: Rig, color: RGB) -> None:
    """Draw the whole bag: straps over the shoulders, body, flap with buckles, pocket."""
    brush, ribbon = rig.brush, rig.torso
    for u in (0.2, 0.8):
        brush.line(ribbon.line((u, 0.99), (u, 0.86)), shade(color, 0.6), 0.022)
    bag = [
        (0.1, 0.92),
        (0.5, 0.96),
        (0.9, 0.92),
        (1.06, 0.6),
        (1.06, 0.22),
        (0.5, 0.12),
        (-0.06, 0.22),
        (-0.06, 0.6),
    ]
    brush.fill(ribbon.patch(*bag), shade(color))
    brush.fill(ribbon.patch(*[(u - 0.03 * brush.dark, 0.01 + t) for u, t in bag]), color)
    brush.fill(ribbon.patch((0.14, 0.44), (0.86, 0.44), (0.88, 0.2), (0.12, 0.2)), shade(color, 0.6))
    brush.fill(
        ribbon.patch((0.04, 0.92), (0.5, 0.97), (0.96, 0.92), (1.02, 0.64), (0.5, 0.55), (-0.02, 0.64)),
        lift(color, 0.12),
    )
    for u in (0.3, 0.7):
        brush.line(ribbon.line((u, 0.66), (u, 0.5)), scaled(color, 0.45), 0.009)
        brush.oval(ribbon.at(u, 0.53), 0.008, 0.008, (0.85, 0.76, 0.5))
    brush.line(ribbon.line((0.4, 0.95), (0.5, 1.02), (0.6, 0.95)), scaled(color, 0.5), 0.009)
