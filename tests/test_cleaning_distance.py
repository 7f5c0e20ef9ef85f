"""Vectors: what a line says, held against its article and against what pages say."""

from __future__ import annotations

import numpy as np
import pytest

from polythemes.cleaning import distance
from polythemes.cleaning.lines import split

BODY = [f"Lehm {n} " + "und Stroh " * 9 + "." for n in ("eins", "zwei", "drei", "vier", "fünf")]
NOTICE = "Brief mit allem Neuen an jedem Montag."


def embed(texts: list[str]) -> np.ndarray:
    """Point one way with clay, another with letters, and with ideas by their sort."""
    sorts, ideas = distance.ideas()
    sort = dict(zip(ideas, sorts, strict=True))
    ways = {"Lehm": (1, 0, 0), "Brief": (0, 1, 0), "body": (0.6, 0, 0.8), "advert": (0, 0.8, 0.6)}
    return np.array([ways.get(sort.get(text, text.split()[0]), (0, 0, 1)) for text in texts])


def test_a_line_is_held_against_pages_articles_and_its_own_body() -> None:
    lines = [one.is_("body", "prose") for one in split("\n".join([*BODY, NOTICE]))]
    known = distance.vectors([(lines, [5])], embed)
    found, sort = distance.meaning(NOTICE, distance.paragraphs(lines), known)
    assert sort == "advert"
    assert found["like pages"] == 0.8
    assert found["like the body"] == found["like articles"] == 0
    assert found["more like pages than the body"] == 1.0


def test_a_paragraph_is_not_held_against_itself() -> None:
    lines = [one.is_("body", "prose") for one in split("\n".join(BODY[:1]))]
    known = distance.vectors([(lines, [0])], embed)
    found, _ = distance.meaning(BODY[0], distance.paragraphs(lines), known)
    assert found["like the body"] == distance.ELSE


def test_without_a_line_nothing_is_embedded() -> None:
    def never(texts: list[str]) -> np.ndarray:
        raise AssertionError

    assert distance.vectors([([], [])], never) == {}


@pytest.mark.parametrize("sort", ["body", "advert", "disclaimer", "footer", "bio", "comment"])
def test_ideas_have_sorts(sort: str) -> None:
    sorts, ideas = distance.ideas()
    assert sort in sorts
    assert len(sorts) == len(ideas) == len(set(ideas))
