"""What a run begins from: the texts of a corpus, or what was kept of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from polythemes import (
    articles,
    cleaning,
    encoders,
    features,
    passages,
    paths,
    themes,
    tokens,
    vectors,
)
from polythemes.cleaning import repairs
from polythemes.errors import PolythemesError
from polythemes.paths import Corpus
from polythemes.settings import Settings
from polythemes.tables import CONTRACTS, write_text

Say = Callable[[str], None]
Bar = Callable[[int, int], None]


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


def source(corpus: Corpus, catalogue: pd.DataFrame, teller: Teller) -> str:
    """Say what a run begins from.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    catalogue : pandas.DataFrame
        Its catalogue.
    teller : Teller
        Is told where only a part of the texts is at hand.

    Returns
    -------
    str
        ``"texts"`` where all catalogued texts are at hand, else ``"features"``.

    Raises
    ------
    PolythemesError
        If the corpus has neither.
    """
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


def _examples(named: list[themes.Theme], encoder: encoders.Encoder, teller: Teller) -> pd.DataFrame:
    """Embed the texts that name the themes."""
    texts = sorted(set(themes.examples(named)["text"]))
    rows = vectors.embed(texts, encoder, cache=paths.cache() / "vectors", progress=teller.bar)
    return pd.DataFrame({"sha256": [_sha256(text) for text in texts], "vector": list(rows)})


def _sha256(text: str) -> str:
    """Give the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()
