"""Words of one script with letters of another that look the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from polythemes.languages import language as record_of
from polythemes.repairs.edits import Repair

#: Letters that look like Latin ones (after Unicode Technical Standard 39, confusables).
CYRILLIC = dict(
    zip(
        "аесорухіјѕԁһԛԝкӏѵАВЕКМНОРСТУХІЈЅԌԚԜҮѴӀёЁїЇ",
        "aecopyxijsdhqwklvABEKMHOPCTYXIJSGQWYVIëËïÏ",
        strict=True,
    )
)
GREEK = dict(zip("ονιραυκγΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ovipaukyABEZHIKMNOPTYX", strict=True))
ARMENIAN = dict(zip("օոսհցզ", "onuhgq", strict=True))
CHEROKEE = dict(zip("ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᏚᎢᏙᎳᏃ", "ABCDEGHJKLMPSTVWZ", strict=True))
#: Greek letters that stand at the edge of a Latin word in their own right (TNFα, μm).
SIGNS = frozenset("νιραυκγ")

SCRIPTS = {
    "Cyrillic": (re.compile(r"[\u0400-\u052f]"), CYRILLIC),
    "Greek": (re.compile(r"[\u0370-\u03ff]"), GREEK),
    "Armenian": (re.compile(r"[\u0531-\u0587]"), ARMENIAN),
    "Cherokee": (re.compile(r"[\u13a0-\u13f5]"), CHEROKEE),
}
LATIN = re.compile(r"[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f]+")
OTHERS = r"\u0370-\u03ff\u0400-\u052f\u0531-\u0587\u13a0-\u13f5"
ANY = re.compile(f"[{OTHERS}]")
WORD = re.compile(rf"{LATIN.pattern[:-2]}{OTHERS}]+")
#: Every look-alike with its Latin letter, and back for a few Latin letters in a word of the script.
TO_LATIN = {old: new for _, letters in SCRIPTS.values() for old, new in letters.items()}
AS_LATIN = {ord(old): new for old, new in TO_LATIN.items()}
BACK = {
    "Cyrillic": {CYRILLIC[old]: old for old in "аеорсухкіјАВЕКМНОРСТУХІЈ"},
    "Greek": {GREEK[old]: old for old in GREEK if old not in SIGNS},
}


def homoglyphs(text: str, language: str) -> list[Repair]:
    """Find words that mix scripts whose letters look the same.

    Parameters
    ----------
    text : str
        Any text.
    language : str
        Its ISO 639-1 code.

    Returns
    -------
    list of Repair
        Each such word in one script: Latin where every odd letter has a Latin twin, in a language
        whose foreign words are Latin (those in Latin letters, and Chinese); else the script of
        most of the word. A word wholly in one script stays, unless an article in Latin letters
        writes the same word in Latin elsewhere.
    """
    if not ANY.search(text):
        return []
    script = record_of(language).script
    plain: set[str] = set()
    if script == "Latin":
        plain = {match.group() for match in WORD.finditer(text) if match.group().isascii()}
    return list(_mixed(text, plain, latin=script in ("Latin", "Han")))


def _mixed(text: str, plain: set[str], *, latin: bool) -> Iterator[Repair]:
    """Make a repair of every word in two scripts."""
    for match in WORD.finditer(text):
        word = match.group()
        odd = ANY.findall(word)
        if not odd:
            continue
        name = _script(odd)
        after, reason = _one_script(word, odd, latin=latin), f"{name} letters that look Latin"
        if after is None and len(odd) == len(word) > 1:
            twin = word.translate(AS_LATIN)
            after = twin if twin in plain else None
        if after is None:
            after, reason = _own_script(word, odd, name), f"Latin letters that look {name}"
        if after:
            start, end = match.span()
            yield Repair(start, end, word, after, "homoglyph", f"{reason} in {after}")


def _script(odd: Sequence[str]) -> str:
    """Name the script that most of some letters are of."""
    return max(SCRIPTS, key=lambda name: sum(bool(SCRIPTS[name][0].match(c)) for c in odd))


def _one_script(word: str, odd: Sequence[str], *, latin: bool) -> str | None:
    """Write a word in Latin letters; None where it has none, or letters without a twin."""
    own = len(word) - len(odd)
    # A few Greek letters at an edge are signs; between Latin letters they pose as Latin.
    signs = {word[0], word[-1]} & SIGNS and len(odd) <= 2
    # A Russian ending behind a Latin name ("PDFка") is grammar.
    ending = not latin and len(odd) > 1 and LATIN.fullmatch(word[: -len(odd)])
    if not own or any(c not in TO_LATIN for c in odd) or signs or ending:
        return None
    return word.translate(AS_LATIN) if latin or own > len(odd) else None


def _own_script(word: str, odd: Sequence[str], name: str) -> str | None:
    """Write a word in the script of most of it, with which it has a few Latin letters."""
    back = BACK.get(name, {})
    foreign = [c for c in word if not ANY.match(c)]
    if not foreign or len(foreign) >= len(odd) or any(c not in back for c in foreign):
        return None
    return "".join(back.get(c, c) for c in word)
