"""The command line's app, and the arguments that several commands take."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="storyboard",
    help='Turn a topic into a finished music video: storyboard "I met my ex on TikTok"',
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

ProjectPath = Annotated[
    Path, typer.Argument(help="A project folder or a storyboard.json.", show_default=False)
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON line with the result, and nothing else.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")]
Debug = Annotated[bool, typer.Option("--debug", help="Show the whole trace of an error.")]
