"""Neighbours of passages: who they are, and what they lend."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from polythemes import neighbours
from polythemes.grid import snap


def test_neighbours_by_hand():
    # Five on a quarter circle: round(0.5 * sqrt(5)) is one neighbour.
    angle = np.deg2rad([0, 10, 30, 60, 80])
    rows = snap(np.column_stack([np.cos(angle), np.sin(angle)]))
    found = neighbours.nearest(rows).toarray()
    assert [set(np.flatnonzero(row)) for row in found] == [{1}, {0, 2}, {1}, {4}, {3}]
    np.testing.assert_allclose(found.sum(axis=1), 1)
    assert neighbours.nearest(rows[:1]).nnz == 0


def test_neighbours_in_blocks_are_the_same(monkeypatch):
    rows = snap(np.random.default_rng(0).normal(size=(50, 8)))
    once = neighbours.nearest(rows).toarray()
    monkeypatch.setattr(neighbours, "BLOCK", 7)
    np.testing.assert_array_equal(neighbours.nearest(rows).toarray(), once)


def test_order_of_passages_does_not_matter():
    rows = snap(np.random.default_rng(1).normal(size=(40, 6)))
    order = np.random.default_rng(2).permutation(40)
    found, other = (neighbours.nearest(one).toarray() for one in (rows, rows[order]))
    np.testing.assert_allclose(other, found[np.ix_(order, order)], atol=1e-12)


def test_neighbours_lend_a_part():
    graph = neighbours.parts(csr_array([[0.0, 1, 3], [0, 0, 0], [2, 0, 0]]))
    np.testing.assert_allclose(graph.toarray(), [[0, 0.25, 0.75], [0, 0, 0], [1, 0, 0]])
    lent = neighbours.lent(np.array([[1.0], [2.0], [4.0]]), graph, 0.5)
    # The second has no neighbours and keeps its own.
    np.testing.assert_allclose(lent[:, 0], [0.5 + 0.5 * 3.5, 2, 2.5])
