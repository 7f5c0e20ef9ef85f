"""What a run says of the shares that it changed."""

from __future__ import annotations

import pandas as pd
import pytest

from polythemes.pipeline import moved
from polythemes.tables import write

COLUMNS = ["article_id", "theme_id", "share"]
WAS = pd.DataFrame([("01", "bees", 0.9), ("01", "rest", 0.1), ("02", "bees", 0.5)], columns=COLUMNS)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([("01", "bees", 0.904), ("01", "rest", 0.096)], "no share moved by a point"),
        (
            [("01", "rest", 0.2), ("01", "bees", 0.6)],
            "bees in 01 90 -> 60 %, rest in 01 10 -> 20 %",
        ),
        ([("01", "trains", 1.0), ("01", "rest", 0.1)], "trains is new, bees is gone"),
        ([("03", "bees", 1.0), ("03", "rest", 0.0)], "no share moved by a point"),
    ],
)
def test_told(rows, said):
    new = pd.DataFrame(rows, columns=COLUMNS)
    assert moved.told(WAS, new) == f"themes since the last run: {said}"
    assert moved.told(WAS.iloc[::-1], new.iloc[::-1]) == f"themes since the last run: {said}"


def test_only_the_furthest_are_told():
    rows = [(f"{i:02d}", "bees", 0.5) for i in range(9)]
    was = pd.DataFrame(rows, columns=COLUMNS)
    new = was.assign(share=[0.5 + 0.01 * i for i in range(9)])
    told = moved.told(was, new)
    assert told.startswith("themes since the last run: bees in 08 50 -> 58 %, bees in 07")
    assert told.endswith("bees in 03 50 -> 53 %, and 2 more")


def test_a_run_before_that_cannot_be_read_is_none(tmp_path):
    class Corpus:
        build = tmp_path

    assert moved.before(Corpus) is None
    (tmp_path / "article_themes.parquet").write_bytes(b"broken")
    assert moved.before(Corpus) is None
    table = WAS.assign(low=0.0, high=1.0)
    write(table, tmp_path / "article_themes.parquet", "article_themes")
    assert len(moved.before(Corpus)) == len(WAS)
