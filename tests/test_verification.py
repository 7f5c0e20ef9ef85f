"""Verification: what was planted is found, and its cause is named."""

from __future__ import annotations

import copy
import json

import matplotlib.image
import numpy as np
import pytest

from polythemes import provenance, verification
from polythemes.figures import manifest
from polythemes.paths import Corpus
from polythemes.verification import Rebuilt, Sides, causes

MADE = {
    "settings": {"seed": 1, "names": ["蜜蜂"]},
    "files": {
        "data/news/corpus.toml": "1",
        "data/news/themes.toml": "1",
        "data/news/lines.csv": "1",
        "notebooks/04-themes.ipynb": "1",
        "requirements/default.txt": "1",
    },
    "texts": {"001": "1"},
    "packages": {"numpy": "2.0", "matplotlib": "3.0"},
    "program": {"topics/model.py": "1", "figures/style.py": "1"},
    "fonts": {"Sans.ttf": "1"},
}
NAMES = [f"04-a.{ending}" for ending in manifest.ENDINGS]


def changed(part, key, value):
    """List the changes where one thing is another."""
    now = copy.deepcopy(MADE)
    if value is None:
        del now[part][key]
    else:
        now[part][key] = value
    return verification.changes(MADE, now)


@pytest.mark.parametrize(
    ("part", "key", "value", "told", "tables"),
    [
        ("settings", "seed", 2, "setting: seed was 1, is 2", True),
        ("settings", "terms", 5, "setting: terms was none, is 5", True),
        ("files", "data/news/corpus.toml", "2", "data/news/corpus.toml has changed", True),
        ("files", "data/news/themes.toml", "2", "theme: data/news/themes.toml has", True),
        ("files", "data/news/lines.csv", None, "record: data/news/lines.csv is gone", True),
        ("files", "notebooks/04-themes.ipynb", "2", "notebook: 04-themes.ipynb has", False),
        ("files", "requirements/default.txt", "2", "lock: requirements/default.txt", False),
        ("texts", "001", "2", "text: article 001 has changed", True),
        ("texts", "002", "2", "text: article 002 is new", True),
        ("packages", "numpy", "2.1", "version: numpy was 2.0, is 2.1", True),
        ("packages", "matplotlib", "", "version: matplotlib was 3.0, is none", False),
        ("program", "topics/model.py", "2", "code: topics/model.py has changed", True),
        ("program", "figures/style.py", "2", "code: figures/style.py has changed", False),
        ("fonts", "Sans.ttf", "2", "font: Sans.ttf has changed", False),
    ],
)
def test_a_change_is_named(part, key, value, told, tables):
    (one,) = changed(part, key, value)
    assert told in str(one)
    assert one.tables is tables


def test_nothing_has_changed():
    assert verification.changes(MADE, copy.deepcopy(MADE)) == []


def test_a_setting_is_named_once_and_not_its_file_too():
    now = copy.deepcopy(MADE)
    now["settings"]["seed"], now["files"]["data/news/corpus.toml"] = 2, "2"
    assert [one.sort for one in verification.changes(MADE, now)] == ["setting"]


def picture(path, shade=0.5):
    matplotlib.image.imsave(path, np.full((20, 20, 3), shade))


@pytest.fixture
def sides(tmp_path):
    """Lay out a small corpus and its rebuild, which are the same."""
    both = [Corpus("news", tmp_path / side) for side in ("was", "new")]
    for corpus in both:
        corpus.figures.mkdir(parents=True)
        corpus.folder.mkdir(parents=True)
        corpus.features.write_text("features", encoding="utf-8")
        for name in NAMES:
            (corpus.figures / name).write_text(name, encoding="utf-8")
        record = {"id": "news/04-a", "title": "A", "made_from": {}}
        (corpus.figures / "04-a.json").write_text(json.dumps(record), encoding="utf-8")
        picture(corpus.figures / "04-a.png")
    listed = {"tables": {"themes": "1", "terms": "2"}, "figures": manifest.figures(both[0])}
    return Sides(*both, listed)


def report(sides, tables=None, error=""):
    end = Rebuilt(sides.new, "features", error)
    return verification.report(sides, tables or {"themes": "1", "terms": "2"}, end)


def moved(rows):
    """Give the rows that do not hold, as name: why."""
    return {name: why for _, name, result, why in rows if result == "moved"}


def test_all_holds(sides):
    rows = report(sides)
    assert rows == [
        ("tables", "2 of 2", "holds", "same rows, numbers to 6 digits"),
        ("data", "data/news/features.parquet", "holds", "same bytes"),
        ("figure", "news/04-a (csv json pdf png svg)", "holds", "same bytes"),
    ]
    assert verification.wrong(rows) == 0
    assert list(verification.table(rows)) == ["what", "name", "result", "why"]


def test_a_table_that_moved_has_its_cause(sides):
    style = changed("program", "figures/style.py", "2")
    seed = changed("settings", "seed", 2)
    sides = Sides(sides.was, sides.new, sides.listed, [*seed, *style])
    rows = report(sides, {"themes": "x", "terms": "2", "more": "3"})
    cause = "setting: seed was 1, is 2"
    assert moved(rows) == {"themes": cause, "more": cause}
    assert verification.wrong(rows) == 4


def test_a_figure_that_moved_has_its_cause(sides):
    (sides.new.figures / "04-a.svg").write_text("blue", encoding="utf-8")
    assert "please report it" in moved(report(sides))["04-a.svg"]
    style = changed("program", "figures/style.py", "2")
    lock = changed("files", "requirements/default.txt", "2")
    rows = report(Sides(sides.was, sides.new, sides.listed, [*lock, *style]))
    assert moved(rows) == {"04-a.svg": "code: figures/style.py has changed"}
    assert ("figure", "news/04-a (csv json pdf png)", "holds", "same bytes") in rows


def test_a_deleted_and_an_edited_file_are_named(sides):
    (sides.was.figures / "04-a.pdf").unlink()
    (sides.was.figures / "04-a.csv").write_text("edited", encoding="utf-8")
    expected = {
        "04-a.pdf": "deleted: the rebuild draws it",
        "04-a.csv": "edited: it is not the file that manifest.json lists",
    }
    assert moved(report(sides)) == expected
    for path in sides.new.figures.iterdir():
        path.unlink()
    quick = Sides(sides.was, sides.new, sides.listed, drawn=False)
    assert moved(report(quick)) == expected | {"04-a.pdf": "deleted: manifest.json lists it"}


def test_a_figure_that_nothing_draws_or_that_is_new(sides):
    for path in sides.new.figures.glob("04-a.*"):
        path.rename(path.with_name(path.name.replace("04-a", "04-b")))
    told = moved(report(sides))
    assert told["04-a.png"].startswith("not drawn any more")
    assert told["04-b.png"] == "deleted: the rebuild draws it"


def test_a_card_counts_by_what_it_tells_of_the_figure(sides):
    path = sides.new.figures / "04-a.json"
    told = {"id": "news/04-a", "title": "A", "made_from": {"program": "x"}}
    path.write_text(json.dumps(told), encoding="utf-8")
    assert moved(report(sides)) == {}
    path.write_text(json.dumps(told | {"title": "B"}), encoding="utf-8")
    assert list(moved(report(sides))) == ["04-a.json"]


@pytest.mark.parametrize(("shade", "holds"), [(0.55, True), (0.7, False)])
def test_another_version_is_held_to_pixels(sides, shade, holds):
    picture(sides.new.figures / "04-a.png", shade)
    (sides.new.figures / "04-a.svg").write_text("other bytes", encoding="utf-8")
    assert set(moved(report(sides))) == {"04-a.png", "04-a.svg"}
    version = changed("packages", "matplotlib", "3.1")
    rows = report(Sides(sides.was, sides.new, sides.listed, version))
    assert (moved(rows) == {}) is holds
    assert (verification.wrong(rows) == 0) is holds


def test_pixels_of_pictures(tmp_path):
    one, other = tmp_path / "one.png", tmp_path / "other.png"
    part = np.full((10, 10, 3), 0.5)
    matplotlib.image.imsave(one, part)
    part[0, 0, 2] = 1
    matplotlib.image.imsave(other, part)
    assert verification.pixels(one, one) == 0
    assert verification.pixels(one, other) == 0.01
    matplotlib.image.imsave(other, part[:5])
    assert verification.pixels(one, other) == 1


def test_features_that_moved_and_a_record_that_is_gone(sides):
    sides.new.features.write_text("other", encoding="utf-8")
    sides.new.records["lines"].write_text("made", encoding="utf-8")
    text = changed("texts", "001", "2")
    told = moved(report(Sides(sides.was, sides.new, sides.listed, text)))
    assert told == {
        "data/news/features.parquet": "text: article 001 has changed",
        "data/news/lines.csv": "deleted: the rebuild writes it",
    }


def test_a_rebuild_that_stopped_is_told(sides):
    sides = Sides(sides.was, sides.new, sides.listed, changed("files", "data/news/themes.toml", ""))
    rows = report(sides, error="001.txt is not the text catalogued")
    assert moved(rows) == {"news": "001.txt is not the text catalogued"}
    assert verification.wrong(rows) == 2


def test_other_versions_alone_are_no_fault():
    version = ("version", "numpy was 1, is 2", "changed", "")
    assert verification.wrong([version]) == 0
    assert verification.wrong([version, ("table", "terms", "moved", "")]) == 2
    assert verification.wrong([("lock", "default.txt has changed", "changed", "")]) == 1


def test_code_that_gives_the_same_is_no_fault_where_results_count():
    code = ("code", "topics/model.py has changed", "changed", "")
    moved = ("table", "terms", "moved", "")
    assert [verification.wrong([code], results=given) for given in (False, True)] == [1, 0]
    assert verification.wrong([code, moved], results=True) == 2
    assert verification.wrong([("setting", "seed was 0, is 1", "changed", "")], results=True) == 1


@pytest.fixture
def news(make_corpus):
    """Make a corpus with all that may lie beside it."""
    corpus = make_corpus("news", {"a.txt": "Bees."}, 'encoder = "model2vec:models/small"\n')
    for name in ("labels/a.csv", "themes.toml"):
        (corpus.folder / name).parent.mkdir(exist_ok=True)
        (corpus.folder / name).write_text(name, encoding="utf-8")
    for name in (
        "models/small/x",
        "notebooks/01-a.ipynb",
        ".cache/x",
        "build/news/x",
        "CITATION.cff",
    ):
        (corpus.root / name).parent.mkdir(parents=True, exist_ok=True)
        (corpus.root / name).write_text(name, encoding="utf-8")
    return corpus


def test_lay_out_copies_what_is_worked_from_and_nothing_made(news, tmp_path):
    folder = tmp_path / "scratch"
    folder.mkdir()
    made = verification.lay_out(news, folder)
    assert made == Corpus("news", folder)
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found - {"models/small/x"} == {
        "CITATION.cff",
        "data/news/articles/a.txt",
        "data/news/corpus.toml",
        "data/news/themes.toml",
        "notebooks/01-a.ipynb",
    }
    assert (folder / "models/small/x").read_text() == "models/small/x"


PROGRAM = """import json, os, sys
from pathlib import Path
build = Path("build/news")
build.mkdir(parents=True)
(build / "build.json").write_text(json.dumps({"inputs": {"source": "texts"}}))
print("finding topics", file=sys.stderr)
print(os.environ["POLYTHEMES_CACHE"], sys.argv[1:], file=sys.stderr)
sys.exit(%d)
"""


@pytest.mark.parametrize(("code", "quick"), [(0, False), (3, True), (2, True)])
def test_rebuild_is_a_process_of_its_own(tmp_path, monkeypatch, code, quick):
    (tmp_path / "polythemes.py").write_text(PROGRAM % code, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    told = []
    ended = verification.rebuild(Corpus("news", tmp_path), say=told.append, quick=quick)
    last = f"{tmp_path / '.cache'} {['build' if quick else 'figures', 'news']}"
    assert told == ["finding topics", last]
    assert (ended.source, ended.error) == ("texts", last if code == 2 else "")


def test_rebuild_that_says_nothing(tmp_path, monkeypatch):
    (tmp_path / "polythemes.py").write_text("import sys; sys.exit(9)", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    ended = verification.rebuild(Corpus("news", tmp_path), say=print)
    assert (ended.source, ended.error) == ("", "the run ended with exit code 9")


def test_packages_that_draw_are_those_that_the_record_names():
    assert set(provenance.DRAWING) == causes.DRAWING
