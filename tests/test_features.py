"""Features: all that counts is kept, no text is, and what is broken is told."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polythemes import features
from polythemes.errors import PolythemesError
from polythemes.features import Features
from polythemes.tables import CONTRACTS


def made(count: int = 4, width: int = 6, *, seed: int = 0, encoder: str = "test 1") -> Features:
    """Make features of passages without text."""
    draws = np.random.default_rng(seed)
    ids = [f"{i // 2:03d}-{i % 2 + 1:02d}" for i in range(count)]
    passages = pd.DataFrame(
        {
            "passage_id": ids,
            "article_id": [one[:3] for one in ids],
            "language": ["en", "zh"][:1] * count,
            "confidence": [1 - i / 64 for i in range(count)],
            "first_line": range(1, count + 1),
            "last_line": range(2, count + 2),
            "start": range(0, 100 * count, 100),
            "end": range(90, 100 * count + 90, 100),
            "words": 15,
            "sha256": [features.key(f"text {seed} {i}") for i in range(count)],
        }
    )
    whole = {
        name: "int32" for name, kind in CONTRACTS["passages"].items() if pa.types.is_int32(kind)
    }
    rows = [
        (one, "en", term, 1 + i % 3)
        for i, one in enumerate(ids)
        for term in ("数据", "bee", "rail")
    ]
    terms = pd.DataFrame(rows, columns=list(CONTRACTS["terms"])).astype({"count": "int32"})
    examples = pd.DataFrame(
        {
            "sha256": sorted(features.key(f"theme {i}") for i in range(3)),
            "vector": list(np.round(draws.normal(size=(3, width)) / 3, 3).astype(np.float32)),
        }
    )
    vectors = np.round(draws.normal(size=(count, width)) / 3, 3).astype(np.float32)
    return Features(passages.astype(whole), terms, vectors, examples, encoder)


def assert_same(one: Features, other: Features) -> None:
    assert not features.differ(one, other)
    np.testing.assert_array_equal(one.vectors, other.vectors)
    pd.testing.assert_frame_equal(one.passages, other.passages, check_dtype=False)


# --- written and read -----------------------------------------------------------------------------


@settings(max_examples=15)
@given(st.integers(1, 9), st.integers(1, 40), st.integers(0, 99))
def test_what_is_written_is_read(tmp_path_factory, count, width, seed):
    path = tmp_path_factory.mktemp("features") / "features.parquet"
    one = made(count, width, seed=seed)
    features.write(one, path)
    other = features.read(path)
    assert_same(one, other)
    assert other.encoder == "test 1"
    assert other.vectors.dtype == np.float32
    np.testing.assert_array_equal(features.vectors(path), one.vectors)
    np.testing.assert_array_equal(
        np.stack(list(other.examples["vector"])), np.stack(list(one.examples["vector"]))
    )


def test_same_features_have_the_same_bytes(tmp_path):
    one = made()
    other = replace(
        one,
        terms=one.terms.sample(frac=1, random_state=1),
        examples=one.examples[::-1],
        passages=one.passages.assign(text="not kept", repaired="nor this"),
    )
    for name, given_ in (("a", one), ("b", other)):
        features.write(given_, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert b"not kept" not in (tmp_path / "b").read_bytes()


def test_terms_are_sorted_and_only_known_columns_are_kept(tmp_path):
    path = tmp_path / "features.parquet"
    one = made()
    features.write(replace(one, terms=one.terms[::-1]), path)
    table = pq.read_table(path)
    assert table.column_names == [*CONTRACTS["passages"], "role", "terms", "vector"]
    for terms in table["terms"].to_pylist():
        found = [pair["term"] for pair in terms or []]
        assert found == sorted(found)


def test_passage_without_terms(tmp_path):
    path = tmp_path / "features.parquet"
    one = made()
    less = replace(one, terms=one.terms[one.terms["passage_id"] != "000-02"])
    features.write(less, path)
    assert_same(less, features.read(path))
    bare = replace(one, terms=one.terms[:0])
    features.write(bare, path)
    assert features.read(path).terms.empty


def test_key_is_the_sha256_of_the_text():
    assert features.key("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


# --- what is broken -------------------------------------------------------------------------------

DAMAGED = "is no file of features, or is damaged; restore it, or import the texts"


@pytest.fixture
def kept(tmp_path):
    path = tmp_path / "features.parquet"
    features.write(made(), path)
    return path


@pytest.mark.parametrize("end", [0, 4, 100, -1, -40])
def test_file_cut_off(kept, end):
    kept.write_bytes(kept.read_bytes()[:end])
    for read in (features.read, features.vectors):
        with pytest.raises(PolythemesError, match=DAMAGED):
            read(kept)


def test_file_of_something_else(kept):
    kept.write_text("no parquet", encoding="utf-8")
    with pytest.raises(PolythemesError, match=DAMAGED):
        features.read(kept)
    with pytest.raises(PolythemesError, match=DAMAGED):
        features.read(kept.with_name("missing.parquet"))
    with pytest.raises(PolythemesError, match=DAMAGED):
        features.read(kept.parent)


def rewritten(path, change, told=None):
    """Write a file of features again with another table or another record of itself."""
    table = pq.read_table(path)
    told = json.dumps(told) if told is not None else table.schema.metadata[b"polythemes"]
    table = change(table)
    pq.write_table(table.replace_schema_metadata({"polythemes": told}), path)


@pytest.mark.parametrize("column", [*CONTRACTS["passages"], "role", "terms", "vector"])
def test_column_that_is_missing(kept, column):
    rewritten(kept, lambda table: table.drop_columns(column))
    with pytest.raises(PolythemesError, match=DAMAGED):
        features.read(kept)


@pytest.mark.parametrize("column", ["terms", "vector", "start"])
def test_column_that_is_empty(kept, column):
    def emptied(table):
        at = table.column_names.index(column)
        return table.set_column(at, column, pa.nulls(len(table), table.schema.field(at).type))

    rewritten(kept, emptied)
    with pytest.raises(PolythemesError, match=DAMAGED):
        features.read(kept)


def test_column_of_another_kind(kept):
    rewritten(
        kept,
        lambda table: table.set_column(
            table.column_names.index("vector"), "vector", pa.array(["x"] * len(table))
        ),
    )
    with pytest.raises(PolythemesError, match=DAMAGED):
        features.read(kept)


def test_no_row(kept):
    rewritten(kept, lambda table: table[:0])
    with pytest.raises(PolythemesError, match=DAMAGED):
        features.read(kept)


@pytest.mark.parametrize("told", [[], 3, {}, {"scale": 1000}, {"version": 2}])
def test_record_of_itself_that_is_broken(kept, told):
    rewritten(kept, lambda table: table, told)
    with pytest.raises(PolythemesError, match=DAMAGED):
        features.read(kept)


def test_no_record_of_itself(kept):
    pq.write_table(pq.read_table(kept).replace_schema_metadata(None), kept)
    with pytest.raises(PolythemesError, match=DAMAGED):
        features.read(kept)


def test_other_version(kept):
    rewritten(kept, lambda table: table, {"version": 7, "encoder": "test 1", "scale": 1000})
    told = "is of version 7; this program reads version 2; build the corpus again from its texts"
    with pytest.raises(PolythemesError, match=told):
        features.read(kept)


def test_failed_write_leaves_what_was_there(kept, monkeypatch):
    before = kept.read_bytes()
    monkeypatch.setattr(
        pq, "write_table", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "full"))
    )
    with pytest.raises(PolythemesError, match=r"cannot write .*full"):
        features.write(made(seed=1), kept)
    assert kept.read_bytes() == before
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


# --- fresh and kept -------------------------------------------------------------------------------


def moved(one: Features, by: float) -> Features:
    """Move one value of each passage and example."""
    vectors = one.vectors.copy()
    vectors[:, 0] += np.float32(by)
    shifted = [
        vector + np.float32(by) * np.eye(len(vector))[0] for vector in one.examples["vector"]
    ]
    examples = one.examples.assign(vector=[vector.astype(np.float32) for vector in shifted])
    return replace(one, vectors=vectors, examples=examples)


@pytest.mark.parametrize(("by", "taken"), [(0.001, True), (-0.002, True), (0.003, False)])
def test_kept_vector_is_taken_where_only_rounding_differs(by, taken):
    kept = made()
    fresh = moved(kept, by)
    settled = features.settle(fresh, kept)
    assert_same(settled, kept if taken else fresh)


def test_kept_vector_of_another_text_or_width_is_not_taken():
    kept, other = made(), made(seed=1)
    assert_same(features.settle(other, kept), other)
    narrow = replace(kept, vectors=kept.vectors[:, :3])
    np.testing.assert_array_equal(features.settle(narrow, kept).vectors, narrow.vectors)


def test_nothing_is_taken_from_another_encoder_or_from_nothing():
    fresh = moved(made(), 0.001)
    assert features.settle(fresh, made(encoder="test 2")) is fresh
    assert features.settle(fresh, None) is fresh


def test_order_of_kept_passages_does_not_matter():
    kept = made(6)
    order = [3, 1, 5, 0, 2, 4]
    shuffled = replace(
        kept, passages=kept.passages.iloc[order].reset_index(drop=True), vectors=kept.vectors[order]
    )
    assert_same(features.settle(moved(kept, 0.001), shuffled), kept)


def test_differences_are_seen():
    one = made()
    assert not features.differ(one, made())
    assert features.differ(one, None)
    changes = [
        {"encoder": "test 2"},
        {"vectors": one.vectors + np.float32(0.001)},
        {"passages": one.passages.assign(words=16)},
        {"terms": one.terms[1:]},
        {"terms": one.terms.assign(count=9)},
        {"examples": one.examples[1:]},
    ]
    for change in changes:
        assert features.differ(one, replace(one, **change)), change
    assert not features.differ(one, replace(one, terms=one.terms[::-1]))
