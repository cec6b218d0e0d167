"""Colour: local colours as they look at a time of day, in a weather, in a film's palette and mood."""

from __future__ import annotations

import colorsys
from collections.abc import Callable
from dataclasses import dataclass, field, replace

RGB = tuple[float, float, float]
"""Red, green and blue, each 0 to 1."""
Colour = str | RGB


@dataclass(frozen=True)
class Hour:
    """The light of a time of day: sky from top to horizon, what it does to every colour, its source."""

    sky: tuple[str, str, str]
    ambient: RGB
    sun: str
    haze: str
    sun_height: float
    lamps: float


HOURS = {
    "dawn": Hour(("#4d5fa6", "#c493b4", "#ffc39a"), (0.78, 0.72, 0.86), "#ffc79c", "#e7b3b2", 0.12, 0.5),
    "morning": Hour(("#6fb3e0", "#b5dbe8", "#fbe8c2"), (1.0, 0.96, 0.90), "#ffedc2", "#e6e4d2", 0.62, 0.1),
    "day": Hour(("#3f97dc", "#86c4ea", "#d8eff3"), (1.0, 0.99, 0.97), "#fffbe6", "#cfe3ea", 0.80, 0.0),
    "golden hour": Hour(
        ("#5d76b4", "#f0a070", "#ffd27d"), (1.0, 0.81, 0.62), "#ffcf6b", "#f6b877", 0.16, 0.45
    ),
    "dusk": Hour(("#272b62", "#8d4a86", "#f08a78"), (0.68, 0.58, 0.82), "#ff9a7a", "#7d5590", 0.05, 0.9),
    "night": Hour(("#0a1236", "#1b2b6b", "#4560a8"), (0.45, 0.50, 0.78), "#d5e0ff", "#2c3f80", 0.80, 1.0),
}

FILM_PALETTES = (
    ("#14213d", "#fca311", "#e5e5e5", "#c8553d"),
    ("#2d3047", "#e84855", "#f9dc5c", "#3185fc"),
    ("#1b4332", "#52b788", "#ffb703", "#d8f3dc"),
    ("#3d1e6d", "#f72585", "#4cc9f0", "#ffd6a5"),
    ("#22333b", "#c6ac8f", "#e07a5f", "#81b29a"),
    ("#0b3954", "#ff6663", "#bfd7ea", "#e0ff4f"),
    ("#33272a", "#ff8ba7", "#c3f0ca", "#594a4e"),
    ("#10454f", "#e9c46a", "#f4a261", "#9fd8cb"),
)

_GREY_WEATHER = {"cloudy": (0.50, 0.92), "rain": (0.62, 0.80), "snow": (0.62, 0.98), "fog": (0.60, 0.94)}
_HAZE = {"clear": 0.50, "wind": 0.5, "cloudy": 0.62, "rain": 0.74, "snow": 0.74, "fog": 0.96}
_MOST_COLOURS = 4000
_SAD = ("sad", "lonel", "melanchol", "heartbr", "grief", "blue", "regret", "lost", "wistful", "empty", "numb")
_GLAD = ("happy", "joy", "playful", "party", "euphor", "excit", "hope", "warm", "love", "bright", "free")


def rgb(colour: Colour) -> RGB:
    """Return a colour given as "#rrggbb" or as RGB."""
    if isinstance(colour, str):
        return (int(colour[1:3], 16) / 255, int(colour[3:5], 16) / 255, int(colour[5:7], 16) / 255)
    return colour


def mix(first: Colour, second: Colour, share: float) -> RGB:
    """Return `first` with a share (0 to 1) of `second` in it."""
    a, b = rgb(first), rgb(second)
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share)


def scaled(colour: Colour, by: float | RGB) -> RGB:
    """Return a colour multiplied channel by channel, held inside 0 to 1."""
    a = rgb(colour)
    r, g, b = (by, by, by) if isinstance(by, int | float) else by
    return (min(1.0, a[0] * r), min(1.0, a[1] * g), min(1.0, a[2] * b))


def luminance(colour: Colour) -> float:
    """Return the Rec. 709 luminance weighting of a colour, 0 to 1."""
    r, g, b = rgb(colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def saturated(colour: Colour, by: float) -> RGB:
    """Return a colour with its distance from grey multiplied."""
    grey = luminance(colour)
    r, g, b = (min(1.0, max(0.0, grey + (channel - grey) * by)) for channel in rgb(colour))
    return (r, g, b)


@dataclass(frozen=True)
class Palette:
    """The colours of one scene."""

    film: tuple[RGB, ...]
    hour: Hour
    weather: str
    ambient: RGB
    sky: tuple[RGB, RGB, RGB]
    haze: RGB
    sun: RGB
    lamps: float
    chroma: float
    accent_shift: int
    grade: Callable[[RGB], RGB] | None = None
    _mixed: dict[tuple[Colour, float | None], RGB] = field(default_factory=dict, repr=False, compare=False)

    def local(self, colour: Colour, depth: float = 1.0) -> RGB:
        """Return a thing's own colour as it looks here: tinted, lit, hazed with distance (depth 0 is far)."""
        key = (colour, depth)
        if key not in self._mixed:
            seen = scaled(self.tinted(colour, 0.30), self.ambient)
            self._keep(key, mix(seen, self.haze, max(0.0, 1.0 - depth) * _HAZE[self.weather]))
        return self._mixed[key]

    def graded(self, grade: Callable[[RGB], RGB]) -> Palette:
        """Return this palette with everything that it colours graded, for what is drawn frame by frame."""
        return replace(self, grade=grade, _mixed={})

    def light(self, colour: Colour) -> RGB:
        """Return the colour of something that shines by itself."""
        key = (colour, None)
        if key not in self._mixed:
            self._keep(key, self.tinted(colour, 0.12))
        return self._mixed[key]

    def _keep(self, key: tuple[Colour, float | None], colour: RGB) -> None:
        """Remember a mixed colour; colours that change with the pulse would otherwise pile up."""
        if len(self._mixed) > _MOST_COLOURS:
            self._mixed.clear()
        self._mixed[key] = self.grade(colour) if self.grade else colour

    def tinted(self, colour: Colour, share: float) -> RGB:
        """Pull a colour towards the film's nearest one, keeping its luminance."""
        own = rgb(colour)
        nearest = min(self.film, key=lambda film: _hue_distance(own, film))
        bright = luminance(own)
        target = scaled(nearest, bright / max(0.08, luminance(nearest)))
        return saturated(mix(own, target, share), self.chroma)

    def accent(self, index: int) -> RGB:
        """Return one of the film's strong colours; scenes begin at different ones."""
        strong = sorted(self.film, key=lambda film: -_vividness(film))[: max(2, len(self.film) - 1)]
        colour = strong[(index + self.accent_shift) % len(strong)]
        hue, light, vivid = colorsys.rgb_to_hls(*colour)
        return colorsys.hls_to_rgb(hue, min(0.66, max(0.40, light)), max(vivid, 0.45))


def palette_of(
    look_palette: list[str],
    *,
    time_of_day: str,
    weather: str,
    mood: str,
    indoor: bool,
    film_index: int,
    scene_index: int,
) -> Palette:
    """Choose the colours of a scene; without a palette in the look, `film_index` picks one for the film."""
    hour = HOURS[time_of_day]
    film = tuple(rgb(colour) for colour in look_palette) or tuple(
        rgb(colour) for colour in FILM_PALETTES[film_index % len(FILM_PALETTES)]
    )
    grey, dim = _GREY_WEATHER.get(weather, (0.0, 1.0))
    level = luminance(hour.ambient)
    overcast: RGB = (0.66 * level + 0.10, 0.71 * level + 0.11, 0.78 * level + 0.13)
    low, middle, high = (
        mix(mix(film_tint(colour, film), overcast, grey), colour, 0.15) for colour in hour.sky[::-1]
    )
    ambient = scaled(mix(hour.ambient, scaled((0.92, 0.97, 1.04), level), grey * 0.6), dim)
    if indoor:
        ambient = mix(ambient, (0.86, 0.68, 0.52), 0.55 * hour.lamps)
    return Palette(
        film=film,
        hour=hour,
        weather=weather,
        ambient=ambient,
        sky=(high, middle, low),
        haze=mix(mix(hour.haze, low, 0.4), overcast, grey * 0.7),
        sun=mix(hour.sun, overcast, grey * 0.5),
        lamps=min(1.0, hour.lamps + grey * 0.45),
        chroma=_chroma(mood) * (1 - grey * 0.25),
        accent_shift=scene_index,
    )


def film_tint(colour: Colour, film: tuple[RGB, ...]) -> RGB:
    """Return a sky colour with a little of the film's palette."""
    own = rgb(colour)
    nearest = min(film, key=lambda other: _hue_distance(own, other))
    return mix(own, scaled(nearest, luminance(own) / max(0.1, luminance(nearest))), 0.18)


def _chroma(mood: str) -> float:
    words = mood.lower()
    if any(word in words for word in _SAD):
        return 0.78
    return 1.12 if any(word in words for word in _GLAD) else 1.0


def _vividness(colour: RGB) -> float:
    return max(colour) - min(colour)


def _hue_distance(first: RGB, second: RGB) -> float:
    one, two = _chromaticity(first), _chromaticity(second)
    return (one[0] - two[0]) ** 2 + (one[1] - two[1]) ** 2 + (one[2] - two[2]) ** 2


def _chromaticity(colour: RGB) -> RGB:
    total = sum(colour) + 0.15
    return (colour[0] / total, colour[1] / total, colour[2] / total)
