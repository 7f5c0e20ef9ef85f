"""Weigh the weak signs of the lines that no rule could name: body or page.

A logistic model: the sum of the signs of a line, each times its weight. The weights lie in
``weights.toml``, made by ``benchmarks/cleaning_model.py`` from labelled pages.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise

from polythemes.cleaning import distance, glued, notices, pages, shapes
from polythemes.cleaning.distance import Embed, Vectors
from polythemes.cleaning.lines import PROSE, Line
from polythemes.cleaning.signs import core, looks
from polythemes.cleaning.spoken import Spoken

#: Why a line is body that no rule named.
UNDECIDED = "prose"
#: Score from which a short line is the page's, a paragraph outside the core, one inside.
SHORT, LONG, AMID = 0.5, 1.5, 3.0
#: Score from which a sentence with a blank before it is cut off the paragraph it stands in.
GLUED = 3.0
#: How much more it has to be without an encoder.
BLIND = 1.3
#: Paragraphs of an article from which one can be taken off.
FEWEST = 4
#: Words of the longest paragraph that is ever taken off.
MOST = 80
#: Rounds in which lines that were taken off tell on their neighbours.
ROUNDS = 2
#: Signs that a reason names, and the weight from which it does.
NAMED, WORTH = 3, 0.3
#: What is lost at most in a sum of rounded parts.
SLACK = 0.01
#: Sorts that a line may have from its neighbour.
PARTS = ("teaser", "comment", "footer", "disclaimer", "advert")


def trim(articles: Sequence[Sequence[Line]], embed: Embed | None = None) -> list[list[Line]]:
    """Name the undecided lines whose signs together speak for the page.

    Parameters
    ----------
    articles : sequence of sequence of Line
        The lines of every article, all named.
    embed : callable, optional
        Gives unit vectors of texts, one a row.

    Returns
    -------
    list of list of Line
        The lines.
    """
    asked = [(lines, undecided(lines)) for lines in articles]
    tails = [text for lines, places in asked for text in _tails(lines, places)]
    known = distance.vectors(asked, embed, tails) if embed else {}
    weights = _weights()["meaning" if embed else "shape"]
    return [settle(lines, places, known, weights) for lines, places in asked]


def undecided(lines: Sequence[Line]) -> list[int]:
    """List the lines that are body only because no rule named them.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article, all named.

    Returns
    -------
    list of int
        Their places; no item of a list of the body, nor the line that announces it.
    """
    shown = [i for i, line in enumerate(lines) if line.kind != "blank"]
    found, item = [], False
    for place, i in enumerate(shown):
        line = lines[i]
        after = lines[shown[place + 1]] if place + 1 < len(shown) else line
        announces = shapes.opens_list(line.text) and after.is_item and line.words > 2
        beside = (line if not place else lines[shown[place - 1]], after)
        item = line.is_item and (
            item
            or any(o is not line and o.kind == "body" and o.is_item for o in beside)
            or beside[0].kind == "body"
        )
        free = line.kind == "body" and not line.sort and line.reason == UNDECIDED
        if free and line.words <= MOST and not item and not announces:
            found.append(i)
    return found


def settle(
    lines: Sequence[Line], places: Sequence[int], known: Vectors, weights: Mapping[str, float]
) -> list[Line]:
    """Name the undecided lines of an article until no other one falls.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article, all named.
    places : sequence of int
        Which of them are undecided.
    known : dict of str to numpy.ndarray
        The vectors of all texts, empty without an encoder.
    weights : dict of str to float
        The weights of the signs.

    Returns
    -------
    list of Line
        The lines.
    """
    lines = list(lines)
    for i in glued.ends(lines, places):
        lines[i] = _cut(lines, i, known, weights)
    for _ in range(ROUNDS):
        whole = [i for i in places if lines[i].kind == "body" and not lines[i].sort]
        if not (left := open_(lines, whole, said=bool(known))):
            break
        fallen, spoken = {}, Spoken(lines)
        for i, found in zip(left, looks(lines, left), strict=True):
            need = least(lines[i], found) + (0 if known else BLIND)
            score, why, sort = judge(found, spoken, i, known, weights, need=need)
            if score > need:
                fallen[i] = lines[i].is_("boilerplate", why, sort or _sort(lines, i))
        for i, line in fallen.items():
            lines[i] = line
        if not fallen:
            break
    return lines


def _tails(lines: Sequence[Line], places: Sequence[int]) -> list[str]:
    """List what may be glued to paragraphs."""
    found = ((i, at) for i in glued.ends(lines, places) for at, _ in glued.joints(lines[i].text))
    return [lines[i].text[at:] for i, at in found]


def _cut(lines: Sequence[Line], place: int, known: Vectors, weights: Mapping[str, float]) -> Line:
    """Cut off a paragraph what is glued to it, if it is the page's by a cue or by its signs."""
    line, best = lines[place], (0.0, 0, "", "")
    for at, bare in glued.joints(line.text):
        two = glued.parted(lines, place, at)
        if bare and (sign := _bare(two[place + 1].text))[0]:
            return line.cut(at, f"glued to it: {sign[0]}", sign[1])
        (found,) = looks(two, [place + 1])
        need = (SHORT if bare else GLUED) + (0 if known else BLIND)
        score, why, sort = judge(found, Spoken(two), place + 1, known, weights, need=need)
        sort = sort or _sort(two, place + 1)
        best = max(best, (score - need, at, f"glued to it: {why}", sort))
    return line.cut(*best[1:]) if best[1] else line


def _bare(text: str) -> tuple[str, str]:
    """Give what makes a text with no blank before it the page's, and its sort."""
    sort, why = pages.sign(text)
    cue, cues = notices.notice(text)
    return why or " + ".join(cues[:3]), sort or cue


def open_(lines: Sequence[Line], places: Sequence[int], *, said: bool) -> list[int]:
    """List the lines that may be the page's: the more, the more is at stake.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article, all named.
    places : sequence of int
        Which of them are asked about.
    said : bool
        Whether an encoder tells what they say.

    Returns
    -------
    list of int
        Those outside the core of the body, beside a line of the page, or (if said) that call the
        reader as the article does not; no paragraph of an article that has few.
    """
    (first, last), spoken = core(lines), Spoken(lines)
    shown = [i for i, line in enumerate(lines) if line.kind != "blank"]
    page = {i for i in shown if lines[i].kind == "boilerplate"}
    beside = {one for pair in pairwise(shown) if page & {*pair} for one in pair}
    few = sum(line.kind == "body" and line.words >= PROSE for line in lines) < FEWEST
    return [
        i
        for i in places
        if not (few and lines[i].words >= PROSE)
        and (not first <= i <= last or i in beside or (said and spoken.is_call(i)))
    ]


def least(line: Line, found: Mapping[str, float]) -> float:
    """Give the score that a line has to exceed to be the page's.

    Parameters
    ----------
    line : Line
        One of those that :func:`open_` lists.
    found : dict of str to float
        Its signs.

    Returns
    -------
    float
        The higher, the longer the line is and the deeper it stands in the body.
    """
    if line.words < PROSE:
        return SHORT
    return LONG if found["above the core"] + found["below the core"] else AMID


def judge(
    found: Mapping[str, float],
    spoken: Spoken,
    place: int,
    known: Vectors,
    weights: Mapping[str, float],
    *,
    need: float,
) -> tuple[float, str, str]:
    """Weigh a line by all its signs, as far as they can still make it the page's.

    Parameters
    ----------
    found : dict of str to float
        The signs of how it looks.
    spoken : Spoken
        What its article speaks of.
    place : int
        Its place in the article.
    known : dict of str to numpy.ndarray
        The vectors of all texts, empty without an encoder.
    weights : dict of str to float
        The weights of the signs.
    need : float
        The score that it has to exceed.

    Returns
    -------
    score : float
        See :func:`weigh`; minus infinity for a line that no other sign could help over ``need``.
    reason, sort : str
        Why, and the sort of boilerplate that its meaning speaks for; ``""`` for none.
    """
    lacks = need - SLACK - weigh(found, weights)
    if not known and spoken.more(place, weights, lacks) < lacks:
        return -math.inf, "", ""
    said, sort = (
        distance.meaning(spoken.lines[place].text, spoken.body, known) if known else ({}, "")
    )
    found = {**found, **spoken.signs(place), **said}
    score = weigh(found, weights)
    return score, _why(found, weights, score) if score >= need else "", sort


def weigh(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Weigh the signs of a line.

    Parameters
    ----------
    found : dict of str to float
        The signs, with or without those of its meaning.
    weights : dict of str to float
        Their weights.

    Returns
    -------
    float
        Their sum: above 0 for the page.
    """
    parts = (weights.get(name, 0.0) * value for name, value in found.items())
    return round(weights["always"] + sum(parts), 3)


def _why(found: Mapping[str, float], weights: Mapping[str, float], score: float) -> str:
    """Name the strongest signs for the page."""
    parts = {name: weights.get(name, 0.0) * value for name, value in found.items()}
    best = sorted(parts, key=lambda name: (-parts[name], name))[:NAMED]
    named = [f"{name} {found[name]:.2f}" for name in best if parts[name] >= WORTH]
    return f"weak signs {score:.2f}: {', '.join(named)}"


def _sort(lines: Sequence[Line], place: int) -> str:
    """Give the sort that a line is likely to have, from its words or the line above."""
    sort = notices.notice(lines[place].text)[0]
    above = next((one for one in reversed(lines[:place]) if one.kind != "blank"), None)
    near = above.sort if above is not None and above.kind == "boilerplate" else ""
    return sort or (near if near in PARTS else "navigation")


@cache
def _weights() -> dict[str, dict[str, float]]:
    """Give the weights of the signs, with and without an encoder."""
    text = (resources.files("polythemes.cleaning") / "weights.toml").read_text("utf-8")
    return tomllib.loads(text)
