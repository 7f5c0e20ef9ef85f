"""Figures laid out for a column and for a page: every text can be read, none runs into another."""

from __future__ import annotations

import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from polythemes.figures import peers, sheet, sizes, style, vectors

TABLES = Path(__file__).with_name("figure_tables.py")
made = SimpleNamespace(**runpy.run_path(str(TABLES)))
placed = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("figure_texts.py"))))
NAMES = (
    *("collected", "repaired", "lengths", "nearest", "choice", "leakage", "tree", "models"),
    *("groups", "sources", "times", "reliability"),
)
SHAPES = {
    "many": lambda: made.everything(count=30, sizes=(6, 7), topic_count=8),
    "hard": made.hard,
}


@pytest.fixture(scope="module")
def tables():
    """Make every shape's tables once."""
    return {name: make() for name, make in SHAPES.items()}


@pytest.fixture(params=["column", "page"])
def size(request, monkeypatch):
    """Ask for each size in turn."""
    monkeypatch.setenv(sizes.SIZE, request.param)
    return request.param


def held(figure, size):
    """Tell that a figure keeps to its place, and that what it says can be read."""
    with style.use():
        least = sizes.fit(figure, size)
    assert (figure.get_size_inches() <= np.array(sizes.SIZES[size]) + 1e-9).all()
    assert least >= sizes.LEAST
    assert placed.faults(figure, dpi=300, apart=2) == []


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", NAMES)
def test_texts_can_be_read_in_a_column_and_on_a_page(name, shape, size, tables):
    held(made.draw(name, tables[shape])[0], size)


@pytest.mark.parametrize("name", NAMES)
def test_data_is_the_same_in_a_column(name, tables, monkeypatch):
    data = made.draw(name, tables["many"])[1]
    monkeypatch.setenv(sizes.SIZE, "column")
    pd.testing.assert_frame_equal(made.draw(name, tables["many"])[1], data)


def test_peers_can_be_read_in_a_column_and_on_a_page(size):
    held(peers.figure(peers.measured(), "two texts"), size)


def test_languages_that_have_no_room_are_told(size):
    codes = ["ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "zh"]
    pairs = [(f"{a}-{b}", a, b, 0.5) for a in codes for b in codes[: 1 + codes.index(a)]]
    columns = ["passage_id", "language", "neighbour_language", "similarity"]
    figure, data = vectors.nearest(pd.DataFrame(pairs, columns=columns))
    held(figure, size)
    assert set(data["neighbour_language"]) == set(codes)
    assert ("6 of 14 languages" in sheet.said(figure).note) == (size == "column")
    # Those with the most neighbours are there.
    heads = [text for text, _ in placed.shown(figure, dpi=300)]
    assert heads.count("Arabic") == 2
    assert heads.count("Chinese") == 1 + (size == "page")


@pytest.mark.parametrize("name", ["groups", "times"])
def test_themes_that_have_no_room_are_told(name, monkeypatch):
    tables = made.everything()
    wanted = [f"t{i:02d}" for i in range(24)]
    tables["themes"] = pd.concat(
        [tables["themes"].head(1).assign(theme_id=one, label=f"Theme {one}") for one in wanted],
        ignore_index=True,
    )
    for table in ("theme_groups", "theme_times"):
        first = tables[table]["theme_id"].iloc[0]
        own = tables[table][tables[table]["theme_id"].eq(first)]
        tables[table] = pd.concat([own.assign(theme_id=one) for one in wanted], ignore_index=True)
    for size, said in (("", False), ("column", True)):
        monkeypatch.setenv(sizes.SIZE, size)
        figure, data = made.draw(name, tables)
        assert ("of 24 themes; the CSV holds all" in sheet.said(figure).note) == said
        assert data["theme_id"].nunique() == 24


def test_rows_and_panels_have_room(monkeypatch):
    monkeypatch.setenv(sizes.SIZE, "")
    assert sizes.row(0.5, 99, besides=1.4) == 0.5
    monkeypatch.setenv(sizes.SIZE, "column")
    assert sizes.row(0.5, 10, besides=1.4) == 0.5
    assert sizes.row(0.5, 20, besides=1.4) == pytest.approx(0.4)
    assert sizes.row(0.5, 99, besides=1.4) == pytest.approx(0.3)
    assert sizes.across(3, 9.0, least=1, between=0.2) == 3
    assert sizes.across(3, 2.2, least=1, between=0.2) == 2
    assert sizes.across(3, 0.5, least=1, between=0.2) == 1
