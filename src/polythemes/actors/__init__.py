"""Companies, platforms, products, people and practices named in the texts."""

from __future__ import annotations

from polythemes.actors.candidates import candidates
from polythemes.actors.counted import by_article, links, table, themes
from polythemes.actors.entries import SORTS, Actor, aliases, load, words
from polythemes.actors.found import find

__all__ = [
    "SORTS",
    "Actor",
    "aliases",
    "by_article",
    "candidates",
    "find",
    "links",
    "load",
    "table",
    "themes",
    "words",
]
