"""Golden pictures of the animatic: characters, actions by phase, places and looks, as perceptual hashes.

    python benchmarks/golden.py            compare with tests/generators/video/golden.json
    python benchmarks/golden.py --write    store what is drawn now; look at the contact sheets first

Either way contact sheets are written to a folder (--sheets), one for each group, with the pictures that
differ framed in red.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from storyboard.generators.seams import ShotSpec, VideoRequest
from storyboard.generators.video.animatic.figure.pictures import action_pictures
from storyboard.generators.video.animatic.figure.sheets import sheet_of, sheet_pictures
from storyboard.generators.video.animatic.film import Film
from storyboard.generators.video.animatic.looks import LOOKS
from storyboard.generators.video.animatic.reel import scenery_of
from storyboard.generators.video.animatic.settings.pictures import place_pictures
from storyboard.schema.board import Look
from storyboard.schema.scene import Scene

Picture = NDArray[np.uint8]
GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "generators" / "video" / "golden.json"
_CELL_PX = 20
_STEP = 2.0
"""How much brighter a cell must be than its left neighbour to count: flat areas never do."""
_PATCHES = 4
MOST_EDGES = 0.22
"""Share of the edges in either picture that another build of the drawing library may change."""
MOST_COLOUR = 7.0
"""Mean change of the patches' colours, of 255, that it may cause."""


def hash_of(picture: Picture) -> str:
    """Return the perceptual hash of RGB pixels: where it gets brighter to the right, and 4 x 4 colours."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    height, width = grey.shape
    size = (round(width / _CELL_PX) + 1, round(height / _CELL_PX))
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA))
    bits = np.packbits((np.diff(small, axis=1) > _STEP).ravel())
    patches = cv2.resize(picture, (_PATCHES, _PATCHES), interpolation=cv2.INTER_AREA)
    return bits.tobytes().hex() + ":" + np.asarray(patches, np.uint8).tobytes().hex()


def distance(first: str, second: str) -> tuple[float, float]:
    """Return by which share of edges and by how much colour (of 255) two hashes differ."""
    (edges_a, colours_a), (edges_b, colours_b) = (
        [np.frombuffer(bytes.fromhex(part), np.uint8) for part in each.split(":")] for each in (first, second)
    )
    if edges_a.size != edges_b.size:
        return 1.0, 255.0
    changed = np.unpackbits(edges_a ^ edges_b).sum() / max(1, np.unpackbits(edges_a | edges_b).sum())
    return float(changed), float(np.abs(colours_a.astype(np.float32) - colours_b).mean())


def differs(first: str, second: str) -> bool:
    """Return whether two hashes are of pictures that an eye would tell apart."""
    edges, colour = distance(first, second)
    return edges > MOST_EDGES or colour > MOST_COLOUR


def look_pictures() -> dict[str, Picture]:
    """Return two scenes in each look, as RGB of 288 x 512 x 3."""
    return {
        f"{name}, {setting}": _still(setting, name, hour)
        for name in LOOKS
        for setting, hour in (("a street", "night"), ("a beach", "golden hour"))
    }


def _still(setting: str, style: str, time_of_day: str) -> Picture:
    people = [sheet_of(name="Mia"), sheet_of(name="Leo", gender="man")]
    record = {"id": "golden", "title": "Golden", "setting": setting, "time_of_day": time_of_day}
    request = VideoRequest(
        scene=Scene.model_validate(
            {**record, "camera": "static", "characters": [one.name for one in people]}
        ),
        scene_index=2,
        n_scenes=6,
        characters=people,
        look=Look(style=style, height=288, palette=["#2d3047", "#e84855", "#f9dc5c", "#3185fc"]),
        seed=11,
        n_frames=1,
        shots=[ShotSpec(first_frame=0, n_frames=1, framing="wide")],
        beats=[0, 12],
    )
    planes, _ = next(Film(request, scenery_of(request)).frames())
    return np.asarray(cv2.cvtColor(planes, cv2.COLOR_YUV2RGB_I420), np.uint8)


GROUPS: dict[str, Callable[[], Mapping[str, Picture]]] = {
    "characters": sheet_pictures,
    "actions": action_pictures,
    "places": place_pictures,
    "looks": look_pictures,
}


def contact_sheet(
    pictures: Mapping[str, Picture], changed: Sequence[str], path: Path, width: int = 320
) -> None:
    """Write pictures side by side with their names; the changed ones are framed in red."""
    cells = []
    for name, picture in pictures.items():
        height = round(picture.shape[0] * width / picture.shape[1])
        cell = np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
        cv2.putText(cell, name, (6, height - 8), cv2.FONT_HERSHEY_SIMPLEX, 0.42, (0, 0, 0), 3, cv2.LINE_AA)
        cv2.putText(
            cell, name, (6, height - 8), cv2.FONT_HERSHEY_SIMPLEX, 0.42, (255, 255, 255), 1, cv2.LINE_AA
        )
        if name in changed:
            cv2.rectangle(cell, (0, 0), (width - 1, height - 1), (255, 0, 0), 4)
        cells.append(cell)
    columns = max(1, min(8, math.ceil(math.sqrt(len(cells)))))
    rows = [_row(cells[at : at + columns], columns * width) for at in range(0, len(cells), columns)]
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.vstack(rows)[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 82])


def _row(cells: Sequence[Picture], width: int) -> Picture:
    """Return pictures side by side, in a row as tall as the tallest."""
    row = np.zeros((max(cell.shape[0] for cell in cells), width, 3), np.uint8)
    left = 0
    for cell in cells:
        row[: cell.shape[0], left : left + cell.shape[1]] = cell
        left += cell.shape[1]
    return row


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="store the hashes of what is drawn now")
    parser.add_argument("--sheets", type=Path, default=Path("golden-sheets"), help="where contact sheets go")
    options = parser.parse_args()
    cv2.setNumThreads(1)
    stored = json.loads(GOLDEN.read_text("utf-8")) if GOLDEN.exists() else {}
    drawn = {}
    for group, pictures_of in GROUPS.items():
        pictures = pictures_of()
        drawn[group] = {name: hash_of(picture) for name, picture in pictures.items()}
        known = stored.get(group, {})
        changed = [
            name for name, each in drawn[group].items() if name not in known or differs(each, known[name])
        ]
        contact_sheet(pictures, changed, options.sheets / f"{group}.jpg")
        gone = sorted(set(known) - set(drawn[group]))
        print(f"{group}: {len(pictures)} pictures; {len(changed)} differ: {changed[:8]}; gone: {gone[:8]}")
    if options.write:
        GOLDEN.write_text(json.dumps(drawn, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
