"""What is known of each language: one record a file, so that no stage asks which language it is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from opencc import OpenCC

from polythemes.errors import PolythemesError, choices
from polythemes.languages.text import HAN

#: Languages the default encoder was trained on, beside those with a record, by their English names.
UNRECORDED: Mapping[str, str] = {
    "ar": "Arabic",
    "es": "Spanish",
    "fr": "French",
    "ja": "Japanese",
    "ko": "Korean",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "th": "Thai",
    "tr": "Turkish",
}


@dataclass(frozen=True)
class Language:
    """Hold what the stages ask of a language.

    Parameters
    ----------
    code : str
        ISO 639-1 code.
    name, autonym : str
        Its name in English and in itself.
    script : str
        Script it is written in: ``Latin``, ``Han`` or ``other``.
    words : str
        How text is cut into words: ``pattern`` or ``jieba``.
    lemmatiser, stop_words : str or None
        Its code in simplemma and in stopwords-iso, which may not know it; None where there is none.
    roots : bool
        Whether those lemmas are roots that are no words of their own (layan, of layanan): a term is
        then shown as it stands in the texts.
    name_endings : tuple of str
        What may be joined to the end of a name (s, of Tencents).
    noun_capitals : bool
        Whether every noun has a capital, so that a capital marks no name.
    extra_stop_words : frozenset of str
        Words that tell nothing of a theme and that the list leaves in.
    cues : mapping of str to tuple of str
        Words that give a line away, by sort. Whole lines or labels: ``byline``, ``picture`` (what
        credits one), ``navigation``, ``teaser`` (what announces other articles), ``comment`` (of
        readers), ``counter`` (what is counted), ``advert``, ``about`` (the author). Words in a
        notice at the edge of a page: ``offer`` (newsletters, subscriptions), ``footer``,
        ``disclaimer``, ``bio``. Words of a call: ``reader`` (I speak to you, we are the page),
        ``ask`` (what is offered or asked for), ``page`` (the page speaks of itself).
    recorded : bool
        Whether the language has a record of its own.
    """

    code: str
    name: str
    autonym: str
    script: str
    words: str = "pattern"
    lemmatiser: str | None = None
    roots: bool = False
    stop_words: str | None = None
    name_endings: tuple[str, ...] = ()
    noun_capitals: bool = False
    extra_stop_words: frozenset[str] = frozenset()
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recorded: bool = True


@cache
def codes() -> tuple[str, ...]:
    """List the languages with a record.

    Returns
    -------
    tuple of str
        Their codes, sorted.
    """
    folder = resources.files(__name__)
    names = (f.name.removesuffix(".toml") for f in folder.iterdir() if f.name.endswith(".toml"))
    return tuple(sorted(name for name in names if len(name) == 2))


@cache
def known() -> frozenset[str]:
    """Gather the languages that have a record or that the default encoder was trained on.

    Returns
    -------
    frozenset of str
        Their codes.
    """
    return frozenset([*codes(), *UNRECORDED])


@cache
def language(code: str) -> Language:
    """Look a language up.

    Parameters
    ----------
    code : str
        ISO 639-1 code.

    Returns
    -------
    Language
        Its record, or a plain one (words by pattern, no cues) where it has none.

    Raises
    ------
    PolythemesError
        If the code is not two or three small letters.
    """
    if not (code.isascii() and code.isalpha() and code.islower() and len(code) in (2, 3)):
        msg = (
            f"{code!r} is not a language code; ISO 639-1 codes such as {choices(codes())} are "
            "allowed; mend the column `language` of catalogue.csv"
        )
        raise PolythemesError(msg)
    if code not in codes():
        name = UNRECORDED.get(code, code)
        return Language(code, name, name, "other", lemmatiser=code, stop_words=code, recorded=False)
    record = tomllib.loads((resources.files(__name__) / f"{code}.toml").read_text("utf-8"))
    record["extra_stop_words"] = frozenset(record.get("extra_stop_words", ()))
    record["name_endings"] = tuple(record.get("name_endings", ()))
    record["cues"] = {sort: tuple(words) for sort, words in record.get("cues", {}).items()}
    return Language(code, **record)


def name(code: str) -> str:
    """Name a language in English.

    Parameters
    ----------
    code : str
        ISO 639-1 code.

    Returns
    -------
    str
        Its name, or the code where it is not known.
    """
    return language(code).name


@cache
def cues(sort: str) -> frozenset[str]:
    """Gather the cue words of one sort over all languages, as pages mix languages.

    Parameters
    ----------
    sort : str
        One of those of :class:`Language`, ``platform`` (names that stand beside "share") or
        ``polite`` (words that speak to the reader where they have a capital within a sentence).

    Returns
    -------
    frozenset of str
        The words, in small letters; Chinese ones in traditional characters too.
    """
    more = tomllib.loads((resources.files(__name__) / "cues.toml").read_text("utf-8"))
    records = [*(language(code).cues for code in codes()), *more.values()]
    found = {word for record in records for word in record.get(sort, ())}
    han = {word for word in found if HAN.search(word)}
    return frozenset(found | {table.convert(word) for table in _traditional() for word in han})


@cache
def _traditional() -> tuple[OpenCC, ...]:
    """Load the tables from simplified to traditional characters."""
    return OpenCC("s2t"), OpenCC("s2tw")


@cache
def autonyms() -> frozenset[str]:
    """Gather the names that languages give themselves: a run of them is a language menu.

    Returns
    -------
    frozenset of str
        The names, in small letters.
    """
    return frozenset((resources.files(__name__) / "autonyms.txt").read_text("utf-8").splitlines())
