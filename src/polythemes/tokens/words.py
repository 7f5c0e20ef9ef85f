"""Cut a text into words without stop words, as lemmas."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

import jieba
import simplemma
from babel.core import UnknownLocaleError
from babel.dates import get_day_names, get_month_names
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES
from stopwordsiso import has_lang, stopwords

from polythemes.languages import Language
from polythemes.languages.text import HAN, WORD

ELISION = re.compile(r"^\w{1,5}['’](?=\w)")
POSSESSIVE = re.compile(r"['’]s$")
#: Stands between pieces of a text that do not go together.
BREAK = ""


class Word(NamedTuple):
    """Hold a word as its lemma and as it stands in the text."""

    lemma: str
    form: str


Run = list[Word]


def runs_of(record: Language, *, names: Sequence[str]) -> Callable[[str], list[Run]]:
    """Make the function that turns a text of one language into runs of words.

    Parameters
    ----------
    record : Language
        The language.
    names : sequence of str
        Names that are never cut.

    Returns
    -------
    callable
        ``str -> list of Run``: words without stop words, in the order of the text; where a stop
        word, a number or a mark stands between two words, a new run begins.
    """
    kept = frozenset(name.casefold() for name in names)
    stop = _stop_words(record)
    cut: Callable[[str], list[str]] = _cut_spaced
    if record.words == "jieba":
        cut = partial(_cut_han, _segmenter(tuple(sorted(names))))
    lemma = partial(_lemma, code=_lemmatiser(record), names=kept)

    def runs(text: str) -> list[Run]:
        found: list[Run] = [[]]
        for piece in cut(text):
            word = Word(lemma(piece) if piece else piece, piece)
            if not _counts(word.lemma) or stop & {piece.casefold(), word.lemma.casefold()}:
                found.append([])
            else:
                found[-1].append(word)
        return [run for run in found if run]

    return runs


def words_of(record: Language, *, names: Sequence[str]) -> Callable[[str], list[str]]:
    """Make the function that turns a text of one language into lemmas.

    Parameters
    ----------
    record : Language
        The language.
    names : sequence of str
        Names that are never cut.

    Returns
    -------
    callable
        ``str -> list of str``: lemmas without stop words, in the order of the text.
    """
    runs = runs_of(record, names=names)
    return lambda text: [word.lemma for run in runs(text) for word in run]


def _counts(token: str) -> bool:
    """Tell whether a token can be a term: two letters (or Han characters) to forty characters."""
    return sum(map(str.isalpha, token)) >= 2 and len(token) <= 40


def _stop_words(record: Language) -> frozenset[str]:
    """Gather the stop words of a language, as words and as lemmas."""
    code = record.stop_words
    listed = stopwords(code) if code and has_lang(code) else set()
    words = {word.casefold() for word in [*listed, *record.extra_stop_words]}
    words |= _calendar(record.code)
    if lemmatiser := _lemmatiser(record):
        words |= {simplemma.lemmatize(w, lang=lemmatiser).casefold() for w in words}
    return frozenset(words)


def _calendar(code: str) -> set[str]:
    """Gather the names of months and days, which stand in articles on any subject."""
    try:
        names = [
            ask(width, locale=code)
            for ask in (get_month_names, get_day_names)
            for width in ("wide", "abbreviated")
        ]
    except UnknownLocaleError:
        return set()
    return {name.casefold().strip(".") for table in names for name in table.values()}


def _lemmatiser(record: Language) -> str | None:
    """Give the language's code in simplemma, None where that does not know it."""
    return record.lemmatiser if record.lemmatiser in SUPPORTED_LANGUAGES else None


def _lemma(word: str, *, code: str | None, names: frozenset[str]) -> str:
    """Give the lemma of a word; names, and words with an inner capital, stay as they are."""
    if code is None or word.casefold() in names or word[1:] != word[1:].lower() or HAN.search(word):
        return word
    return str(simplemma.lemmatize(word, lang=code))


def _cut_spaced(text: str) -> list[str]:
    """Cut a text at its blanks and marks; elided articles and a possessive s go."""
    found = list(WORD.finditer(text))
    ends = [match.end() for match in found]
    pieces = []
    for match, before in zip(found, [0, *ends], strict=False):
        owner = POSSESSIVE.sub("", match.group())
        word = ELISION.sub("", owner)
        if word != owner or text[before : match.start()].strip():
            pieces.append(BREAK)
        pieces.append(word)
        if owner != match.group():
            pieces.append(BREAK)
    return pieces


def _cut_han(segmenter: jieba.Tokenizer, text: str) -> list[str]:
    """Cut a Chinese text into words and marks."""
    return [word.strip() for word in segmenter.cut(text, HMM=False)]


@cache
def _dictionary() -> tuple[dict[str, int], int]:
    """Read jieba's dictionary itself: its cache saves no time, and may be another's."""
    reader = jieba.Tokenizer()
    words, total = reader.gen_pfdict(reader.get_dict_file())
    return words, total


# One alone is kept: each is a dictionary of its own.
@lru_cache(maxsize=1)
def _segmenter(names: tuple[str, ...]) -> jieba.Tokenizer:
    """Give jieba the names."""
    words, total = _dictionary()
    segmenter = jieba.Tokenizer()
    segmenter.FREQ, segmenter.total, segmenter.initialized = dict(words), total, True
    for name in names:
        if HAN.search(name):
            segmenter.add_word(name, freq=10**8)
    return segmenter
