"""The order of the stages: from a corpus's articles, or its features, to every table."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes import (
    articles,
    cleaning,
    encoders,
    evidence,
    features,
    intake,
    layout,
    passages,
    paths,
    provenance,
    scores,
    settings,
    themes,
    tokens,
    topic_terms,
    topics,
    vectors,
)
from polythemes.cleaning import repairs
from polythemes.errors import PolythemesError, choices
from polythemes.paths import Corpus
from polythemes.settings import Settings
from polythemes.tables import CONTRACTS, read, write, write_text

Say = Callable[[str], None]
Bar = Callable[[int, int], None]


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


@dataclass
class Teller:
    """Tell of the work: a line a stage, and how far the embedding is.

    Parameters
    ----------
    say : callable
        Takes one line.
    bar : callable or None
        Takes how many texts of how many are embedded.
    """

    say: Say = field(default=lambda _line: None)
    bar: Bar | None = None


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
    source = _source(corpus, catalogue, teller)
    inputs = partial(provenance.inputs, corpus, articles.files(corpus.texts), source=source)
    if not anew and provenance.is_current(corpus, inputs()):
        teller.say(f"{corpus.name}: nothing has changed since the last run")
        return _kept(corpus, chosen, source)
    tables: dict[str, pd.DataFrame] = {"articles": catalogue, "themes": themes.table(named)}
    if source == "texts":
        found, more = from_texts(corpus, chosen, catalogue, named, teller)
        tables |= more
    else:
        teller.say("reading features")
        found, tables["lines"] = from_features(corpus, chosen, named, teller)
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


def from_texts(
    corpus: Corpus,
    chosen: Settings,
    catalogue: pd.DataFrame,
    named: list[themes.Theme],
    teller: Teller,
) -> tuple[features.Features, dict[str, pd.DataFrame]]:
    """Read, clean, cut, count and embed the texts, and keep the features.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    chosen : Settings
        Its settings.
    catalogue : pandas.DataFrame
        Its catalogue.
    named : list of Theme
        Its themes.
    teller : Teller
        Is told what is being done.

    Returns
    -------
    found : Features
        What the analysis needs.
    tables : dict of str to pandas.DataFrame
        ``lines`` and ``passages``, the latter with ``text``.
    """
    teller.say("reading and cleaning")
    texts = articles.read(catalogue, corpus.texts)
    lines = cleaning.clean(texts)
    cut = passages.cut(texts, lines, length=chosen.passage_words)
    if cut.empty:
        msg = f"{corpus.name}: no article holds a passage of prose; see build/{corpus.name}/lines"
        raise PolythemesError(msg)
    cut = repairs.repair(texts, cut, names=chosen.names)
    counted = tokens.count(cut, names=chosen.names, cache=paths.cache() / "jieba")
    encoder = encoders.load(chosen.encoder)
    teller.say("embedding")
    embedded = vectors.embed(
        list(cut["repaired"]), encoder, cache=paths.cache() / "vectors", progress=teller.bar
    )
    fresh = features.Features(
        cut,
        counted,
        embedded,
        _examples(named, encoder, teller),
        f"{encoder.name} {encoder.version}",
    )
    kept = features.read(corpus.features) if corpus.features.exists() else None
    settled = features.settle(fresh, kept)
    if features.differ(settled, kept):
        teller.say(f"features.parquet of {corpus.name} is {'new' if kept is None else 'changed'}")
        features.write(settled, corpus.features)
    kept_lines = lines[list(CONTRACTS["lines"])].to_csv(index=False, lineterminator="\n")
    if not corpus.lines.exists() or corpus.lines.read_text("utf-8") != kept_lines:
        write_text(corpus.lines, kept_lines)
    return settled, {"lines": lines, "passages": cut}


def from_features(
    corpus: Corpus, chosen: Settings, named: list[themes.Theme], teller: Teller
) -> tuple[features.Features, pd.DataFrame]:
    """Read what was kept of a corpus whose texts are not at hand.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    chosen : Settings
        Its settings.
    named : list of Theme
        Its themes; texts that name them and are not among the features are embedded.
    teller : Teller
        Is told what is being done.

    Returns
    -------
    found : Features
        What the analysis needs.
    lines : pandas.DataFrame
        The table ``lines``.

    Raises
    ------
    PolythemesError
        If the features were made with another encoder than the settings ask for.
    """
    kept = features.read(corpus.features)
    encoder = encoders.load(chosen.encoder)
    told = f"{encoder.name} {encoder.version}"
    if kept.encoder != told:
        msg = (
            f"{corpus.features} holds vectors of {kept.encoder}; here is {told}; install that "
            f"version, or import the texts of {corpus.name}"
        )
        raise PolythemesError(msg)
    fresh = features.Features(
        kept.passages, kept.terms, kept.vectors, _examples(named, encoder, teller), kept.encoder
    )
    try:
        lines = pd.read_csv(corpus.lines, dtype={"article_id": str}, keep_default_na=False)
    except (OSError, ValueError) as error:
        msg = f"{corpus.lines} cannot be read; restore it, or import the texts of {corpus.name}"
        raise PolythemesError(msg) from error
    return features.settle(fresh, kept), lines


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
        ``evidence``, ``scores`` and ``layout``.
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
        "layout": passages[["passage_id"]].assign(x=places[:, 0], y=places[:, 1]),
    }


def _source(corpus: Corpus, catalogue: pd.DataFrame, teller: Teller) -> str:
    """Say what a run begins from."""
    there = articles.present(catalogue, corpus.texts)
    if there and len(there) == len(catalogue):
        return "texts"
    if corpus.features.exists():
        if there:
            teller.say(f"{len(there)} of {len(catalogue)} texts are at hand: features are used")
        return "features"
    folder = f"data/{corpus.name}/articles"
    msg = (
        f"{corpus.name} has {len(there)} of {len(catalogue)} catalogued texts and no "
        f"features.parquet; all texts or features are needed: put texts (.txt, .md) into {folder}"
    )
    raise PolythemesError(msg)


def _examples(
    named: list[themes.Theme], encoder: encoders.Encoder, teller: Teller
) -> pd.DataFrame:
    """Embed the texts that name the themes."""
    texts = sorted(set(themes.examples(named)["text"]))
    rows = vectors.embed(texts, encoder, cache=paths.cache() / "vectors", progress=teller.bar)
    return pd.DataFrame({"sha256": [_sha256(text) for text in texts], "vector": list(rows)})


def _kept(corpus: Corpus, chosen: Settings, source: str) -> Results:
    """Read the tables of the last run."""
    tables = {name: read(corpus.build / f"{name}.parquet", name) for name in CONTRACTS}
    return Results(corpus, chosen, source, tables, features.read(corpus.features).vectors)


def _sha256(text: str) -> str:
    """Give the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
