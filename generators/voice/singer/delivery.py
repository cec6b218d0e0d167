"""How the words are delivered: sung on notes, or rapped at the pitch of speech on the beat."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from storyboard.generators.models.parameters import parameters_of
from storyboard.generators.seams import SongRequest
from storyboard.schema.document import Part
from storyboard.schema.song import Song

Delivery = Literal["sung", "rap"]

_RAPPED = re.compile(r"\b(rap|trap|drill|grime|hip.?hop|spoken)\b", re.IGNORECASE)


class SingerParameters(Part):
    """What the singer can be told beyond the song."""

    style: Literal["auto", "sung", "rap"] = Field(default="auto", description="auto: by the genre")


def delivery_of(song: Song) -> Delivery:
    """Return how the genre is delivered."""
    return "rap" if _RAPPED.search(song.genre) else "sung"


def asked_delivery(request: SongRequest) -> Delivery:
    """Return how to deliver the words of a request.

    Raises:
        InputError: a parameter is unknown, or its value is.
    """
    told = parameters_of(SingerParameters, request.parameters, "generators.parameters.voice")
    return delivery_of(request.song) if told.style == "auto" else told.style
