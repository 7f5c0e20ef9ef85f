"""Tables: held to their columns, written whole or not at all, the same bytes for the same rows."""

from __future__ import annotations

import csv
import errno
import io
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from polythemes import tables
from polythemes.errors import PolythemesError
from polythemes.tables import CONTRACTS, check, read, whole, write, write_text

TERMS = {"passage_id": ["1-01", "1-02"], "language": ["de", "zh"], "term": ["Brot", "书"]}


@pytest.fixture
def terms() -> pd.DataFrame:
    return pd.DataFrame({**TERMS, "count": [2, 1]})


def test_check_puts_the_contracts_columns_first(terms: pd.DataFrame) -> None:
    mixed = terms.assign(extra=0)[["extra", "count", "term", "language", "passage_id"]]
    assert list(check(mixed, "terms")) == [*CONTRACTS["terms"], "extra"]


def test_check_names_the_columns_that_are_missing(terms: pd.DataFrame) -> None:
    expected = (
        "table 'terms' lacks the columns language, count; it must hold passage_id, language, "
        "term, count; run `polythemes build` again"
    )
    with pytest.raises(PolythemesError, match=re.escape(expected)):
        check(terms.drop(columns=["count", "language"]), "terms")


def test_a_table_comes_back_as_it_was_written(terms: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "terms.parquet"
    write(terms.assign(extra=[0.5, 1.5]), path, "terms")
    found = read(path, "terms")
    assert found.to_dict("list") == {**TERMS, "count": [2, 1], "extra": [0.5, 1.5]}


def test_columns_have_the_kinds_of_the_contract(terms: pd.DataFrame, tmp_path: Path) -> None:
    path = tmp_path / "terms.parquet"
    write(terms.assign(count=np.array([2, 1], dtype=np.int64)), path, "terms")
    schema = pq.read_schema(path)
    assert [schema.field(name).type for name in CONTRACTS["terms"]] == [
        pa.string(),
        pa.string(),
        pa.string(),
        pa.int32(),
    ]
    assert not schema.metadata  # no pandas version: it would change the bytes


@pytest.mark.parametrize("name", CONTRACTS)
def test_an_empty_table_of_every_sort_can_be_written(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.parquet"
    write(pd.DataFrame(columns=list(CONTRACTS[name])), path, name)
    assert len(read(path, name)) == 0


def test_the_same_rows_give_the_same_bytes(terms: pd.DataFrame, tmp_path: Path) -> None:
    write(terms, tmp_path / "a.parquet", "terms")
    turned = pd.DataFrame({name: list(terms[name]) for name in reversed(list(terms))})
    turned.index = pd.Index([7, 9])
    write(turned, tmp_path / "b.parquet", "terms")
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


@pytest.mark.parametrize("content", [None, b"", b"PAR1 is how it begins", b"\x00" * 100])
def test_a_missing_or_damaged_table_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "terms.parquet"
    if content is not None:
        path.write_bytes(content)
    expected = f"cannot read {re.escape(str(path))}: it is missing or damaged; run `polythemes bui"
    with pytest.raises(PolythemesError, match=expected):
        read(path, "terms")


def test_a_table_of_another_sort_is_told(terms: pd.DataFrame, tmp_path: Path) -> None:
    write(terms, tmp_path / "terms.parquet", "terms")
    with pytest.raises(PolythemesError, match="table 'layout' lacks the columns x, y"):
        read(tmp_path / "terms.parquet", "layout")


def test_a_table_that_breaks_its_contract_is_not_written(
    terms: pd.DataFrame, tmp_path: Path, snapshot
) -> None:
    path = tmp_path / "terms.parquet"
    write(terms, path, "terms")
    before = snapshot(tmp_path)
    with pytest.raises(PolythemesError, match="lacks the columns term"):
        write(terms.drop(columns="term"), path, "terms")
    with pytest.raises(pa.ArrowInvalid):
        write(terms.assign(count=[2**40, 1]), path, "terms")
    assert snapshot(tmp_path) == before


def test_text_is_written_as_utf8_and_its_line_ends_stay(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.txt"
    write_text(path, "Käse\r\n书\n")
    assert path.read_bytes() == "Käse\r\n书\n".encode()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError])
def test_nothing_is_left_of_what_was_not_written_whole(
    tmp_path: Path, snapshot, error: type[BaseException]
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("as it was", encoding="utf-8")
    before = snapshot(tmp_path)
    raised = PolythemesError if error is OSError else error
    with pytest.raises(raised), whole(path) as scratch:  # noqa: PT012
        scratch.write_text("half", encoding="utf-8")
        raise error
    assert snapshot(tmp_path) == before


def test_a_full_disk_is_told_and_leaves_no_trace(tmp_path: Path, snapshot, monkeypatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("as it was", encoding="utf-8")
    before = snapshot(tmp_path)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    expected = f"cannot write {re.escape(str(path))}: No space left on device; .* is needed: free"
    with pytest.raises(PolythemesError, match=expected):
        write_text(path, "new")
    assert snapshot(tmp_path) == before


def test_a_folder_without_rights_is_told(tmp_path: Path, snapshot, monkeypatch) -> None:
    def denied(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", denied)
    with pytest.raises(PolythemesError, match="Permission denied; a folder that can be written"):
        write_text(tmp_path / "new" / "a.txt", "new")
    assert snapshot(tmp_path) == {}


def test_a_parent_that_is_a_file_is_told(tmp_path: Path, snapshot) -> None:
    (tmp_path / "file").write_text("as it was", encoding="utf-8")
    before = snapshot(tmp_path)
    for path in (tmp_path / "file" / "a.txt", tmp_path / "file" / "deep" / "a.txt"):
        with pytest.raises(PolythemesError, match=f"cannot write {re.escape(str(path))}: "):
            write_text(path, "new")
    assert snapshot(tmp_path) == before


def test_a_folder_in_the_files_place_is_told(tmp_path: Path, snapshot) -> None:
    (tmp_path / "a.txt").mkdir()
    before = snapshot(tmp_path)
    with pytest.raises(PolythemesError, match=r"cannot write .*a\.txt: Is a directory; "):
        write_text(tmp_path / "a.txt", "new")
    assert snapshot(tmp_path) == before


def test_a_name_as_long_as_can_be_is_written(tmp_path: Path) -> None:
    for name in ("a" * 251 + ".txt", "书" * 83 + ".txt"):
        write_text(tmp_path / name, "new")
        assert (tmp_path / name).read_text(encoding="utf-8") == "new"


def test_scratch_files_keep_the_suffix_and_are_hidden(tmp_path: Path) -> None:
    seen = []
    for _ in range(2):
        with whole(tmp_path / "a.svg") as scratch:
            seen.append(scratch.name)
            scratch.write_text("x", encoding="utf-8")
    assert all(re.fullmatch(r"\.a-[0-9a-f]{12}\.svg", name) for name in seen)
    assert seen[0] != seen[1]
    assert [path.name for path in tmp_path.iterdir()] == ["a.svg"]


def test_what_a_killed_writer_left_is_swept(tmp_path: Path) -> None:
    for name in (".a-0123456789ab.svg", ".gitkeep", "a-0123456789ab.svg", ".a-0123456789ab"):
        (tmp_path / name).write_text("x")
    tables.sweep(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".gitkeep", "a-0123456789ab.svg"]
    tables.sweep(tmp_path / "absent")


def test_csv_is_harmless_and_rounded() -> None:
    texts = ["=1+1", "+1", "-a", "@b", "\tc", "a\r\nb", 'one, "two"', "a=b", ""]
    table = pd.DataFrame({"text": texts, "value": [0.12345678, -0.0, np.nan, 1, 2, 3, 4, 5, 6]})
    rows = list(csv.reader(io.StringIO(tables.as_csv(table))))
    assert rows[0] == ["text", "value"]
    assert [row[0] for row in rows[1:]] == [
        "'=1+1", "'+1", "'-a", "'@b", "'\tc", "a\nb", 'one, "two"', "a=b", "",
    ]  # fmt: skip
    assert [row[1] for row in rows[1:4]] == ["0.123457", "0.0", ""]
