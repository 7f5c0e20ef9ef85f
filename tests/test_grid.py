"""Whole steps: lengths, products and sums are exact."""

from __future__ import annotations

import numpy as np

from polythemes import grid


def test_rows_get_one_length_in_whole_steps():
    steps = grid.snap(np.array([[3.0, 4.0], [0.3, 0.4], [-5.0, 0.0], [0.0, 0.0]]))
    assert steps.tolist() == [[2400, 3200], [2400, 3200], [-4000, 0], [0, 0]]


def test_products_are_those_of_whole_numbers():
    rows = grid.snap(np.random.default_rng(0).normal(size=(40, 512)))
    whole = rows.astype(np.int64)
    np.testing.assert_array_equal(
        np.rint(grid.cosines(rows, rows) * grid.STEPS**2), whole @ whole.T
    )


def test_sums_of_groups_hold_empty_groups_too():
    rows = np.array([[1, 2], [3, 4], [5, 6]], dtype=np.float32)
    found = grid.sums(rows, np.array([0, 2, 0]), np.array([1.0, 2.0, 3.0]), 4)
    assert found.tolist() == [[16, 20], [0, 0], [6, 8], [0, 0]]
