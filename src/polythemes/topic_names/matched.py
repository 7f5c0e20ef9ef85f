"""Find the topics again that a person has named, after a rerun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from polythemes.tables import check
from polythemes.topic_names.entries import LENGTH, Entry

#: Part of the passages of a named topic that have to lie in one topic for it to be that one.
HALF = 0.5


@dataclass(frozen=True)
class Matched:
    """Hold what became of one entry.

    Parameters
    ----------
    entry : Entry
        The entry.
    topic_id : int
        The topic that it names now; 0 where there is none.
    held : int
        How many of its passages lie there.
    there : int
        How many of its passages the corpus holds at all.
    where : dict of int to int
        Passages by topic.
    """

    entry: Entry
    topic_id: int
    held: int
    there: int
    where: dict[int, int]

    @property
    def told(self) -> str:
        """What a person has to know of it: empty if all its passages are where they were."""
        name = next(iter(self.entry.names.values()), "without a name")
        lie = ", ".join(f"{count} in topic {topic}" for topic, count in self.where.items())
        if not self.there:
            return f"topic {name!r} is not found again: the corpus has none of its passages"
        if not self.topic_id:
            return f"topic {name!r} is not found again: of its passages lie {lie}"
        if self.held == len(self.entry.passages):
            return ""
        return (
            f"topic {name!r} has moved: it is topic {self.topic_id} now; of its passages lie {lie}"
        )


def match(entries: Sequence[Entry], members: pd.DataFrame, passages: pd.DataFrame) -> list[Matched]:
    """Find the topic of each entry: the one that most of its passages lie in.

    Parameters
    ----------
    entries : sequence of Entry
        The names of earlier topics.
    members : pandas.DataFrame
        The table ``topic_members``.
    passages : pandas.DataFrame
        The table ``passages``.

    Returns
    -------
    list of Matched
        In the order of the entries. No topic is that of two; over all of them most passages lie
        where they should (an optimal assignment).

    References
    ----------
    Kuhn (1955), The Hungarian method for the assignment problem.
    """
    both = members.merge(passages[["passage_id", "sha256"]], on="passage_id")
    both = both.sort_values(["sha256", "passage_id"])
    home = dict(zip(both["sha256"].str[:LENGTH], both["topic_id"], strict=True))
    topics = sorted(set(home.values()))
    held = np.zeros((len(entries), len(topics)), dtype=np.int64)
    for row, entry in enumerate(entries):
        for passage in entry.passages:
            if passage in home:
                held[row, topics.index(home[passage])] += 1
    # Slow to load, and a corpus that is up to date does not need it.
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(-held)
    taken = dict(zip(rows.tolist(), columns.tolist(), strict=True))
    return [_matched(entry, held[row], topics, taken.get(row)) for row, entry in enumerate(entries)]


def _matched(entry: Entry, held: np.ndarray, topics: list[int], column: int | None) -> Matched:
    """Say what became of one entry."""
    order = np.argsort(-held, kind="stable")
    where = {int(topics[i]): int(held[i]) for i in order if held[i]}
    there = int(held.sum())
    count = int(held[column]) if column is not None else 0
    found = int(topics[column]) if column is not None and count > HALF * there else 0
    return Matched(entry, found, count if found else 0, there, where)


def named(names: pd.DataFrame, matches: Sequence[Matched]) -> pd.DataFrame:
    """Put the names that a person gave in the place of those that were found.

    Parameters
    ----------
    names : pandas.DataFrame
        The table ``topic_names`` as it was found.
    matches : sequence of Matched
        What became of the entries.

    Returns
    -------
    pandas.DataFrame
        The table ``topic_names``; ``edited`` is True where a name is not the one found.
    """
    given = [
        (one.topic_id, code, name)
        for one in matches
        if one.topic_id
        for code, name in one.entry.names.items()
    ]
    table = pd.DataFrame(given, columns=["topic_id", "language", "given"])
    table = table.astype({"topic_id": "int64", "language": "object", "given": "object"})
    both = names.merge(table, on=["topic_id", "language"], how="outer")
    other = both["given"].notna() & (both["given"] != both["name"])
    both["name"] = both["given"].where(both["given"].notna(), both["name"])
    both["edited"] = other
    both = both.sort_values(["topic_id", "language"], ignore_index=True)
    return check(both.drop(columns="given"), "topic_names")


def refreshed(matches: Sequence[Matched], names: pd.DataFrame, middle: pd.DataFrame) -> list[Entry]:
    """Bring the entries up to date with the topics that there are now.

    Parameters
    ----------
    matches : sequence of Matched
        What became of the entries before.
    names : pandas.DataFrame
        The table ``topic_names``, with the names that were given.
    middle : pandas.DataFrame
        The central passages, columns ``topic_id`` and ``sha256``, the nearest first.

    Returns
    -------
    list of Entry
        One a topic, in their order; then those that were not found again, as they were.
    """
    anchors = middle.assign(short=middle["sha256"].str[:LENGTH]).groupby("topic_id")["short"]
    entries = []
    for topic, own in names.groupby("topic_id", sort=True):
        told = dict(zip(own["language"], own["name"], strict=True))
        entries.append(Entry(told, tuple(anchors.get_group(topic))))
    return entries + [one.entry for one in matches if not one.topic_id]
