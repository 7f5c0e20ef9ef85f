"""Actors: read from a list a person edits, found as words in their context, and counted."""

from __future__ import annotations

import math
from pathlib import Path

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given

from polythemes import actors, languages
from polythemes.actors import Actor
from polythemes.actors.folding import fold
from polythemes.errors import PolythemesError
from polythemes.repairs import simplified

ROOT = Path(__file__).resolve().parent.parent
TENCENT = '[[actor]]\nid = "tencent"\nsort = "company"\nnames = { en = ["Tencent"] }\n'


def listed(tmp_path: Path, *texts: str) -> list[Actor]:
    """Read actors from files of these texts."""
    paths = [tmp_path / f"{i}.toml" for i in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return actors.load(paths)


def one(actor_id: str, *names: str, unsure: tuple[str, ...] = (), needs: tuple[str, ...] = ()):
    return Actor(actor_id, "company", {"en": names} if names else {}, "", unsure, needs)


def passages(*texts: str, language: str = "en", article: str = "a") -> pd.DataFrame:
    rows = [
        (f"{article}-{i:02d}", article, language, 0, 10, text) for i, text in enumerate(texts, 1)
    ]
    columns = ["passage_id", "article_id", "language", "start", "words", "repaired"]
    return pd.DataFrame(rows, columns=columns)


def found(known: list[Actor], *texts: str, language: str = "en") -> list[tuple[str, str]]:
    """Give the actors found and what stands there."""
    given = passages(*texts, language=language)
    table = actors.find(given, known, plain=simplified)
    text = dict(zip(given["passage_id"], given["repaired"], strict=True))
    return [(m.actor_id, text[m.passage_id][m.start : m.end]) for m in table.itertuples()]


# The list


def test_the_project_s_list_is_right_and_speaks_the_five_languages():
    known = actors.load([ROOT / "data" / "actors.toml"])
    by_id = {actor.actor_id: actor for actor in known}
    assert set(languages.codes()) <= {code for actor in known for code in actor.names}
    assert {actor.sort for actor in known} == set(actors.SORTS)
    variants = {"Magic Core", "Phantom Core", "Fantasy Core"}
    assert variants <= set(by_id["huanhe"].unsure)
    assert by_id["wechat"].owner == "tencent"


def test_a_corpus_adds_actors_and_names(tmp_path):
    more = TENCENT.replace('en = ["Tencent"]', 'zh = ["腾讯"]').replace("company", "platform")
    known = listed(
        tmp_path, TENCENT, more + more.replace("tencent", "wechat").replace("腾讯", "微信")
    )
    assert [actor.actor_id for actor in known] == ["tencent", "wechat"]
    assert known[0].sure == ("Tencent", "腾讯")
    assert known[0].sort == "platform"


def test_a_list_that_is_not_there_is_empty(tmp_path):
    assert actors.load([tmp_path / "none.toml"]) == []
    assert listed(tmp_path, "# nobody yet\n") == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"tencent"', '"Ten cent"', r"line 6: id = 'Ten cent'; small letters.*id = \"red-note\""),
        ('id = "tencent"', "", r"line 5: there is no id; small letters"),
        ('"company"', '"firm"', r"line 7: sort = 'firm'; allowed are company, platform, product"),
        ("{ en", "{ xx", r"line 8: names = .*; no language is called xx; allowed are ar, de"),
        ('["Tencent"]', '"Tencent"', r"line 8: names = .*; lists of names by language"),
        ('["Tencent"]', '["T"]', r"line 8: names = .*; lists of names by language"),
        ('["Tencent"]', "[]", r"line 8: names = .*; give one name or more"),
        (
            "names =",
            "aka =",
            r"line 8: aka = .*; allowed are id, sort, names, owner, unsure, needs",
        ),
        ("names", "owner = 7\nnames", r"line 8: owner = 7; small letters"),
        ("names", 'owner = "x"\nnames', r"line 5: owner = 'x' of tencent is no other actor's id"),
        ("names", 'unsure = "QQ"\nnames', r"line 8: unsure = 'QQ'; a list of names"),
        (
            'names = { en = ["Tencent"] }',
            'unsure = ["QQ"]',
            r"line 5: there is no needs; with unsur",
        ),
        ("[[actor]]", "[actor]", r"actor = \{.*\}; only \[\[actor\]\] tables are allowed"),
        ("[[actor]]", "[[who]]", r"unknown key who; only \[\[actor\]\] tables are allowed"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, old, new, said):
    with pytest.raises(PolythemesError, match=said):
        listed(tmp_path, "# Actors\n# of the field\n\n\n" + TENCENT.replace(old, new, 1))


def test_ids_and_sure_names_are_those_of_one_actor(tmp_path):
    with pytest.raises(PolythemesError, match=r"line 5: the id 'tencent' stands at .*, line 1 too"):
        listed(tmp_path, TENCENT + TENCENT)
    other = TENCENT.replace('"tencent"', '"other"').replace("Tencent", "TENCENT")
    said = r"line 5: the name 'TENCENT' of other is one of tencent too .*line 1\); leave it with"
    with pytest.raises(PolythemesError, match=said):
        listed(tmp_path, TENCENT + other)


def test_names_for_other_programs():
    known = [
        Actor("tencent", "company", {"zh": ("腾讯",), "en": ("Tencent",)}),
        Actor("qq-music", "platform", {"zh": ("QQ音乐",)}),
        one("ant", unsure=("Ant",), needs=("Alipay",)),
    ]
    assert actors.aliases(known) == [("Tencent", "腾讯")]
    assert actors.words(known) == ("腾讯",)


# Finding


def test_names_are_words_in_scripts_with_blanks_and_stand_anywhere_in_han():
    known = [one("tiktok", "TikTok"), one("meta", "Meta"), one("xhs", "小红书")]
    assert found(known, "TikTokers met Metaphors, MetaX or xMeta.") == []
    assert found(known, "在TikTok上的小红书店") == [("tiktok", "TikTok"), ("xhs", "小红书")]
    assert found(known, "(TikTok)-Meta") == [("tiktok", "TikTok"), ("meta", "Meta")]


def test_the_longest_name_counts():
    known = [one("tiktok", "TikTok"), one("shop", "TikTok Shop"), one("live", "Shop Live")]
    assert found(known, "TikTok Shop Live") == [("shop", "TikTok Shop")]
    assert found(known, "TikTok Shops") == [("tiktok", "TikTok")]


def test_capitals():
    known = [one("about", "About You"), one("mlm", "multi-level marketing"), one("nft", "NFT")]
    assert found(known, "About you. about You") == []
    assert found(known, "About You, ABOUT YOU") == [("about", "About You"), ("about", "ABOUT YOU")]
    assert len(found(known, "Multi-level marketing, Multi-Level Marketing, Nft, nft")) == 3


def test_hyphens_apostrophes_and_line_ends_are_the_same():
    known = [one("about", "About You"), one("christies", "Christie's")]
    assert [m for m, _ in found(known, "About-You-Anteile, About\nYou, Christie’s")] == [
        "about",
        "about",
        "christies",
    ]


def test_endings_of_the_language():
    known = [one("tencent", "Tencent")]
    assert found(known, "Tencents Plan", language="de") == [("tencent", "Tencent")]
    assert found(known, "Tencentnya", language="id") == [("tencent", "Tencent")]
    assert found(known, "Tencents plan, Tencentnya", language="en") == []


def test_traditional_characters():
    known = [one("luo", "罗永浩")]
    assert found(known, "創業者羅永浩在抖音", language="zh") == [("luo", "羅永浩")]


def test_an_unsure_name_needs_its_context_in_the_article_and_its_case():
    sea = one("sea", unsure=("Sea",), needs=("Shopee",))
    assert found([sea], "The Sea was calm.") == []
    assert found([sea], "The share of Sea fell.", "It owns Shopee.") == [("sea", "Sea")]
    assert found([sea], "e-Conomy SEA", "Shopee") == []
    zhang = one("zhang", "Daniel Zhang", unsure=("Mr Zhang",))
    assert len(found([zhang], "Mr Zhang left.", "Daniel Zhang wrote.")) == 2
    assert found([zhang], "Mr Zhang left.") == []
    otto = one("otto", unsure=("Otto",), needs=("Versand",))
    assert found([otto], "Otto und der Versandhandel") == [("otto", "Otto")]
    assert found([otto], "Otto und die Onlineversander") == []


def test_context_does_not_leak_into_other_articles():
    sea = one("sea", unsure=("Sea",), needs=("Shopee",))
    both = [passages("Sea and Shopee", article="a"), passages("the Sea", article="b")]
    table = actors.find(pd.concat(both, ignore_index=True), [sea])
    assert list(table["article_id"]) == ["a"]


def test_order_of_passages_and_actors_does_not_matter():
    known = [one("tiktok", "TikTok"), one("shop", "TikTok Shop"), one("qq", "QQ")]
    rows = passages("TikTok Shop or QQ", "QQ and TikTok")
    expected = actors.find(rows, known)
    pd.testing.assert_frame_equal(actors.find(rows.iloc[::-1], known[::-1]), expected)
    assert list(expected["name"]) == ["TikTok Shop", "QQ", "QQ", "TikTok"]


def test_nobody_to_look_for():
    assert actors.find(passages("TikTok"), []).empty
    assert actors.find(passages(), [one("tiktok", "TikTok")]).empty


@given(st.text(max_size=60))
def test_folding_keeps_every_character_in_its_place(text):
    assert len(fold(text, simplified)) == len(text)


@given(st.text(alphabet="TikTokShop 小红书.-s", max_size=40))
def test_mentions_are_apart_and_hold_the_name(text):
    known = [one("tiktok", "TikTok"), one("shop", "TikTok Shop"), one("xhs", "小红书")]
    table = actors.find(passages(text), known)
    ends = [0, *table["end"]]
    assert all(start >= end for start, end in zip(table["start"], ends, strict=False))
    for mention in table.itertuples():
        assert fold(text[mention.start : mention.end]) == fold(mention.name)


# Counting


def mentioned(*rows: tuple[str, str]) -> pd.DataFrame:
    """Make mentions of (actor, passage); the article is the passage's first letter."""
    columns = ["actor_id", "passage_id", "article_id", "start", "end", "name"]
    told = [(actor, p, p[0], i, i + 1, actor) for i, (actor, p) in enumerate(rows)]
    return pd.DataFrame(told, columns=columns)


PASSAGES = pd.DataFrame(
    [("a1", "a", "de", 30), ("a2", "a", "de", 10), ("b1", "b", "zh", 60), ("c1", "c", "en", 50)],
    columns=["passage_id", "article_id", "language", "words"],
)
SHARES = pd.DataFrame(
    [(p, t, s) for p, own in {"a1": 0.8, "a2": 0.4, "b1": 0.2, "c1": 0.0}.items()
     for t, s in (("live", own), ("rest", 1 - own))],
    columns=["passage_id", "theme_id", "share"],
)  # fmt: skip


def test_actors_are_counted():
    rows = mentioned(("x", "a1"), ("x", "a1"), ("x", "b1"), ("y", "a2"), ("y", "a2"))
    table = actors.table([one("y", "Y Inc"), one("x", "X Inc"), one("z", "Z Inc")], rows, PASSAGES)
    assert table.to_numpy().tolist() == [
        ["x", "company", "X Inc", "", 3, 2, 2, "de, zh"],
        ["y", "company", "Y Inc", "", 2, 1, 1, "de"],
    ]
    by_article = actors.by_article(rows, PASSAGES)
    assert by_article.to_numpy().tolist() == [
        ["a", "x", 2, 1, 0.75],
        ["a", "y", 2, 1, 0.25],
        ["b", "x", 1, 1, 1.0],
    ]


def test_links_count_passages_not_mentions():
    rows = mentioned(("y", "a1"), ("x", "a1"), ("x", "a1"), ("x", "b1"), ("y", "c1"), ("z", "c1"))
    assert actors.links(rows).to_numpy().tolist() == [["x", "y", 1, 0.5], ["y", "z", 1, 0.7071]]


def test_themes_are_weighted_by_words():
    rows = mentioned(("x", "a1"), ("x", "a1"), ("x", "a2"), ("x", "b1"), ("y", "a2"))
    table = actors.themes(rows, SHARES, PASSAGES, resamples=200, seed=1).set_index("actor_id")
    live = table[table["theme_id"] == "live"]
    # (30 * 0.8 + 10 * 0.4 + 60 * 0.2) / 100
    assert live.loc["x", "share"] == pytest.approx(0.4)
    # Two articles: each alone is an end of the interval (28 / 40 and 12 / 60).
    assert (live.loc["x", "low"], live.loc["x", "high"]) == (pytest.approx(0.2), pytest.approx(0.7))
    assert (live.loc["x", "passages"], live.loc["x", "articles"]) == (3, 2)
    assert math.isnan(live.loc["y", "low"])
    assert math.isnan(live.loc["y", "high"])
    assert live["small"].all()
    assert table.groupby("actor_id")["share"].sum().round(6).eq(1).all()


def test_another_actor_moves_no_interval():
    rows = mentioned(("x", "a1"), ("x", "b1"), ("x", "c1"))
    alone = actors.themes(rows, SHARES, PASSAGES, resamples=50)
    more = mentioned(("x", "a1"), ("x", "b1"), ("x", "c1"), ("a", "a1"), ("a", "c1"))
    both = actors.themes(more.iloc[::-1], SHARES, PASSAGES, resamples=50)
    pd.testing.assert_frame_equal(both[both["actor_id"] == "x"].reset_index(drop=True), alone)


def test_five_articles_are_no_small_group():
    names = list("abcde")
    of = pd.DataFrame([(n + "1", n, "en", 9) for n in names], columns=PASSAGES.columns)
    shares = pd.DataFrame([(n + "1", "rest", 1.0) for n in names], columns=SHARES.columns)
    for count in (4, 5):
        rows = mentioned(*(("x", name + "1") for name in names[:count]))
        assert list(actors.themes(rows, shares, of, resamples=20)["small"]) == [count == 4]


def test_nobody_is_mentioned():
    rows = mentioned()
    for table in (
        actors.table([one("x", "X Inc")], rows, PASSAGES),
        actors.by_article(rows, PASSAGES),
        actors.links(rows),
        actors.themes(rows, SHARES, PASSAGES),
    ):
        assert table.empty


# Candidates


def suggested(*texts: str, language: str = "en", known: tuple[Actor, ...] = ()) -> list[str]:
    rows = passages(*texts, language=language)
    table = actors.candidates(rows, known, actors.find(rows, known), plain=simplified)
    return list(table["name"])


def test_names_that_recur_are_suggested():
    texts = ("Here Globex sells with Acme Corp.", "Now Globex and Acme Corp part, says Initech.")
    assert suggested(*texts) == ["Acme Corp", "Globex"]
    assert suggested(*texts, known=(one("globex", "Globex"),)) == ["Acme Corp"]


def test_what_opens_a_sentence_months_countries_and_words_are_no_names():
    assert suggested("Today it rains. We ran.", "Today it snows. We ran.") == []
    assert suggested("It was May in Italy.", "It was May in Italy.") == []
    assert suggested("He read a Book, a book.", "She read a Book, no book.") == []
    assert suggested("In Globex we trust, in all.", "In Globex we trust.") == ["Globex"]


def test_every_german_noun_has_a_capital():
    texts = ("Der Handel bei Globex wächst.", "Der Handel bei Globex sinkt.")
    assert suggested(*texts, language="de") == []
    strange = [text.replace("Globex", "GloBex") for text in texts]
    assert suggested(*strange, language="de") == ["GloBex"]
    quoted = [text.replace("Globex", "„Globex“") for text in texts]
    assert suggested(*quoted, language="de") == ["Globex"]


def test_quoted_names_of_any_script():
    texts = (
        "平台“创作者中心”与《屏幕》上线，",
        "推出“创作者中心”，见《屏幕》。他说“这样不行，真的”",
    )
    assert suggested(*texts, language="zh") == ["创作者中心", "屏幕"]


def test_an_entry_can_be_put_into_the_list(tmp_path):
    rows = passages("叫“晴哥拉”的人", "“晴哥拉”开播", language="zh")
    table = actors.candidates(rows, [], actors.find(rows, []))
    (actor,) = listed(tmp_path, table["entry"].iloc[0])
    assert (actor.actor_id, actor.sure) == ("qing-ge-la", ("晴哥拉",))
    assert (table["passages"].iloc[0], table["first"].iloc[0]) == (2, "a-01")


# The record of the sample


def test_the_sample_s_record_holds_what_was_read():
    kinds = {"article_id": str, "actor_id": str}
    keys = ["article_id", "actor_id", "start"]
    record = pd.read_csv(ROOT / "data/sample/mentions.csv", dtype=kinds)
    gold = pd.read_csv(ROOT / "data/sample/gold/actors.csv", dtype=kinds)
    right = len(record.merge(gold, on=keys))
    assert right / len(record) >= 0.98
    assert right / len(gold) >= 0.95
