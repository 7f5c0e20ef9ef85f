"""Intervals: shares of passages summed up over articles."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from polythemes import intervals


def test_share_is_weighted_by_words_and_interval_is_that_of_a_plain_loop():
    draws = np.random.default_rng(1)
    values, words = draws.random(9).round(4), draws.integers(20, 120, 9)
    names = [f"a-{i}" for i in range(9)]
    passages = pd.DataFrame(
        {"passage_id": names, "article_id": "a", "start": range(9), "words": words}
    )
    shares = pd.DataFrame({"passage_id": names, "topic_id": 1, "share": values})
    (one,) = intervals.by_article(
        shares, passages, of="topic_id", resamples=300, seed=5
    ).itertuples()
    picks = np.random.default_rng([5, 9]).integers(0, 9, (300, 9))
    means = [np.average(values[pick], weights=words[pick]) for pick in picks]
    assert (one.article_id, one.topic_id) == ("a", 1)
    assert one.share == pytest.approx(np.average(values, weights=words), abs=6e-5)
    assert one.low == pytest.approx(np.percentile(means, 2.5), abs=6e-5)
    assert one.high == pytest.approx(np.percentile(means, 97.5), abs=6e-5)


def test_ratio_is_of_sums_and_its_interval_that_of_a_plain_loop():
    draws = np.random.default_rng(2)
    words, share = draws.integers(100, 900, (7, 1)).astype(float), draws.random((7, 2)).round(3)
    value, low, high = intervals.ratio(words * share, words, resamples=200, seed=4)
    assert value == pytest.approx(np.average(share, axis=0, weights=words[:, 0]), abs=6e-5)
    rows = intervals.by_value(np.hstack([words, words * share]))
    picks = np.random.default_rng([4, 7]).integers(0, 7, (200, 6))
    means = rows[picks, 1:].sum(axis=1) / rows[picks, :1].sum(axis=1)
    assert low == pytest.approx(np.percentile(means, 2.5, axis=0), abs=6e-5)
    assert high == pytest.approx(np.percentile(means, 97.5, axis=0), abs=6e-5)


def test_ratio_turns_on_no_order_and_a_single_article_has_no_interval():
    draws = np.random.default_rng(3)
    parts, wholes = draws.random((9, 3)), draws.random((9, 3)) + 1
    shuffled = draws.permutation(9)
    given = intervals.ratio(parts, wholes, resamples=50)
    again = intervals.ratio(parts[shuffled], wholes[shuffled], resamples=50)
    np.testing.assert_array_equal(given, again)
    value, low, high = intervals.ratio(np.array([[1.0, 2]]), np.array([[4.0]]))
    assert value.tolist() == [0.25, 0.5]
    assert np.isnan([low, high]).all()


def test_a_part_of_nothing_is_nothing():
    zero = np.zeros((3, 1))
    assert [found.tolist() for found in intervals.ratio(zero, zero, resamples=20)] == [[0.0]] * 3


def test_rows_of_the_same_values_have_one_order():
    rows = np.array([[3.0, 1, 2], [3, 2, 1], [0.5, 9, 9]])
    np.testing.assert_array_equal(intervals.by_value(rows), intervals.by_value(rows[::-1]))
