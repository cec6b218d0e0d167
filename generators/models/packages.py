"""Say which packages a model lacks, with the command that installs them."""

from __future__ import annotations

from importlib.util import find_spec

from storyboard.schema.errors import GeneratorUnavailable


def need(*modules: str, extra: str, where: str) -> None:
    """Check that modules can be imported, without importing them.

    Args:
        modules: top-level names, as they are imported.
        extra: the extra of this package that brings them.
        where: what needs them, for the error.

    Raises:
        GeneratorUnavailable: some are missing; the hint is the pip command.
    """
    missing = [module for module in modules if not _is_installed(module)]
    if missing:
        raise GeneratorUnavailable(
            f"not installed: {', '.join(missing)}",
            where=where,
            hint=f'pip install "storyboard[{extra}]"',
        )


def _is_installed(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except (ImportError, ValueError):
        return False
