"""Count the terms of every passage: lemmas without stop words, and phrases of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import pandas as pd

from polythemes.languages import Language, language
from polythemes.tables import check
from polythemes.tokens import phrases
from polythemes.tokens.words import Run, Word, runs_of, words_of

__all__ = ["count", "words_of"]


def count(passages: pd.DataFrame, *, names: Sequence[str] = ()) -> pd.DataFrame:
    """Count the terms of every passage.

    Parameters
    ----------
    passages : pandas.DataFrame
        Columns ``passage_id``, ``language`` and ``counted`` (the text).
    names : sequence of str
        Names that are never cut.

    Returns
    -------
    pandas.DataFrame
        The table ``terms``, sorted by passage and term, so that no sentence can be read back. A
        term is a lemma, or a phrase of two or three words that go together, in the form it is
        found in most often; the words of a phrase do not count again.

    Raises
    ------
    PolythemesError
        If a language code is none.
    """
    counts: list[tuple[str, str, str, int]] = []
    for code, rows in passages.groupby("language", sort=True):
        record = language(str(code))
        cutter = runs_of(record, names=names)
        found = {row.passage_id: cutter(row.counted) for row in rows.itertuples()}
        counts += [
            (passage_id, str(code), term, number)
            for passage_id, terms in _terms(found, record).items()
            for term, number in Counter(terms).items()
        ]
    table = pd.DataFrame(counts, columns=["passage_id", "language", "term", "count"])
    table = table.sort_values(["passage_id", "term"], ignore_index=True)
    return check(table, "terms")


def _terms(found: Mapping[str, list[Run]], record: Language) -> dict[str, list[str]]:
    """Join the words of passages of one language to terms, each in its commonest form."""
    join = phrases.learn([[_keys(run) for run in runs] for runs in found.values()])
    blank = "" if record.words == "jieba" else " "
    terms = {
        one: [
            (blank.join(_keys(part)), _shown(part, record, blank))
            for run in runs
            for part in _parts(run, join(_keys(run)))
        ]
        for one, runs in found.items()
    }
    shown = _commonest(pair for pairs in terms.values() for pair in pairs)
    return {one: [shown[key] for key, _ in pairs] for one, pairs in terms.items()}


def _keys(run: Run) -> list[str]:
    """Give the words of a run in small letters, as lemmas."""
    return [word.lemma.casefold() for word in run]


def _parts(run: Run, terms: Sequence[str]) -> list[Run]:
    """Cut a run into the words of each term."""
    ends = [0]
    for term in terms:
        ends.append(ends[-1] + term.count(phrases.JOINT) + 1)
    return [run[start:end] for start, end in pairwise(ends)]


def _shown(part: Sequence[Word], record: Language, blank: str) -> str:
    """Show a word as its lemma, a phrase as it stands in the text."""
    if len(part) == 1 and not record.roots:
        return part[0].lemma
    return blank.join(word.form for word in part)


def _commonest(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Choose for each key the form that it stands in most often."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for key, form in pairs:
        forms[key][form] += 1
    return {key: max(sorted(seen), key=lambda form: seen[form]) for key, seen in forms.items()}
