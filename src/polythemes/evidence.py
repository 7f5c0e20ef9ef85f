"""Find the passages that speak most for each theme in each article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes.grid import Steps, cosines, snap
from polythemes.tables import check

#: Terms that say why a passage is evidence.
TERMS = 5
#: Share below which a passage is no evidence.
LEAST = 1 / 3
#: A passage as near as this (cosine) to one of a higher rank says the same again.
AGAIN = 0.8


@dataclass(frozen=True)
class Meaning:
    """Hold what passages and the texts that name themes mean.

    Parameters
    ----------
    vectors : ndarray of float, shape (n, d)
        One vector a passage, in the order of the table ``passages``.
    naming : pandas.DataFrame
        Columns ``theme_id`` and ``text``: descriptions, labels, terms and examples.
    named : ndarray of float, shape (m, d)
        One vector a naming text.
    """

    vectors: NDArray[np.floating[Any]]
    naming: pd.DataFrame
    named: NDArray[np.floating[Any]]


def find(
    shares: pd.DataFrame,
    passages: pd.DataFrame,
    terms: pd.DataFrame,
    meaning: Meaning,
    *,
    most: int = 3,
) -> pd.DataFrame:
    """Rank the passages of every article for every theme.

    Parameters
    ----------
    shares : pandas.DataFrame
        The table ``theme_shares``.
    passages : pandas.DataFrame
        The table ``passages``: article, lines and characters of a passage stand there.
    terms : pandas.DataFrame
        The table ``terms``.
    meaning : Meaning
        Vectors of the passages and of the texts that name the themes.
    most : int
        Passages a theme and article at the most.

    Returns
    -------
    pandas.DataFrame
        The table ``evidence``, in the themes' order, then by article and rank; only passages with
        a share of a third or more, and none that says again what one of a higher rank says.
        ``terms`` are the passage's terms that speak most for the theme: those whose passages, in
        the same language, have more of it than passages have on average. ``nearest`` is the naming
        text that is nearest to the passage, ``nearness`` its cosine (empty and 0 for the rest).
    """
    themes = list(dict.fromkeys(shares["theme_id"]))
    places = passages[["passage_id", "article_id", "start"]].reset_index(drop=True)
    places["row"] = places.index
    ranked = shares.merge(places, on="passage_id")
    ranked["order"] = ranked["theme_id"].map({one: i for i, one in enumerate(themes)})
    ranked = ranked[ranked["share"] >= LEAST].sort_values(
        ["order", "article_id", "share", "start"], ascending=[True, True, False, True]
    )
    steps = snap(meaning.vectors)
    groups = ranked.groupby(["order", "article_id"], sort=False)["row"]
    kept = [i for _, rows in groups for i in _apart(rows, steps, most)]
    ranked = ranked.loc[kept].reset_index(drop=True)
    ranked["rank"] = ranked.groupby(["theme_id", "article_id"]).cumcount() + 1
    telling = _telling(shares, terms)
    ranked["terms"] = [
        ", ".join(telling.get((theme_id, passage_id), []))
        for theme_id, passage_id in zip(ranked["theme_id"], ranked["passage_id"], strict=True)
    ]
    ranked = _nearest(ranked, steps, meaning)
    return check(ranked.drop(columns=["order", "start", "row"]), "evidence")


def _apart(rows: pd.Series, steps: Steps, most: int) -> list[Any]:
    """Take the first rows that do not say again what one taken before says."""
    taken: list[Any] = []
    for place, row in rows.items():
        earlier = steps[rows.loc[taken].to_numpy(dtype=np.int64)]
        if len(taken) < most and not (cosines(earlier, steps[[row]]) >= AGAIN).any():
            taken.append(place)
    return taken


def _nearest(ranked: pd.DataFrame, steps: Steps, meaning: Meaning) -> pd.DataFrame:
    """Add the naming text that is nearest to each passage."""
    named = snap(meaning.named)
    ranked["nearest"], ranked["nearness"] = "", 0.0
    for theme_id, own in ranked.groupby("theme_id"):
        texts = np.flatnonzero(meaning.naming["theme_id"] == theme_id)
        if len(texts):
            near = cosines(steps[own["row"]], named[texts])
            said = meaning.naming["text"].to_numpy(dtype=object)[texts[near.argmax(axis=1)]]
            ranked.loc[own.index, "nearest"] = said
            ranked.loc[own.index, "nearness"] = near.max(axis=1).round(4)
    return ranked


def _telling(shares: pd.DataFrame, terms: pd.DataFrame) -> dict[tuple[str, str], list[str]]:
    """Give the telling terms of every theme and passage."""
    together = terms.merge(shares, on="passage_id")
    usual = together.groupby(["language", "theme_id"])["share"].transform("mean")
    by_term = together.groupby(["language", "term", "theme_id"])["share"]
    # Two average passages are added to each term's, so that a term met once is no proof.
    lift = (by_term.transform("sum") + 2 * usual) / (by_term.transform("size") + 2) / usual
    together["weight"] = (np.log(lift) * np.sqrt(together["count"])).round(9)
    together = together[together["weight"] > 0].sort_values(
        ["theme_id", "passage_id", "weight", "term"], ascending=[True, True, False, True]
    )
    together = together[together.groupby(["theme_id", "passage_id"]).cumcount() < TERMS]
    groups = together.groupby(["theme_id", "passage_id"])["term"]
    return {(str(a), str(b)): list(found) for (a, b), found in groups}
