"""Tables of a fitted model: which passages are of which topic, and how topics go together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes.grid import cosines, snap
from polythemes.tables import check
from polythemes.topics import choice
from polythemes.topics.model import TopicModel
from polythemes.topics.tree import ward


def members(
    model: TopicModel,
    vectors: NDArray[np.floating[Any]],
    passage_ids: Sequence[str],
    languages: Sequence[str] | None = None,
) -> pd.DataFrame:
    """List the topic of every passage.

    Parameters
    ----------
    model : TopicModel
        A fitted model.
    vectors : ndarray of float, shape (n, d)
        One vector a passage.
    passage_ids : sequence of str of length n
        The passages.
    languages : sequence of str of length n, optional
        Their languages; needed if the model was fitted with languages.

    Returns
    -------
    pandas.DataFrame
        The table ``topic_members``, sorted by passage: the topic with the largest ``share``, the
        ``closeness`` to its centre (cosine, to 4 digits) and whether it is ``weak``.
    """
    shares = model.transform(vectors, languages)
    own, here = shares.argmax(axis=1), np.arange(len(shares))
    table = pd.DataFrame(
        {
            "passage_id": list(passage_ids),
            "topic_id": own + 1,
            "share": shares[here, own],
            "closeness": model.closeness(vectors, languages)[here, own].round(4),
            "weak": model.weak(vectors, languages),
        }
    )
    return check(table.sort_values("passage_id", ignore_index=True), "topic_members")


def cuts(model: TopicModel) -> dict[int, NDArray[np.int64]]:
    """Give the topics of the passages for every number of topics that was measured.

    Parameters
    ----------
    model : TopicModel
        A fitted model.

    Returns
    -------
    dict of int to ndarray of int64, shape (n,)
        Topics from 1 by the number asked for, before draws move passages; 0 for the passages that
        were left out of measuring, where there are more than 1,000 distinct ones.
    """
    back = model._passages.raw.back
    kept, found = choice.cuts(model._passages.rows, model._asked, model.seed)
    made = {}
    for number, labels in found.items():
        wide = np.zeros(len(model._passages.raw.steps), dtype=np.int64)
        wide[kept] = labels + 1
        made[number] = wide[back]
    return made


def merges(model: TopicModel) -> pd.DataFrame:
    """List how the topics go together, two by two, by Ward's rule over their centres.

    Parameters
    ----------
    model : TopicModel
        A fitted model.

    Returns
    -------
    pandas.DataFrame
        The table ``topic_tree``, one row a join, the nearest first: ``node`` (numbered after the
        topics), the two topics or nodes ``left`` and ``right``, ``height`` and ``passages``.

    References
    ----------
    Ward (1963), Hierarchical grouping to optimize an objective function.
    """
    sizes = np.bincount(model.labels_ - 1, minlength=model.n_topics_).astype(np.float64)
    steps = snap(model.centres_)
    joins = ward(2 - 2 * cosines(steps, steps), sizes) if len(sizes) > 1 else np.zeros((0, 4))
    held, rows = list(sizes), []
    for place, (left, right, height, _) in enumerate(joins):
        held.append(held[int(left)] + held[int(right)])
        node = len(sizes) + place + 1
        rows.append((node, int(left) + 1, int(right) + 1, round(height, 6), int(held[-1])))
    table = pd.DataFrame(rows, columns=["node", "left", "right", "height", "passages"])
    return check(table, "topic_tree")
