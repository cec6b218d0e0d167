"""The record of a shoot: what drew and shot the pictures of a film, in scenes/provenance.json."""

from __future__ import annotations

from pathlib import Path

from langgraph.runtime import Runtime

from storyboard.generators import registry
from storyboard.orchestrator.nodes.drawing import key_frames_made, portrait_made
from storyboard.orchestrator.nodes.fitting import FIT, SceneFit, clip_take_of
from storyboard.orchestrator.nodes.shooting import timeline_of
from storyboard.orchestrator.requests import generator_of, parameters_of
from storyboard.orchestrator.state import Context, FilmState
from storyboard.orchestrator.store import key_of
from storyboard.orchestrator.studio import Studio
from storyboard.orchestrator.workspace import Workspace
from storyboard.schema.board import Storyboard
from storyboard.schema.files import load, save
from storyboard.schema.provenance import SceneMade, ScenesProvenance

_PROVENANCE = "provenance.json"


def credit_scenes(state: FilmState, runtime: Runtime[Context]) -> FilmState:
    """Write what made the scenes and their pictures."""
    workspace = Workspace(Path(state["project"]))
    board = load(workspace.storyboard, Storyboard)
    studio = Studio(workspace, board, timeline_of(workspace, state["timeline"]))
    found = ScenesProvenance(
        portraits={
            name: portrait_made(studio, name, key) for name, key in state.get("portraits", {}).items()
        },
        scenes={scene.id: _scene(studio, index, state) for index, scene in enumerate(board.scenes)},
    )
    key = key_of("provenance", found=found)
    workspace.store.make(key, lambda folder: save(found, folder / _PROVENANCE))
    workspace.publish(workspace.store.path(key, _PROVENANCE), f"scenes/{_PROVENANCE}")
    return {}


def _scene(studio: Studio, index: int, state: FilmState) -> SceneMade:
    board, workspace = studio.board, studio.workspace
    scene, key = board.scenes[index], state["clips"][board.scenes[index].id]
    spec, path = generator_of(scene, board), workspace.store.path(key, FIT)
    fit = load(path, SceneFit) if path.exists() else None
    take = clip_take_of(workspace, fit.clip if fit else key)
    portraits, keys = state.get("portraits", {}), state.get("key_frames", {}).get(scene.id, [])
    able = studio.capabilities[index]
    used = [name for name in scene.characters if name in portraits and able.uses_portraits]
    return SceneMade(
        generator=spec,
        version=registry.load("video", spec).version,
        seed=fit.seed if fit else (board.seed + scene.seed) % 2**32,
        parameters=parameters_of(scene, board),
        model=take.model if take else None,
        lengthened=take.lengthened if take else "",
        slowest=round(min((shot.speed for shot in fit.shots), default=1.0), 4) if fit else 1.0,
        slow_motion=fit.slow_motion if fit else "",
        take=fit.take if fit else 1,
        takes=fit.takes if fit else [],
        portraits={name: studio.portrait_image(name, portraits[name]).sha256 for name in used},
        key_frames=key_frames_made(studio, index, keys, portraits) if keys else [],
    )
