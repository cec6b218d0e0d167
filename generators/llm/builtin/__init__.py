"""The built-in writer: rules and word data, no model, no network."""

from storyboard.generators.llm.builtin.writer import BuiltinWriter

__all__ = ["BuiltinWriter"]
