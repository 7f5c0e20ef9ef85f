"""Find the terms of several languages that mean the same, and count them as one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes.concepts import groups, named, pairs
from polythemes.concepts.named import glossary
from polythemes.errors import PolythemesError
from polythemes.tables import check

__all__ = ["counts", "find", "glossary", "vocabulary"]

#: Vectors come in steps of 0.001.
SCALE = 1000
#: More than any score of a pair: what is spelled alike is joined first.
SPELLED = 2.0


def vocabulary(terms: pd.DataFrame) -> pd.DataFrame:
    """List the terms of a corpus.

    Parameters
    ----------
    terms : pandas.DataFrame
        The table ``terms``.

    Returns
    -------
    pandas.DataFrame
        Columns ``language``, ``term`` and ``count``, sorted by the first two.
    """
    return terms.groupby(["language", "term"], as_index=False)["count"].sum()


def find(
    words: pd.DataFrame, vectors: NDArray[np.float32], same: Iterable[Iterable[str]] = ()
) -> pd.DataFrame:
    """Group the terms that mean the same.

    Terms of different languages are paired by nearness (:func:`polythemes.concepts.pairs.near`) and
    by spelling (:func:`polythemes.concepts.pairs.spelled`). What is known to mean the same is one
    concept whatever the vectors say, and never one with another known thing; pairs are joined
    from the best on, as long as all terms of a group go together
    (:func:`polythemes.concepts.groups.join`).

    Parameters
    ----------
    words : pandas.DataFrame
        What :func:`vocabulary` gives.
    vectors : ndarray of float32, shape (n, d)
        A vector for each term, in multiples of 0.001.
    same : iterable of iterable of str
        Terms and names that mean the same, in any language (:func:`polythemes.concepts.glossary`).

    Returns
    -------
    pandas.DataFrame
        The table ``concepts``, every term in one: ``weight`` is the mean cosine to the terms of
        other languages (1 where spelling or ``same`` decides, and for a term alone), ``rank`` the
        place among the concept's terms of the language, the commonest first.

    Raises
    ------
    PolythemesError
        If there is not one vector for each term.
    """
    if len(words) != len(vectors):
        msg = (
            f"{len(vectors)} vectors came for {len(words)} terms; one for each is needed: embed "
            "the terms of `vocabulary` in its order"
        )
        raise PolythemesError(msg)
    words = words.reset_index(drop=True).sort_values(["language", "term"])
    # Whole numbers of no more than 24 bits: sums are exact, whatever adds them up in what order.
    rows = np.rint(np.asarray(vectors, dtype=np.float64) * SCALE).astype(np.float32)
    rows, words = rows[words.index], words.reset_index(drop=True)
    languages = words["language"].to_numpy(dtype=str)
    spelled = pairs.spelled(languages, list(words["term"]))
    scores = {**pairs.near(rows, languages), **dict.fromkeys(spelled, SPELLED)}
    known = named.known(list(words["term"]), same)
    group, weight = groups.join(rows, languages, scores, spelled, known)
    return _table(words.assign(group=group, weight=weight.round(4)))


def _table(table: pd.DataFrame) -> pd.DataFrame:
    """Make the table of groups, numbered in the order of their first terms."""
    number = {group: i for i, group in enumerate(dict.fromkeys(table["group"]), 1)}
    table = table.assign(concept_id=table["group"].map(number))
    table = table.sort_values(
        ["concept_id", "language", "count", "term"], ascending=[True, True, False, True]
    )
    table["rank"] = table.groupby(["concept_id", "language"]).cumcount() + 1
    columns = ["concept_id", "language", "rank", "term", "weight"]
    return check(table[columns].reset_index(drop=True), "concepts")


def counts(terms: pd.DataFrame, concepts: pd.DataFrame) -> pd.DataFrame:
    """Count concepts instead of terms.

    Parameters
    ----------
    terms, concepts : pandas.DataFrame
        The tables.

    Returns
    -------
    pandas.DataFrame
        The table ``concept_counts``, sorted by passage and concept.
    """
    both = terms.merge(concepts[["language", "term", "concept_id"]], on=["language", "term"])
    table = both.groupby(["passage_id", "concept_id"], as_index=False)["count"].sum()
    return check(table, "concept_counts")
