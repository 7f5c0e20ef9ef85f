"""The explorer: all of the tables, the same bytes, and in a browser it does what it says."""

from __future__ import annotations

import json
import re
import runpy
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest

from polythemes import explorer
from polythemes.explorer import rows

HERE = Path(__file__).parent
chromium, page_tables = (
    SimpleNamespace(**runpy.run_path(str(HERE / name)))
    for name in ("chromium.py", "page_tables.py")
)


@pytest.fixture(scope="module")
def tables():
    return page_tables.everything()


def held(page):
    """Read the data of a page back."""
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    return json.loads(data)


def test_columns_are_those_of_the_tables(tables):
    told = rows.gathered(tables, texts={})
    own, passages = told["passages"], tables["passages"]
    assert own["id"] == list(passages["passage_id"])
    assert own["text"] == []
    for column, values in own.items():
        assert column in {"text", "evidence"} or len(values) == len(passages), column
    assert [told["articles"][i]["id"] for i in own["article"]] == list(passages["article_id"])
    assert [told["languages"][i]["id"] for i in own["language"]] == list(passages["language"])
    shares = tables["theme_shares"].set_index(["passage_id", "theme_id"])["share"]
    themes = [one["id"] for one in told["themes"]]
    for i in (0, 7, 40):
        wanted = [round(1000 * shares[own["id"][i], one]) for one in themes]
        assert own["themes"][i] == wanted
    near = dict(tables["neighbours"][["passage_id", "neighbour_id"]].itertuples(index=False))
    assert [own["id"][i] for i in own["near"]] == [near[one] for one in own["id"]]
    assert len(own["evidence"]) == len(tables["evidence"])


def test_terms_most_frequent_first(tables):
    told = rows.gathered(tables, texts={})
    of = tables["terms"][tables["terms"]["passage_id"] == told["passages"]["id"][3]]
    wanted = of.sort_values(["count", "term"], ascending=[False, True])["term"]
    assert [told["terms"][i] for i in told["passages"]["terms"][3]] == list(wanted)


def test_colours_are_those_of_the_figures(tables):
    told = rows.gathered(tables, texts={})
    from polythemes.figures import style

    assert {one["id"]: one["colour"] for one in told["themes"]} == style.themes(
        tables["themes"]["theme_id"]
    )
    assert {one["colour"] for one in told["languages"]} == {
        style.language(one["id"]) for one in told["languages"]
    }


def test_same_bytes_whatever_the_order_of_rows(tables):
    turned = {n: t if n in {"themes", "actors", "evidence"} else t[::-1] for n, t in tables.items()}
    assert explorer.html(tables, name="a") == explorer.html(turned, name="a")


def test_no_text_unless_it_is_given(tables):
    tables = tables | {"passages": tables["passages"].assign(text="A sentence.")}
    assert "A sentence." not in explorer.html(tables, name="a")
    told = dict.fromkeys(tables["passages"]["passage_id"], "A sentence.")
    page = explorer.html(tables, name="a", texts=told)
    assert "for your own machine" in page
    assert held(page)["passages"]["text"] == ["A sentence."] * len(told)


def test_harm_stays_within_the_data():
    page = explorer.html(page_tables.harmful(), name="a", title=page_tables.HARM[0])
    assert len(re.findall("<script", page)) == 2
    assert not re.search("<(img|b)[ >]|[\u202e\x07\u2028]", page)
    assert page_tables.HARM[0] + "0" in {one["label"] for one in held(page)["themes"]}


def test_who_cannot_see_or_point_is_not_kept_out(tables):
    assert page_tables.hindrances(explorer.html(tables, name="a", title="Bees")) == []


def test_in_a_notebook(tables):
    shown = explorer.show(tables, name="a", title="Bees")
    frame = shown._repr_html_()
    assert frame.startswith("<iframe srcdoc=")
    assert 'sandbox="allow-scripts"' in frame
    assert unescape(frame.split('"')[1]) == explorer.html(tables, name="a", title="Bees")
    assert repr(shown) == "Shown(explorer)"


def test_in_a_notebook_texts_stand_where_they_are(tables):
    plain = explorer.show(tables, name="a").page
    absent = tables | {"passages": tables["passages"].assign(text="")}
    assert explorer.show(absent, name="a").page == plain
    some = tables["passages"].assign(text=["A sentence.", *[None] * (len(tables["passages"]) - 1)])
    own = held(explorer.show(tables | {"passages": some}, name="a").page)["passages"]["text"]
    assert own == ["A sentence.", *[""] * (len(own) - 1)]


@pytest.fixture
def browser(tmp_path):
    """Open explorers in a browser; each must ask for nothing and complain of nothing."""
    if chromium.program() is None:
        pytest.skip("no Chromium on this machine")
    with chromium.page(tmp_path / "profile") as shown:

        def start(tables, hash_="", width=1280, **more):
            path = tmp_path / "explorer.html"
            path.write_text(explorer.html(tables, name="a", **more), encoding="utf-8")
            shown.open(path.as_uri() + hash_, width)
            return shown

        yield start
        assert shown.errors == []
        here = (tmp_path / "explorer.html").as_uri()
        for one in shown.requests:
            assert one.split("#")[0] in {here, "about:blank"} or one.startswith("data:")


def says(page, name="status"):
    return page.run(f"document.getElementById('{name}').textContent")


def fill(page, name, value):
    page.run(
        f"(() => {{ const one = document.getElementById('{name}'); one.value = {json.dumps(value)};"
        "one.dispatchEvent(new Event('input', {bubbles: true})) })()"
    )


def test_filters(browser, tables):
    page = browser(tables)
    passages = tables["passages"]
    total = len(passages)
    assert says(page) == f"{total} of {total} passages"
    of = passages["language"]
    fill(page, "language", "zh")
    assert says(page) == f"{(of == 'zh').sum()} of {total} passages"
    shares = tables["theme_shares"].merge(passages[["passage_id", "language"]])
    own = shares[(shares["theme_id"] == "ads") & (shares["share"] >= 0.5)]
    fill(page, "theme", "ads")
    fill(page, "least", "50")
    assert says(page) == f"{(own['language'] == 'zh').sum()} of {total} passages"
    fill(page, "language", "")
    assert says(page) == f"{len(own)} of {total} passages"
    page.run("document.getElementById('reset').click()")
    fill(page, "article", "002")
    assert says(page) == f"{(passages['article_id'] == '002').sum()} of {total} passages"
    page.run("document.getElementById('reset').click()")
    named = tables["mentions"]["actor_id"].eq("actor-01").sum()
    fill(page, "actor", "actor-01")
    assert says(page) == f"{named} of {total} passages"
    page.run("document.getElementById('reset').click()")
    member = tables["topic_members"]["topic_id"].eq(2).sum()
    fill(page, "topic", "2")
    assert says(page) == f"{member} of {total} passages"


def test_dates(browser, tables):
    page = browser(tables)
    for date, start, end, holds in (
        ("2014", "2014-11", "2015", True),
        ("2014-11", "2014", "2014", True),
        ("2014-11-05", "2014-11-06", "", False),
        ("2014-11", "", "2014-10", False),
        ("2014", "", "", True),
        ("", "2014", "", False),
    ):
        assert page.run(f"within({date!r}, {start!r}, {end!r})") is holds


def test_search_in_any_script(browser, tables):
    page = browser(tables)
    terms, total = tables["terms"], len(tables["passages"])
    for asked, word in (("直播", "直播"), ("PUBBLICITA", "pubblicità"), ("grosse", "Größe")):
        fill(page, "q", asked)
        found = terms.loc[terms["term"].eq(word), "passage_id"].nunique()
        assert says(page) == f"{found} of {total} passages"
    both = terms[terms["term"].isin(["直播", "电商"])].groupby("passage_id")["term"].nunique().eq(2)
    fill(page, "q", " 直播  电商 ")
    assert says(page) == f"{both.sum()} of {total} passages"


def test_address_brings_the_view_back(browser, tables):
    page = browser(tables)
    fill(page, "q", "直播")
    fill(page, "colour", "language")
    page.run("document.querySelector('#list button').click()")
    told = says(page)
    assert "; chosen: 002:" in told
    assert says(page, "chosen") == page.run(
        "document.activeElement.querySelector('h2').textContent"
    )
    address = page.run("location.hash")
    assert page.run("document.getElementById('share').getAttribute('href')") == address
    page = browser(tables, hash_=address)
    assert says(page) == told
    assert page.run("document.getElementById('colour').value") == "language"
    page = browser(tables, hash_="#theme=none&passage=none&colour=%22%3E&least=1")
    total = len(tables["passages"])
    assert says(page) == f"{total} of {total} passages"


def test_map_by_mouse_and_by_keys(browser, tables):
    page = browser(tables)
    x, y = page.run(
        "(() => { const box = canvas.getBoundingClientRect();"
        "return [box.x + across(9), box.y + down(9)] })()"
    )
    nearest = page.run("P.id[at(across(9), down(9))]")
    page.click(x, y)
    assert says(page, "chosen") == f"Passage {nearest}"
    page.run("canvas.focus()")
    before = page.run("across(chosen)")
    page.press("ArrowRight", 39)
    assert says(page, "chosen") != f"Passage {nearest}"
    assert page.run("across(chosen)") > before
    scale = page.run("view.scale")
    page.press("+", 187, "+")
    assert page.run("view.scale") == pytest.approx(1.4 * scale)
    page.press("Escape", 27)
    assert says(page, "chosen") == "No passage chosen"


def test_neighbour_is_a_click_away(browser, tables):
    first = tables["passages"]["passage_id"].iloc[0]
    near = tables["neighbours"].set_index("passage_id")["neighbour_id"][first]
    page = browser(tables, hash_=f"#passage={first}")
    page.run("document.querySelector('#told dd button').click()")
    assert says(page, "chosen") == f"Passage {near}"


def test_nothing_in_the_data_runs(browser):
    told = dict.fromkeys(page_tables.everything()["passages"]["passage_id"], page_tables.HARM[1])
    page = browser(page_tables.harmful(), width=400, texts=told, title=page_tables.HARM[0])
    for _ in range(3):
        page.run("document.querySelectorAll('#list button')[2].click()")
    assert page.run("window.harmed") is None
    assert page.run("document.querySelectorAll('img, b b').length") == 0
    assert page.run("document.documentElement.scrollWidth") <= 400
