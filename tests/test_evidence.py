"""Evidence: the right passages in the right order, and the terms that say why."""

from __future__ import annotations

from dataclasses import replace
from math import log, sqrt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polythemes import evidence

PASSAGES = pd.DataFrame(
    {
        "passage_id": ["a-01", "a-02", "a-03", "b-01", "b-02"],
        "article_id": ["a", "a", "a", "b", "b"],
        "language": ["en", "en", "en", "en", "de"],
        "start": [0, 100, 200, 0, 100],
    }
)
#: Themes in an order that is not the alphabet's.
SHARES = pd.DataFrame(
    [
        (passage_id, theme_id, share)
        for passage_id, trains, bees in (
            ("a-01", 0.34, 0.66),
            ("a-02", 0.10, 0.90),
            ("a-03", 0.34, 0.66),
            ("b-01", 0.80, 0.20),
            ("b-02", 0.76, 0.24),
        )
        for theme_id, share in (("trains", trains), ("bees", bees))
    ],
    columns=["passage_id", "theme_id", "share"],
)
TERMS = pd.DataFrame(
    [
        ("a-01", "en", "honey", 4),
        ("a-01", "en", "rail", 1),
        ("a-02", "en", "honey", 1),
        ("a-02", "en", "hive", 1),
        ("a-03", "en", "hive", 2),
        ("b-01", "en", "rail", 3),
        ("b-02", "de", "Bahn", 1),
    ],
    columns=["passage_id", "language", "term", "count"],
)
#: Five passages that have nothing to do with each other, and what names the themes.
VECTORS = np.eye(5)
MEANING = evidence.Meaning(
    VECTORS,
    pd.DataFrame({"theme_id": ["bees", "bees", "trains"], "text": ["Bees.", "honey", "Trains."]}),
    np.array([[0, 1.0, 0, 0, 0], [4, 0, 3, 0, 0], [0, 0, 0, 1, 1]]),
)


def ranked(**options: int) -> list[tuple[str, str, int, str]]:
    table = evidence.find(SHARES, PASSAGES, TERMS, MEANING, **options)
    return list(table[["theme_id", "article_id", "rank", "passage_id"]].itertuples(False, None))


def test_order_by_hand():
    assert ranked() == [
        # Of equal shares the earlier place comes first; 0.34 is just enough.
        ("trains", "a", 1, "a-01"),
        ("trains", "a", 2, "a-03"),
        ("trains", "b", 1, "b-01"),
        ("trains", "b", 2, "b-02"),
        ("bees", "a", 1, "a-02"),
        ("bees", "a", 2, "a-01"),
        ("bees", "a", 3, "a-03"),
    ]


def test_no_more_than_asked():
    assert ranked(most=1) == [
        ("trains", "a", 1, "a-01"),
        ("trains", "b", 1, "b-01"),
        ("bees", "a", 1, "a-02"),
    ]


def test_columns():
    table = evidence.find(SHARES, PASSAGES, TERMS, MEANING)
    assert list(table.columns) == [
        "theme_id", "article_id", "rank", "passage_id", "share", "terms", "nearest",
        "nearness",
    ]  # fmt: skip


def test_terms_by_hand():
    table = evidence.find(SHARES, PASSAGES, TERMS, MEANING).set_index(["theme_id", "passage_id"])[
        "terms"
    ]
    # English rows of `terms`: shares of bees 0.75 0.75 0.9 0.9 0.75 0.2, on average 0.7083.
    usual = (0.75 + 0.75 + 0.9 + 0.9 + 0.75 + 0.2) / 6
    honey = log((0.75 + 0.9 + 2 * usual) / 4 / usual) * sqrt(4)
    rail = log((0.75 + 0.2 + 2 * usual) / 4 / usual)
    assert honey > 0 > rail
    assert table["bees", "a-01"] == "honey"
    # Both speak alike for bees; the alphabet decides.
    assert table["bees", "a-02"] == "hive, honey"
    assert table["trains", "b-01"] == "rail"
    # One German term: as much as German passages have on average.
    assert table["trains", "b-02"] == ""


def test_weightier_terms_come_first():
    terms = pd.concat([TERMS, pd.DataFrame([("a-02", "en", "zest", 9)], columns=TERMS.columns)])
    table = evidence.find(SHARES, PASSAGES, terms, MEANING).set_index(["theme_id", "passage_id"])[
        "terms"
    ]
    assert table["bees", "a-02"].split(", ")[0] == "zest"


def test_five_terms_at_most():
    many = pd.DataFrame([("a-02", "en", f"word{i}", 1) for i in range(9)], columns=TERMS.columns)
    table = evidence.find(SHARES, PASSAGES, pd.concat([TERMS, many]), MEANING)
    assert table["terms"].str.count(",").max() == 4


def test_passages_without_terms():
    table = evidence.find(SHARES, PASSAGES, TERMS[:0], MEANING)
    assert len(table) == 7
    assert set(table["terms"]) == {""}


def test_theme_that_no_passage_has():
    nothing = SHARES.assign(share=[0.0, 1.0] * 5)
    table = evidence.find(nothing, PASSAGES, TERMS, MEANING)
    assert set(table["theme_id"]) == {"bees"}
    assert (
        len(evidence.find(nothing[nothing["theme_id"] == "trains"], PASSAGES, TERMS, MEANING)) == 0
    )


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_order_of_rows_does_not_matter(seed):
    other = evidence.find(
        SHARES,
        PASSAGES.sample(frac=1, random_state=seed),
        TERMS.sample(frac=1, random_state=seed),
        replace(
            MEANING, vectors=pd.DataFrame(VECTORS).sample(frac=1, random_state=seed).to_numpy()
        ),
    )
    pd.testing.assert_frame_equal(evidence.find(SHARES, PASSAGES, TERMS, MEANING), other)
    keys = ["theme_id", "article_id", "rank"]
    shuffled = evidence.find(SHARES.sample(frac=1, random_state=seed), PASSAGES, TERMS, MEANING)
    pd.testing.assert_frame_equal(
        other.sort_values(keys, ignore_index=True), shuffled.sort_values(keys, ignore_index=True)
    )


@pytest.mark.parametrize("most", [1, 50])
def test_ranks_begin_at_one(most):
    table = evidence.find(SHARES, PASSAGES, TERMS, MEANING, most=most)
    firsts = table.groupby(["theme_id", "article_id"])["rank"].min()
    assert set(firsts) == {1}


def test_nearest_naming_text_by_hand():
    table = evidence.find(SHARES, PASSAGES, TERMS, MEANING).set_index(["theme_id", "passage_id"])
    assert table.loc[("bees", "a-02"), ["nearest", "nearness"]].tolist() == ["Bees.", 1.0]
    assert table.loc[("bees", "a-01"), ["nearest", "nearness"]].tolist() == ["honey", 0.8]
    assert table.loc[("bees", "a-03"), "nearness"] == 0.6
    other = replace(MEANING, naming=MEANING.naming[:2], named=MEANING.named[:2])
    table = evidence.find(SHARES, PASSAGES, TERMS, other).set_index("theme_id")
    assert set(table.loc["trains", "nearest"]) == {""}


def test_passage_that_says_the_same_again_is_left_out():
    copies = VECTORS.copy()
    copies[2] = copies[0] + 0.1
    table = evidence.find(SHARES, PASSAGES, TERMS, replace(MEANING, vectors=copies))
    bees = table[table["theme_id"] == "bees"]
    assert list(bees[["passage_id", "rank"]].itertuples(False, None)) == [("a-02", 1), ("a-01", 2)]
