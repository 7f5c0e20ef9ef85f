"""Themes that a researcher names: how they are read, found and summed up over articles."""

from typing import TYPE_CHECKING, Any

from polythemes.themes.entries import REST, Theme, examples, load, table
from polythemes.themes.shares import by_article, together

if TYPE_CHECKING:
    from polythemes.themes.model import ThemeModel

__all__ = ["REST", "Theme", "ThemeModel", "by_article", "examples", "load", "table", "together"]


def __getattr__(name: str) -> Any:
    """Load the model when it is asked for: SciPy is slow to load, and to read themes needs none."""
    if name != "ThemeModel":
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    from polythemes.themes.model import ThemeModel

    return ThemeModel
