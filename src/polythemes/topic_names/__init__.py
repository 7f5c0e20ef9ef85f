"""Name the topics, and find those again that a person has named."""

from polythemes.topic_names.entries import Entry, load, save
from polythemes.topic_names.found import central, found, topics
from polythemes.topic_names.matched import Matched, match, named, refreshed

__all__ = [
    "Entry",
    "Matched",
    "central",
    "found",
    "load",
    "match",
    "named",
    "refreshed",
    "save",
    "topics",
]
