"""Names that no entry lists and that recur, as suggestions."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from polythemes.actors.entries import Actor
from polythemes.actors.folding import Plain, fold
from polythemes.languages import codes, language
from polythemes.languages.text import HAN, LETTERS, sentences

COLUMNS = ["name", "form", "languages", "passages", "articles", "first", "entry"]

WORD = re.compile(rf"(?:{LETTERS}|\d)(?:[-'’.&]?(?:{LETTERS}|\d))*")
#: Pairs of marks that hold a name, or something else in few words.
QUOTED = re.compile(
    r"《([^《》\n]+)》|「([^「」\n]+)」|『([^『』\n]+)』|“([^“”\n]+)”|„([^„“”\n]+)[“”]"
    r"|«\s?([^«»\n]+?)\s?»|\"([^\"\n]+)\""
)
SENTENCE = re.compile(r"[.!?;:,。！？；，、…]")
POSSESSIVE = re.compile(r"['’]s$")
#: A quotation longer than this, in words or Han characters, is no name.
WORDS, CHARACTERS = 4, 8
#: As many capitalised words in a row as a name may have.
RUN = 5


@dataclass(frozen=True)
class _Seen:
    """Hold one place where a candidate stands; a weak one proves nothing by itself."""

    key: str
    name: str
    form: str
    weak: bool
    passage_id: str
    article_id: str
    language: str


def candidates(
    passages: pd.DataFrame, actors: Sequence[Actor], mentions: pd.DataFrame, *, plain: Plain = str
) -> pd.DataFrame:
    """List capitalised or quoted names that no entry has and that stand in two passages or more.

    A single capitalised word at the beginning of a sentence, or in a language that gives every noun
    a capital, counts only if it stands elsewhere as a name. What also stands in small letters as
    often is a word and is left out, as are months, days and countries. Names of towns and
    authorities are among the candidates, as nothing here tells them apart: a person chooses.

    Parameters
    ----------
    passages : pandas.DataFrame
        Columns ``passage_id``, ``article_id``, ``language`` and ``repaired``, the text.
    actors : sequence of Actor
        The actors.
    mentions : pandas.DataFrame
        What :func:`polythemes.actors.find` gives of the same passages.
    plain : callable
        Takes a text and gives it in simplified characters.

    Returns
    -------
    pandas.DataFrame
        Columns ``name``, ``form`` (capitalised or quoted), ``languages``, ``passages``,
        ``articles``, ``first`` (a passage) and ``entry`` (to be put into ``actors.toml``); those
        in most articles first, then in most passages.
    """
    spans: dict[str, list[tuple[int, int]]] = {
        str(key): list(zip(own["start"], own["end"], strict=True))
        for key, own in mentions.groupby("passage_id")
    }
    known = {fold(name, plain) for one in actors for name in (*one.sure, *one.unsure)}
    known |= {fold(name, plain) for name in _common()}
    small = _small(passages, plain)
    seen: dict[str, list[_Seen]] = {}
    for one in passages.sort_values("passage_id").itertuples():
        text = _blanked(one.repaired, spans.get(one.passage_id, ()))
        for found in _seen(one, text, set(small), plain):
            seen.setdefault(found.key, []).append(found)
    rows = [
        _row(group)
        for key, group in seen.items()
        if key not in known
        and not all(one.weak for one in group)
        and len({one.passage_id for one in group}) > 1
        and small.get(key, 0) < len(group)
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = ["articles", "passages", "name"]
    return table.sort_values(order, ascending=[False, False, True], ignore_index=True)


def _blanked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Put a mark that ends every name in the place of each mention."""
    for start, end in spans:
        text = text[:start] + "|" * (end - start) + text[end:]
    return text


def _seen(passage: Any, text: str, small: set[str], plain: Plain) -> Iterator[_Seen]:
    """Give what looks like a name in a passage."""
    home = (passage.passage_id, passage.article_id, passage.language)
    for match in QUOTED.finditer(text):
        name = next(group for group in match.groups() if group is not None).strip()
        if _is_name(name):
            yield _Seen(fold(name, plain), name, "quoted", False, *home)
    nouns, stops = language(passage.language).noun_capitals, _stops(passage.language)
    for start, end in sentences(text, passage.language):
        for words in _runs(text[start:end]):
            opens = not WORD.search(text[start : start + words[0].start()])
            # A word that only begins a sentence is no part of the name behind it: In May.
            first = fold(words[0].group(), plain)
            cut = opens and len(words) > 1 and (first in small or first in stops)
            run, opens = words[int(cut) :], opens and not cut
            name = POSSESSIVE.sub("", text[start + run[0].start() : start + run[-1].end()])
            weak = (nouns or (opens and len(run) == 1)) and not _strange(name)
            yield _Seen(fold(name, plain), name, "capitalised", weak, *home)


def _runs(sentence: str) -> Iterator[list[re.Match[str]]]:
    """Give the capitalised words that stand beside each other."""
    run: list[re.Match[str]] = []
    for match in WORD.finditer(HAN.sub("|", sentence)):
        if run and (sentence[run[-1].end() : match.start()] != " " or not _capital(match.group())):
            yield from ([run] if len(run) <= RUN else [])
            run = []
        if _capital(match.group()):
            run.append(match)
    if run and len(run) <= RUN:
        yield run


def _capital(word: str) -> bool:
    """Tell whether a word has a capital, and is longer than one letter."""
    return len(word) > 1 and any(char.isupper() for char in word)


def _strange(word: str) -> bool:
    """Tell whether a word has a capital behind its first letter: TikTok, QVC."""
    return any(char.isupper() for char in word[1:]) and "-" not in word


def _is_name(quoted: str) -> bool:
    """Tell whether what stands between quotation marks can be a name."""
    if SENTENCE.search(quoted) or "|" in quoted or len(quoted) < 2:
        return False
    if HAN.search(quoted):
        return len(quoted) <= CHARACTERS
    words = WORD.findall(quoted)
    return 0 < len(words) <= WORDS and words[0][0].isupper()


def _small(passages: pd.DataFrame, plain: Plain) -> dict[str, int]:
    """Count the words that stand in small letters."""
    counts: dict[str, int] = {}
    for text in passages["repaired"]:
        for word in WORD.findall(text):
            if word.islower():
                key = fold(word, plain)
                counts[key] = counts.get(key, 0) + 1
    return counts


@cache
def _stops(code: str) -> frozenset[str]:
    """List words that begin a sentence in a language rather than a name."""
    from stopwordsiso import has_lang, stopwords

    own = language(code).stop_words
    return frozenset(stopwords(own)) if own and has_lang(own) else frozenset()


@cache
def _common() -> frozenset[str]:
    """List months, days and countries in the languages that have a record (CLDR's names)."""
    from babel import Locale

    names: set[str] = set()
    for code in codes():
        own = Locale(code)
        names |= set(own.territories.values())
        for table in (own.months, own.days):
            for widths in table.values():
                names |= {name for width in widths.values() for name in width.values()}
    return frozenset(names)


def _row(group: Sequence[_Seen]) -> tuple[str, str, str, int, int, str, str]:
    """Sum up where one candidate stands."""
    names = [one.name for one in group]
    name = max(sorted(set(names)), key=names.count)
    forms, codes = {one.form for one in group}, sorted({one.language for one in group})
    return (
        name,
        "capitalised" if "capitalised" in forms else "quoted",
        ", ".join(codes),
        len({one.passage_id for one in group}),
        len({one.article_id for one in group}),
        min(one.passage_id for one in group),
        _entry(name, codes[0]),
    )


def _entry(name: str, code: str) -> str:
    """Write what can be put into ``actors.toml``."""
    from pypinyin import lazy_pinyin

    said = " ".join(lazy_pinyin(name)) if HAN.search(name) else name
    plain = unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode().lower()
    key = "-".join(re.findall(r"[a-z0-9]+", plain)) or "name"
    listed = json.dumps([name], ensure_ascii=False)
    return f'[[actor]]\nid = "{key}"\nsort = "company"\nnames = {{ {code} = {listed} }}'
