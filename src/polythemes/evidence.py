"""Find the passages that speak most for each theme in each article."""

from __future__ import annotations

import numpy as np
import pandas as pd

from polythemes.tables import check

#: Terms that say why a passage is evidence.
TERMS = 5
#: Share below which a passage is no evidence.
LEAST = 1 / 3


def find(
    shares: pd.DataFrame, passages: pd.DataFrame, terms: pd.DataFrame, *, most: int = 3
) -> pd.DataFrame:
    """Rank the passages of every article for every theme.

    Parameters
    ----------
    shares : pandas.DataFrame
        The table ``theme_shares``.
    passages : pandas.DataFrame
        The table ``passages``.
    terms : pandas.DataFrame
        The table ``terms``.
    most : int
        Passages a theme and article at the most.

    Returns
    -------
    pandas.DataFrame
        The table ``evidence``, in the themes' order, then by article and rank; only passages with
        a share of a third or more. ``terms`` are the passage's terms that speak most for the theme:
        those whose passages, in the same language, have more of it than passages have on average.
    """
    themes = list(dict.fromkeys(shares["theme_id"]))
    ranked = shares.merge(passages[["passage_id", "article_id", "start"]], on="passage_id")
    ranked["order"] = ranked["theme_id"].map(themes.index)
    ranked = ranked[ranked["share"] >= LEAST].sort_values(
        ["order", "article_id", "share", "start"], ascending=[True, True, False, True]
    )
    ranked["rank"] = ranked.groupby(["theme_id", "article_id"]).cumcount() + 1
    ranked = ranked[ranked["rank"] <= most]
    telling = _telling(shares, terms)
    ranked["terms"] = [
        ", ".join(telling.get((theme_id, passage_id), []))
        for theme_id, passage_id in zip(ranked["theme_id"], ranked["passage_id"], strict=True)
    ]
    return check(ranked.drop(columns=["order", "start"]).reset_index(drop=True), "evidence")


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
