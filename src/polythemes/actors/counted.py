"""Count mentions: by actor, by article, together in a passage, and the themes beside them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes import intervals
from polythemes.actors.entries import Actor
from polythemes.tables import CONTRACTS, check

Floats = NDArray[np.float64]


def table(actors: Sequence[Actor], mentions: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """List the actors that are mentioned.

    Parameters
    ----------
    actors : sequence of Actor
        The actors.
    mentions, passages : pandas.DataFrame
        The tables.

    Returns
    -------
    pandas.DataFrame
        The table ``actors``: those in most articles first, then in most passages.
    """
    language = dict(zip(passages["passage_id"], passages["language"], strict=True))
    groups = dict(iter(mentions.groupby("actor_id")))
    rows = [
        (
            actor.actor_id,
            actor.sort,
            actor.label,
            actor.owner,
            len(own),
            own["passage_id"].nunique(),
            own["article_id"].nunique(),
            ", ".join(sorted({language[one] for one in own["passage_id"]})),
        )
        for actor in actors
        if (own := groups.get(actor.actor_id)) is not None
    ]
    found = pd.DataFrame(rows, columns=list(CONTRACTS["actors"]))
    order = ["articles", "passages", "mentions", "actor_id"]
    found = found.sort_values(order, ascending=[False, False, False, True], ignore_index=True)
    return check(found, "actors")


def by_article(mentions: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Count the mentions of every actor in every article.

    Parameters
    ----------
    mentions, passages : pandas.DataFrame
        The tables.

    Returns
    -------
    pandas.DataFrame
        The table ``article_actors``. ``share`` is the part of the article's words that stands in
        passages which name the actor.
    """
    words = dict(zip(passages["passage_id"], passages["words"].clip(lower=1), strict=True))
    total = passages.assign(words=passages["words"].clip(lower=1)).groupby("article_id")["words"]
    all_words = total.sum()
    rows = [
        (
            article_id,
            actor_id,
            len(own),
            own["passage_id"].nunique(),
            round(sum(words[one] for one in set(own["passage_id"])) / all_words[article_id], 4),
        )
        for (article_id, actor_id), own in mentions.groupby(["article_id", "actor_id"])
    ]
    found = pd.DataFrame(rows, columns=list(CONTRACTS["article_actors"]))
    return check(found, "article_actors")


def links(mentions: pd.DataFrame) -> pd.DataFrame:
    """Count the passages that name two actors together.

    Parameters
    ----------
    mentions : pandas.DataFrame
        The table.

    Returns
    -------
    pandas.DataFrame
        The table ``actor_links``, each pair once with the smaller id first. ``weight`` is the
        number of passages that name both over the geometric mean of those that name each.

    References
    ----------
    Salton and McGill (1983), Introduction to Modern Information Retrieval, cosine coefficient.
    """
    together: dict[tuple[str, str], int] = {}
    alone: dict[str, int] = {}
    for _, own in mentions.groupby("passage_id"):
        named = sorted(set(own["actor_id"]))
        for one in named:
            alone[one] = alone.get(one, 0) + 1
        for pair in combinations(named, 2):
            together[pair] = together.get(pair, 0) + 1
    rows = [
        (one, other, count, round(count / (alone[one] * alone[other]) ** 0.5, 4))
        for (one, other), count in sorted(together.items())
    ]
    return check(pd.DataFrame(rows, columns=list(CONTRACTS["actor_links"])), "actor_links")


def themes(
    mentions: pd.DataFrame,
    shares: pd.DataFrame,
    passages: pd.DataFrame,
    *,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Give the share of every theme in the passages that name an actor, with an interval.

    Parameters
    ----------
    mentions, shares, passages : pandas.DataFrame
        The tables ``mentions``, ``theme_shares`` and ``passages``; a passage counts by its
        ``words``, however often it names the actor.
    resamples : int
        How often the articles are drawn again, with replacement.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``actor_themes``. ``low`` and ``high`` are the 2.5th and 97.5th percentile over
        resamples of whole articles, as passages of one are alike; an actor of one article has none
        (NaN). ``small`` marks actors of fewer than five articles.

    References
    ----------
    Rao and Wu (1988), Resampling inference with complex survey data: draws of n - 1 clusters.
    """
    wide = intervals.wide(shares, of="theme_id")
    places = passages.set_index("passage_id")
    rows = []
    for actor_id, own in mentions.groupby("actor_id"):
        named = own.drop_duplicates("passage_id").sort_values(["article_id", "passage_id"])
        words = places.loc[named["passage_id"], "words"].clip(lower=1).to_numpy(dtype=np.float64)
        values = wide.loc[named["passage_id"]].to_numpy(dtype=np.float64) * words[:, None]
        codes, articles = pd.factorize(named["article_id"])
        sums, sizes = np.zeros((len(articles), wide.shape[1])), np.zeros(len(articles))
        np.add.at(sums, codes, values)
        np.add.at(sizes, codes, words)
        found = intervals.ratio(sums, sizes[:, None], resamples=resamples, seed=seed)
        counts = (len(named), len(articles), len(articles) < intervals.FEW)
        rows += [
            (actor_id, theme, *numbers, *counts)
            for theme, *numbers in zip(wide.columns, *found, strict=True)
        ]
    table = pd.DataFrame(rows, columns=list(CONTRACTS["actor_themes"]))
    numbers = ["share", "low", "high"]
    table[numbers] = table[numbers].astype(float)
    return check(table, "actor_themes")
