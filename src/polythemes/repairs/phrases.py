"""Phrases that stand in a text far more often than writers repeat themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polythemes.languages.text import HAN

#: A Han character, or a word of another script with its blank; a word weighs as two characters.
TOKEN = re.compile(rf"{HAN.pattern}|[^\W_{HAN.pattern[1:-1]}]+(?:[-'’][^\W_]+)*")
WORD_WEIGHT = 2
#: A phrase weighs this much at least and at most, ...
LIGHTEST, HEAVIEST = 6, 30
#: ... stands this often, and once in text of this weight.
OFTEN, DENSE = 12, 80
#: A phrase grows by what follows or precedes it in so many of its places.
GROWS = 0.8
#: It is glued to a name in running text: so many different neighbours, so few starts of lines.
NEIGHBOURS, LINE_STARTS = 4, 0.7
#: A longer text is judged by slices of it.
SLICES, SLICE = 8, 5000


@dataclass(frozen=True)
class Found:
    """Hold a phrase that is repeated far beyond chance.

    Parameters
    ----------
    text : str
        The phrase in its commonest form.
    count : int
        Its places in the sample of the text.
    limit : float
        How often it may stand there by the rules above.
    """

    text: str
    count: int
    limit: float


@dataclass(frozen=True)
class Tokens:
    """Hold the tokens of a sample of a text.

    Parameters
    ----------
    text : str
        The sample.
    spans : list of (int, int)
        Start and end of every token.
    """

    text: str
    spans: list[tuple[int, int]]

    def weight(self, index: int) -> int:
        """Weigh one token."""
        start = self.spans[index][0]
        return 1 if HAN.match(self.text[start]) else WORD_WEIGHT

    def joined(self, index: int) -> bool:
        """Tell whether a token and the one before it can be of one phrase."""
        if not 0 < index < len(self.spans):
            return False
        gap = self.text[self.spans[index - 1][1] : self.spans[index][0]]
        return gap in ("", " ")

    def key(self, first: int, last: int) -> str:
        """Give the text of a run of tokens, in small letters."""
        return self.text[self.spans[first][0] : self.spans[last][1]].lower()


def repeated(text: str) -> Iterator[Found]:
    """Find phrases that are repeated far beyond chance in running text.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    Found
        Each such phrase, the most frequent first.
    """
    sample = _sample(text)
    words = TOKEN.findall(sample.lower())
    limit = max(OFTEN, sum(1 if HAN.match(word) else WORD_WEIGHT for word in words) / DENSE)
    # The lightest phrase has three tokens: most texts hold no three so often.
    if max(Counter(zip(words, words[1:], words[2:], strict=False)).values(), default=0) < limit:
        return
    tokens = _tokens(sample)
    places: dict[str, list[tuple[int, int]]] = {}
    seeds = list(_seeds(tokens))
    often = {key for key, count in Counter(key for key, _, _ in seeds).items() if count >= limit}
    for key, first, last in seeds:
        if key in often:
            places.setdefault(key, []).append((first, last))
    done: list[str] = []
    for key in sorted(places, key=lambda k: (-len(places[k]), k)):
        if any(key in phrase for phrase in done):
            continue
        spans = _grown(tokens, places[key])
        done.append(tokens.key(*spans[0]))
        if len(spans) >= limit and _glued(tokens, spans):
            forms = Counter(tokens.text[tokens.spans[a][0] : tokens.spans[b][1]] for a, b in spans)
            best = min(forms, key=lambda form: (-forms[form], form))
            yield Found(best, len(spans), limit)


def _sample(text: str) -> str:
    """Take a long text's slices: who stuffs a text stuffs all of it."""
    if len(text) <= SLICES * SLICE:
        return text
    step = (len(text) - SLICE) // (SLICES - 1)
    return "\n\n".join(text[k * step : k * step + SLICE] for k in range(SLICES))


def _tokens(text: str) -> Tokens:
    """Cut a sample into tokens."""
    return Tokens(text, [match.span() for match in TOKEN.finditer(text)])


def _seeds(tokens: Tokens) -> Iterator[tuple[str, int, int]]:
    """Give every run of tokens that is just heavy enough for a phrase."""
    for first in range(len(tokens.spans)):
        last, weight = first, tokens.weight(first)
        while weight < LIGHTEST and tokens.joined(last + 1):
            last += 1
            weight += tokens.weight(last)
        if weight >= LIGHTEST:
            yield tokens.key(first, last), first, last


def _grown(tokens: Tokens, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Lengthen a phrase on both sides while nearly all of its places go along."""
    for left in (True, False):
        for _ in range(HEAVIEST):
            beside = Counter(_beside(tokens, span, left=left) for span in spans)
            beside.pop("", None)
            token, count = max(beside.items(), key=lambda it: (it[1], it[0]), default=("", 0))
            if count < GROWS * len(spans):
                break
            spans = [
                (span[0] - left, span[1] + (not left))
                for span in spans
                if _beside(tokens, span, left=left) == token
            ]
    return spans


def _beside(tokens: Tokens, span: tuple[int, int], *, left: bool) -> str:
    """Give the token before or behind a phrase, empty where a mark stands between."""
    if left:
        return tokens.key(span[0] - 1, span[0] - 1) if tokens.joined(span[0]) else ""
    return tokens.key(span[1] + 1, span[1] + 1) if tokens.joined(span[1] + 1) else ""


def _glued(tokens: Tokens, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a phrase stands in running text, in ever other company."""
    first, last = spans[0]
    if sum(tokens.weight(k) for k in range(first, last + 1)) > HEAVIEST:
        return False
    before, after, starts = set(), set(), 0
    for span in spans:
        start, end = tokens.spans[span[0]][0], tokens.spans[span[1]][1]
        mark = tokens.text[max(0, start - 12) : start].rstrip(" ")[-1:]
        starts += mark in ("", "\n")
        before.add(_beside(tokens, span, left=True) or mark)
        after.add(_beside(tokens, span, left=False) or tokens.text[end : end + 1])
    return min(len(before), len(after)) >= NEIGHBOURS and starts <= LINE_STARTS * len(spans)
