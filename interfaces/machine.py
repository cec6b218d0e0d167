"""Commands about this machine and the project's documents: weights, schema, what can run here."""

from __future__ import annotations

import json
import signal
from typing import Annotated

import typer

import storyboard
from storyboard.interfaces.app import Debug, Json, Quiet, app
from storyboard.interfaces.display import Display, print_findings
from storyboard.interfaces.outcome import errors_told


@app.command("pull")
def pull(
    name: Annotated[
        str, typer.Argument(help="A generator or listening model, or NAME:MODEL.", show_default=False)
    ],
    quiet: Quiet = False,
    debug: Debug = False,
) -> None:
    """Fetch the weights that a generator or a listening model needs. Nothing else ever downloads any."""
    display = Display(silent=quiet)
    signal.signal(signal.SIGINT, display.stop)
    with errors_told(as_json=False, debug=debug), display:
        storyboard.pull(name, on_event=display)
    typer.echo(f"{name} is here")


@app.command("schema")
def schema() -> None:
    """Print the JSON Schema of storyboard.json, for editors that complete and check it."""
    document = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    typer.echo(json.dumps(document | storyboard.Storyboard.model_json_schema(by_alias=True), indent=2))


@app.command("doctor")
def doctor(as_json: Json = False) -> None:
    """Say what this machine can run, and what each missing thing would need."""
    from storyboard.orchestrator.doctor import examine

    findings = examine()
    if as_json:
        typer.echo(json.dumps([vars(finding) for finding in findings]))
    else:
        print_findings(findings)
    raise typer.Exit(0 if all(finding.ready for finding in findings if finding.needed) else 4)
