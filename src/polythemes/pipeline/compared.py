"""The topics found beside those of other models of the same passages."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes.contracts import CONTRACTS
from polythemes.errors import PolythemesError
from polythemes.features import Features
from polythemes.pipeline.given import Teller
from polythemes.settings import Settings
from polythemes.tables import check

if TYPE_CHECKING:
    from polythemes.topics import TopicModel

Labels = NDArray[np.int64]

#: Name of the model whose topics all other tables hold.
OURS = "TopicModel"
#: Parts of the passages that stability is measured on.
RUNS = 5
#: Draws behind the intervals at the most: there are some fifty of them for each model.
RESAMPLES = 200


class Meant(NamedTuple):
    """Hold what is known of the meaning of terms.

    Attributes
    ----------
    concepts, near : pandas.DataFrame
        The tables of these names.
    """

    concepts: pd.DataFrame
    near: pd.DataFrame


def numbers(
    model: TopicModel,
    passages: pd.DataFrame,
    terms: pd.DataFrame,
    concepts: pd.DataFrame,
    *,
    most: int,
) -> pd.DataFrame:
    """Measure the terms of every number of topics that was tried.

    Parameters
    ----------
    model : TopicModel
        A fitted model.
    passages : pandas.DataFrame
        Columns ``passage_id`` and ``place``: which row of what it was fitted on.
    terms, concepts : pandas.DataFrame
        The tables.
    most : int
        Terms that a list holds.

    Returns
    -------
    pandas.DataFrame
        The table ``topic_choice``: what the model measured, and ``coherence``, the mean NPMI of the
        lists over languages, each held against its own passages of the corpus; NaN where there are
        too few. The number is not chosen by it.
    """
    from polythemes import scores, topic_terms, topics

    found = {}
    for number, labels in topics.cuts(model).items():
        own = passages.assign(topic_id=labels[passages["place"]]).query("topic_id > 0")
        listed = topic_terms.rank(terms, own.drop(columns="place"), concepts, most=most)
        measured = scores.coherence(listed, terms, measures=("npmi",), resamples=0)
        found[number] = round(float(measured["value"].mean()), 4)
    table = model.choice_
    return check(table.assign(coherence=table["n_topics"].map(found).astype(float)), "topic_choice")


def models(
    found: Features,
    chosen: Settings,
    meant: Meant,
    tables: dict[str, pd.DataFrame],
    *,
    teller: Teller,
) -> pd.DataFrame:
    """Measure the topics beside those that counting models find in as many.

    Parameters
    ----------
    found : Features
        Passages, terms and vectors.
    chosen : Settings
        The settings.
    meant : Meant
        Concepts, and which are near.
    tables : dict of str to pandas.DataFrame
        ``topic_members``, ``topic_terms`` and ``concept_counts``.
    teller : Teller
        Is told of a model that cannot find so many.

    Returns
    -------
    pandas.DataFrame
        The table ``models``, one row a model, score and language; empty for a single topic, or
        where there is nothing to compare with.
    """
    from polythemes import counting, scores, topics

    passages, members = found.passages, tables["topic_members"]
    many = int(members["topic_id"].nunique())
    if many < 2 or not chosen.models:
        return check(pd.DataFrame(columns=list(CONTRACTS["models"])), "models")
    counts, ids = counting.counted(tables["concept_counts"], list(passages["passage_id"]))
    counts = counting.parted(counts, counting.parts_of(meant.near, ids))

    def again(at: Labels) -> Labels:
        return topics.TopicModel(many, seed=chosen.seed).fit(found.vectors[at]).labels_

    labels = members[["passage_id", "topic_id"]]
    made = {OURS: scores.Model(labels, tables["topic_terms"], again)}
    for name in sorted(set(chosen.models)):
        model = getattr(counting, name)
        try:
            fitted = model(many, chosen.seed).fit(counts)
        except PolythemesError as error:
            teller.say(f"{name} is not compared: {error}")
            continue
        own = passages[["passage_id"]].assign(topic_id=fitted.labels_)
        listed = counting.terms_table(fitted, meant.concepts, ids, most=chosen.terms)
        made[name] = scores.Model(own, listed, _again(model, many, chosen.seed, counts))
    table = scores.side_by_side(
        made,
        passages,
        found.terms,
        found.vectors,
        runs=RUNS,
        resamples=min(chosen.resamples, RESAMPLES),
        seed=chosen.seed,
    )
    return check(table, "models")


def _again(model: Any, many: int, seed: int, counts: Any) -> Callable[[Labels], Labels]:
    """Make the function that fits a counting model on some passages."""

    def fit(at: Labels) -> Labels:
        try:
            return np.asarray(model(many, seed).fit(counts[at]).labels_)
        except PolythemesError:  # a part may hold too few passages with a concept
            return np.ones(len(at), dtype=np.int64)

    return fit
