"""The studio: which portraits and key frames a film needs, and what each of them is made from."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from storyboard.generators import registry
from storyboard.generators.seams import (
    ImageFile,
    ImageGenerator,
    ImageRequest,
    Portrait,
    SungNote,
    VideoRequest,
)
from storyboard.orchestrator.prompting import (
    key_frame_prompt,
    portrait_prompt,
    unwanted_in,
    unwanted_in_key_frame,
)
from storyboard.orchestrator.requests import generator_of, video_request
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.workspace import Workspace, sha256_of
from storyboard.schema.board import Look, Parameter, Storyboard
from storyboard.schema.capabilities import VideoCapabilities
from storyboard.schema.cast import Character
from storyboard.schema.errors import InputError
from storyboard.schema.timeline import Timeline

PICTURE = "picture.png"
_PORTRAIT = 512  # pixels of each side
_PIXELS = 1024 * 576  # of a key frame, where the video generator does not say what it was trained on
_MULTIPLE = 8
_SEED_STEP = 0xC2B2AE35  # odd, so that no two shots of a scene have the same seed


@dataclass(frozen=True)
class Pictures:
    """Pictures of a film, by their keys in the store: portraits by character, key frames by scene id."""

    portraits: Mapping[str, str] = field(default_factory=dict)
    key_frames: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Studio:
    """What is known of a film's pictures before they are drawn.

    Args:
        workspace: the project.
        board: its storyboard.
        timeline: its planned cuts.
        notes: what the singer knows of every syllable, for generators that draw mouths.
    """

    def __init__(
        self, workspace: Workspace, board: Storyboard, timeline: Timeline, notes: Sequence[SungNote] = ()
    ) -> None:
        self.workspace, self.board, self.timeline = workspace, board, timeline
        self.files = portrait_files(board.cast)
        self._notes = notes
        self._requests: dict[int, VideoRequest] = {}

    @cached_property
    def spec(self) -> str:
        """The name of the image generator."""
        return registry.choose("image", self.board.generators.image)

    @cached_property
    def generator(self) -> ImageGenerator:
        """The image generator, ready to draw."""
        return registry.image(self.spec)

    @cached_property
    def capabilities(self) -> list[VideoCapabilities]:
        """What the generator of each scene can do."""
        specs = [generator_of(scene, self.board) for scene in self.board.scenes]
        found = {spec: registry.video(spec).capabilities() for spec in set(specs)}
        return [found[spec] for spec in specs]

    @property
    def characters(self) -> list[Character]:
        """Those who need a portrait."""
        names = {
            name
            for scene, able in zip(self.board.scenes, self.capabilities, strict=True)
            if able.uses_portraits or able.needs_image
            for name in scene.characters
        }
        return [character for character in self.board.cast if character.name in names]

    @property
    def scenes(self) -> list[int]:
        """The scenes whose clips begin with key frames."""
        return [index for index, able in enumerate(self.capabilities) if able.needs_image]

    @property
    def is_needed(self) -> bool:
        """Whether the film needs any picture."""
        return bool(self.characters or self.scenes)

    def request(self, index: int) -> VideoRequest:
        """Return what the generator of a scene is asked for, without portraits and key frames."""
        if index not in self._requests:
            self._requests[index] = video_request(
                self.board,
                index,
                self.timeline,
                self.capabilities[index],
                self._notes,
                self.workspace.folder,
            )
        return self._requests[index]

    def filmed(self, index: int, pictures: Pictures) -> VideoRequest:
        """Return what the generator of a scene is asked for, with the pictures that it uses."""
        request, able = self.request(index), self.capabilities[index]
        names = request.scene.characters if able.uses_portraits else ()
        keys = pictures.key_frames.get(request.scene.id, ()) if able.needs_image else ()
        portraits = [
            Portrait(name=name, image=self.portrait_image(name, pictures.portraits[name]))
            for name in names
            if name in pictures.portraits
        ]
        key_frames = self.key_frame_images(index, keys)
        return request.model_copy(update={"portraits": portraits, "key_frames": key_frames})

    def own_portrait(self, name: str) -> Path | None:
        """Return the user's own picture of a character.

        Raises:
            InputError: it is not in the project.
        """
        given = self.board.generators.portraits.get(name)
        if given is None:
            return None
        path = self.workspace.folder / given
        if not path.is_file():
            raise InputError(
                f"there is no picture {given!r} in the project",
                where=f"generators.portraits.{name}",
                hint=f"bring it: storyboard render {self.workspace.folder} --portrait {name}=FILE",
            )
        return path

    def portrait_request(self, character: Character) -> ImageRequest:
        """Return what is asked for a character's portrait."""
        look = self.board.look
        return ImageRequest(
            prompt=portrait_prompt(character, look),
            negative_prompt=unwanted_in(look),
            characters=[character],
            framing="close",
            look=Look(style=look.style, palette=look.palette),
            width=_PORTRAIT,
            height=_PORTRAIT,
            seed=(self.board.seed + zlib.crc32(character.name.encode())) % 2**32,
            parameters=self._parameters,
        )

    def portrait_key(self, character: Character) -> str:
        """Return the key of a character's portrait, drawn or the user's own."""
        own = self.own_portrait(character.name)
        if own is not None:
            return key_of("portrait", own=sha256_of(own))
        return self._key("portrait", self.portrait_request(character))

    def key_frame_request(
        self, request: VideoRequest, shot: int, portraits: Mapping[str, str]
    ) -> ImageRequest:
        """Return what is asked for the key frame of a shot; `portraits` are the keys of those drawn."""
        width, height = self._size(request)
        known = [name for name in request.scene.characters if name in portraits]
        used = known if self.generator.uses_portraits else []
        return ImageRequest(
            prompt=key_frame_prompt(request, shot),
            negative_prompt=unwanted_in_key_frame(request, shot),
            characters=request.characters,
            scene=request.scene,
            framing=request.shots[shot].framing,
            look=Look(style=request.look.style, palette=request.look.palette, aspect=request.look.aspect),
            width=width,
            height=height,
            seed=(request.seed + shot * _SEED_STEP) % 2**32,
            parameters=self._parameters,
            portraits=[
                Portrait(name=name, image=self.portrait_image(name, portraits[name])) for name in used
            ],
        )

    def key_frame_keys(self, index: int, portraits: Mapping[str, str]) -> list[str]:
        """Return the keys of a scene's key frames, one for each of its shots."""
        request = self.request(index)
        return [
            self._key("key-frame", self.key_frame_request(request, shot, portraits))
            for shot in range(len(request.shots))
        ]

    def portrait_image(self, name: str, key: str) -> ImageFile:
        """Return a portrait by its place in the project."""
        return self._image(f"portraits/{self.files[name]}", key)

    def key_frame_images(self, index: int, keys: Sequence[str]) -> list[ImageFile]:
        """Return the key frames of a scene by their places in the project."""
        return [self._image(key_frame_file(index, shot), key) for shot, key in enumerate(keys)]

    def places(self, pictures: Pictures, index: int) -> dict[str, Path]:
        """Return where the pictures of a scene lie, by their places in the project."""
        held = {f"portraits/{self.files[name]}": key for name, key in pictures.portraits.items()}
        keys = pictures.key_frames.get(self.board.scenes[index].id, ())
        held |= {key_frame_file(index, shot): key for shot, key in enumerate(keys)}
        return {name: self.workspace.store.path(key, PICTURE) for name, key in held.items()}

    def _image(self, file: str, key: str) -> ImageFile:
        return ImageFile(file=file, sha256=sha256_of(self.workspace.store.path(key, PICTURE)))

    def _key(self, kind: str, request: ImageRequest) -> str:
        return key_of(
            kind,
            generator=self.spec,
            version=self.generator.version,
            revision=registry.revision(self.generator),
            request=request,
        )

    @property
    def _parameters(self) -> dict[str, Parameter]:
        return self.board.generators.parameters.get("image", {})

    def _size(self, request: VideoRequest) -> tuple[int, int]:
        """Return width and height of a scene's key frames: as its generator is told, else its own area."""
        across, down = self.board.look.size
        asked = [request.parameters.get(name) for name in ("width", "height")]
        width, height = (each if isinstance(each, int) else None for each in asked)
        if width is None and height is None:
            kind = registry.load("video", generator_of(request.scene, self.board))
            scale = math.sqrt(getattr(kind, "n_pixels", _PIXELS) / (across * down))
            return _allowed(across * scale), _allowed(down * scale)
        return _allowed(width or (height or 0) * across / down), _allowed(
            height or (width or 0) * down / across
        )


def portrait_files(cast: Sequence[Character]) -> dict[str, str]:
    """Return the names of the files of portraits, by character: such as every system allows, no two alike."""
    files: dict[str, str] = {}
    for character in cast:
        plain = re.sub(r'[\\/:*?"<>|\s]+', "-", character.name).strip(".-") or "portrait"
        taken = {name.lower() for name in files.values()}
        number = 1
        while (file := f"{plain}{f'-{number}' if number > 1 else ''}.png").lower() in taken:
            number += 1
        files[character.name] = file
    return files


def key_frame_file(index: int, shot: int) -> str:
    """Return the place of a shot's key frame in the project."""
    return f"scenes/{index + 1:02d}-key-{shot + 1}.png"


def _allowed(pixels: float) -> int:
    return min(4096, max(64, round(pixels / _MULTIPLE) * _MULTIPLE))
