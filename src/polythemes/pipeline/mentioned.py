"""Actors in the passages of a corpus: found in its texts, counted from the record of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from polythemes import actors
from polythemes.actors import Actor
from polythemes.errors import PolythemesError, choices
from polythemes.paths import Corpus
from polythemes.pipeline.given import Teller
from polythemes.settings import Settings

if TYPE_CHECKING:
    from polythemes.pipeline import Results

Tables = dict[str, pd.DataFrame]


def mentions(ready: pd.DataFrame, repairs: pd.DataFrame, known: Sequence[Actor]) -> pd.DataFrame:
    """Find the actors in passages.

    Parameters
    ----------
    ready : pandas.DataFrame
        The table ``passages`` with the column ``repaired``.
    repairs : pandas.DataFrame
        The table ``repairs``.
    known : sequence of Actor
        The actors.

    Returns
    -------
    pandas.DataFrame
        The table ``mentions``, with offsets into the decoded articles.
    """
    from polythemes.repairs import located, simplified

    found = located(actors.find(ready, known, plain=simplified), ready, repairs)
    return found.sort_values(["article_id", "start"], ignore_index=True)


def analyse(tables: Tables, chosen: Settings, known: Sequence[Actor], teller: Teller) -> Tables:
    """Count what the mentions tell.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        ``mentions``, ``passages`` and ``theme_shares``.
    chosen : Settings
        The settings.
    known : sequence of Actor
        The actors; mentions of others, which a list had that was edited since, are left out.
    teller : Teller
        Is told of those.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``mentions``, ``actors``, ``article_actors``, ``actor_themes`` and ``actor_links``.
    """
    passages, found = tables["passages"], tables["mentions"]
    listed = found["actor_id"].isin([one.actor_id for one in known])
    if not listed.all():
        lost = choices(sorted(set(found.loc[~listed, "actor_id"])))
        teller.say(f"actors.toml has no {lost}, which mentions.csv names: they are left out")
    found = found[listed].reset_index(drop=True)
    shares = tables["theme_shares"]
    again = {"resamples": chosen.resamples, "seed": chosen.seed}
    return {
        "mentions": found,
        "actors": actors.table(known, found, passages),
        "article_actors": actors.by_article(found, passages),
        "actor_themes": actors.themes(found, shares, passages, **again),
        "actor_links": actors.links(found),
    }


def candidates(results: Results) -> pd.DataFrame:
    """List names that recur in the texts of a corpus and that no entry has.

    Parameters
    ----------
    results : Results
        The tables of a run.

    Returns
    -------
    pandas.DataFrame
        As :func:`polythemes.actors.candidates` gives.

    Raises
    ------
    PolythemesError
        If the texts are not at hand.
    """
    from polythemes import articles
    from polythemes.repairs import mend, simplified

    corpus: Corpus = results.corpus
    if results.source != "texts":
        msg = (
            f"{corpus.name} was worked out without its texts; candidates are looked for in texts: "
            f"put them into data/{corpus.name}/articles"
        )
        raise PolythemesError(msg)
    texts = articles.read(results["articles"], corpus.texts, columns=results.settings.columns)
    ready = mend(results["passages"], texts, results["repairs"])
    known = actors.load(corpus.actors)
    found = actors.find(ready, known, plain=simplified)
    return actors.candidates(ready, known, found, plain=simplified)
