"""The map: near passages near, and the same map whatever the order or the machine."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist, squareform

from polythemes.layout import _along, _principal, layout


def even() -> str:
    """Lay out clouds with axes of equal length, where a solver's choice would be the machine's."""
    turns = np.linspace(0, 2 * np.pi, 25)[:-1]
    rows = [
        np.eye(4, 32),
        np.eye(20, 32),
        np.array([[i, j] for i in range(6) for j in range(6)], dtype=float),
        np.round(np.c_[np.cos(turns), np.sin(turns)], 3),
        np.r_[np.eye(9), -np.eye(9)],
    ]
    draws = np.random.default_rng(0)
    rows += [np.round(draws.normal(size=(n, 64)) / 8, 3) for n in (5, 40, 120)]
    places = b"".join(layout(one).tobytes() for one in rows)
    return hashlib.sha256(places).hexdigest()


def clouds(seed: int, count: int) -> np.ndarray:
    """Draw passages round three centres."""
    draws = np.random.default_rng(seed)
    centres = draws.normal(size=(3, 16))
    return np.round(centres[np.arange(count) % 3] + 0.3 * draws.normal(size=(count, 16)), 3)


def test_points_on_a_line_keep_their_distances():
    line = np.array([[0.0, 0], [1, 0], [2, 0], [5, 0]])
    places = layout(line)
    # The mean is 2, and the farthest from it becomes 1.
    np.testing.assert_allclose(np.abs(places[:, 0]), [2 / 3, 1 / 3, 0, 1], atol=2e-4)
    np.testing.assert_array_equal(places[:, 1], 0)


def test_distances_on_a_plane_are_kept():
    corners = np.array([[0.0, 0], [3, 0], [3, 4], [0, 4], [1, 1]])
    found, wanted = pdist(layout(corners)), pdist(corners)
    np.testing.assert_allclose(found / found.max(), wanted / wanted.max(), atol=2e-4)


def test_groups_lie_apart():
    rows = clouds(0, 60)
    apart = squareform(pdist(layout(rows)))
    same = np.equal.outer(np.arange(60) % 3, np.arange(60) % 3)
    assert apart[same].mean() < 0.5 * apart[~same].mean()


def test_ways_along_the_graph_by_hand():
    # With one neighbour each, 0-1 and 2-3 are linked, and 1-2 only through the longer look.
    apart = squareform(pdist(np.array([[0.0], [1.0], [3.0], [4.5]])))
    expected = np.array([[0, 1, 3, 4.5], [1, 0, 2, 3.5], [3, 2, 0, 1.5], [4.5, 3.5, 1.5, 0]])
    np.testing.assert_allclose(_along(apart, 2), expected)
    # Two islands lie 1.5 times the longest way apart.
    far = 1.5 * 1.5
    np.testing.assert_allclose(
        _along(apart, 1),
        [[0, 1, far, far], [1, 0, far, far], [far, far, 0, 1.5], [far, far, 1.5, 0]],
    )


def test_start_is_classical_scaling():
    apart = squareform(pdist(clouds(1, 30)))
    square = np.square(apart)
    middle = np.eye(30) - 1 / 30
    values, axes = np.linalg.eigh(-middle @ square @ middle / 2)
    expected = axes[:, [-1, -2]] * np.sqrt(values[[-1, -2]])
    found = _principal(apart)
    np.testing.assert_allclose(np.abs(found), np.abs(expected), atol=1e-6)
    # A sign is fixed by the largest value.
    assert (found[np.abs(found).argmax(axis=0), [0, 1]] > 0).all()


def test_range_and_rounding():
    places = layout(clouds(2, 40))
    assert places.shape == (40, 2)
    assert np.abs(places).max() == 1
    np.testing.assert_array_equal(places, np.round(places, 4))
    assert np.abs(places.mean(axis=0)).max() < 0.01


@settings(max_examples=15)
@given(st.integers(0, 1000), st.integers(1, 40), st.randoms(use_true_random=False))
def test_order_of_passages_does_not_matter(seed, count, random):
    rows = clouds(seed, count)
    order = random.sample(range(count), count)
    np.testing.assert_array_equal(layout(rows)[order], layout(rows[order]))


@settings(max_examples=15)
@given(st.integers(0, 1000), st.lists(st.integers(0, 19), max_size=9))
def test_copies_lie_on_the_first_and_move_nothing(seed, copies):
    rows = clouds(seed, 20)
    places = layout(rows)
    both = layout(np.concatenate([rows, rows[copies]]))
    np.testing.assert_array_equal(both, np.concatenate([places, places[copies]]))


@pytest.mark.parametrize("count", [1, 2, 30])
def test_identical_passages(count):
    np.testing.assert_array_equal(layout(np.ones((count, 8))), np.zeros((count, 2)))


def test_two_passages():
    np.testing.assert_array_equal(
        layout(np.array([[0.0, 1], [1, 0], [0, 1]])), [[0, 0], [1, 0], [0, 0]]
    )


def test_every_machine_draws_the_same_map():
    kernels = [
        {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "1"},
        {"OPENBLAS_CORETYPE": "Prescott", "NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL"},
    ]
    running = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", __file__],
            env={**os.environ, **kernel},
            stdout=subprocess.PIPE,
            text=True,
        )
        for kernel in kernels
    ]
    told = [process.communicate(timeout=120)[0].strip() for process in running]
    assert told == [even(), even()]


if __name__ == "__main__":
    sys.stdout.write(even())
