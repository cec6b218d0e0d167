"""Boards as a good writer would leave them, in several hands and languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from storyboard.schema.board import Storyboard

CHORUS = ["Hold the line, hold the night train home", "I would rather walk than sit alone"]
CHORUS += ["Hold the line, there is one more light", "Somebody is waiting on the night"]
CAFE = {
    "topic": "the last night train",
    "language": "en",
    "song": {
        "title": "Night Train Home",
        "genre": "indie pop",
        "tempo_bpm": 112,
        "key": "G major",
        "sections": [
            {"kind": "intro"},
            {
                "kind": "verse",
                "lines": [
                    "She left her umbrella on platform nine",
                    "He carried it over the railway line",
                    "The clock on the tower had stopped at three",
                    "And nobody noticed but him and me",
                ],
            },
            {"kind": "chorus", "lines": CHORUS},
            {
                "kind": "verse",
                "lines": [
                    "A stranger is only a word for late",
                    "Come in from the water",
                    "You shook out your coat by the closing gate",
                    "And laughed like a daughter",
                ],
            },
            {"kind": "chorus", "lines": CHORUS},
            {"kind": "outro", "lines": ["Hold the line", "Hold the line"]},
        ],
    },
    "story": {"summary": "Nora forgets an umbrella; Idris brings it back and misses the train with her."},
    "cast": [
        {
            "name": "Nora",
            "gender": "woman",
            "age": 28,
            "hair": {"color": "black", "length": "short"},
            "eyes": "brown",
            "clothing": [{"item": "coat", "color": "yellow"}, {"item": "boots", "color": "green"}],
        },
        {
            "name": "Idris",
            "gender": "man",
            "age": 31,
            "hair": {"color": "black", "length": "short"},
            "eyes": "green",
            "clothing": [{"item": "jacket", "color": "navy"}, {"item": "scarf", "color": "red"}],
        },
    ],
    "scenes": [
        {
            "setting": "an empty railway platform under an iron roof",
            "time_of_day": "night",
            "weather": "rain",
            "characters": ["Nora"],
            "actions": "Nora runs for the train; she drops her umbrella",
            "plot": "Nora is late. Idris is not there yet.",
        },
        {
            "setting": "the same platform, seen from inside a waiting train carriage",
            "time_of_day": "night",
            "characters": ["Idris"],
            "actions": "Idris picks up Nora's umbrella and looks at a photo of Nora on the phone",
            "plot": "He decides to run.",
        },
        {
            "setting": "the roof of the station, neon all around",
            "time_of_day": "night",
            "characters": ["Nora", "Idris"],
            "kind": "performance",
            "actions": "They both sing into the wind, arms wide",
            "plot": "What neither says below is sung up here.",
        },
        {
            "setting": "a café beside the station with one lit lamp",
            "time_of_day": "dawn",
            "characters": ["Nora", "Idris"],
            "actions": "Nora stirs a cup. A waitress yawns while she wipes the counter; Idris laughs",
            "plot": "Idris and Nora find they have the same book.",
        },
        {
            "setting": "a stone bridge over the canal",
            "time_of_day": "dawn",
            "weather": "fog",
            "characters": ["Nora", "Idris"],
            "kind": "performance",
            "actions": "Nora walks ahead and sings; Idris follows her with the open umbrella",
        },
        {
            "setting": "the empty railway platform again, golden sun through the iron roof",
            "time_of_day": "morning",
            "kind": "environment",
            "characters": [],
            "actions": "",
            "plot": "The train leaves without them.",
        },
    ],
    "runs": [2, 2, 4, 4, 4, 2],
}
RAP = {
    **CAFE,
    "topic": "three jobs and a microphone",
    "song": {
        "title": "Three Jobs",
        "genre": "hip-hop",
        "tempo_bpm": 92,
        "key": "A minor",
        "sections": [
            {
                "kind": "verse",
                "lines": [
                    "Up at five and the kettle is on, I got the baby in a sling and the radio's gone",
                    "Bus number nine and the driver's my cousin, he never says hello but he lets me on",
                    "Stacking up shelves till the middle of the day, then a mop and a bucket on a ward floor",
                    "Night time falls and I'm writing this verse with my back to the door of a grocery store",
                ],
            },
            {"kind": "chorus", "lines": ["Three jobs", "One mic", "Three jobs", "Every single night"]},
            {"kind": "chorus", "lines": ["Three jobs", "One mic", "Three jobs", "Every single night"]},
        ],
    },
    "runs": [1, 1, 2, 2, 4, 2],
}
FRENCH = {
    **CAFE,
    "topic": "la nuit et la pluie",
    "language": "fr",
    "song": {
        "title": "La pluie",
        "genre": "chanson",
        "tempo_bpm": 96,
        "key": "D minor",
        "sections": [
            {
                "kind": "verse",
                "lines": [
                    "Je marche seul dans la nuit",
                    "Sous les toits tombe la pluie",
                    "Ton nom s'efface sur la vitre",
                    "Et je relis ce vieux chapitre",
                ],
            },
            {"kind": "chorus", "lines": ["La pluie, la pluie encore", "Qui frappe à toutes les portes"]},
        ],
    },
    "runs": [1, 1, 1, 1, 1, 1],
}
JAPANESE = {
    **CAFE,
    "topic": "夜の電車",
    "language": "ja",
    "song": {
        "title": "夜の電車",
        "genre": "city pop",
        "tempo_bpm": 104,
        "key": "F major",
        "sections": [
            {
                "kind": "verse",
                "lines": [
                    "夜の駅で君を待つ",
                    "雨の音だけ聞いている",
                    "傘を忘れた人がいて",
                    "時計は三時で止まった",
                ],
            },
            {"kind": "chorus", "lines": ["夜の電車", "走って行くよ"]},
        ],
    },
    "runs": [1, 1, 1, 1, 1, 1],
}
GOOD = {"ballad": CAFE, "rap": RAP, "French": FRENCH, "Japanese": JAPANESE}


def built(data: dict[str, Any]) -> Storyboard:
    data = {**data}
    refs = [
        (section, line)
        for section, part in enumerate(data["song"]["sections"])
        for line in range(len(part.get("lines", [])))
    ]
    scenes, taken = [], 0
    for index, (scene, n_lines) in enumerate(zip(data["scenes"], data.pop("runs"), strict=True)):
        lines = refs[taken : taken + n_lines]
        scenes.append({"id": f"scene-{index + 1}", "title": f"Scene {index + 1}", "lines": lines, **scene})
        taken += n_lines
    return Storyboard.model_validate({**data, "scenes": scenes})


@pytest.fixture(params=sorted(GOOD))
def good_board(request: pytest.FixtureRequest) -> Storyboard:
    return built(GOOD[request.param])


@pytest.fixture
def board_with() -> Callable[..., Storyboard]:
    """Return the ballad with other fields of the song, lines by section, and fields of scenes and cast."""

    def build(
        sections: dict[int, list[str]] | None = None,
        scenes: dict[int, dict[str, Any]] | None = None,
        cast: dict[int, dict[str, Any]] | None = None,
        **song: Any,
    ) -> Storyboard:
        parts = [
            {**part, "lines": (sections or {}).get(index, part.get("lines", []))}
            for index, part in enumerate(CAFE["song"]["sections"])  # type: ignore[index]
        ]
        return built(
            {
                **CAFE,
                "song": {**CAFE["song"], "sections": parts, **song},  # type: ignore[dict-item]
                "scenes": [{**s, **(scenes or {}).get(i, {})} for i, s in enumerate(CAFE["scenes"])],
                "cast": [{**c, **(cast or {}).get(i, {})} for i, c in enumerate(CAFE["cast"])],
            }
        )

    return build
