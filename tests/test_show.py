"""Tables shown in the terminal, or written where the user asked."""

from __future__ import annotations

import csv
import io
import json
import re

import numpy as np
import pandas as pd
import pytest

from polythemes.show import MOST, show, view

TABLE = pd.DataFrame(
    {
        "article_id": ["000", "003"],
        "share": [0.123456789, np.nan],
        "rank": [1, 20],
        "terms": ["蜂蜜, 养蜂人", "Café, [bold]bees[/bold]"],
    }
)


def test_terminal(capsys):
    show(TABLE, "Themes of [press]")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].strip() == "Themes of [press]"
    assert lines[2].split() == ["article_id", "share", "rank", "terms"]
    assert lines[4].split() == ["000", "0.12", "1", "蜂蜜,", "养蜂人"]
    # An empty cell for a missing number; what looks like markup is text.
    assert lines[5].split() == ["003", "20", "Café,", "[bold]bees[/bold]"]


def test_numbers_stand_to_the_right(capsys):
    show(pd.DataFrame({"name": ["a", "bbb"], "rank": [5, 1234]}), "T")
    five, more = capsys.readouterr().out.splitlines()[4:6]
    assert five.rstrip().index("5") == more.rstrip().rindex("4")


def test_long_cells_wrap_and_lose_nothing(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    words = [f"word{i}" for i in range(40)]
    show(pd.DataFrame({"id": ["a"], "terms": [" ".join(words)]}), "T")
    out = capsys.readouterr().out
    assert all(len(line) <= 60 for line in out.splitlines())
    assert [word for word in out.split() if word.startswith("word")] == words


def test_no_rows(capsys):
    show(TABLE[:0], "Nothing")
    assert "article_id" in capsys.readouterr().out


def test_csv(tmp_path, capsys):
    path = tmp_path / "new" / "table.csv"
    show(TABLE, "T", csv=path)
    assert capsys.readouterr().out == ""
    text = path.read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0] == {
        "article_id": "000", "share": "0.123457", "rank": "1", "terms": "蜂蜜, 养蜂人",
    }  # fmt: skip
    assert rows[1]["share"] == ""
    assert b"\r" not in path.read_bytes()


def test_json(tmp_path, capsys):
    path = tmp_path / "table.json"
    show(TABLE, "T", json=path)
    assert capsys.readouterr().out == ""
    text = path.read_text("utf-8")
    assert "蜂蜜" in text
    assert json.loads(text) == [
        {"article_id": "000", "share": 0.123456789, "rank": 1, "terms": "蜂蜜, 养蜂人"},
        {"article_id": "003", "share": None, "rank": 20, "terms": "Café, [bold]bees[/bold]"},
    ]


def test_both_files(tmp_path):
    show(TABLE, "T", csv=tmp_path / "a.csv", json=tmp_path / "a.json")
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "a.json"}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-2", "@SUM(A1)", "\tx", "\r=1", "\n=1"])
def test_cell_like_a_formula_is_harmless(tmp_path, cell):
    path = tmp_path / "table.csv"
    show(pd.DataFrame({"term": [cell, "fine"], "number": [-1, 2]}), "T", csv=path)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    assert rows[1][0].startswith("'")
    # Numbers stay numbers.
    assert rows[1:] == [[rows[1][0], "-1"], ["fine", "2"]]


@pytest.mark.parametrize("columns", [20, 60, 200])
def test_no_number_is_cut_off_in_a_narrow_terminal(columns, monkeypatch, capsys):
    monkeypatch.setenv("COLUMNS", str(columns))
    table = pd.DataFrame({"start": [14565], "end": [15116], "kind": ["a b " * 20], "words": [87]})
    show(table, "A table")
    printed = capsys.readouterr().out
    assert {"14565", "15116", "87"} <= set(printed.split())


def cells(table):
    """The cells of what a notebook shows, row by row."""
    found = re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", view(table).html)
    wide = table.reset_index().shape[1] if table.index.names != [None] else table.shape[1]
    return [found[i : i + wide] for i in range(0, len(found), wide)]


def test_notebooks_show_texts_whole_and_shares_in_percent():
    long = "word " * 60 + "end"
    table = TABLE.assign(note=[long, None], rank=[0.5, 20.0])
    head, first, second = cells(table)
    assert head == ["article_id", "share", "rank", "terms", "note"]
    assert first == ["000", "12 %", "0.50", "蜂蜜, 养蜂人", long]
    assert second[:3] == ["003", "", "20.00"]
    assert "linear-gradient" in view(table).html


def test_notebooks_show_text_as_text():
    table = pd.DataFrame({"title": ["<script>alert(1)</script>", "a & b \u202e c"]})
    shown = view(table).html
    assert "<script" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown
    assert "\u202e" not in shown
    assert "a &amp; b" in shown


def test_notebooks_show_a_named_index_and_say_how_many_rows_there_are():
    many = pd.DataFrame({"kind": list("ab") * 70, "n": range(140)})
    assert cells(many.groupby("kind")["n"].agg(["count"]))[1:] == [["a", "70"], ["b", "70"]]
    shown = view(many).html
    assert f"The first {MOST} of 140 rows" in shown
    assert shown.count("<tr>") == MOST + 1
    assert "rows" not in view(many.head(3)).html


def test_the_same_table_is_shown_in_the_same_bytes():
    assert view(TABLE).html == view(TABLE.copy()).html
    assert view(TABLE).html != view(TABLE.head(1)).html
    assert view(TABLE[:0]).html
    assert repr(view(TABLE)) == repr(TABLE)
    assert view(TABLE)._repr_html_() == view(TABLE).html
