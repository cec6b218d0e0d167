"""The review: what a linter, a critic and a person find goes back to the step that can mend it."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from langgraph.runtime import Runtime
from langgraph.types import Command, interrupt
from pydantic import ValidationError

from storyboard.generators.lint import Finding, lint
from storyboard.orchestrator.given import voice_sample_of
from storyboard.orchestrator.nodes.writing import draft_of
from storyboard.orchestrator.options import Options
from storyboard.orchestrator.prompting import with_prompts
from storyboard.orchestrator.revision import revise_workspace
from storyboard.orchestrator.state import Context, Draft, FilmState, Judged, step
from storyboard.orchestrator.workspace import Workspace
from storyboard.orchestrator.writers import brief_for, usage_of, writer_of
from storyboard.schema.board import Storyboard
from storyboard.schema.errors import GeneratorError, InputError
from storyboard.schema.files import digest, explain, field_path, load, save
from storyboard.schema.progress import Notice

WritingStep = Literal["write_song", "tell_story", "cast", "draw_board"]
_STEPS: dict[str, WritingStep] = {
    "song": "write_song",
    "story": "tell_story",
    "cast": "cast",
    "board": "draw_board",
}
_MAX_ROUNDS = 2
_APPROVALS = ("", "y", "yes", "ok", "approve", "approved", "go")


def review(
    state: FilmState, runtime: Runtime[Context]
) -> Command[Literal["write_song", "tell_story", "cast", "draw_board", "approve"]]:
    """Check the draft; write storyboard.json, or send it back with the findings.

    What is still open in the best draft after the last round is listed in the storyboard's notes.

    Raises:
        GeneratorError: the parts of every draft contradict each other.
    """
    context = runtime.context or Context()
    with step(context, "review") as report:
        workspace = Workspace(Path(state["project"]))
        findings = _findings(workspace, state["draft"], context)
        rounds = state.get("rounds", 0)
        best = _better(state.get("best"), findings, state["draft"])
        if findings and rounds < _MAX_ROUNDS:
            by_step = _by_step(findings)
            first: WritingStep = next(name for name in _STEPS.values() if name in by_step)
            report.detail = (
                f"{len(findings)} findings, for instance {findings[0].where}: {findings[0].message}"
            )
            return Command(goto=first, update={"findings": by_step, "rounds": rounds + 1, "best": best})
        board = _finished(workspace, best, rounds)
        save(board, workspace.storyboard)
        report.detail = f"{len(board.scenes)} scenes" + (
            f", notes: {len(board.notes)}" if board.notes else ""
        )
        _tell_usage(workspace, context)
        return Command(goto="approve", update={"storyboard": digest(board), "findings": {}})


def approve(state: FilmState, runtime: Runtime[Context]) -> Command[Literal["approve", "record", "__end__"]]:
    """Let a person approve the board or say what to change, where one was asked for."""
    if state.get("asks"):
        answer = str(interrupt({"storyboard": state["storyboard"], "complaint": state.get("complaint", "")}))
        if answer.strip().lower() not in _APPROVALS:
            return Command(goto="approve", update=_revised(state, answer, runtime.context or Context()))
    return Command(goto="__end__" if state.get("plan_only") else "record")


def _revised(state: FilmState, request: str, context: Context) -> FilmState:
    workspace = Workspace(Path(state["project"]))
    try:
        revision = revise_workspace(workspace, request, context)
    except (InputError, GeneratorError) as error:
        return {"complaint": f"{error} ({error.hint})" if error.hint else str(error)}
    return {"complaint": "", "storyboard": digest(revision.after)}


def _findings(workspace: Workspace, key: str, context: Context) -> list[Finding]:
    """Return what is wrong with a draft, the worst first: by schema, else by linter, else by critic too."""
    draft, options = draft_of(workspace, key), load(workspace.brief, Options)
    try:
        board = _storyboard(workspace, options, draft)
    except ValidationError as error:
        return _contradictions(error)
    found = lint(board)
    if not any(finding.severity == "must" for finding in found):
        found = [*found, *_criticism(workspace, draft.writer, board, context)]
    mendable = [finding for finding in found if options.song is None or finding.step != "song"]
    return sorted(mendable, key=lambda finding: finding.severity)


def _criticism(workspace: Workspace, spec: str, board: Storyboard, context: Context) -> list[Finding]:
    """Ask the critic; a storyboard that is written is not lost because nobody could be asked about it."""
    try:
        with writer_of(workspace, spec, context) as writer:
            return writer.criticise(brief_for(board), board)
    except GeneratorError as error:
        context.on_event(Notice(f"reviewed by the linter alone, the critic could not be asked: {error}"))
        return []


def _contradictions(error: ValidationError) -> list[Finding]:
    """Turn what the schema refuses into findings for the step that wrote it."""
    steps: dict[str, Literal["song", "story", "cast"]] = {"song": "song", "story": "story", "cast": "cast"}
    return [
        Finding(
            code="schema",
            where=field_path(problem),
            message=explain(problem),
            step=steps.get(str(problem["loc"][0]) if problem["loc"] else "", "board"),
            severity="must",
        )
        for problem in error.errors(include_url=False)
    ]


def _better(held: Judged | None, findings: list[Finding], key: str) -> Judged:
    """Return the better of two drafts: what must be mended counts above all else."""
    weight = sum(100 if finding.severity == "must" else 1 for finding in findings)
    if held is not None and held["weight"] <= weight:
        return held
    return Judged(weight=weight, draft=key, open=[f"{each.where}: {each.message}" for each in findings])


def _by_step(findings: list[Finding]) -> dict[str, list[str]]:
    by_step: dict[str, list[str]] = {}
    for finding in findings:
        by_step.setdefault(_STEPS[finding.step], []).append(f"{finding.where}: {finding.message}")
    return by_step


def _finished(workspace: Workspace, best: Judged, rounds: int) -> Storyboard:
    """Return the storyboard of the best draft, with what is open in its notes."""
    draft = draft_of(workspace, best["draft"])
    try:
        board = _storyboard(workspace, load(workspace.brief, Options), draft)
    except ValidationError as error:
        raise GeneratorError(
            f"the board is still faulty after {rounds} rounds: {best['open'][0]}",
            where=f"generators.llm ({draft.writer})",
            hint="run it again, or choose another --llm",
        ) from error
    return with_prompts(board.model_copy(update={"notes": [*draft.notes, *best["open"]]}))


def _storyboard(workspace: Workspace, options: Options, draft: Draft) -> Storyboard:
    """Join the parts of the draft; pydantic checks that they agree."""
    assert draft.song and draft.story
    voice_sample = voice_sample_of(workspace, options.voice_sample)
    chosen = {"llm": draft.writer, "voice_sample": voice_sample}
    return Storyboard(
        topic=options.topic,
        seed=options.seed,
        language=draft.language,
        look=options.look(draft.style, draft.palette),
        song=draft.song,
        story=draft.story,
        cast=draft.cast,
        scenes=draft.scenes,
        directions=draft.directions,
        cutting=options.cutting,
        output=options.output,
        generators=options.generators.model_copy(update=chosen),
    )


def _tell_usage(workspace: Workspace, context: Context) -> None:
    rows = usage_of(workspace).as_rows()
    if len(rows) > 1:
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = (
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
        )
        context.on_event(Notice("\n".join(line.rstrip() for line in lines)))
