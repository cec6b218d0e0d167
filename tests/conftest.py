"""What several folders of tests share: a small storyboard, and no network for anyone."""

from __future__ import annotations

import ipaddress
import os
import socket
from typing import Any

import pytest

from storyboard.schema.board import Storyboard


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every connection to another host fail, and take keys and settings out of the environment."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not ipaddress.ip_address(address[0]).is_loopback:
            raise AssertionError(f"a test reached for {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    for name in (
        "OPENAI_API_KEY",
        "TOGETHER_API_KEY",
        "STORYBOARD_LLM",
        "STORYBOARD_LLM_KEY",
        "STORYBOARD_TRANSCRIBER",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("STORYBOARD_SETTINGS", os.devnull)


@pytest.fixture(scope="session")
def board_data() -> dict[str, Any]:
    """Return the JSON of a valid storyboard: two verses and a repeated chorus, three scenes."""
    verse = ["The kettle sings at half past four", "A postcard slides beneath the door"]
    chorus = ["Come home before the snow", "Before the lanterns go"]
    sections = [
        ("intro", []),
        ("verse", verse),
        ("chorus", chorus),
        ("verse", verse[::-1]),
        ("chorus", chorus),
    ]
    return {
        "schema": "storyboard/1",
        "topic": "a postcard from my brother",
        "song": {
            "title": "Before the Snow",
            "genre": "folk",
            "tempo_bpm": 120,
            "key": "G major",
            "sections": [{"kind": kind, "lines": lines} for kind, lines in sections],
        },
        "story": {"summary": "A postcard brings a brother home."},
        "cast": [
            {
                "name": name,
                "gender": gender,
                "age": age,
                "hair": {"color": hair, "length": length},
                "eyes": "brown",
                "clothing": [{"item": item, "color": color, "material": "wool"}],
            }
            for name, gender, age, hair, length, item, color in (
                ("Ida", "woman", 31, "red", "long", "coat", "mustard"),
                ("Jon", "man", 45, "black", "short", "sweater", "navy"),
            )
        ],
        "scenes": [
            {
                "id": f"scene-{number}",
                "title": title,
                "setting": setting,
                "time_of_day": time,
                "characters": characters,
                "actions": actions,
                "lines": lines,
            }
            for number, title, setting, time, characters, actions, lines in (
                (1, "The kettle", "a small kitchen", "morning", ["Ida"], "Ida cooks.", [[1, 0], [1, 1]]),
                (2, "The road", "a hill road", "dusk", ["Jon"], "Jon walks.", [[2, 0], [2, 1], [3, 0]]),
                (3, "The door", "a street in the snow", "night", ["Ida", "Jon"], "Ida waves.",
                 [[3, 1], [4, 0], [4, 1]]),
            )
        ],
    }  # fmt: skip


@pytest.fixture
def board(board_data: dict[str, Any]) -> Storyboard:
    return Storyboard.model_validate(board_data)
