"""What a run begins from: the texts of a corpus, or what was kept of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from polythemes import articles, features, paths
from polythemes.errors import PolythemesError, choices
from polythemes.paths import Corpus
from polythemes.pipeline.given import Given
from polythemes.tables import CONTRACTS, WHOLE, write_text

Begun = tuple[features.Features, dict[str, pd.DataFrame]]


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


def from_texts(given: Given) -> Begun:
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
        ``lines`` and ``passages``, the latter with ``text``.

    Raises
    ------
    PolythemesError
        If a text is not the one catalogued, or no article holds a passage.
    """
    corpus, kept = given.corpus, None
    worked = worked_out(given, given.catalogue)
    if worked is None:
        msg = (
            f"{corpus.name}: none of {len(given.catalogue)} articles holds a passage; a paragraph "
            f"of prose is needed; put an article that has one into data/{corpus.name}/articles"
        )
        raise PolythemesError(msg)
    fresh, tables = worked
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
    write_lines(corpus, tables["lines"])
    return settled, tables


def worked_out(given: Given, catalogue: pd.DataFrame) -> Begun | None:
    """Read, clean, cut, count and embed the texts of a catalogue.

    Parameters
    ----------
    given : Given
        The corpus and all that belongs to it.
    catalogue : pandas.DataFrame
        Its catalogue, or some rows of it.

    Returns
    -------
    found : Features
        What the texts give.
    tables : dict of str to pandas.DataFrame
        ``lines`` and ``passages``, the latter with ``text``. None in place of both where no article
        holds a passage.

    Raises
    ------
    PolythemesError
        If a text is not the one catalogued.
    """
    # What works on texts is slow to load, and a corpus that is up to date does not need it.
    from polythemes import cleaning, passages, tokens
    from polythemes.cleaning import repairs

    corpus, chosen = given.corpus, given.settings
    given.teller.say("reading and cleaning")
    texts = articles.read(catalogue, corpus.texts, columns=chosen.columns)
    lines = cleaning.clean(texts)
    cut = passages.cut(texts, lines, length=chosen.passage_words)
    if cut.empty:
        return None
    repaired = repairs.repair(texts, cut, names=chosen.names)
    counted = tokens.count(repaired, names=chosen.names, cache=paths.cache() / "jieba")
    naming = sorted(set(given.examples["text"]))
    embedded = given.embed([*repaired["repaired"], *naming])
    examples = _examples(naming, embedded[len(cut) :])
    found = features.Features(cut, counted, embedded[: len(cut)], examples, given.encoder_named)
    return found, {"lines": lines, "passages": cut}


def tell_of_empty(given: Given, passages: pd.DataFrame) -> None:
    """Tell of the articles that hold no passage: nothing of them is counted.

    Parameters
    ----------
    given : Given
        The corpus and all that belongs to it.
    passages : pandas.DataFrame
        The table ``passages``.
    """
    catalogue = given.catalogue
    empty = catalogue[~catalogue["article_id"].isin(passages["article_id"])]
    for article_id, file, row in empty[["article_id", "file", "row"]].itertuples(index=False):
        place = f"{file}, line {row}" if row else file
        given.teller.left_out(
            f"{place} (article {article_id}) holds no paragraph of prose; lines.csv says what each "
            "of its lines is: take it and its row in catalogue.csv away, or give a whole text",
            of=given.corpus.name,
        )


def from_features(given: Given) -> Begun:
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
        ``lines`` and ``passages``, whose ``text`` is empty.

    Raises
    ------
    PolythemesError
        If the features were made with another encoder than the settings ask for, hold an article
        that the catalogue lacks, or ``lines.csv`` is damaged.
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
    strange = sorted(set(kept.passages["article_id"]) - set(given.catalogue["article_id"]))
    if strange:
        msg = (
            f"{corpus.catalogue} lacks the articles {choices(strange)} that features.parquet "
            "holds; put their rows back, or import the texts"
        )
        raise PolythemesError(msg)
    known = set(kept.examples["sha256"])
    new = sorted({text for text in given.examples["text"] if features.key(text) not in known})
    if new:
        more = [kept.examples, _examples(new, given.embed(new))]
        kept = replace(kept, examples=pd.concat(more, ignore_index=True))
    return kept, {"lines": read_lines(corpus), "passages": kept.passages.assign(text="")}


def _examples(texts: Sequence[str], embedded: features.Vectors) -> pd.DataFrame:
    """List texts that name themes as features do."""
    keys = [features.key(text) for text in texts]
    return pd.DataFrame({"sha256": keys, "vector": list(embedded)})


def write_lines(corpus: Corpus, lines: pd.DataFrame) -> None:
    """Bring ``lines.csv`` up to date where it differs.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    lines : pandas.DataFrame
        The table ``lines``.
    """
    text = lines[list(CONTRACTS["lines"])].to_csv(index=False, lineterminator="\n")
    if not corpus.lines.exists() or corpus.lines.read_bytes() != text.encode():
        write_text(corpus.lines, text)


def read_lines(corpus: Corpus) -> pd.DataFrame:
    """Read ``lines.csv``.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    pandas.DataFrame
        The table ``lines``.

    Raises
    ------
    PolythemesError
        If the file is missing or damaged.
    """
    kinds = {name: "int32" if kind == WHOLE else str for name, kind in CONTRACTS["lines"].items()}
    try:
        table: pd.DataFrame = pd.read_csv(
            corpus.lines, dtype=kinds, usecols=list(kinds), keep_default_na=False
        )
    except (OSError, ValueError) as error:
        msg = (
            f"{corpus.lines} is missing or damaged; restore it, or import the texts of "
            f"{corpus.name}"
        )
        raise PolythemesError(msg) from error
    return table
