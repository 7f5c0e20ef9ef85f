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
