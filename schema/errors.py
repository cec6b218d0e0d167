"""Every error this project raises on purpose.

    StoryboardError                 1
    ├── InputError                  2   a topic, option or document is wrong
    │   ├── TopicError
    │   └── DocumentError               names the file and the field path
    ├── GeneratorError              3   a generator failed at its work
    │   ├── UnknownGenerator        2   no generator of that name
    │   └── GeneratorUnavailable    4   it exists, but this machine lacks something
    ├── SystemRequirementError      4   a system library or program is missing
    ├── MediaError                  5   a sound or picture file is not what it must be
    ├── ProjectError                6   the project folder cannot be used
    └── Cancelled                 130   the user stopped the run

The number is the exit code of the command.
"""

from __future__ import annotations


class StoryboardError(Exception):
    """The root: what failed, where, what to do next and whether trying again may help."""

    exit_code = 1
    retry = False

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        """Return the place and the message in one line."""
        return f"{self.where}: {self.message}" if self.where else self.message


class InputError(StoryboardError):
    """Something the user gave cannot be used."""

    exit_code = 2


class TopicError(InputError):
    """The topic is empty, too long or not text."""


class DocumentError(InputError):
    """A document does not follow its schema; `where` is the file and the field path."""


class GeneratorError(StoryboardError):
    """A generator failed; trying again may help."""

    exit_code = 3
    retry = True


class UnknownGenerator(GeneratorError):
    """No generator of that name is registered."""

    exit_code = 2
    retry = False


class GeneratorUnavailable(GeneratorError):
    """The generator exists, but a package, weight file or key is missing here."""

    exit_code = 4
    retry = False


class SystemRequirementError(StoryboardError):
    """The operating system lacks something; `hint` is the command that installs it."""

    exit_code = 4


class MediaError(StoryboardError):
    """A sound or picture file is missing, broken or of the wrong length."""

    exit_code = 5


class ProjectError(StoryboardError):
    """The project folder is in use, not writable or not a project."""

    exit_code = 6


class Cancelled(StoryboardError):
    """The user stopped the run; what was finished is kept."""

    exit_code = 130
