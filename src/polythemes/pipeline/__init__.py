"""The order of the stages: from a corpus's articles, or its features, to every table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes import articles, encoders, features, paths, provenance, settings, themes
from polythemes.errors import PolythemesError, choices
from polythemes.paths import Corpus
from polythemes.pipeline import additions, begin, intake
from polythemes.pipeline.given import Given, Teller
from polythemes.pipeline.texts import excerpts, text
from polythemes.settings import Settings
from polythemes.tables import CONTRACTS, read, write

__all__ = ["Results", "Teller", "analyse", "build", "excerpts", "load", "text"]


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
    texts it also brings ``features.parquet`` and the records up to date.

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
    catalogue = intake.catalogue(corpus, teller=teller)
    encoder = encoders.load(chosen.encoder)
    given = Given(corpus, chosen, catalogue, themes.examples(named), encoder, teller)
    additions.take_in(given)
    source = begin.source(given)
    inputs = provenance.inputs(
        corpus, articles.files(corpus.texts), source=source, encoder=given.encoder_named
    )
    if not anew and provenance.is_current(corpus, inputs):
        teller.say(f"{corpus.name}: nothing has changed since the last run")
        results = _kept(corpus, chosen, source)
        begin.tell_of_empty(given, results["passages"], results["lines"])
        return results
    begun = begin.from_texts if source == "texts" else begin.from_features
    found, tables = begun(given)
    begin.tell_of_empty(given, found.passages, tables["lines"])
    tables |= {"articles": catalogue, "themes": themes.table(named), "terms": found.terms}
    teller.say("finding topics, themes and evidence")
    tables |= analyse(found, chosen, given.examples, tables["concepts"])
    # From here to the new record, tables of two runs may stand side by side.
    provenance.forget(corpus)
    for name, table in tables.items():
        write(table, corpus.build / f"{name}.parquet", name)
    provenance.write(corpus, inputs, settings.describe(chosen))
    count = f"{len(catalogue)} articles, {len(found.passages)} passages"
    teller.say(f"{corpus.name}: {count}, from {source}")
    return _kept(corpus, chosen, source)


def analyse(
    found: features.Features, chosen: Settings, examples: pd.DataFrame, meant: pd.DataFrame
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
    meant : pandas.DataFrame
        The table ``concepts``.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``topics``, ``topic_shares``, ``topic_terms``, ``concept_counts``, ``theme_shares``,
        ``article_themes``, ``evidence``, ``scores``, ``neighbours`` and ``layout``. A passage that
        stands several times, or in several languages, counts once in what makes a topic; one that
        stands several times counts once in the terms.
    """
    # These are slow to load, and a corpus that is up to date does not need them.
    from polythemes import concepts, duplicates, evidence, layout, scores, topic_terms, topics

    passages, again = found.passages, {"resamples": chosen.resamples, "seed": chosen.seed}
    counted = found.terms[found.terms["passage_id"].isin(_once(passages))]
    distinct = duplicates.folded(found.vectors, duplicates.fold(passages, found.vectors))
    model = topics.TopicModel(chosen.topics).fit(distinct)
    labels = passages[["passage_id"]].assign(topic_id=model.predict(found.vectors))
    terms = topic_terms.rank(counted, labels, meant, most=chosen.terms)
    vector_of = dict(zip(found.examples["sha256"], found.examples["vector"], strict=True))
    naming = np.stack([vector_of[features.key(text)] for text in examples["text"]])
    named = themes.ThemeModel().fit(naming, list(examples["theme_id"]))
    shares = named.transform(found.vectors, passages)
    measured = [scores.leakage(labels, passages, **again), scores.coherence(terms, counted)]
    places = layout.layout(found.vectors)
    return {
        "topics": topic_terms.topics(labels, passages, terms),
        "topic_shares": topics.table(model.transform(found.vectors), passages["passage_id"]),
        "topic_terms": terms,
        "concept_counts": concepts.counts(found.terms, meant),
        "theme_shares": shares,
        "article_themes": themes.by_article(shares, passages, **again),
        "evidence": evidence.find(shares, passages, found.terms, most=chosen.evidence),
        "scores": pd.concat(measured, ignore_index=True),
        "neighbours": scores.neighbours(found.vectors, passages),
        "layout": passages[["passage_id"]].assign(x=places[:, 0], y=places[:, 1]),
    }


def _once(passages: pd.DataFrame) -> pd.Series:
    """Give the ids of the passages, of those with the same text only the first."""
    return passages.sort_values("passage_id").drop_duplicates("sha256")["passage_id"]


def _kept(corpus: Corpus, chosen: Settings, source: str) -> Results:
    """Read the tables of the last run."""
    tables = {name: read(corpus.build / f"{name}.parquet", name) for name in CONTRACTS}
    return Results(corpus, chosen, source, tables, features.vectors(corpus.features))
