"""What a run begins from: the texts of a corpus, or what was kept of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from polythemes import articles, features
from polythemes.errors import PolythemesError, choices
from polythemes.pipeline import records, worked
from polythemes.pipeline.given import Given, Teller
from polythemes.pipeline.worked import Worked
from polythemes.themes import Theme

#: A description is in a language if the detector is this sure: one line is short.
CERTAIN = 0.95


def source(given: Given) -> str:
    """Say what a run begins from.

    Parameters
    ----------
    given : Given
        The corpus and all that belongs to it; it is told where only a part of the texts is at hand.

    Returns
    -------
    str
        ``"texts"`` where all catalogued texts are at hand, else ``"features"``.

    Raises
    ------
    PolythemesError
        If the corpus has neither.
    """
    corpus, count = given.corpus, len(given.catalogue)
    there = articles.present(given.catalogue, corpus.texts)
    if there and len(there) == count:
        return "texts"
    if corpus.features.exists():
        if there:
            given.teller.say(f"{len(there)} of {count} texts are at hand: features are used")
        return "features"
    folder = f"data/{corpus.name}/articles"
    msg = (
        f"{corpus.name} has {len(there)} of {count} catalogued texts and no features.parquet; all "
        f"texts or features are needed: put texts into {folder}"
    )
    raise PolythemesError(msg)


def from_texts(given: Given) -> Worked:
    """Read, clean, cut, count and embed the texts, and keep the features.

    Parameters
    ----------
    given : Given
        The corpus and all that belongs to it.

    Returns
    -------
    found : Features
        What the analysis needs.
    tables : dict of str to pandas.DataFrame
        ``lines``, ``repairs``, ``duplicates``, ``concepts``, ``mentions`` and ``passages``, the
        last with ``text``.

    Raises
    ------
    PolythemesError
        If a text is not the one catalogued, or no article holds a passage.
    """
    corpus, kept = given.corpus, None
    fresh, tables = worked.work_out(given, given.catalogue)
    if fresh.passages.empty:
        msg = (
            f"{corpus.name}: none of {len(given.catalogue)} articles holds a passage; a paragraph "
            f"of prose is needed; put an article that has one into data/{corpus.name}/articles"
        )
        raise PolythemesError(msg)
    if corpus.features.exists():
        try:
            kept = features.read(corpus.features)
        except PolythemesError:
            given.teller.say(f"features.parquet of {corpus.name} cannot be read")
    settled = features.settle(fresh, kept)
    if features.differ(settled, kept):
        how = "new" if kept is None else "changed"
        given.teller.say(f"features.parquet of {corpus.name} is {how}")
        features.write(settled, corpus.features)
    tables |= worked.meanings(given, settled.terms)
    records.write(corpus, tables)
    return settled, tables


def tell_of_languages(file: Path, named: Sequence[Theme], teller: Teller) -> None:
    """Tell of themes whose description is in a language that is not known here: they are used.

    Parameters
    ----------
    file : Path
        The ``themes.toml``.
    named : sequence of Theme
        Its themes.
    teller : Teller
        Is told.
    """
    from polythemes import identify, languages

    for theme in named:
        code, sure = identify.identify(theme.description)
        if code not in languages.known() and sure >= CERTAIN:
            teller.say(
                f"{file.name}: the description of {theme.theme_id} seems to be in the language "
                f"{code}, which is not known here; look at its passages, or say it in one that is"
            )


def check(given: Given, kept: features.Features) -> None:
    """Hold the catalogue to the features that were kept of its texts.

    Parameters
    ----------
    given : Given
        The corpus and all that belongs to it.
    kept : Features
        Its features.

    Raises
    ------
    PolythemesError
        If the catalogue lacks one of their articles, or names another text for one that is not at
        hand.
    """
    corpus, catalogue = given.corpus, given.catalogue
    wanted = dict(zip(catalogue["article_id"], catalogue["sha256"], strict=True))
    there = set(articles.present(catalogue, corpus.texts))
    strange = sorted(set(kept.articles) - set(wanted))
    if strange:
        msg = (
            f"{corpus.catalogue} lacks the articles {choices(strange)} that features.parquet "
            "holds; put their rows back, or import all texts"
        )
        raise PolythemesError(msg)
    others = sorted(
        one for one, sha256 in kept.articles.items() if wanted[one] != sha256 and one not in there
    )
    if others:
        msg = (
            f"features.parquet holds another text of the articles {choices(others)} than "
            f"{corpus.catalogue} names; put the old SHA-256 back, or import their texts"
        )
        raise PolythemesError(msg)


def tell_of_empty(given: Given, passages: pd.DataFrame, lines: pd.DataFrame) -> None:
    """Tell of the articles that hold no passage: nothing of them is counted.

    Parameters
    ----------
    given : Given
        The corpus and all that belongs to it.
    passages, lines : pandas.DataFrame
        The tables.
    """
    catalogue, read = given.catalogue, set(lines["article_id"])
    empty = catalogue[~catalogue["article_id"].isin(passages["article_id"])]
    for article_id, file, row in empty[["article_id", "file", "row"]].itertuples(index=False):
        place = articles.place(file, row)
        why = (
            "holds no paragraph of prose; lines.csv says what each of its lines is: take it and "
            "its row in catalogue.csv away, or give a whole text"
            if article_id in read
            else "is not at hand and not among the features; put it into articles/, or take its "
            "row in catalogue.csv away"
        )
        given.teller.left_out(f"{place} (article {article_id}) {why}", of=given.corpus.name)


def from_features(given: Given) -> Worked:
    """Read what was kept of a corpus whose texts are not at hand.

    Parameters
    ----------
    given : Given
        The corpus and all that belongs to it; texts that name its themes and are not among the
        features are embedded.

    Returns
    -------
    found : Features
        What the analysis needs.
    tables : dict of str to pandas.DataFrame
        ``lines``, ``repairs``, ``duplicates``, ``concepts``, ``mentions`` and ``passages``, whose
        ``text`` is empty.

    Raises
    ------
    PolythemesError
        If the features were made with another encoder than the settings ask for, are not those of
        the texts catalogued, or a record is damaged.
    """
    given.teller.say("reading features")
    corpus = given.corpus
    kept = features.read(corpus.features)
    if kept.encoder != given.encoder_named:
        msg = (
            f"{corpus.features} holds vectors of {kept.encoder}; here is {given.encoder_named}; "
            f"install that version, or import the texts of {corpus.name}"
        )
        raise PolythemesError(msg)
    check(given, kept)
    known = set(kept.examples["sha256"])
    new = sorted({text for text in given.examples["text"] if features.key(text) not in known})
    if new:
        more = [kept.examples, worked.examples(new, given.embed(new))]
        kept = replace(kept, examples=pd.concat(more, ignore_index=True))
    return kept, records.read(corpus) | {"passages": kept.passages.assign(text="")}
