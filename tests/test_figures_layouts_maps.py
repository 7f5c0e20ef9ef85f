"""Maps, terms, themes and actors laid out for a journal's column and page."""

from __future__ import annotations

import math
import runpy
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from polythemes.figures import (
    blocks,
    cells,
    files,
    heads,
    labels,
    sheet,
    sizes,
    stacks,
    style,
    terms,
)

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("figure_tables.py"))))
placed = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("figure_texts.py"))))

NAMES = ("weak", "terms", "heatmap", "evidence", "crosswalk", "present", "actors", "network")
SHAPES = {"press": {}, "many": {"count": 30, "sizes": (6, 7), "topic_count": 6}}


def drawn(name, tables):
    """Draw a figure; that of terms with names and with passages, as the notebook does."""
    if name != "terms":
        return made.draw(name, tables)
    held = tables["topic_members"].merge(tables["passages"])
    return terms.terms(tables["topic_terms"], tables["topics"], tables["topic_names"], held)


@pytest.fixture(scope="module")
def tables():
    return {shape: made.everything(**given) for shape, given in SHAPES.items()}


@pytest.mark.parametrize(
    ("shape", "size"), [("press", "column"), ("press", "page"), ("many", "column")]
)
@pytest.mark.parametrize("name", NAMES)
def test_figures_can_be_read_in_a_column_and_on_a_page(name, shape, size, tables, monkeypatch):
    monkeypatch.setenv(sizes.SIZE, size)
    figure, _ = drawn(name, tables[shape])
    with style.use():
        assert sizes.fit(figure, size) >= sizes.LEAST
    assert (figure.get_size_inches() <= np.array(sizes.SIZES[size]) + 1e-6).all()
    assert placed.faults(figure, dpi=200, apart=2) == []


@pytest.mark.parametrize("name", NAMES)
def test_data_is_the_same_in_every_size(name, monkeypatch):
    given = made.everything(count=6)
    usual = files.as_csv(drawn(name, given)[1])
    monkeypatch.setenv(sizes.SIZE, "column")
    assert files.as_csv(drawn(name, given)[1]) == usual


def test_names_as_long_as_they_come_fit_a_column(monkeypatch):
    monkeypatch.setenv(sizes.SIZE, "column")
    hard = made.hard()
    for name in ("heatmap", "evidence", "crosswalk", "actors", "network"):
        figure, _ = drawn(name, hard)
        assert placed.faults(figure, dpi=200, apart=2) == []
        with style.use():
            assert sizes.fit(figure, "column") >= sizes.LEAST


def test_fewer_rows_are_shown_where_not_all_have_room(monkeypatch):
    given = made.everything(count=40)
    assert "Shown" not in drawn("heatmap", given)[0].texts[1].get_text()
    monkeypatch.setenv(sizes.SIZE, "column")
    note = drawn("heatmap", given)[0].texts[1].get_text().replace("\n", " ")
    assert "of 40 articles; the CSV holds all." in note


def test_heads_are_turned_where_columns_are_narrow():
    with style.use():
        wide = heads.fit({"a": "Live selling"}, 0.95, size=8, least=8)
        narrow = heads.fit({"a": "Live selling", "b": "x"}, 0.3, size=8, least=8)
        assert (wide.turned, narrow.turned) == (False, True)
        assert wide.height == wide.said["a"].height
        assert narrow.height == labels.width("Live selling", heads.SIZE)


def test_columns_of_a_heat_map_share_the_board(monkeypatch):
    label = {**dict.fromkeys("abcde", "A theme"), "rest": "None"}
    with style.use():
        usual = cells.columns(label, 1.0)
        assert (usual.each, usual.board) == (cells.COLUMN, pytest.approx(1 + 6 * 1.05 + 0.1))
        assert cells.shown(usual, ("Why?", ""), 99, high=0.4, least=0.2) == (99, 0.4)
        monkeypatch.setenv(sizes.SIZE, "column")
        narrow = cells.columns(label, 1.0)
        assert narrow.each == pytest.approx(2.1 / 6)
        assert narrow.board == pytest.approx(3.2)
        count, high = cells.shown(narrow, ("Why?", ""), 99, high=0.4, least=0.2)
        over = sheet.besides("Why?", " Shown: 0 of 99", width=3.2) + narrow.top
        assert (count, high) == (int((9.4 - over) / 0.2), pytest.approx(0.2, abs=0.01))
        assert cells.shown(narrow, ("Why?", ""), 2, high=0.4, least=0.2) == (2, 0.4)


def test_stacked_columns_stand_below_one_another():
    table = stacks.Stacks({"a": 0.0, "b": 0.0, "c": 1.0}, 3.0)
    one, two = labels.Fitted(("x",), 10), labels.Fitted(("x", "y"), 10)
    row = {"a": one, "b": two, "c": one}
    assert (table.depth, table.above("b"), table.above("c")) == (2, ["a"], [])
    assert table.room("a") == table.room("b") == pytest.approx(1 - stacks.BETWEEN)
    assert table.room("c") == pytest.approx(2)
    assert table.below(row, "b") == pytest.approx(one.height)
    assert table.height(row) == pytest.approx(3 * one.height)


def test_a_topic_shows_the_rows_that_matter_most(monkeypatch):
    assert blocks.measures(5).side > 0
    monkeypatch.setenv(sizes.SIZE, "column")
    narrow = blocks.measures(5)
    assert narrow.side == 0
    assert narrow.width(5) <= sizes.room(math.inf) + 1e-9
    given = made.topic_terms(1).assign(place=lambda table: table["row"] - 1, shown=True)
    given = given.assign(label="x", passages=7, name=None)
    with style.use():
        block = blocks.lay_out(given, ["de", "zh"], narrow)
    cut = block.cut(3)
    assert [place for place, _ in cut.grid] == [0, 1, 2]
    assert block.height - cut.height == pytest.approx(
        sum(narrow.high(line) for place, line in block.grid if place >= 3)
    )


def test_height_is_bounded_by_a_size_alone(monkeypatch):
    assert sizes.height() == math.inf
    monkeypatch.setenv(sizes.SIZE, "slide")
    assert sizes.height() == math.inf
    monkeypatch.setenv(sizes.SIZE, "page")
    assert sizes.height() == 9.4


def test_a_sheet_is_as_much_higher_than_its_board_as_is_told():
    with style.use():
        page = sheet.new("Why is that so? " * 4, "Because. " * 30, width=3, height=2)
        over = sheet.besides("Why is that so? " * 4, "Because. " * 30, width=3)
    assert page.figure.get_size_inches()[1] == pytest.approx(2 + over)


def test_labels_are_never_smaller_than_journals_take():
    with style.use():
        found = labels.fit("Datenschutzgrundverordnung", 0.3, size=8, least=5.5)
    assert found.size == sizes.LEAST
