"""Count the terms of every passage: words without stop words, as lemmas."""

from __future__ import annotations

import logging
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from pathlib import Path

import jieba
import pandas as pd
import simplemma
from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES
from stopwordsiso import has_lang, stopwords

from polythemes.errors import PolythemesError
from polythemes.languages import Language, language
from polythemes.languages.text import HAN, WORD
from polythemes.tables import check

ELISION = re.compile(r"^\w{1,5}['’](?=\w)")
POSSESSIVE = re.compile(r"['’]s$")


def count(passages: pd.DataFrame, *, names: Sequence[str] = (), cache: Path) -> pd.DataFrame:
    """Count the terms of every passage.

    Parameters
    ----------
    passages : pandas.DataFrame
        Columns ``passage_id``, ``language`` and ``counted`` (the text).
    names : sequence of str
        Names that are never cut.
    cache : Path
        Folder of the project's own cache, where jieba keeps its dictionary.

    Returns
    -------
    pandas.DataFrame
        The table ``terms``, sorted by passage and term, so that no sentence can be read back. A
        term is written in the case it is found in most often.

    Raises
    ------
    PolythemesError
        If a language code is none, or the cache cannot be written.
    """
    counts: list[tuple[str, str, str, int]] = []
    for code, rows in passages.groupby("language", sort=True):
        cutter = words_of(language(str(code)), names=names, cache=cache)
        found = {row.passage_id: Counter(cutter(row.counted)) for row in rows.itertuples()}
        shown = _case(found.values())
        for passage_id, seen in found.items():
            merged: Counter[str] = Counter()
            for token, number in seen.items():
                merged[shown[token.casefold()]] += number
            counts += [(passage_id, str(code), term, n) for term, n in merged.items()]
    table = pd.DataFrame(counts, columns=["passage_id", "language", "term", "count"])
    table = table.sort_values(["passage_id", "term"], ignore_index=True)
    return check(table, "terms")


def words_of(record: Language, *, names: Sequence[str], cache: Path) -> Callable[[str], list[str]]:
    """Make the function that turns a text of one language into tokens.

    Parameters
    ----------
    record : Language
        The language.
    names : sequence of str
        Names that are never cut.
    cache : Path
        Folder of the project's own cache.

    Returns
    -------
    callable
        ``str -> list of str``: lemmas without stop words, in the order of the text.
    """
    kept = frozenset(name.casefold() for name in names)
    stop = _stop_words(record)
    cut: Callable[[str], list[str]] = _cut_spaced
    if record.words == "jieba":
        cut = partial(_cut_han, _segmenter(tuple(sorted(names)), cache))
    lemma = partial(_lemma, code=_lemmatiser(record), names=kept)

    def tokens(text: str) -> list[str]:
        found = (lemma(word) for word in cut(text) if word.casefold() not in stop)
        return [token for token in found if token.casefold() not in stop and _counts(token)]

    return tokens


def _counts(token: str) -> bool:
    """Tell whether a token can be a term: two letters (or Han characters) to forty characters."""
    return sum(map(str.isalpha, token)) >= 2 and len(token) <= 40


def _stop_words(record: Language) -> frozenset[str]:
    """Gather the stop words of a language, as words and as lemmas."""
    code = record.stop_words
    listed = stopwords(code) if code and has_lang(code) else set()
    words = {word.casefold() for word in [*listed, *record.extra_stop_words]}
    if lemmatiser := _lemmatiser(record):
        words |= {simplemma.lemmatize(w, lang=lemmatiser).casefold() for w in words}
    return frozenset(words)


def _lemmatiser(record: Language) -> str | None:
    """Give the language's code in simplemma, None where that does not know it."""
    return record.lemmatiser if record.lemmatiser in SUPPORTED_LANGUAGES else None


def _lemma(word: str, *, code: str | None, names: frozenset[str]) -> str:
    """Give the lemma of a word; names, and words with an inner capital, stay as they are."""
    if code is None or word.casefold() in names or word[1:] != word[1:].lower() or HAN.search(word):
        return word
    return str(simplemma.lemmatize(word, lang=code))


def _case(found: Iterable[Counter[str]]) -> dict[str, str]:
    """Choose for each token the case it is found in most often."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for seen in found:
        for token, number in seen.items():
            forms[token.casefold()][token] += number
    return {key: max(sorted(seen), key=lambda form: seen[form]) for key, seen in forms.items()}


def _cut_spaced(text: str) -> list[str]:
    """Cut a text at its blanks and marks; elided articles and a possessive s go."""
    return [ELISION.sub("", POSSESSIVE.sub("", word)) for word in WORD.findall(text)]


def _cut_han(segmenter: jieba.Tokenizer, text: str) -> list[str]:
    """Cut a Chinese text into words."""
    return [word.strip() for word in segmenter.cut(text, HMM=False)]


@cache
def _segmenter(names: tuple[str, ...], folder: Path) -> jieba.Tokenizer:
    """Load jieba with the names, its cache in our own folder: it trusts a shared one blindly."""
    jieba.setLogLevel(logging.WARNING)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        msg = (
            f"cannot make {folder}: {error.strerror}; the cache needs a folder that can be written "
            "to: free the place, or set POLYTHEMES_CACHE to another"
        )
        raise PolythemesError(msg) from error
    segmenter = jieba.Tokenizer()
    segmenter.tmp_dir = str(folder)
    segmenter.initialize()
    for name in names:
        if HAN.search(name):
            segmenter.add_word(name, freq=10**8)
    return segmenter
