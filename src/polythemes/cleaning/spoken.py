"""What a line speaks of, held against the words of its article."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from operator import mul

from polythemes.cleaning import distance, shapes
from polythemes.cleaning.calls import ENOUGH, calls
from polythemes.cleaning.lines import PROSE, Line
from polythemes.languages.text import WORD

#: A word, or a pair of characters of a script that sets no blanks.
FREE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]{2,}")
#: Two or three words with capitals, or two to four Han characters before a mark.
NAME = re.compile(
    r"((?:[^\W\d_a-zß-ÿа-я][\w'’.-]+ ){1,2}[^\W\d_a-zß-ÿа-я][\w'’-]+)(?![\w:])"
    r"|([\u4e00-\u9fff]{2,4})(?=[，、,（(是为])"
)
#: Lines among which the title is looked for.
TITLE = 24
#: Letters of a word that count, and of the shortest one.
STEM, LEAST = 6, 4
#: Texts of which what was found last is kept: a line is looked at in several rounds.
KEPT = 4096

#: What the signs of a call sum to in a paragraph amid the body that may be one.
CALL = 0.4
#: Words of the shortest such paragraph.
SHORT = 12
#: The signs that are found here.
SIGNS = (
    "speaks of the same",
    "speaks of nothing of it",
    "above the title",
    "opens with the author",
    "opens with a stranger",
    "turns to the reader",
    "asks or offers",
    "speaks of the page",
)


@lru_cache(maxsize=KEPT)
def units(text: str) -> frozenset[str]:
    """Cut a text into what it may share with another one.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    frozenset of str
        First letters of its longer words; pairs of characters where words have no blanks.
    """
    text = text.casefold()
    runs = FREE.findall(text)
    pairs = {run[i : i + 2] for run in runs for i in range(len(run) - 1)}
    plain = FREE.sub(" ", text) if runs else text
    found = {word[:STEM] for word in WORD.findall(plain) if len(word) >= LEAST}
    return frozenset(found | pairs)


class Spoken:
    """Find the signs of what a line speaks of; the words of the article are read when asked for.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article, all named.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines

    @cached_property
    def said(self) -> dict[int, frozenset[str]]:
        """Words of every paragraph of the body, by its place."""
        paragraphs = (o for o in enumerate(self.lines) if o[1].kind == "body")
        return {i: units(line.text) for i, line in paragraphs if line.words >= PROSE}

    @cached_property
    def called(self) -> dict[str, list[int]]:
        """Paragraphs of the body that turn to the reader, that ask or offer, that name the page."""
        found = {i: calls(self.lines[i].text) for i in self.said}
        return {sort: [i for i in found if found[i][sort]] for sort in ENOUGH}

    def alone(self, place: int) -> dict[str, float]:
        """Find how far a line calls its reader as the paragraphs of its article do not.

        Parameters
        ----------
        place : int
            Its place.

        Returns
        -------
        dict of str to float
            What :func:`calls` finds, less the more paragraphs have some of it: 0 from half on.
        """
        found = calls(self.lines[place].text)
        if not any(found.values()):
            return dict(found)
        others = max(len(self.said) - (place in self.said), 1)
        share = {sort: sum(i != place for i in self.called[sort]) / others for sort in found}
        return {sort: value * max(1 - 2 * share[sort], 0.0) for sort, value in found.items()}

    def is_call(self, place: int) -> bool:
        """Tell whether a paragraph calls its reader as the others do not.

        Parameters
        ----------
        place : int
            Its place.

        Returns
        -------
        bool
            False for short lines too: amid the body they are hard to tell.
        """
        line = self.lines[place]
        # Most hold too few such words for the others to be asked.
        if line.words < SHORT or sum(calls(line.text).values()) < CALL:
            return False
        return sum(self.alone(place).values()) >= CALL

    def more(self, place: int, weights: Mapping[str, float], lacks: float) -> float:
        """Tell what the signs of a line can add to its score at most, without its article.

        Parameters
        ----------
        place : int
            Its place.
        weights : dict of str to float
            The weights of the signs.
        lacks : float
            What has to be added; the line is read only if so much could be.

        Returns
        -------
        float
            The sum.
        """
        most = [max(weights.get(name, 0.0), 0.0) for name in SIGNS]
        if sum(most) < lacks:
            return sum(most)
        call = calls(self.lines[place].text).values()
        others = len(most) - len(call)
        return float(sum(most[:others]) + sum(map(mul, most[others:], call)))

    @cached_property
    def seen(self) -> Counter[str]:
        """Words of the article, and how many of its paragraphs and titles hold them."""
        titles = [units(line.text) for line in self.lines if line.kind == "title"]
        return Counter(chain.from_iterable((*self.said.values(), *titles)))

    @cached_property
    def title(self) -> int:
        """Place of the line that is most likely the title."""
        shown = [i for i, line in enumerate(self.lines) if line.kind != "blank"]
        return _title(self.lines, shown[:TITLE], self.seen)

    @cached_property
    def heads(self) -> str:
        """All bylines."""
        return " ".join(line.text for line in self.lines if line.kind == "byline")

    @cached_property
    def body(self) -> list[str]:
        """Paragraphs that stand for the body."""
        return distance.paragraphs(self.lines)

    def signs(self, place: int) -> dict[str, float]:
        """Find the signs of one line.

        Parameters
        ----------
        place : int
            Its place.

        Returns
        -------
        dict of str to float
            Those of :data:`SIGNS`, from 0 to 1.
        """
        text, seen = self.lines[place].text, self.seen
        own, mine = self.said.get(place, frozenset()), units(text)
        common = sum(seen[unit] > (unit in own) for unit in mine)
        name = _name(text)
        strange = bool(name) and not any(seen[unit] > (unit in own) for unit in units(name))
        call = self.alone(place)
        begun = next(iter(self.said), place) < place
        values = (
            common / max(len(mine), 3),
            float(not common),
            float(place < self.title),
            float(strange and name in self.heads and begun),
            float(strange),
            *(call[sort] for sort in ENOUGH),
        )
        return dict(zip(SIGNS, values, strict=True))


def _title(lines: Sequence[Line], places: Sequence[int], seen: Counter[str]) -> int:
    """Find the title: of the first lines the one whose words the article speaks of most."""
    best, title = 0.0, -1
    for i in places:
        line = lines[i]
        if (
            line.words < 3
            or line.words > 2 * PROSE
            or shapes.holds_sentence(line.text)
            or line.kind in ("body", "byline")
        ):
            continue
        mine = units(line.text)
        common = sum(seen[unit] > (line.kind == "title") for unit in mine)
        share = common / max(len(mine), 4) + 0.1 * (line.kind == "title")
        if common >= 2 and share > best:
            best, title = share, i
    return title


def _name(text: str) -> str:
    """Give the name that a text may begin with."""
    found = NAME.match(text.lstrip(' -–—•*"“„«'))
    return (found.group(1) or found.group(2)) if found else ""
