"""The order of the stages: from a corpus's articles, or its features, to every table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes import (
    actors,
    articles,
    encoders,
    features,
    paths,
    provenance,
    settings,
    themes,
    topic_names,
)
from polythemes.errors import PolythemesError, choices
from polythemes.paths import Corpus
from polythemes.pipeline import additions, begin, intake, labelled, mentioned, moved, themed
from polythemes.pipeline.analysis import analyse
from polythemes.pipeline.compared import Meant
from polythemes.pipeline.given import Given, Teller
from polythemes.pipeline.texts import excerpts, text
from polythemes.settings import Settings
from polythemes.tables import CONTRACTS, read, write

__all__ = ["Meant", "Results", "Teller", "analyse", "build", "excerpts", "load", "text"]


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
    named, known = themes.load(corpus.themes), topic_names.load(corpus.topics)
    catalogue = intake.catalogue(corpus, teller=teller)
    encoder = encoders.load(chosen.encoder)
    whom = actors.load(corpus.actors)
    given = Given(corpus, chosen, catalogue, themes.examples(named), encoder, teller, whom)
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
    begin.tell_of_languages(corpus.themes, named, teller)
    begun = begin.from_texts if source == "texts" else begin.from_features
    found, tables = begun(given)
    begin.tell_of_empty(given, found.passages, tables["lines"])
    tables |= {"articles": catalogue, "themes": themes.table(named), "terms": found.terms}
    teller.say("finding topics, themes and evidence")
    meant = Meant(tables["concepts"], tables["near"])
    tables |= analyse(found, chosen, given.examples, meant, known, teller=teller)
    tables |= mentioned.analyse(tables, chosen, whom, teller)
    tables |= themed.themed(tables | {"passages": found.passages}, chosen)
    tables |= labelled.analyse(tables | {"passages": found.passages}, corpus, chosen, teller)
    was = moved.before(corpus)
    # From here to the new record, tables of two runs may stand side by side.
    provenance.forget(corpus)
    for name, table in tables.items():
        write(table, corpus.build / f"{name}.parquet", name)
    provenance.write(corpus, inputs, settings.describe(chosen))
    count = f"{len(catalogue)} articles, {len(found.passages)} passages"
    if was is not None:
        teller.say(moved.told(was, tables["article_themes"]))
    teller.say(f"{corpus.name}: {count}, from {source}")
    return _kept(corpus, chosen, source)


def _kept(corpus: Corpus, chosen: Settings, source: str) -> Results:
    """Read the tables of the last run."""
    tables = {name: read(corpus.build / f"{name}.parquet", name) for name in CONTRACTS}
    return Results(corpus, chosen, source, tables, features.vectors(corpus.features))
