"""A process that shoots one scene: a job comes in as JSON, progress and the result go out as lines.

Started as `python -m storyboard.orchestrator.worker`, so that a program which uses the library needs
no `if __name__ == "__main__"`, and a scene that crashes takes nothing else with it. When whoever
started it is gone, its next line of progress finds no reader and it stops.
"""

from __future__ import annotations

import json
import signal
import sys
import traceback
from pathlib import Path

from storyboard.generators import registry
from storyboard.generators.seams import VideoRequest
from storyboard.schema.document import Part
from storyboard.schema.errors import StoryboardError


class Job(Part):
    """One scene to shoot, by which generator, into which file."""

    generator: str
    request: VideoRequest
    out: str


def main() -> None:
    """Read a Job from standard input, shoot it, and say how it went on standard output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this decides when to stop
    job = Job.model_validate_json(sys.stdin.buffer.read())
    try:
        generator = registry.video(job.generator)
        take = generator.shoot(job.request, Path(job.out), lambda done: _say(progress=done))
    except BrokenPipeError:
        sys.exit(1)
    except StoryboardError as error:
        _say(error=error.message, kind=type(error).__name__, where=error.where, hint=error.hint)
    except Exception as error:
        _say(error=f"{type(error).__name__}: {error}", kind="GeneratorError", trace=traceback.format_exc())
    else:
        _say(take=take.model_dump(mode="json"))


def _say(**message: object) -> None:
    print(json.dumps(message), flush=True)


if __name__ == "__main__":
    main()
