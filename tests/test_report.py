"""The report: filled from tables, the same bytes every time, and nothing in it can run."""

from __future__ import annotations

import json
import re
import runpy
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest

from polythemes import report
from polythemes.errors import PolythemesError
from polythemes.paths import Corpus
from polythemes.report import document, facts, fonts, lists, page, pictures, words
from polythemes.settings import Settings

HERE = Path(__file__).parent
chromium, page_tables = (
    SimpleNamespace(**runpy.run_path(str(HERE / name)))
    for name in ("chromium.py", "page_tables.py")
)
HASH = "0123456789abcdef" * 4
FILES = ("features.parquet", "catalogue.csv", "themes.toml", "program")
RECORD = {"inputs": {"encoder": "test 1", "packages": "Python 3", **dict.fromkeys(FILES, HASH)}}
SETTINGS = Settings(title="Bees, 直播")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><path d="M0 0h40v20z"/></svg>'


@pytest.fixture(scope="module")
def tables():
    return page_tables.everything()


@pytest.fixture
def corpus(tmp_path):
    """Make a corpus with three figures."""
    made = Corpus("bees", tmp_path)
    made.figures.mkdir(parents=True)
    for name, cell in (("04-themes-share", 2), ("04-themes-evidence", 3), ("01-articles-kept", 1)):
        figure(made, name, cell=cell)
    return made


def figure(corpus, name, **more):
    told = {"id": f"bees/{name}", "title": "T", "caption": f"What {name} shows.", "alt": "Bars."}
    (corpus.figures / f"{name}.svg").write_text(SVG, encoding="utf-8")
    text = json.dumps(told | more)
    (corpus.figures / f"{name}.json").write_text(text, encoding="utf-8")


def content(corpus, tables, **more):
    return report.content(corpus, tables, SETTINGS, RECORD, **more)


class Reader(HTMLParser):
    """Gather the tags of a page with their attributes, and its text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


def test_numbers_are_those_of_the_tables(corpus, tables):
    made = content(corpus, tables)
    said = " ".join(made["summary"])
    passages = tables["passages"]
    assert "5 articles in German, English, Indonesian, Italian and Chinese" in said
    assert f"{len(passages)} passages with {passages['words'].sum():,} words" in said
    assert "4 articles the catalogue gives a date, from 2011-02 to 2014-05" in said
    assert "4 topics: " in said
    assert "5 themes were looked for" in said
    limits = " ".join(made["limits"])
    assert "0.14 (95 % interval 0.10 to 0.20)" in limits
    assert "5 of 5 articles are machine translations" in limits
    assert "1 of 5 articles have no date" in limits
    methods = " ".join(made["methods"])
    assert f"features {HASH[:12]}, " in methods
    assert f"Seed {SETTINGS.seed}." in methods


def test_sentences_that_do_not_hold_are_left_out(corpus, tables):
    plain = tables["articles"].assign(form="original", date="2020", language="de")
    made = content(corpus, tables | {"articles": plain, "actors": tables["actors"].head(0)})
    said = " ".join([*made["summary"], *made["limits"]])
    for part in ("machine translation", "no date", "single article", "actor"):
        assert part not in said


def test_every_fact_is_said(tables):
    known = facts.gathered(tables, SETTINGS, RECORD)
    text = (report.page.resources.files(report.HOME) / "words.toml").read_text("utf-8")
    assert set(re.findall(r"{(\w+)}|when = \"(\w+)\"", text)) >= {("languages", "")}
    named = {one for pair in re.findall(r"{(\w+)}|when = \"(\w+)\"", text) for one in pair if one}
    assert set(known) == named - {"names"}


def test_missing_fact_is_an_error(tables):
    known = facts.gathered(tables, SETTINGS, RECORD)
    del known["kept"]
    with pytest.raises(PolythemesError, match=r"names 'kept' in \[\[summary\]\], which nothing"):
        words.said("summary", known)


def test_record_that_lacks_something(tables):
    with pytest.raises(PolythemesError, match=r"lacks encoder, packages.*run `polythemes build`"):
        facts.gathered(tables, SETTINGS, {})


def test_figures_in_the_order_of_their_cells(corpus):
    found = pictures.of(corpus)
    assert [one.id for one in found] == [
        "bees/01-articles-kept",
        "bees/04-themes-share",
        "bees/04-themes-evidence",
    ]
    assert [one.heading for one in found] == ["What was collected", "Themes", "Themes"]


def test_what_a_killed_run_left_is_no_figure(corpus):
    (corpus.figures / ".04-themes-share-0123456789ab.svg").write_text("<sv", encoding="utf-8")
    assert len(pictures.of(corpus)) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "04-themes-share.json is missing or damaged"),
        ("{", "is missing or damaged"),
        ("[]", "lacks id, title, caption, alt"),
        ('{"id": "a", "title": "b", "alt": ""}', "lacks caption, alt"),
    ],
)
def test_figure_of_which_nothing_is_told(corpus, text, said):
    path = corpus.figures / "04-themes-share.json"
    path.unlink() if text is None else path.write_text(text, encoding="utf-8")
    with pytest.raises(PolythemesError, match=said):
        pictures.of(corpus)


def test_corpus_without_figures(tmp_path):
    with pytest.raises(PolythemesError, match="holds no figure; run `polythemes figures bees`"):
        pictures.of(Corpus("bees", tmp_path))


def test_page_holds_all_and_asks_for_nothing(corpus, tables):
    read = Reader(report.html(content(corpus, tables)))
    images = [told for tag, told in read.tags if tag == "img"]
    assert [one["alt"] for one in images] == ["Bars."] * 3
    assert all(one["src"].startswith("data:image/svg+xml;base64,") for one in images)
    assert "What 04-themes-share shows." in read.text
    assert "bees/04-themes-share" in read.text
    places = {v for _, told in read.tags for k, v in told.items() if k in {"src", "href"}}
    assert {one for one in places if one[0] != "#" and not one.startswith("data:")} == {
        "explorer.html"
    }
    assert "script" not in {tag for tag, _ in read.tags}
    (allowed,) = [t["content"] for _, t in read.tags if "Content-Security" in str(t)]
    assert allowed.startswith("default-src 'none'; script-src 'none'")
    ids = [told["id"] for _, told in read.tags if "id" in told]
    assert len(ids) == len(set(ids))
    assert {told["href"][1:] for _, told in read.tags if told.get("href", "")[:1] == "#"} <= {*ids}


def test_who_cannot_see_or_point_is_not_kept_out(corpus, tables):
    text = report.html(content(corpus, tables))
    assert page_tables.hindrances(text) == []
    for good, bad, said in (
        ("<h3", "<h5", "h2 then h5"),
        ('alt="Bars."', 'alt=""', "img"),
        ('lang="en"', "", "lang"),
        ("--soft: #555", "--soft: #999", "#999 is pale"),
        ('id="limits"', 'id="limit"', "aria-labelledby limits"),
    ):
        assert any(said in one for one in page_tables.hindrances(text.replace(good, bad)))


def test_texts_only_where_asked_for(corpus, tables):
    told = {one: f"Sentence of {one}." for one in tables["passages"]["passage_id"]}
    plain = report.html(content(corpus, tables | {"passages": tables["passages"].assign(text="S")}))
    assert "for your own machine" not in plain
    assert "Sentence of" not in plain
    shown = report.html(content(corpus, tables, texts=told))
    assert "for your own machine" in shown
    first = tables["evidence"]["passage_id"].iloc[0]
    assert f"Sentence of {first}." in shown


def test_harm_is_shown_as_text(corpus):
    figure(corpus, "05-actors-x", title=page_tables.HARM[1], alt=page_tables.HARM[1])
    figure(corpus, "05-actors-y", caption=page_tables.HARM[0])
    made = content(corpus, page_tables.harmful())
    made["title"] = made["rights"] = page_tables.HARM[0]
    text = report.html(made)
    read = Reader(text)
    assert {tag for tag, _ in read.tags} & {"script", "b"} == set()
    assert not [told for _, told in read.tags if {"onerror", "onclick"} & {*told}]
    assert [told for tag, told in read.tags if tag == "img" and told.get("src") == "x"] == []
    assert page_tables.HARM[0] in read.text
    assert "a[U+202E]b[U+0007]c" in read.text
    assert not re.search("[\u202e\x07]", text)
    assert document.pdf(made).startswith(b"%PDF")


def test_same_bytes_twice_and_no_date(corpus, tables, tmp_path):
    made = content(corpus, tables)
    first, second = report.write(made, tmp_path / "a"), report.write(made, tmp_path / "b")
    assert [one.name for one in first] == ["index.html", "report.pdf"]
    for one, other in zip(first, second, strict=True):
        assert one.read_bytes() == other.read_bytes()
    pdf = first[1].read_bytes()
    assert b"CreationDate" not in pdf
    for one in first:
        assert str(tmp_path).encode() not in one.read_bytes()


def test_order_of_rows_does_not_matter(corpus, tables):
    turned = {name: one.iloc[::-1] for name, one in tables.items() if name != "themes"}
    for name in ("topics", "actors"):
        turned[name] = tables[name]
    assert lists.evidence(tables, {}) == lists.evidence(tables | turned, {})
    assert lists.articles(tables) == lists.articles(tables | turned)


def test_long_lists_are_cut_and_say_so(tables, monkeypatch):
    monkeypatch.setattr(lists, "ARTICLES", 2)
    made = lists.articles(tables)
    assert len(made["rows"]) == 2
    assert made["note"] == "Shown are 2 of 5 articles."


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0 %"), (0.001, "<1 %"), (0.234, "23 %"), (1, "100 %")]
)
def test_percent(share, said):
    assert facts.percent(share) == said.replace(" ", "\u00a0")


def test_names_in_a_sentence():
    assert facts.among([]) == ""
    assert facts.among(["a"]) == "a"
    assert facts.among(["a", "b", "c"]) == "a, b and c"
    assert facts.among("abcdef", 3) == "a, b, c and 3 more"


def test_data_in_a_script_cannot_end_it():
    text = page.data({"a": ["</script>", "<!--", "&", "\u2028"]})
    assert not re.search("[<>&\u2028]", text)
    assert json.loads(text) == {"a": ["</script>", "<!--", "&", "\u2028"]}
    with pytest.raises(ValueError, match="JSON"):
        page.data(float("nan"))


def test_template_that_asks_for_what_is_missing():
    with pytest.raises(PolythemesError, match=r"report\.html asks for what is missing"):
        page.page(report.HOME, "report.html", report={}, style="", policy="")


def test_font_holds_the_han_characters_alone():
    from polythemes.figures.fonts import bundled

    small, large = fonts.face("abc 直", bundled()), fonts.face("abc 直播平台", bundled())
    assert 0 < len(small) < len(large) < 20_000
    assert fonts.face("abc ü", bundled()) == ""
    assert fonts.face("播直", bundled()) == fonts.face("直 播 x", bundled())


@pytest.mark.skipif(chromium.program() is None, reason="no Chromium on this machine")
def test_in_a_browser(corpus, tmp_path):
    made = content(corpus, page_tables.harmful())
    (path, *_) = report.write(made, tmp_path / "out", pdf=False)
    with chromium.page(tmp_path / "profile") as shown:
        for width in (1280, 400):
            shown.open(path.as_uri(), width)
            assert shown.run("document.documentElement.scrollWidth") <= width
            assert shown.run("window.harmed") is None
            assert shown.run("[...document.images].every(one => one.naturalWidth > 0)")
        assert shown.errors == []
        asked = [one for one in shown.requests if not one.startswith("data:")]
        assert set(asked) <= {path.as_uri(), "about:blank"}
