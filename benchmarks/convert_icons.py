"""Pack the drawings that the animatic's things are drawn from.

    npm pack @iconify-json/fluent-emoji-flat@1.2.6
    python benchmarks/convert_icons.py iconify-json-*.tgz generators/video/animatic/things

The package (MIT) holds Microsoft's Fluent emoji as SVG. Of the icons that table.txt names, each becomes a
list of filled paths in absolute coordinates, with circles, ellipses, rectangles, `use` and transforms
resolved and a gradient taken as its mean; they are written into icons.json.gz. Needs fontTools; the same
package gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import tarfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from fontTools.misc.transform import Identity, Transform
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.svgLib.path import PathBuilder, parse_path

ICONS = "package/icons.json"
XLINK = "{http://www.w3.org/1999/xlink}href"
SCALE = 32
"""Coordinates are whole 32nds of a unit; an icon is 32 units wide, so they run to about 1024."""
LETTERS = {"moveTo": "M", "lineTo": "L", "curveTo": "C", "qCurveTo": "Q", "closePath": "Z"}
OWN = {
    "coffee-cup": """<ellipse cx="15.5" cy="27.6" rx="12.5" ry="2.6" fill="#c9bfb2"/>
<ellipse cx="15.5" cy="27" rx="12.5" ry="2.2" fill="#e9e1d6"/>
<path d="M22.4 13.4C29.4 12 28.6 20.8 20.6 21.4" fill="none" stroke="#e4dace" stroke-width="2.2"/>
<path d="M7 11H24C24 19 21.4 26.6 15.5 26.6C9.6 26.6 7 19 7 11Z" fill="#f1e9de"/>
<path d="M7 11H11.4C11.4 19 12.6 25 15.5 26.6C9.6 26.6 7 19 7 11Z" fill="#d5cabc"/>
<ellipse cx="15.5" cy="11" rx="8.5" ry="2.1" fill="#ded4c6"/>
<ellipse cx="15.5" cy="11.3" rx="7.2" ry="1.5" fill="#5b3a28"/>""",
}
"""Drawings of our own, where the package's shows a thing as it never stands on a table."""
LEFT_OUT = {"tent": (0,), "magic-wand": (2,), "sailboat": (3,), "canoe": (3,)}
"""Parts by their place in the drawing that are no part of the thing itself: a moon, sparks, water."""
HIDDEN = ("defs", "clipPath", "linearGradient", "radialGradient", "filter", "mask")

Part = list[Any]


def main(package: Path, folder: Path) -> None:
    """Read the package and write icons.json.gz beside table.txt."""
    rows = (folder / "table.txt").read_text(encoding="utf-8").splitlines()
    wanted = [row.split()[0] for row in rows if row.strip() and not row.startswith("#")]
    with tarfile.open(package) as archive:
        member = archive.extractfile(ICONS)
        assert member is not None
        icons = json.load(member)["icons"]
    icons |= {name: {"body": body} for name, body in OWN.items()}
    missing = sorted(set(wanted) - set(icons))
    doubles = sorted({name for name in wanted if wanted.count(name) > 1})
    if missing or doubles:
        sys.exit(f"not in the package: {missing}; named twice: {doubles}")
    drawn = {name: _left_out(name, parts_of(icons[name]["body"])) for name in sorted(wanted)}
    text = json.dumps(drawn, separators=(",", ":"))
    out = folder / "icons.json.gz"
    out.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{len(drawn)} icons, {out.stat().st_size / 1e6:.2f} MB")


def parts_of(body: str) -> list[Part]:
    """Return the paths of an icon: [fill, opacity, even-odd, commands, width of the line or 0]."""
    root = ElementTree.fromstring(f'<svg xmlns:xlink="http://www.w3.org/1999/xlink">{body}</svg>')
    named = {f"#{node.get('id')}": node for node in root.iter() if node.get("id")}
    parts: list[Part] = []
    _walk(root, {"fill": "#000000", "opacity": 1.0}, Identity, named, parts)
    return parts


def _left_out(name: str, parts: list[Part]) -> list[Part]:
    """Return an icon without what is no part of the thing."""
    return [part for index, part in enumerate(parts) if index not in LEFT_OUT.get(name, ())]


def _walk(
    node: ElementTree.Element,
    given: dict[str, Any],
    turned: Transform,
    named: dict[str, ElementTree.Element],
    parts: list[Part],
) -> None:
    style = dict(given)
    for key in ("fill", "stroke", "stroke-width", "fill-rule"):
        style[key] = node.get(key, given.get(key))
    style["opacity"] = given["opacity"] * float(node.get("opacity", 1.0))
    turned = _transform(node.get("transform", ""), turned)
    if node.tag == "use":
        _walk(named[node.get(XLINK) or node.get("href") or ""], style, turned, named, parts)
    data = _outline(node, turned)
    even_odd = int(style["fill-rule"] == "evenodd")
    if data and style["fill"] != "none":
        fill, opacity = _colour(style["fill"], named)
        parts.append([fill, round(style["opacity"] * opacity, 3), even_odd, data, 0])
    if data and style.get("stroke") and style["stroke"] != "none":
        width = round(float(style["stroke-width"] or 1) * SCALE)
        parts.append([_colour(style["stroke"], named)[0], round(style["opacity"], 3), even_odd, data, width])
    for child in node:
        if child.tag not in HIDDEN:
            _walk(child, style, turned, named, parts)


def _outline(node: ElementTree.Element, turned: Transform) -> str:
    builder = PathBuilder()
    plain = {key: value for key, value in node.attrib.items() if key != "transform"}
    builder.add_path_from_element(ElementTree.Element(node.tag, plain))
    pen = RecordingPen()
    for data in builder.paths:
        parse_path(data, TransformPen(pen, turned))
    words = []
    for command, points in pen.value:
        if command in LETTERS:
            words.append(
                LETTERS[command] + " ".join(f"{round(x * SCALE)} {round(y * SCALE)}" for x, y in points)
            )
    return "".join(words)


def _transform(text: str, outer: Transform) -> Transform:
    for kind, numbers in re.findall(r"(\w+)\(([^)]*)\)", text):
        values = [float(number) for number in re.split(r"[ ,]+", numbers.strip())]
        if kind == "matrix":
            outer = outer.transform(tuple(values))  # type: ignore[arg-type]
        elif kind == "translate":
            outer = outer.translate(*values)
        elif kind == "scale":
            outer = outer.scale(*values)
        elif kind == "rotate":
            x, y = values[1:] or (0.0, 0.0)
            outer = outer.translate(x, y).rotate(values[0] * 3.141592653589793 / 180).translate(-x, -y)
    return outer


def _colour(text: str, named: dict[str, ElementTree.Element]) -> tuple[str, float]:
    """Return a colour as #rrggbb and its opacity; of a gradient the mean of its stops."""
    if text.startswith("url("):
        stops = list(named[text[4:-1]])
        colours = [_hex(stop.get("stop-color", "#000")) for stop in stops]
        alphas = [float(stop.get("stop-opacity", 1.0)) for stop in stops]
        mean = [round(sum(int(c[i : i + 2], 16) for c in colours) / len(colours)) for i in (1, 3, 5)]
        return "#" + "".join(f"{channel:02x}" for channel in mean), sum(alphas) / len(alphas)
    return _hex(text), 1.0


def _hex(text: str) -> str:
    text = {"white": "#ffffff", "black": "#000000", "red": "#ff0000", "green": "#008000"}.get(text, text)
    if len(text) == 4:
        text = "#" + "".join(digit * 2 for digit in text[1:])
    assert re.fullmatch("#[0-9a-fA-F]{6}", text), text
    return text.lower()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
