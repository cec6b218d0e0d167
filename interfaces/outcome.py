"""How a command ends: what it prints of its result or its error, and its exit code."""

from __future__ import annotations

import json
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import typer

import storyboard
from storyboard.schema.errors import StoryboardError


@contextmanager
def errors_told(*, as_json: bool, debug: bool) -> Iterator[None]:
    """Print an error of the work inside, and exit with its code."""
    try:
        yield
    except StoryboardError as error:
        fail(error, as_json=as_json, debug=debug)
    except Exception as error:
        ours = StoryboardError(
            f"{type(error).__name__}: {error}",
            where="storyboard",
            hint="this is a fault of ours; run it again with --debug and report the trace",
        )
        ours.__cause__ = error
        fail(ours, as_json=as_json, debug=debug)


def result_of(project: storyboard.Project, plan_only: bool) -> dict[str, Any]:
    """Return what `--json` prints of a project."""
    result: dict[str, Any] = {
        "ok": True,
        "project": str(project.path),
        "title": project.storyboard.song.title,
        "storyboard": str(project.path / "storyboard.json"),
    }
    if not plan_only:
        report = project.report
        result |= {
            "video": str(project.video),
            "duration_s": report.duration_s,
            "report": report.model_dump(),
        }
    return result


def fail(error: StoryboardError, *, as_json: bool, debug: bool) -> NoReturn:
    """Print an error in two lines, or as JSON, and exit with its code."""
    if debug:
        traceback.print_exception(error)
    if as_json:
        kind = type(error).__name__
        details = {"kind": kind, "message": error.message, "where": error.where, "hint": error.hint}
        result = {"ok": False, "error": details | {"retry": error.retry, "exit_code": error.exit_code}}
        typer.echo(json.dumps(result, ensure_ascii=False))
    else:
        typer.echo(f"error: {error}", err=True)
        if error.hint:
            typer.echo(f"  {error.hint}", err=True)
    sys.exit(error.exit_code)
