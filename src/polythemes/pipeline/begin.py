"""What a run begins from: the texts of a corpus, or what was kept of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace

import pandas as pd

from polythemes import articles, features, paths
from polythemes.encoders import Encoder
from polythemes.errors import PolythemesError, choices
from polythemes.paths import Corpus
from polythemes.settings import Settings
from polythemes.tables import CONTRACTS, WHOLE, write_text

Say = Callable[[str], None]
Bar = Callable[[], AbstractContextManager[Callable[[int, int], None] | None]]
Begun = tuple[features.Features, dict[str, pd.DataFrame]]


@dataclass
class Teller:
    """Tell of the work: a line a stage, and how far the embedding is.

    Parameters
    ----------
    say : callable
        Takes one line.
    bar : callable
        Gives a context manager of what takes how many texts of how many are embedded, or of None.
    """

    say: Say = field(default=lambda _line: None)
    bar: Bar = nullcontext


@dataclass(frozen=True)
class Given:
    """Hold what a run is given.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    settings : Settings
        Its settings.
    catalogue : pandas.DataFrame
        Its catalogue.
    examples : pandas.DataFrame
        Columns ``theme_id`` and ``text``: the texts that name its themes.
    encoder : Encoder
        What makes vectors.
    teller : Teller
        Is told what is being done.
    """

    corpus: Corpus
    settings: Settings
    catalogue: pd.DataFrame
    examples: pd.DataFrame
    encoder: Encoder
    teller: Teller

    @property
    def encoder_named(self) -> str:
        """Name and version of the encoder, as features hold them."""
        return f"{self.encoder.name} {self.encoder.version}"

    def embed(self, texts: Sequence[str]) -> features.Vectors:
        """Embed texts, telling how far it is."""
        from polythemes import vectors

        cache = paths.cache() / "vectors"
        with self.teller.bar() as told:
            return vectors.embed(texts, self.encoder, cache=cache, progress=told)


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
        f"texts or features are needed: put texts (.txt, .md) into {folder}"
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
    # What works on texts is slow to load, and a corpus that is up to date does not need it.
    from polythemes import cleaning, passages, tokens
    from polythemes.cleaning import repairs

    corpus, chosen = given.corpus, given.settings
    given.teller.say("reading and cleaning")
    texts = articles.read(given.catalogue, corpus.texts)
    lines = cleaning.clean(texts)
    cut = passages.cut(texts, lines, length=chosen.passage_words)
    if cut.empty:
        msg = (
            f"{corpus.name}: none of {len(texts)} articles holds a passage; a paragraph of prose "
            f"is needed; put an article that has one into data/{corpus.name}/articles"
        )
        raise PolythemesError(msg)
    repaired = repairs.repair(texts, cut, names=chosen.names)
    counted = tokens.count(repaired, names=chosen.names, cache=paths.cache() / "jieba")
    naming = sorted(set(given.examples["text"]))
    embedded = given.embed([*repaired["repaired"], *naming])
    examples = _examples(naming, embedded[len(cut) :])
    fresh = features.Features(cut, counted, embedded[: len(cut)], examples, given.encoder_named)
    return _kept(given, fresh, lines), {"lines": lines, "passages": cut}


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
    return kept, {"lines": _read_lines(corpus), "passages": kept.passages.assign(text="")}


def _examples(texts: Sequence[str], embedded: features.Vectors) -> pd.DataFrame:
    """List texts that name themes as features do."""
    keys = [features.key(text) for text in texts]
    return pd.DataFrame({"sha256": keys, "vector": list(embedded)})


def _kept(given: Given, fresh: features.Features, lines: pd.DataFrame) -> features.Features:
    """Bring ``features.parquet`` and ``lines.csv`` up to date where they differ."""
    corpus, kept = given.corpus, None
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
    text = lines[list(CONTRACTS["lines"])].to_csv(index=False, lineterminator="\n")
    if not corpus.lines.exists() or corpus.lines.read_bytes() != text.encode():
        write_text(corpus.lines, text)
    return settled


def _read_lines(corpus: Corpus) -> pd.DataFrame:
    """Read ``lines.csv``."""
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
