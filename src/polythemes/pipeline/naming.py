"""The names of topics as a file that a person edits."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from polythemes import topic_names

if TYPE_CHECKING:
    from polythemes.pipeline import Results


def write(results: Results) -> Path:
    """Write the names of the topics to ``topics.toml``, those that stand there unchanged.

    Parameters
    ----------
    results : Results
        The tables of a corpus.

    Returns
    -------
    Path
        The file. Names of topics that are not found again stay at its end.
    """
    path, passages = results.corpus.topics, results["passages"]
    members = results["topic_members"]
    matches = topic_names.match(topic_names.load(path), members, passages)
    middle = topic_names.central(members, passages)
    topic_names.save(path, topic_names.refreshed(matches, results["topic_names"], middle))
    return path
