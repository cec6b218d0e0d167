"""The state machine: the steps of a film and what follows what."""

from __future__ import annotations

from typing import Any, Literal

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from storyboard.orchestrator.nodes.adopting import adopt_song
from storyboard.orchestrator.nodes.crediting import credit_scenes
from storyboard.orchestrator.nodes.drawing import draw_pictures
from storyboard.orchestrator.nodes.finishing import assemble, measure
from storyboard.orchestrator.nodes.listening import listen
from storyboard.orchestrator.nodes.recording import record
from storyboard.orchestrator.nodes.reviewing import approve, review
from storyboard.orchestrator.nodes.shooting import plan_cuts, send_scenes, shoot
from storyboard.orchestrator.nodes.writing import cast, draw_board, tell_story, write_song
from storyboard.orchestrator.state import Context, FilmState


def first_step(state: FilmState) -> Literal["adopt_song", "write_song", "record"]:
    """Start with the writing or with the user's own song; with the recording where a storyboard is given."""
    if state.get("storyboard"):
        return "record"
    return "adopt_song" if state.get("original") else "write_song"


def build(
    checkpointer: BaseCheckpointSaver[Any] | None = None,
) -> CompiledStateGraph[FilmState, Context, FilmState, FilmState]:
    """Compile the graph; with a checkpointer, a run that was killed goes on where it stopped."""
    graph = StateGraph(FilmState, context_schema=Context)
    writing = (adopt_song, write_song, tell_story, cast, draw_board)
    for node in (*writing, record, listen, plan_cuts, draw_pictures, credit_scenes, assemble, measure):
        graph.add_node(node.__name__, node)
    graph.add_node("review", review)
    graph.add_node("approve", approve)
    graph.add_node("shoot", shoot)
    graph.add_conditional_edges(START, first_step)
    for before, after in (
        ("adopt_song", "tell_story"),
        ("write_song", "tell_story"),
        ("tell_story", "cast"),
        ("cast", "draw_board"),
        ("draw_board", "review"),  # review itself says what follows: a writing step again, or approve
        ("record", "listen"),
        ("listen", "plan_cuts"),
        ("plan_cuts", "draw_pictures"),
        ("shoot", "credit_scenes"),
        ("credit_scenes", "assemble"),
        ("assemble", "measure"),
    ):
        graph.add_edge(before, after)
    graph.add_conditional_edges("draw_pictures", send_scenes, ["shoot"])
    graph.add_edge("measure", END)
    return graph.compile(checkpointer=checkpointer, name="storyboard")


graph = build()
"""The graph without a checkpointer, for servers that bring their own (langgraph.json)."""
