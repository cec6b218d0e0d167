"""Things: what the words of a scene name, drawn on the ground, on a table, in the air or in a hand.

A thing is a row of table.txt: an icon, its true size, where it is, how it is held, the words that mean it.
The icons are Microsoft's Fluent emoji (MIT), packed with a drawing of our own by
benchmarks/convert_icons.py into icons.json.gz.
"""

from __future__ import annotations

from storyboard.generators.video.animatic.things.beasts import sheets_of
from storyboard.generators.video.animatic.things.catalogue import Thing
from storyboard.generators.video.animatic.things.drawing import draw_thing
from storyboard.generators.video.animatic.things.holding import held_thing
from storyboard.generators.video.animatic.things.placing import place_things
from storyboard.generators.video.animatic.things.words import things_of

__all__ = ["Thing", "draw_thing", "held_thing", "place_things", "sheets_of", "things_of"]
