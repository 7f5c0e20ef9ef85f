"""Add new articles to the features of a corpus whose other texts are not at hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from polythemes import articles, features
from polythemes.features import Features
from polythemes.pipeline import begin, records, worked
from polythemes.pipeline.given import Given


def take_in(given: Given) -> None:
    """Bring ``features.parquet`` and the records up to date with articles that they lack.

    Nothing is done where all texts are at hand, as a run then begins from them.

    Parameters
    ----------
    given : Given
        The corpus and all that belongs to it.

    Raises
    ------
    PolythemesError
        If the features or a text are broken.
    """
    corpus, catalogue = given.corpus, given.catalogue
    there = articles.present(catalogue, corpus.texts)
    if not there or len(there) == len(catalogue) or not corpus.features.exists():
        return
    kept, before = features.read(corpus.features), records.read(corpus)
    if kept.encoder != given.encoder_named:
        return
    begin.check(given, kept)
    at_hand = catalogue[catalogue["article_id"].isin(there)]
    # A text that was altered is refused here, before anything is written.
    articles.read(at_hand, corpus.texts, columns=given.settings.columns)
    same = at_hand["sha256"] == at_hand["article_id"].map(kept.articles)
    # A run that broke off may have written the features, and not the records.
    whole = same & at_hand["article_id"].isin(before["lines"]["article_id"])
    lacking = at_hand[~whole]
    if lacking.empty:
        return
    found, tables = worked.work_out(given, lacking)
    given.teller.say(f"features.parquet of {corpus.name}: {len(lacking)} new")
    both = _together(kept, found)
    features.write(both, corpus.features)
    # What stands twice is found among the new texts only: the others are not at hand.
    tables["duplicates"]["group_id"] += max([0, *before["duplicates"]["group_id"]])
    ids = set(lacking["article_id"])
    new = {name: _both(before[name], tables[name], ids) for name in before if name in tables}
    records.write(corpus, new | worked.meanings(given, both.terms))


def _both(before: pd.DataFrame, new: pd.DataFrame, ids: set[str]) -> pd.DataFrame:
    """Put a record of the new articles to that of the others."""
    order = ["group_id", "article_id", "line", "start"]
    before = before[~before["article_id"].isin(ids)]
    both = pd.concat([before, new[list(before.columns)]], ignore_index=True)
    return both.sort_values([column for column in order if column in both], ignore_index=True)


def _together(kept: Features, found: Features) -> Features:
    """Put the features of different articles together."""
    # A run that broke off may have kept some of what is found now.
    old = ~kept.passages["article_id"].isin(list(found.articles))
    columns = list(kept.passages.columns)
    passages = pd.concat([kept.passages[old], found.passages[columns]], ignore_index=True)
    order = passages.sort_values(["article_id", "start"]).index
    passages = passages.loc[order].reset_index(drop=True)
    own = kept.terms["passage_id"].isin(kept.passages.loc[old, "passage_id"])
    return replace(
        kept,
        passages=passages,
        terms=pd.concat([kept.terms[own], found.terms]),
        vectors=np.concatenate([kept.vectors[old], found.vectors])[order],
        articles={**kept.articles, **found.articles},
        examples=pd.concat([kept.examples, found.examples]).drop_duplicates("sha256"),
    )
