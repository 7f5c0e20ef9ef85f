"""The record of a run: whatever can change a table is in it, and nothing else."""

from __future__ import annotations

import ast
import json
import shutil
from importlib.metadata import packages_distributions
from pathlib import Path

import pandas as pd
import pytest

from polythemes import provenance
from polythemes.tables import CONTRACTS, write

HOW = {"source": "texts", "encoder": "test 1"}
SETTINGS = {"title": "蜜蜂", "names": ("a", "b")}


@pytest.fixture
def corpus(make_corpus):
    """Make a corpus with a text, a file of each kind and a table of each name."""
    corpus = make_corpus("news", {"a.txt": "Bees.", "b.txt": "Trains."})
    made = (corpus.catalogue, corpus.themes, corpus.features, *corpus.records.values())
    for path in made:
        path.write_text(path.name, encoding="utf-8")
    for name, columns in CONTRACTS.items():
        table = pd.DataFrame({column: pd.Series(dtype="object") for column in columns})
        write(table, corpus.build / f"{name}.parquet", name)
    return corpus


def inputs(corpus, **how: str) -> dict[str, str]:
    return provenance.inputs(corpus, sorted(corpus.texts.iterdir()), **{**HOW, **how})


def test_run_is_current_until_something_changes(corpus):
    assert not provenance.is_current(corpus, inputs(corpus))
    provenance.write(corpus, inputs(corpus), SETTINGS)
    assert provenance.is_current(corpus, inputs(corpus))
    provenance.forget(corpus)
    assert not provenance.is_current(corpus, inputs(corpus))
    provenance.forget(corpus)  # nothing to forget


@pytest.mark.parametrize(
    "file",
    [
        "articles/a.txt",
        "catalogue.csv",
        "corpus.toml",
        "features.parquet",
        "lines.csv",
        "repairs.csv",
        "duplicates.csv",
        "themes.toml",
    ],
)
def test_file_that_changes(corpus, file):
    provenance.write(corpus, inputs(corpus), SETTINGS)
    path = corpus.folder / file
    path.write_text(path.read_text("utf-8") + " ", encoding="utf-8")
    assert not provenance.is_current(corpus, inputs(corpus))


def test_text_that_comes_goes_or_is_renamed(corpus):
    provenance.write(corpus, inputs(corpus), SETTINGS)
    shutil.move(corpus.texts / "a.txt", corpus.texts / "c.txt")
    assert not provenance.is_current(corpus, inputs(corpus))
    shutil.move(corpus.texts / "c.txt", corpus.texts / "a.txt")
    assert provenance.is_current(corpus, inputs(corpus))
    (corpus.texts / "c.txt").write_text("Bicycles.", encoding="utf-8")
    assert not provenance.is_current(corpus, inputs(corpus))


def test_texts_do_not_count_where_features_are_read(corpus):
    before = inputs(corpus, source="features")
    (corpus.texts / "a.txt").unlink()
    assert inputs(corpus, source="features") == before


@pytest.mark.parametrize("how", [{"source": "features"}, {"encoder": "test 2"}])
def test_other_source_or_encoder(corpus, how):
    provenance.write(corpus, inputs(corpus), SETTINGS)
    assert not provenance.is_current(corpus, inputs(corpus, **how))


@pytest.mark.parametrize("name", CONTRACTS)
def test_table_that_is_missing_or_not_that_of_the_run(corpus, name):
    provenance.write(corpus, inputs(corpus), SETTINGS)
    path = corpus.build / f"{name}.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    assert not provenance.is_current(corpus, inputs(corpus))
    path.unlink()
    assert not provenance.is_current(corpus, inputs(corpus))
    path.write_bytes(whole)
    assert provenance.is_current(corpus, inputs(corpus))


def test_files_that_the_run_writes_count_as_it_left_them(corpus):
    before = inputs(corpus)
    corpus.features.write_text("made anew", encoding="utf-8")
    for path in corpus.records.values():
        path.write_text("made anew", encoding="utf-8")
    provenance.write(corpus, before, SETTINGS)
    assert provenance.is_current(corpus, inputs(corpus))


def test_file_edited_during_the_run_counts_as_changed(corpus):
    before = inputs(corpus)
    corpus.themes.write_text("edited meanwhile", encoding="utf-8")
    provenance.write(corpus, before, SETTINGS)
    assert not provenance.is_current(corpus, inputs(corpus))


def test_features_replaced_during_a_run_from_them_count_as_changed(corpus):
    before = inputs(corpus, source="features")
    corpus.features.write_text("replaced meanwhile", encoding="utf-8")
    provenance.write(corpus, before, SETTINGS)
    assert not provenance.is_current(corpus, inputs(corpus, source="features"))


def test_program_and_packages_are_in_it(corpus, monkeypatch):
    before = inputs(corpus)
    assert len(before["program"]) == 64
    assert f"numpy {provenance.version('numpy')}" in before["packages"]
    monkeypatch.setattr(provenance, "version", lambda _name: "0")
    assert inputs(corpus)["packages"] != before["packages"]


MODULES = ["topics.py", "subjects/subjects.txt", "languages/de.toml", "repairs/kinds.tsv"]
SHOWING = ["figures/maps.py", "notebooks/runs.py", "cli.py", "__pycache__/topics.pyc"]


@pytest.fixture
def program(tmp_path, monkeypatch):
    """Give a program of a few modules, which is taken for the installed one."""
    package = tmp_path / "polythemes"
    for file in MODULES + SHOWING:
        (package / file).parent.mkdir(parents=True, exist_ok=True)
        (package / file).write_text(file, encoding="utf-8")
    monkeypatch.setattr(provenance, "__file__", str(package / "provenance.py"))
    return package


@pytest.mark.parametrize(
    ("file", "counts"), [*((file, True) for file in MODULES), *((file, False) for file in SHOWING)]
)
def test_which_modules_count(corpus, program, file, counts):
    before = inputs(corpus)["program"]
    (program / file).write_text("changed", encoding="utf-8")
    assert (inputs(corpus)["program"] != before) is counts


def test_every_package_that_a_stage_imports_is_in_it():
    source = Path(provenance.__file__).parent
    stages = [
        path
        for path in source.rglob("*.py")
        if path.relative_to(source).parts[0].removesuffix(".py") not in provenance.FACES
    ]
    imported = {
        (name or "").partition(".")[0]
        for path in stages
        for node in ast.walk(ast.parse(path.read_bytes()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module if isinstance(node, ast.ImportFrom) else ""]
        )
    }
    owners = packages_distributions()
    packages = {owner for name in imported for owner in owners.get(name, [])}
    # This one only limits threads.
    assert packages - {"threadpoolctl"} == set(provenance.PACKAGES) - {"polythemes"}


def test_module_that_changes_its_name_counts(corpus, program):
    before = inputs(corpus)["program"]
    (program / "languages/de.toml").rename(program / "languages/dd.toml")
    assert inputs(corpus)["program"] != before


def test_record_can_be_read_by_anyone(corpus):
    provenance.write(corpus, inputs(corpus), SETTINGS)
    text = (corpus.build / "build.json").read_text("utf-8")
    assert "蜜蜂" in text
    assert text.endswith("}\n")
    record = json.loads(text)
    assert list(record) == ["corpus", "settings", "inputs", "tables"]
    assert record["corpus"] == "news"
    assert record["settings"]["names"] == ["a", "b"]
    assert set(record["tables"]) == set(CONTRACTS)
    assert provenance.read(corpus) == record


@pytest.mark.parametrize("text", ["", "[]", "3", "{", "\ud800", '{"inputs": 3}'])
def test_damaged_record_is_no_record(corpus, text):
    (corpus.build / "build.json").write_text(text, encoding="utf-8", errors="surrogatepass")
    assert provenance.read(corpus) in ({}, {"inputs": 3})
    assert not provenance.is_current(corpus, inputs(corpus))
