"""Themes that a researcher names: how they are read, found and summed up over articles."""

from polythemes.themes.entries import REST, Theme, examples, load, table
from polythemes.themes.model import ThemeModel
from polythemes.themes.shares import by_article

__all__ = ["REST", "Theme", "ThemeModel", "by_article", "examples", "load", "table"]
