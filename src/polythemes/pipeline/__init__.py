"""The order of the stages: from a corpus's articles, or its features, to every table."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes import (
    articles,
    evidence,
    features,
    layout,
    paths,
    provenance,
    scores,
    settings,
    themes,
    topic_terms,
    topics,
)
from polythemes.errors import PolythemesError, choices
from polythemes.paths import Corpus
from polythemes.pipeline import begin, intake
from polythemes.pipeline.begin import Teller
from polythemes.settings import Settings
from polythemes.tables import CONTRACTS, read, write

__all__ = ["Results", "Teller", "analyse", "build", "load"]


@dataclass(frozen=True)
class Results:
    """Hold every table of a corpus.

    Parameters
    ----------
    corpus : Corpus
        Its folders.
    settings : Settings
        What it was worked on with.
    source : str
        ``"texts"`` or ``"features"``: what the run began from.
    tables : mapping of str to pandas.DataFrame
        Every table by name; ``results["passages"]`` is short for one.
    vectors : ndarray of float32, shape (n, d)
        One vector a passage, in the order of the table ``passages``.
    """

    corpus: Corpus
    settings: Settings
    source: str
    tables: Mapping[str, pd.DataFrame]
    vectors: NDArray[np.float32]

    def __getitem__(self, name: str) -> pd.DataFrame:
        """Give a table by its name."""
        if name not in self.tables:
            msg = f"no table {name!r}; there are: {choices(self.tables, most=20)}"
            raise PolythemesError(msg)
        return self.tables[name]


def load(name: str) -> Results:
    """Give every table of a corpus, working out only what has changed.

    Parameters
    ----------
    name : str
        The corpus's name.

    Returns
    -------
    Results
        Its tables.

    Raises
    ------
    PolythemesError
        If there is no such corpus, or its files are broken.
    """
    return build(paths.corpus(name))


def build(corpus: Corpus, *, teller: Teller | None = None, anew: bool = False) -> Results:
    """Work a corpus out and write its tables under ``build/<corpus>/``.

    The run begins from the texts where all of them are at hand, else from the features. From the
    texts it also brings ``features.parquet`` and ``lines.csv`` up to date.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    teller : Teller, optional
        Is told what is being done.
    anew : bool
        Work everything out even if nothing has changed.

    Returns
    -------
    Results
        Its tables.

    Raises
    ------
    PolythemesError
        If the corpus has neither texts nor features, or a file is broken.
    """
    teller = teller or Teller()
    chosen = settings.load(corpus.settings)
    named = themes.load(corpus.themes)
    catalogue = intake.catalogue(corpus, say=teller.say)
    source = begin.source(corpus, catalogue, teller)
    inputs = partial(provenance.inputs, corpus, articles.files(corpus.texts), source=source)
    if not anew and provenance.is_current(corpus, inputs()):
        teller.say(f"{corpus.name}: nothing has changed since the last run")
        return _kept(corpus, chosen, source)
    tables: dict[str, pd.DataFrame] = {"articles": catalogue, "themes": themes.table(named)}
    if source == "texts":
        found, more = begin.from_texts(corpus, chosen, catalogue, named, teller)
        tables |= more
    else:
        teller.say("reading features")
        found, tables["lines"] = begin.from_features(corpus, chosen, named, teller)
        tables["passages"] = found.passages.assign(text="")
    tables["terms"] = found.terms
    teller.say("finding topics, themes and evidence")
    tables |= analyse(found, chosen, themes.examples(named))
    order = tables["passages"]["passage_id"]
    for name, table in tables.items():
        write(table, corpus.build / f"{name}.parquet", name)
    provenance.write(corpus, inputs(), settings.describe(chosen))
    teller.say(f"{corpus.name}: {len(catalogue)} articles, {len(order)} passages, from {source}")
    return Results(corpus, chosen, source, tables, found.vectors)


def analyse(
    found: features.Features, chosen: Settings, examples: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Find topics, their terms, themes and evidence.

    Parameters
    ----------
    found : Features
        Passages, terms and vectors.
    chosen : Settings
        The settings.
    examples : pandas.DataFrame
        Columns ``theme_id`` and ``text``: the texts that name the themes.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``topics``, ``topic_shares``, ``topic_terms``, ``theme_shares``, ``article_themes``,
        ``evidence``, ``scores``, ``neighbours`` and ``layout``.
    """
    passages, again = found.passages, {"resamples": chosen.resamples, "seed": chosen.seed}
    model = topics.TopicModel(chosen.topics).fit(found.vectors)
    labels = pd.DataFrame({"passage_id": passages["passage_id"], "topic_id": model.labels_})
    terms = topic_terms.rank(found.terms, labels, most=chosen.terms)
    vector_of = dict(zip(found.examples["sha256"], found.examples["vector"], strict=True))
    named = np.stack([vector_of[_sha256(text)] for text in examples["text"]])
    naming = themes.ThemeModel().fit(named, list(examples["theme_id"]))
    shares = naming.transform(found.vectors, passages)
    measured = [scores.leakage(labels, passages, **again), scores.coherence(terms, found.terms)]
    places = layout.layout(found.vectors)
    return {
        "topics": topic_terms.topics(labels, passages, terms),
        "topic_shares": topics.table(model.shares_, passages["passage_id"]),
        "topic_terms": terms,
        "theme_shares": shares,
        "article_themes": themes.by_article(shares, passages, **again),
        "evidence": evidence.find(shares, passages, found.terms, most=chosen.evidence),
        "scores": pd.concat(measured, ignore_index=True),
        "neighbours": scores.neighbours(found.vectors, passages),
        "layout": passages[["passage_id"]].assign(x=places[:, 0], y=places[:, 1]),
    }


def _kept(corpus: Corpus, chosen: Settings, source: str) -> Results:
    """Read the tables of the last run."""
    tables = {name: read(corpus.build / f"{name}.parquet", name) for name in CONTRACTS}
    return Results(corpus, chosen, source, tables, features.read(corpus.features).vectors)


def _sha256(text: str) -> str:
    """Give the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
