"""Comparison: groups of articles are called different where chance is not enough, else never."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from polythemes import comparison
from polythemes.errors import PolythemesError

KEYS = ["by", "group", "theme_id"]


def corpus(**groups: list[float]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Make shares, passages and articles: a group's numbers are shares of bees, one an article."""
    told = [(group, share) for group, shares in groups.items() for share in shares]
    articles = pd.DataFrame(
        [(f"a{i:02d}", group, "") for i, (group, _) in enumerate(told)],
        columns=["article_id", "language", "date"],
    )
    rows = [(f"a{i:02d}-{j}", f"a{i:02d}", 50 + j) for i in range(len(told)) for j in range(2)]
    passages = pd.DataFrame(rows, columns=["passage_id", "article_id", "words"])
    shares = pd.DataFrame(
        [
            (one, theme, share if theme == "bees" else 1 - share)
            for one, (_, share) in zip(
                passages["passage_id"], np.repeat(told, 2, axis=0), strict=True
            )
            for theme, share in (("bees", float(share)), ("rest", float(share)))
        ],
        columns=["passage_id", "theme_id", "share"],
    )
    return shares, passages, articles


def compared(*given: pd.DataFrame, **options: int) -> pd.DataFrame:
    found = comparison.by_group(*given, columns=["language"], **{"resamples": 100, **options})
    return found.set_index(["group", "theme_id"])


APART = {"de": [0.8, 0.9, 0.7, 0.85, 0.75, 0.95], "en": [0.1, 0.2, 0.05, 0.15, 0.3, 0.25]}


def test_groups_that_differ_are_told_apart():
    found = compared(*corpus(**APART))
    row = found.loc[("de", "bees")]
    assert (row["share"], row["articles"], row["passages"]) == (0.825, 6, 12)
    assert row["difference"] == pytest.approx(0.825 - 0.175)
    assert row["low"] < 0.825 < row["high"]
    assert found["differs"].all()
    assert not found["small"].any()


def test_chance_is_that_of_all_groupings_counted_by_hand():
    shares = {"de": [0.9, 0.4, 0.6, 0.8, 0.5], "en": [0.1, 0.7, 0.3, 0.2, 0.45]}
    values = np.array(shares["de"] + shares["en"])
    away = [
        abs(values[list(one)].mean() - np.delete(values, one).mean())
        for one in combinations(range(10), 5)
    ]
    exact = np.mean(np.array(away) >= away[0] - 1e-9)
    found = compared(*corpus(**shares), resamples=1000)
    assert found["p"].to_numpy() == pytest.approx(exact, abs=0.006)
    # Four tests of one difference: the smallest p counts four times, and none less than it.
    assert found["adjusted"].to_numpy() == pytest.approx(4 * found["p"].min(), abs=0.03)


def test_small_groups_are_marked_and_never_called_different():
    found = compared(*corpus(de=[0.99, 0.98, 0.97, 0.99], en=[0.01, 0.02] * 6))
    assert found.loc["de", "small"].all()
    assert not found.loc["en", "small"].any()
    # Others than the English articles are too few as well.
    assert found["p"].isna().all()
    assert not found["differs"].any()


def test_one_article_a_group_has_no_interval():
    found = compared(*corpus(de=[0.9], en=[0.1]))
    assert found[["low", "high", "p", "adjusted"]].isna().all(axis=None)
    assert found["difference"].abs().tolist() == [0.8] * 4


def test_a_single_group_has_nothing_to_differ_from():
    found = compared(*corpus(de=[0.9, 0.1] * 4))
    assert found[["difference", "p"]].isna().all(axis=None)
    assert not found["differs"].any()


def test_alike_groups_are_seldom_called_different():
    draws, called = np.random.default_rng(1), 0
    for _ in range(60):
        shares = draws.beta(0.4, 1, (4, 6)).round(3).tolist()
        groups = dict(zip(("de", "en", "it", "zh"), shares, strict=True))
        called += bool(compared(*corpus(**groups), resamples=40)["differs"].any())
    # Some 5 % are expected; more than 9 of 60 come once in a thousand times.
    assert called <= 9


def test_neither_order_nor_names_change_anything():
    given = corpus(**APART, it=[0.5, 0.4])
    found = compared(*given).reset_index()
    shuffled = compared(*(table.sample(frac=1, random_state=3) for table in given)).reset_index()
    pd.testing.assert_frame_equal(
        found.sort_values(KEYS, ignore_index=True), shuffled.sort_values(KEYS, ignore_index=True)
    )
    names = {name: f"b{99 - int(name[1:])}" for name in given[2]["article_id"]}
    renamed = [table.copy() for table in given]
    for table in renamed[1:]:
        table["article_id"] = table["article_id"].map(names)
    pd.testing.assert_frame_equal(found, compared(*renamed).reset_index())


def test_a_column_that_the_catalogue_lacks_is_named():
    with pytest.raises(
        PolythemesError, match=r"compare names country; catalogue.csv has .*language"
    ):
        comparison.by_group(*corpus(de=[0.5]), columns=["language", "country"])


def test_any_column_is_taken_and_an_empty_cell_is_a_group():
    shares, passages, articles = corpus(de=[0.1, 0.2, 0.3])
    articles["country"] = ["CH", None, "CH"]
    found = comparison.by_group(shares, passages, articles, columns=["country"], resamples=20)
    assert dict(zip(found["group"], found["articles"], strict=True)) == {"": 1, "CH": 2}


def test_articles_without_passages_count_for_nothing():
    shares, passages, articles = corpus(de=[0.1, 0.2, 0.3])
    gone = passages["article_id"] != "a02"
    found = compared(shares[shares["passage_id"].str[:3] != "a02"], passages[gone], articles)
    assert set(found["articles"]) == {2}


def test_holm_by_hand():
    # Sorted 0.005, 0.01, 0.03, 0.04, times 4, 3, 2, 1: 0.02, 0.03, 0.06, 0.04, which rises to 0.06.
    given = np.array([0.01, 0.04, 0.03, 0.005])
    assert comparison.holm(given).tolist() == [0.03, 0.06, 0.06, 0.02]
    assert comparison.holm(np.array([0.6, 0.7])).tolist() == [1.0, 1.0]


def test_periods_go_as_far_as_dates_do():
    shares, passages, articles = corpus(de=[0.1, 0.2, 0.3, 0.4, 0.5])
    articles["date"] = ["2031-05-02", "2031-06", "2031", "", None]
    found = comparison.over_time(shares, passages, articles, resamples=20)
    counts = found[found["theme_id"] == "bees"].set_index(["unit", "period"])["articles"]
    assert counts.to_dict() == {
        ("year", "2031"): 3,
        ("quarter", "2031-Q2"): 2,
        ("month", "2031-05"): 1,
        ("month", "2031-06"): 1,
    }
    share = found.set_index(["period", "theme_id"])["share"]
    assert share["2031", "bees"] == pytest.approx(0.2)
    assert share["2031-Q2", "rest"] == pytest.approx(0.85)


def test_a_corpus_without_dates_has_no_periods():
    found = comparison.over_time(*corpus(de=[0.1, 0.2]), resamples=20)
    assert found.empty
    assert {"unit", "period", "share", "differs"} <= set(found.columns)


def test_years_that_differ_are_told_apart():
    shares, passages, articles = corpus(**APART)
    articles["date"] = ["2030-01"] * 6 + ["2031-01"] * 6
    found = comparison.over_time(shares, passages, articles, resamples=100)
    assert found["differs"].all()
