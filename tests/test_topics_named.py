"""Topics named by general subjects: which passages they then get."""

from __future__ import annotations

import numpy as np
import pytest

from polythemes import grid, subjects
from polythemes.topics import TopicModel, draws, fitted, named
from polythemes.topics import rows as rows_

#: General subjects so far apart that their vectors stand for topics.
FAR = (0, 60, 120)


def plain(vectors: np.ndarray) -> rows_.Rows:
    """Give vectors as a model sees them."""
    steps = grid.snap(vectors)
    return rows_.distinct(steps, np.full(len(steps), 1000.0), np.zeros(len(steps), dtype=np.int64))


def near_subjects(each: int, noise: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Draw vectors round three general subjects; give them and the subject of each."""
    kinds = np.repeat(np.arange(len(FAR)), each)
    away = np.random.default_rng(seed).normal(size=(len(kinds), 512))
    unit = subjects.vectors(512)[list(FAR)] / grid.STEPS
    return unit[kinds] + noise * away / np.sqrt(512), kinds


def test_no_subjects_for_vectors_of_another_width():
    assert named.ground(plain(np.eye(24))) is None


def test_subjects_are_weighed_exponentially_in_whole_numbers():
    held = named.ground(plain(near_subjects(4, 0.3)[0]))
    assert held is not None
    assert held.close.shape == (12, len(subjects.vectors(512)))
    np.testing.assert_array_equal(held.close, np.rint(held.close))
    own = plain(subjects.vectors(512)[list(FAR)])
    close = named.ground(own).close
    assert sorted(close.argmax(axis=1)) == sorted(FAR)
    np.testing.assert_allclose(close.max(axis=1), np.exp(10) * named.WHOLE, rtol=2e-3)


def test_passages_go_where_the_subjects_of_a_topic_are():
    vectors, kinds = near_subjects(12, 0.5)
    rows = plain(vectors)
    middles = grid.snap(subjects.vectors(512)[list(FAR)].astype(np.float64))
    found = named.told(rows, named.ground(rows), middles)
    np.testing.assert_array_equal(found[rows.back], kinds)


def test_draws_vote_by_subjects(monkeypatch):
    vectors, _ = near_subjects(20, 1.0)
    rows = plain(vectors)
    drawn = draws.drawn(rows, 3, 0)
    held = named.ground(rows)
    told = draws.votes(rows, drawn, 3, held)
    assert len(told) == len(drawn)
    middles = draws.divided(drawn[0].rows, drawn[0].tree, 3)[1]
    np.testing.assert_array_equal(told[0], named.told(rows, held, middles))
    # Without subjects a passage has the nearest centre, as for any other encoder.
    monkeypatch.setattr(fitted, "ground", lambda _: None)
    assert TopicModel(3).fit(vectors).n_topics_ == 3


@pytest.mark.parametrize("seed", range(3))
def test_neither_order_nor_copies_matter(seed):
    vectors, _ = near_subjects(25, 1.6, seed)
    model = TopicModel(4).fit(vectors)
    order = np.random.default_rng(seed).permutation(len(vectors))
    twice = np.concatenate([order, order[:10]])
    other = TopicModel(4).fit(vectors[twice])
    np.testing.assert_array_equal(other.labels_, model.labels_[twice])
    np.testing.assert_array_equal(other.shares_, model.shares_[twice])
    np.testing.assert_array_equal(model.predict(vectors), model.labels_)
