"""Terms of topics: the weights of class-based TF-IDF, rows of concepts, no order of passages."""

from __future__ import annotations

from math import log

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polythemes import topic_terms
from polythemes.tables import CONTRACTS

COLUMNS = ["passage_id", "language", "term", "count"]


def counted(*rows: tuple[str, str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS).astype({"count": "int32"})


def alone(terms: pd.DataFrame) -> pd.DataFrame:
    """Make every term a concept of its own."""
    table = terms[["language", "term"]].drop_duplicates().sort_values(["language", "term"])
    return table.assign(concept_id=range(1, len(table) + 1), rank=1, weight=1.0)


def ranked(terms: pd.DataFrame, labels: pd.DataFrame, **most: int) -> pd.DataFrame:
    return topic_terms.rank(terms, labels, alone(terms), **most)


def labelled(**topics: int) -> pd.DataFrame:
    return pd.DataFrame({"passage_id": list(topics), "topic_id": list(topics.values())})


TERMS = counted(
    ("a", "en", "rail", 3),
    ("a", "en", "bed", 1),
    ("b", "en", "honey", 2),
    ("b", "en", "bed", 2),
    ("b", "en", "bee", 2),
    ("c", "de", "Biene", 4),
)
LABELS = labelled(a=1, b=2, c=2)


def test_weights_by_hand():
    table = ranked(TERMS, LABELS)
    # English: topic 1 has 4 tokens and topic 2 has 6, so 5 on average; bed stands 3 times.
    # Topic 1: rail has 1 and bed 1/9; in company 3 x 1/10 against 1/2 x 1/3, so 5/9; then anew.
    bed_1 = (1 / 2) / 3 / (3 * (5 / 9) / (5 / 9 + 1))
    # Topic 2: honey and bee have 1 each; bed has the company of both, they of one and of bed.
    plain = log(1 + 5 / 3) * (2 / 3) / log(1 + 5 / 2)
    once = plain * (2 / 3) / ((1 + plain) / (2 + plain))
    bed_2 = plain * (2 / 3) / ((1 + once) / (2 + once))
    expected = [
        (1, 1, "en", 1, "rail", 1.0),
        (1, 2, "en", 2, "bed", round(bed_1, 4)),
        (2, 1, "en", 1, "bee", 1.0),  # as heavy as honey, and before it
        (2, 2, "en", 2, "honey", 1.0),
        (2, 3, "de", 1, "Biene", 1.0),  # German has fewer tokens; none beside it
        (2, 4, "en", 3, "bed", round(bed_2, 4)),
    ]
    table = table.drop(columns="concept_id")
    assert list(table.itertuples(index=False, name=None)) == expected


def test_topics_of_the_same_size_all_count_in_the_mean():
    # 2, 2 and 8 tokens are 4 on average; without the second 2 it would be 5.
    terms = counted(
        ("a", "en", "rail", 2), ("b", "en", "bee", 2), ("c", "en", "bee", 4), ("d", "en", "lane", 4)
    )
    table = ranked(terms, labelled(a=1, b=2, c=3, d=3)).set_index(["topic_id", "term"])
    ratio = (log(1 + 4 / 6) * 4 / 6) / log(1 + 4 / 4)
    assert table.loc[(3, "bee"), "weight"] == round(ratio, 4)


def test_terms_of_a_topic_stand_together():
    # mud is as frequent as bee and honey, and as much the topic's own, but never beside them.
    terms = counted(
        *[(f"p{i}", "en", term, 1) for i in range(4) for term in ("bee", "honey", "comb")],
        *[(f"q{i}", "en", "mud", 1) for i in range(4)],
        ("r", "en", "rail", 9),
    )
    labels = labelled(**{f"{p}{i}": 1 for p in "pq" for i in range(4)}, r=2)
    weights = ranked(terms, labels).set_index("term")["weight"]
    assert weights["bee"] == weights["honey"] == weights["comb"] == 1
    assert weights["mud"] < 0.1


def test_languages_do_not_meet():
    table = ranked(TERMS, LABELS)
    more = counted(("d", "de", "bed", 50), ("d", "de", "Zug", 5))
    other = ranked(pd.concat([TERMS, more]), labelled(a=1, b=2, c=2, d=1))
    keys = ["topic_id", "rank", "term", "weight"]
    pd.testing.assert_frame_equal(
        table.loc[table["language"] == "en", keys].reset_index(drop=True),
        other.loc[other["language"] == "en", keys].reset_index(drop=True),
    )


def test_no_more_terms_than_asked():
    table = ranked(TERMS, LABELS, most=2)
    assert table.groupby(["topic_id", "language"]).size().max() == 2
    assert list(table.loc[table["topic_id"] == 1, "rank"]) == [1, 2]


SHARED = counted(
    ("a", "en", "bee", 2),
    ("a", "en", "bees", 3),
    ("a", "en", "clay", 5),
    ("a", "de", "Biene", 4),
    ("a", "de", "Lehmbau", 2),
    ("b", "en", "bees", 1),
    ("b", "en", "rail", 9),
    ("b", "de", "Gleis", 9),
)
MEANT = pd.DataFrame(
    [
        (1, "de", 1, "Biene"),
        (1, "en", 1, "bees"),
        (1, "en", 2, "bee"),
        (2, "en", 1, "clay"),
        (3, "de", 1, "Lehmbau"),
        (4, "de", 1, "Gleis"),
        (4, "en", 1, "rail"),
    ],
    columns=["concept_id", "language", "rank", "term"],
)


def test_other_languages_lend_a_concept_weight():
    # Alone pen stands before bee, by a little; the German bee turns that.
    terms = counted(
        ("a", "en", "bee", 5),
        ("a", "en", "pen", 6),
        ("a", "de", "Biene", 5),
        ("b", "en", "rail", 9),
    )
    both = alone(terms).replace({"concept_id": {2: 1}})
    labels = labelled(a=1, b=2)
    first = [topic_terms.rank(terms, labels, one, most=1) for one in (alone(terms), both)]
    assert [list(t.loc[t["language"] == "en", "term"]) for t in first] == [
        ["pen", "rail"],
        ["bee", "rail"],
    ]


def test_terms_of_a_concept_stand_on_one_row():
    table = topic_terms.rank(SHARED, labelled(a=1, b=2), MEANT)
    rows = table.groupby(["topic_id", "row"])
    assert (rows["concept_id"].nunique() == 1).all()
    assert not table.duplicated(["topic_id", "concept_id", "language"]).any()
    first = table[(table["topic_id"] == 1) & (table["row"] == 1)]
    assert list(zip(first["language"], first["term"], strict=True)) == [
        ("de", "Biene"),
        ("en", "bees"),
    ]
    # No German word for clay: its cell is empty.
    assert list(table.loc[table["term"] == "clay", "row"]) == [2]
    assert "clay" not in set(table.loc[table["language"] == "de", "term"])


def test_forms_of_a_concept_count_together():
    table = topic_terms.rank(SHARED, labelled(a=1, b=2), MEANT)
    once = SHARED.replace({"bee": "bees"}).groupby(COLUMNS[:3], as_index=False)["count"].sum()
    pd.testing.assert_frame_equal(table, topic_terms.rank(once, labelled(a=1, b=2), MEANT))


def test_the_form_shown_is_the_commonest_of_the_topic():
    table = topic_terms.rank(SHARED, labelled(a=1, b=2), MEANT)
    assert set(table.loc[table["concept_id"] == 1, "term"]) == {"Biene", "bees"}
    more = pd.concat([SHARED, counted(("a", "en", "bee", 2))])
    table = topic_terms.rank(more, labelled(a=1, b=2), MEANT)
    shown = table[(table["concept_id"] == 1) & (table["language"] == "en")]
    assert dict(zip(shown["topic_id"], shown["term"], strict=True)) == {1: "bee", 2: "bees"}


def test_rows_of_more_languages_come_first():
    table = topic_terms.rank(SHARED, labelled(a=1, b=1), MEANT)
    both = table.groupby("row")["language"].nunique()
    assert list(both) == [2, 2, 1, 1]


def test_term_met_once_in_a_long_topic_is_left_out():
    often = [("a", "en", f"word{i}", 2) for i in range(10)]
    short = counted(*often[:9], ("a", "en", "once", 1))
    long = counted(*often, ("a", "en", "once", 1))
    assert "once" in set(ranked(short, labelled(a=1), most=1 + 9)["term"])
    assert "once" not in set(ranked(long, labelled(a=1), most=1)["term"])


@settings(max_examples=25)
@given(st.randoms(use_true_random=False))
def test_order_of_rows_does_not_matter(random):
    terms = counted(
        *[(f"p{i}", "en", f"word{i * j % 7}", 1 + (i + j) % 3) for i in range(8) for j in range(4)]
    )
    labels = labelled(**{f"p{i}": 1 + i % 3 for i in range(8)})
    terms = terms.groupby(COLUMNS[:3], as_index=False)["count"].sum()
    other = ranked(
        terms.iloc[random.sample(range(len(terms)), len(terms))],
        labels.iloc[random.sample(range(len(labels)), len(labels))],
    )
    pd.testing.assert_frame_equal(ranked(terms, labels), other)


def test_names_of_passages_do_not_matter():
    names = {"a": "z-01", "b": "y-07", "c": "x-02"}
    other = ranked(
        TERMS.assign(passage_id=TERMS["passage_id"].map(names)),
        LABELS.assign(passage_id=LABELS["passage_id"].map(names)),
    )
    pd.testing.assert_frame_equal(ranked(TERMS, LABELS), other)


def test_no_term_at_all():
    table = ranked(TERMS[:0], LABELS)
    assert table.empty
    assert list(table.columns) == list(CONTRACTS["topic_terms"])


@pytest.mark.parametrize("column", ["passage_id", "term", "count"])
def test_lists_do_not_turn_on_more_columns(column):
    wide = TERMS.assign(extra=TERMS[column])
    pd.testing.assert_frame_equal(ranked(wide, LABELS), ranked(TERMS, LABELS))
