"""Topics beside themes: what each takes of the other, what is uncovered, what is too alike."""

from __future__ import annotations

import tomllib

import numpy as np
import pandas as pd
import pytest

from polythemes import crosswalk, themes

#: A passage a row: article, words, topic, shares of bees and of trains; the rest has what is left.
ROWS = [
    ("a", 30, 1, 0.9, 0.1),
    ("a", 10, 2, 0.1, 0.8),
    ("b", 20, 1, 0.6, 0.4),
    ("b", 40, 2, 0.2, 0.3),
    ("c", 20, 2, 0.0, 0.0),
]


def tables(rows=ROWS) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Make members, shares and passages."""
    ids = [f"{article}-{i}" for i, (article, *_) in enumerate(rows)]
    members = pd.DataFrame({"passage_id": ids, "topic_id": [row[2] for row in rows], "share": 1.0})
    passages = pd.DataFrame(
        {
            "passage_id": ids,
            "article_id": [row[0] for row in rows],
            "start": range(len(rows)),
            "words": [row[1] for row in rows],
        }
    )
    shares = [
        (one, theme, share)
        for one, (*_, bees, trains) in zip(ids, rows, strict=True)
        for theme, share in (("bees", bees), ("trains", trains), ("rest", 1 - bees - trains))
    ]
    return members, pd.DataFrame(shares, columns=["passage_id", "theme_id", "share"]), passages


def test_parts_of_topics_and_of_themes_by_hand():
    found = crosswalk.crosswalk(*tables(), resamples=50).set_index(["topic_id", "theme_id"])
    # Topic 1 has 50 words, of which bees take 27 + 12; of topic 2 they take 1 + 8 of 70.
    assert found.loc[(1, "bees"), "share"] == pytest.approx(39 / 50)
    assert found.loc[(2, "bees"), "share"] == pytest.approx(9 / 70, abs=5e-5)
    assert found.loc[(1, "bees"), "of_theme"] == pytest.approx(39 / 48)
    assert found.loc[(2, "bees"), "of_theme"] == pytest.approx(9 / 48)
    assert found.loc[(1, "bees"), ["passages", "articles"]].tolist() == [2, 2]
    sums = found.groupby("topic_id")["share"].sum(), found.groupby("theme_id")["of_theme"].sum()
    assert np.allclose(pd.concat(sums), 1, atol=2e-4)
    assert (found["low"] <= found["share"]).all()
    assert (found["of_theme_high"] >= found["of_theme"]).all()


def test_a_topic_of_one_article_has_no_interval():
    found = crosswalk.crosswalk(*tables(ROWS[:2]), resamples=50)
    assert found[["low", "high", "of_theme_low"]].isna().all(axis=None)


def test_order_of_rows_changes_nothing():
    given = tables()
    shuffled = [table.sample(frac=1, random_state=5) for table in given]
    keys = ["topic_id", "theme_id"]
    pd.testing.assert_frame_equal(
        crosswalk.crosswalk(*given, resamples=50).sort_values(keys, ignore_index=True),
        crosswalk.crosswalk(*shuffled, resamples=50).sort_values(keys, ignore_index=True),
    )


def walk(*rows: tuple[int, str, float, int]) -> pd.DataFrame:
    """Make a table ``crosswalk``."""
    found = pd.DataFrame(rows, columns=["topic_id", "theme_id", "share", "passages"])
    return found.assign(low=0.1, high=0.9)


NAMES = pd.DataFrame(
    [(1, "en", "bees"), (2, "en", 'Night "trains" · Größe'), (2, "zh", "夜车"), (3, "zh", "渔业")],
    columns=["topic_id", "language", "name"],
)
TERMS = pd.DataFrame(
    [
        (2, "en", rank, term)
        for rank, term in enumerate(["sleeper", "night", "rail", "berth", "ticket", "late"], 1)
    ]
    + [(2, "zh", 1, "夜车"), (3, "zh", 1, "渔业"), (3, "zh", 2, "sleeper")],
    columns=["topic_id", "language", "rank", "term"],
)


def test_a_topic_that_no_theme_covers_is_suggested_as_an_entry_that_loads(tmp_path):
    given = walk(
        (1, "bees", 0.34, 9),
        (1, "rest", 0.66, 9),
        (2, "bees", 0.33, 4),
        (2, "rest", 0.67, 4),
        (3, "bees", 0.1, 7),
        (3, "rest", 0.9, 7),
    )
    found = crosswalk.suggested(given, NAMES, TERMS, taken=["bees", "night-trains-grosse"])
    # The largest first; a name without plain letters gives no id of its own.
    assert list(found["topic_id"]) == [3, 2]
    assert list(found["theme_id"]) == ["theme", "night-trains-groe"]
    assert list(found["nearest"]) == ["bees", "bees"]
    path = tmp_path / "themes.toml"
    path.write_text("\n".join(found["entry"]), encoding="utf-8")
    fish, trains = themes.load(path)
    assert trains.description == "sleeper, night, rail, berth, ticket"
    assert trains.terms == ("sleeper", "night", "rail", "夜车")
    assert trains.labels == {"en": 'Night "trains" · Größe', "zh": "夜车"}
    assert fish.description == "渔业, sleeper"


def test_an_id_that_is_taken_gets_a_number_and_a_topic_without_names_one_of_its_own():
    given = walk((2, "bees", 0.1, 4), (4, "bees", 0.1, 3), (5, "bees", 0.1, 2))
    found = crosswalk.suggested(given, NAMES, TERMS, taken=["bees", "night-trains-groe"])
    assert list(found["theme_id"]) == ["night-trains-groe-2", "theme", "theme-2"]
    (entry,) = tomllib.loads(found["entry"].iloc[1])["theme"]
    assert entry == {"id": "theme", "description": "theme", "terms": []}


def test_nothing_is_suggested_where_all_is_covered():
    found = crosswalk.suggested(walk((1, "bees", 0.6, 9), (1, "rest", 0.4, 9)), NAMES, TERMS)
    assert found.empty
    assert "entry" in found.columns


def test_overlap_by_hand():
    _, shares, passages = tables()
    (row,) = crosswalk.overlaps(shares, passages, resamples=50).itertuples()
    low = 30 * 0.1 + 10 * 0.1 + 20 * 0.4 + 40 * 0.2
    high = 30 * 0.9 + 10 * 0.8 + 20 * 0.6 + 40 * 0.3
    assert (row.theme_id, row.other_id, row.alike) == ("bees", "trains", False)
    assert row.overlap == pytest.approx(low / high, abs=5e-5)
    assert row.low <= row.overlap <= row.high


def test_the_same_theme_twice_is_alike_and_others_never_meet():
    same = [(article, 10, 1, 0.5, 0.5) for article in "abc"]
    (row,) = crosswalk.overlaps(*tables(same)[1:], resamples=20).itertuples()
    assert (row.overlap, row.alike) == (1, True)
    apart = [("a", 10, 1, 1.0, 0.0), ("b", 10, 1, 0.0, 1.0)]
    (row,) = crosswalk.overlaps(*tables(apart)[1:], resamples=20).itertuples()
    assert (row.overlap, row.alike) == (0, False)


def test_passages_in_between_have_a_quarter_of_either():
    _, shares, passages = tables([*ROWS, ("c", 10, 1, 0.5, 0.25), ("d", 10, 1, 0.24, 0.76)])
    found = crosswalk.between(shares, passages, most=2)
    assert list(found["passage_id"]) == ["b-2", "c-5"]
    assert list(found["rank"]) == [1, 2]
    assert list(found["other_share"]) == [0.4, 0.25]
    assert len(crosswalk.between(shares, passages, most=1)) == 1


def test_a_single_theme_overlaps_with_none():
    _, shares, passages = tables()
    shares = shares[shares["theme_id"] != "trains"]
    assert crosswalk.overlaps(shares, passages).empty
    assert crosswalk.between(shares, passages).empty
