"""Several models of the same passages, side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes.errors import PolythemesError
from polythemes.scores.by_language import leakage
from polythemes.scores.by_passage import coverage, silhouette
from polythemes.scores.coherent import coherence, diversity
from polythemes.scores.labelled import agreement
from polythemes.scores.nearest import aligned
from polythemes.scores.resampled import Fit, stability
from polythemes.scores.translated import cross_coherence

#: Columns of the wide table, after the model and its number of topics.
SHOWN = (
    "leakage",
    "npmi",
    "c_v",
    "cnpmi",
    "diversity",
    "stability",
    "coverage",
    "silhouette",
    "nmi",
    "ari",
)


class Model(NamedTuple):
    """What a model found, and how to fit it again on a part of the passages.

    Attributes
    ----------
    labels : pandas.DataFrame
        Columns ``passage_id`` and ``topic_id``.
    topic_terms : pandas.DataFrame
        The table ``topic_terms``.
    fit : callable, optional
        As :func:`polythemes.scores.stability` takes it; without it stability is not measured.
    """

    labels: pd.DataFrame
    topic_terms: pd.DataFrame
    fit: Fit | None = None


def side_by_side(
    models: Mapping[str, Model],
    passages: pd.DataFrame,
    terms: pd.DataFrame,
    vectors: NDArray[np.floating[Any]],
    *,
    runs: int = 10,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure several models of the same passages in the same way.

    Parameters
    ----------
    models : mapping of str to Model
        By name. The first is the one that ``nmi`` and ``ari`` compare the others with.
    passages : pandas.DataFrame
        The table ``passages``.
    terms : pandas.DataFrame
        The table ``terms``.
    vectors : ndarray of float, shape (n, d)
        One vector a passage, in the order of ``passages``.
    runs : int
        Parts of the passages that stability is measured on.
    resamples : int
        Draws behind the intervals.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``scores`` with the columns ``model`` and ``n_topics`` before.

    Raises
    ------
    PolythemesError
        If no model came.
    """
    if not models:
        msg = "no model came; one or more are allowed; give their names and what they found"
        raise PolythemesError(msg)
    again: dict[str, Any] = {"resamples": resamples, "seed": seed}
    first, lead = next(iter(models.items()))
    pairs = aligned(vectors, passages)
    made = []
    for name, model in models.items():
        parts = [
            leakage(model.labels, passages, **again),
            coherence(model.topic_terms, terms, **again),
            cross_coherence(model.topic_terms, terms, pairs, **again),
            diversity(model.topic_terms, **again),
            coverage(model.labels, passages, **again),
            silhouette(model.labels, passages, vectors, **again),
        ]
        if model.fit is not None:
            parts.append(stability(model.fit, passages, runs=runs, **again))
        if name != first:
            known = lead.labels.rename(columns={"topic_id": "label"})
            parts.append(agreement(model.labels, known, passages, reference=first, **again))
        # pandas warns of joining tables without rows.
        found = pd.concat([part for part in parts if len(part)], ignore_index=True)
        found.insert(0, "model", name)
        found.insert(1, "n_topics", model.labels["topic_id"].nunique())
        made.append(found)
    return pd.concat(made, ignore_index=True)


def wide(measured: pd.DataFrame) -> pd.DataFrame:
    """Put the scores of models side by side, one row a model.

    Parameters
    ----------
    measured : pandas.DataFrame
        What :func:`side_by_side` gives.

    Returns
    -------
    pandas.DataFrame
        Columns ``model``, ``n_topics`` and those of ``SHOWN``, in the order in which the models
        came: the mean over languages, NaN where a score was not measured.
    """
    means = measured.pivot_table(index=["model", "n_topics"], columns="score", values="value")
    order = list(dict.fromkeys(zip(measured["model"], measured["n_topics"], strict=True)))
    return means.reindex(index=order, columns=list(SHOWN)).rename_axis(columns=None).reset_index()
