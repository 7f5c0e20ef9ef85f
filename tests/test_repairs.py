"""What was done to a text is undone, and nothing else: every change can be followed."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polythemes import repairs
from polythemes.errors import PolythemesError
from polythemes.repairs import SORTS, Repair, apply, find, repair, simplified
from polythemes.repairs.edits import compose, origin, trimmed
from polythemes.repairs.lexicon import following, lexicon
from polythemes.repairs.phrases import repeated
from polythemes.repairs.stuffing import copies
from polythemes.repairs.table import characters, entry

ROOT = Path(__file__).resolve().parent.parent

#: Pieces of texts in which every sort of repair can be found, and pieces that must stay.
PIECES = [
    "我",
    "的",
    "嘚",
    "合",
    "匼",
    "作",
    "平",
    "岼",
    "台",
    "囼",
    "直",
    "矗",
    "播",
    "，",
    "。",
    "立",
    "小红书",
    "自助下单平台",
    "１",
    "２",
    "，",
    "％",
    "Ｎ",
    "ﬁ",
    "ｶ",
    "ﾞ",
    "e",
    "\u0301",
    "a",
    "а",
    "Т",
    "T",
    "α",
    "Ж",
    " ",
    "\n",
    "\u200b",
    "\u00a0",
    "\ufeff",
    "\u200d",
    "\ufe0f",
    "❤",
    "Ã",
    "¼",
    "â",
    "€",
    "™",
    "\x93",
    "\ud800",
    "\udfff",
    "ب",
    "\u200c",
    "かな",
    "電",
    "①",
    "0",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
LANGUAGES = st.sampled_from(["zh", "en", "de", "ru", "ar"])


def mend(text: str, language: str = "en", names: Sequence[str] = ()) -> str:
    """Repair a text and check that the repairs say what was done."""
    mended, repairs = repair(text, language, names=names)
    check(text, repairs)
    assert apply(text, repairs) == mended
    return mended


def check(text: str, repairs: Sequence[Repair]) -> None:
    """Hold repairs to what a reader of the record may rely on."""
    for one in repairs:
        assert text[one.start : one.end] == one.before != one.after
        assert one.sort in SORTS
        assert one.reason
    for one, other in pairwise(repairs):
        assert one.end <= other.start
        assert one.start < other.start


class TestOffsets:
    @given(TEXTS, LANGUAGES)
    def test_repairs_are_sorted_and_give_the_repaired_text(self, text: str, language: str) -> None:
        mend(text, language, ["小红书"])

    @given(TEXTS, st.lists(st.integers(0, 120), max_size=6))
    def test_spans_that_join_give_texts_that_join(self, text: str, cuts: list[int]) -> None:
        mended, repairs = repair(text, "zh", names=["小红书"])
        ends = sorted({0, len(text), *(min(cut, len(text)) for cut in cuts)})
        assert "".join(apply(text, repairs, *span) for span in pairwise(ends)) == mended

    def test_a_repair_belongs_to_the_span_it_starts_in(self) -> None:
        text = "Der ﬁnanzierte Kauf"
        _, repairs = repair(text, "de", names=())
        assert apply(text, repairs, 4, 5) == "fi"
        assert apply(text, [Repair(2, 6, "", "X", "width", "r")], 4, 8) == text[6:8]

    @given(TEXTS, st.data())
    def test_two_rounds_are_one(self, text: str, data: st.DataObject) -> None:
        first = data.draw(edits(text))
        middle = apply(text, first)
        second = data.draw(edits(middle))
        joined = compose(text, first, second)
        check(text, joined)
        assert apply(text, joined) == apply(middle, second)

    def test_what_was_deleted_before_a_repair_stays_a_repair_of_its_own(self) -> None:
        _, repairs = repair("Das\u200b ﬁel auf", "de", names=())
        assert [(r.start, r.before, r.after) for r in repairs] == [
            (3, "\u200b", ""),
            (5, "ﬁ", "fi"),
        ]

    def test_repairs_that_touch_the_same_characters_become_one(self) -> None:
        text = "我们在小红\u200b书自助下单岼台买。"
        stuffed = "".join(
            f"第{n}位说小红书自助下单平台{w}。"
            for n, w in enumerate("好坏快慢新旧大小多少贵香甜美")
        )
        _, repairs = repair(stuffed + text, "zh", names=["小红书"])
        last = repairs[-1]
        assert (last.before, last.after) == ("小红\u200b书自助下单岼台", "小红书")
        assert last.sort == "stuffing"
        assert "zero width space" in last.reason

    def test_trimmed(self) -> None:
        assert trimmed(0, "same", "same", "width", "") is None
        assert trimmed(3, "aaa", "aa", "width", "") == Repair(5, 6, "a", "", "width", "")


@st.composite
def edits(draw: st.DrawFn, text: str) -> list[Repair]:
    """Draw changes of a text that replace or delete, as the rounds do."""
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    spans = [span for span in pairwise(cuts) if draw(st.booleans())]
    news = [draw(st.text("xyz", max_size=3)) for _ in spans]
    return [
        Repair(a, b, text[a:b], new, "width", "drawn")
        for (a, b), new in zip(spans, news, strict=True)
        if text[a:b] != new
    ]


class TestBadInput:
    @pytest.mark.parametrize("text", ["", " ", "\n", "\ud800", "a\udfffb\ud83d", "\x00", "\ufeff"])
    @pytest.mark.parametrize("language", ["zh", "en", "xx"])
    def test_odd_texts_pass(self, text: str, language: str) -> None:
        mend(text, language)

    def test_lone_surrogates_do_not_stop_what_is_beside_them(self) -> None:
        assert mend("\ud800双方匼作\udfff", "zh") == "\ud800双方合作\udfff"
        assert simplified("\ud800電商\udfff") == "\ud800电商\udfff"

    def test_a_language_that_is_none_is_named(self) -> None:
        with pytest.raises(PolythemesError, match="'Deutsch' is not a language code"):
            repair("Text", "Deutsch", names=())

    @pytest.mark.parametrize(
        "unit", ["a", "啊", "嘚", "岼台", "Ã¼", "аb", "\u00a0", "ａ", "e\u0301", "的嘚"]
    )
    def test_a_long_text_without_a_blank_passes(self, unit: str) -> None:
        mend(unit * (100_000 // len(unit)), "zh")


class TestWidth:
    @pytest.mark.parametrize(
        ("text", "mended"),
        [
            ("ＮＦＴ在２０２１年", "NFT在2021年"),
            ("付９．９元，降３％，占5％", "付9.9元，降3%，占5%"),
            ("共１，０００件，１，２", "共1,000件，1，2"),
            ("ﬁnance, oﬀer, aﬄict", "finance, offer, afflict"),
            ("ｶﾞﾗｽの｢板｣｡", "ガラスの「板」。"),
            ("\U0001d413\U0001d422\U0001d424 sells", "Tik sells"),
            ("Mu\u0308nchen und cafe\u0301", "München und café"),
            ("\u1112\u1161\u11ab", "한"),
            ("⼈文 \uf900", "人文 \u8c48"),
            ("\u212b and \u212a", "Å and K"),
            ("\ufee3\ufedf\ufef4\ufe8e", "مليا"),
        ],
    )
    def test_forms_become_what_they_stand_for(self, text: str, mended: str) -> None:
        assert mend(text) == mended

    @pytest.mark.parametrize(
        "text",
        [
            "他说：“好！”（真的？）；行。　全角空格",
            "①先看 ②再买 ㈠ Ⅳ",
            "5 m² für ½ €, 20 ℃, TikTok™, ㎏",
            "文／林可｜来源 3：1",
            "Å é ü ñ",
            "平成の夏",
        ],
    )
    def test_marks_and_signs_stay(self, text: str) -> None:
        assert mend(text) == text


class TestInvisible:
    @pytest.mark.parametrize(
        ("text", "mended"),
        [
            ("数字\u200b藏\ufeff品", "数字藏品"),
            ("Game\u200cStop", "GameStop"),
            ("Ver\u00adkaufs\u00adplattform", "Verkaufsplattform"),
            ("10\u00a0Euro, 1\u202f000\u2009km", "10 Euro, 1 000 km"),
            ("\ufeffTitle", "Title"),
            ("a\u2060b\u200e\u200fc\ufe0f", "abc"),
            ("x\U000e0041y\U000e0101z", "xyz"),
        ],
    )
    def test_what_nobody_sees_goes(self, text: str, mended: str) -> None:
        assert mend(text) == mended

    @pytest.mark.parametrize(
        "text",
        [
            "می\u200cخواهم",
            "क\u094d\u200dष",
            "ไทย\u200bภาษา",
            "\U0001f468\u200d\U0001f469\u200d\U0001f467 and ❤\ufe0f and 1\ufe0f\u20e3",
            "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        ],
    )
    def test_what_a_script_or_an_emoji_needs_stays(self, text: str) -> None:
        assert mend(text, "ar") == text


class TestMojibake:
    @pytest.mark.parametrize(
        ("text", "mended"),
        [
            ("lâ€™azienda Ã¨ sana", "l’azienda è sana"),
            ("fÃ¼r grÃ¶ÃŸere HÃ¤user", "für größere Häuser"),
            ("â€œyesâ€\x9d, she said", "“yes”, she said"),
            ("Ã\xa0 Paris", "à Paris"),
            ("\x93quoted\x94", "“quoted”"),
        ],
    )
    def test_text_decoded_with_the_wrong_table(self, text: str, mended: str) -> None:
        assert mend(text, "it") == mended

    @pytest.mark.parametrize("text", ["im CAFÉ” saß", "São Paulo, naïve", "£5 für 20 €", "Ã"])
    def test_what_may_be_right_stays(self, text: str) -> None:
        assert mend(text, "de") == text

    def test_repairs_are_as_small_as_they_can_be(self) -> None:
        _, repairs = repair("Einkauf fÃ¼r HÃ¤ndler", "de", names=())
        assert [(r.before, r.after, r.sort) for r in repairs] == [
            ("Ã¼", "ü", "mojibake"),
            ("Ã¤", "ä", "mojibake"),
        ]


class TestHomoglyphs:
    @pytest.mark.parametrize(
        ("text", "language", "mended"),
        [
            ("ТikТok und Аmаzon", "de", "TikTok und Amazon"),
            ("Shоpeе cresce", "it", "Shopee cresce"),
            ("Ρуthоn", "en", "Python"),
            ("carαmel", "en", "caramel"),
            ("在ТikТok上", "zh", "在TikTok上"),
            ("Mосква растёт", "ru", "Москва растёт"),
            ("сосо and coco", "en", "coco and coco"),
        ],
    )
    def test_a_word_in_two_scripts_becomes_one(self, text: str, language: str, mended: str) -> None:
        assert mend(text, language) == mended

    @pytest.mark.parametrize(
        ("text", "language"),
        [
            ("Россия и TikTok", "ru"),
            ("Россия and TikTok", "en"),
            ("PDFка и SMMщик", "ru"),
            ("TNFα, μm, β-carotene, 5kΩ", "en"),
            ("Αθήνα και Apple", "el"),
            ("НАТО", "en"),
        ],
    )
    def test_right_words_stay(self, text: str, language: str) -> None:
        assert mend(text, language) == text


class TestLookAlikes:
    @pytest.mark.parametrize(
        ("text", "mended"),
        [
            ("两家公司将在明年继续匼作。", "两家公司将在明年继续合作。"),
            ("平囼上的商品越来越多。", "平台上的商品越来越多。"),
            ("她每晚都在家里矗播。", "她每晚都在家里直播。"),
            ("结果表礻用户并不满意。", "结果表示用户并不满意。"),
            ("店主把岼台的规则念了一遍。", "店主把平台的规则念了一遍。"),
            ("他们从去年姩底开始准备。", "他们从去年年底开始准备。"),
            ("这件亊情伱们都知噵。", "这件事情你们都知道。"),
        ],
    )
    def test_words_come_back(self, text: str, mended: str) -> None:
        assert mend(text, "zh") == mended

    def test_the_text_as_a_whole_settles_what_a_character_stands_for(self) -> None:
        text = (
            "小店嘚生意不错。昨天嘚会议上，经理说新岼台嘚规则很清楚，商家也愿意匼作。"
            "顾客嘚评价更好，他们说这里嘚东西便宜。可是别人嘚看法冋样重要，老板表礻会改。"
        )
        assert mend(text, "zh") == (
            "小店的生意不错。昨天的会议上，经理说新平台的规则很清楚，商家也愿意合作。"
            "顾客的评价更好，他们说这里的东西便宜。可是别人的看法同样重要，老板表示会改。"
        )

    @pytest.mark.parametrize(
        ("written", "meant"),
        [
            ("他走嘚极为缓慢。", "他走得极为缓慢。"),
            ("灯光亮嘚非常早。", "灯光亮得非常早。"),
            # Behind a noun, a pronoun or 有, and before what is no adverb of degree.
            ("小店嘚很多商品便宜。", "小店的很多商品便宜。"),
            ("他们嘚非常便宜。", "他们的非常便宜。"),
            ("有嘚很贵。", "有的很贵。"),
            ("买嘚东西不多。", "买的东西不多。"),
        ],
    )
    def test_a_verb_and_an_adverb_of_degree_tell_two_readings_apart(
        self, written: str, meant: str
    ) -> None:
        text = "小店嘚生意不错。昨天嘚会议上，经理说新岼台嘚规则很清楚，商家也愿意匼作。"
        assert mend(text + written, "zh")[len(text) :] == meant

    @pytest.mark.parametrize(
        "text",
        [
            "我们不能囿于成见。江边矗立着一座塔。",
            "孩子嘚瑟地晃了晃手里的糖。",
            "王玥和陈喆都没有说话，冼静怡也没有来。",
            "主犯身陷囹圄，邻里龃龉不断，老人步履蹒跚。",
            "他从亳州坐车到郫县，又去了汨罗和衢州。",
            "卡塔琳娜住在布宜诺斯艾利斯，玛尔塔住在圣保罗。",
            "電商平臺與直播間裡的觀眾，都說這樣很好。",
            "佢哋喺度飲茶，冇錢嘅人唔去。",
            "関西という名前の店です。",
            "",
        ],
    )
    def test_rare_but_right_characters_stay(self, text: str) -> None:
        assert mend(text, "zh") == text

    def test_names_of_the_field_are_words(self) -> None:
        assert mend("这位达囚在匼肥开播，岼台给他流量，观众表礻喜欢。", "zh", ["达人"]) == (
            "这位达人在合肥开播，平台给他流量，观众表示喜欢。"
        )
        assert mend("「岼物」开店了。", "zh", ["岼物"]) == "「岼物」开店了。"

    def test_other_languages_are_left(self) -> None:
        assert mend("匼作", "ja") == mend("匼作", "en") == "匼作"

    def test_a_reason_names_the_word(self) -> None:
        (one,) = repair("我们继续匼作。", "zh", names=())[1]
        assert (one.start, one.before, one.after, one.sort) == (4, "匼", "合", "look-alike")
        assert one.reason == "匼 looks or sounds like 合; 匼作 is no word, 合作 is"

    def test_the_table_holds_rare_characters_and_common_readings(self) -> None:
        words = lexicon()
        assert len(characters()) > 20_000
        for character in random.Random(1).sample(sorted(characters()), 500):
            found = entry(character)
            assert found.share < -5
            assert found.readings
            for reading in found.readings:
                assert reading.character != character
                assert reading.cost >= 0
                assert words.weigh(reading.character) or reading.character in "".join(words.words)
        assert "電" not in characters()
        assert entry("礻").readings[0].character == "示"
        assert following()["2n"]["1uj"] > 0 > following()["2n"]["1ud"]


@pytest.fixture(scope="module")
def benchmark() -> ModuleType:
    """Load the benchmark as a module."""
    path = ROOT / "benchmarks" / "lookalikes.py"
    spec = importlib.util.spec_from_file_location("lookalikes_benchmark", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestBenchmark:
    def test_halves_are_apart(self, benchmark: ModuleType) -> None:
        held, mine = set(benchmark.pairs(held_back=True)), set(benchmark.pairs(held_back=False))
        assert not held & mine
        assert min(len(held), len(mine)) >= 150

    def test_clean_text_stays_and_a_spoofed_one_comes_back(self, benchmark: ModuleType) -> None:
        text = (ROOT / "benchmarks" / "lookalike_clean.txt").read_text(encoding="utf-8")
        assert mend(text, "zh") == text
        table = benchmark.pairs(held_back=True)
        spoofs, restored, clean, touched = benchmark.measure([text], table)
        assert restored >= 0.85 * spoofs
        assert touched <= 0.0005 * clean


SAID = [
    "记者从",
    "有商家说，",
    "去年底，",
    "不少人在",
    "家长担心",
    "据介绍，",
    "业内认为",
    "今年三月，",
]
DONE = ["上线了新功能", "的客服一直占线", "里买东西要小心", "又改了规则", "被约谈", "在上海开会"]
BEGUN = ["The mayor said", "Analysts believe", "In March", "Sellers report", "Parents of users of"]
ENDED = ["grew fast", "lost money", "paid a fine", "closed its test", "signed a lease", "hired"]


def chinese(phrase: str, count: int, alone: str = "", seed: int = 0) -> str:
    """Write sentences with a phrase, and a few with a name alone."""
    draw = random.Random(seed)
    names = [phrase] * count + [alone] * (4 if alone else 0)
    return "".join(
        f"{draw.choice(SAID)}{name}{draw.choice(DONE)}，大家都看在眼里。" for name in names
    )


def english(phrase: str, count: int, alone: str = "", seed: int = 0) -> str:
    """Write sentences with a phrase, and a few with a name alone."""
    draw = random.Random(seed)
    names = [phrase] * count + [alone] * (4 if alone else 0)
    ends = (f"{draw.choice(BEGUN)} {name} {draw.choice(ENDED)} this year." for name in names)
    return " ".join(ends)


class TestStuffing:
    @pytest.mark.parametrize("known", [("小红书",), ()])
    @pytest.mark.parametrize("alone", ["小红书", ""])
    def test_a_chinese_phrase_is_reduced(self, known: tuple[str, ...], alone: str) -> None:
        text = chinese("小红书优选商城入口", 25, alone)
        assert mend(text, "zh", known) == chinese("小红书", 25, alone)

    @pytest.mark.parametrize("known", [("TikTok",), ()])
    @pytest.mark.parametrize("alone", ["TikTok", ""])
    def test_a_latin_phrase_is_reduced(self, known: tuple[str, ...], alone: str) -> None:
        text = english("TikTok best shop coupon app", 25, alone)
        assert mend(text, "en", known) == english("TikTok", 25, alone)

    def test_a_phrase_of_two_scripts_is_reduced(self) -> None:
        text = chinese("TikTok小店优惠券入口", 25)
        assert mend(text, "zh", ["TikTok"]) == chinese("TikTok", 25)

    def test_a_few_characters_may_be_swapped(self) -> None:
        text = (
            chinese("小红书优选商城入口", 25)
            + "有人在小紅书优选商城人口买。也有人在小红书优送商城入囗卖。"
        )
        assert mend(text, "zh", ["小红书"]).endswith("有人在小红书买。也有人在小红书卖。")
        assert copies("abcdefghi, abXdefgYi, abXdeYgZi", "abcdefghi") == [(0, 9), (11, 20)]

    def test_the_reason_counts(self) -> None:
        one = repair(chinese("小红书优选商城入口", 25), "zh", names=())[1][0]
        assert "'小红书优选商城入口' stands 25 times" in one.reason

    @pytest.mark.parametrize("count", [3, 8])
    def test_a_few_times_is_no_stuffing(self, count: int) -> None:
        text = chinese("小红书优选商城入口", count)
        assert mend(text, "zh", ["小红书"]) == text

    @pytest.mark.parametrize(
        ("name", "known"),
        [
            ("国家市场监督管理总局", ()),
            ("微信公众平台", ("微信",)),
            ("阿里巴巴集团", ("阿里",)),
            ("消费者权益保护法", ()),
        ],
    )
    def test_a_long_name_stays(self, name: str, known: tuple[str, ...]) -> None:
        text = chinese(name, 14) + chinese("这家公司", 20, seed=2)
        assert mend(text, "zh", known) == text

    @pytest.mark.parametrize("name", ["Bank of New York Mellon", "Federal Trade Commission"])
    def test_a_long_latin_name_stays(self, name: str) -> None:
        text = english(name, 14) + english("the company", 20, seed=2)
        assert mend(text, "en", ["Bank", "Federal"]) == text

    def test_a_line_that_is_repeated_is_no_stuffing(self) -> None:
        text = "TikTok best shop coupon app\n" * 40
        assert mend(text, "en", ["TikTok"]) == text

    def test_a_long_text_is_judged_by_slices(self) -> None:
        text = english("TikTok best shop coupon app", 1500)
        assert len(text) > 60_000
        assert "coupon" not in mend(text, "en", ["TikTok"])

    def test_each_of_two_phrases_is_reduced(self) -> None:
        text = english("TikTok best shop coupon app", 25) + english(
            "Temu cheap deal code today", 25
        )
        assert mend(text, "en") == english("TikTok", 25) + english("Temu", 25)

    def test_nothing_is_repeated_in_nothing(self) -> None:
        assert list(repeated("")) == []
        assert copies("", "小红书优选商城入口") == []


class TestSimplified:
    @pytest.mark.parametrize(
        ("text", "plain"),
        [
            ("社群電商與直播帶貨", "社群电商与直播带货"),
            ("电商", "电商"),
            ("plain text", "plain text"),
            ("", ""),
        ],
    )
    def test_traditional_becomes_simplified(self, text: str, plain: str) -> None:
        assert simplified(text) == plain

    def test_it_is_no_repair(self) -> None:
        text = "社群電商與直播帶貨"
        assert repair(text, "zh", names=()) == (text, [])

    def test_characters_common_in_traditional_texts_alone_stay_in_these(self) -> None:
        text = "店主的姪女每個週末都來幫忙，牆上掛著甦醒的鐘，祇有孩子們在騎樓下嬉鬧。"
        assert repair(text, "zh", names=()) == (text, [])
        mixed = "店主的姪女每个周末都来帮忙，小红书达囚也来了，内嫆很好，伱说呢，元姩快到了。"
        assert {one.before for one in repair(mixed, "zh", names=())[1]} >= {"嫆", "伱", "姩"}


# --- the repairs of a corpus ----------------------------------------------------------------------


def corpus_of(**texts: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lay out articles, named by their languages, and the starts of their lines."""
    articles = pd.DataFrame(
        {"article_id": list(texts), "language": list(texts), "text": list(texts.values())}
    )
    starts = [
        (key, sum(len(one) + 1 for one in text.split("\n")[:i]))
        for key, text in texts.items()
        for i in range(text.count("\n") + 1)
    ]
    return articles, pd.DataFrame(starts, columns=["article_id", "start"])


def test_every_repair_of_a_corpus_has_a_row_with_its_place() -> None:
    articles, lines = corpus_of(zh="好店\n这家店在做矗播", de="\u200bLehm\nund\nＳtroh")
    found = find(articles.iloc[::-1], lines, names=())
    assert found.drop(columns="reason").to_numpy().tolist() == [
        ["de", 1, 0, 1, "\u200b", "", "invisible"],
        ["de", 3, 10, 11, "Ｓ", "S", "width"],
        ["zh", 2, 8, 9, "矗", "直", "look-alike"],
    ]
    texts = articles.set_index("article_id")["text"]
    for one in found.itertuples():
        assert texts[one.article_id][one.start : one.end] == one.before
        assert one.reason


def test_a_passage_is_embedded_repaired_and_counted_in_simplified_characters() -> None:
    articles, lines = corpus_of(zh="電商嘚直播", en="The ｅnd 電商")
    passages = pd.DataFrame(
        {
            "passage_id": ["zh-01", "en-01"],
            "article_id": ["zh", "en"],
            "language": ["zh", "en"],
            "start": [0, 4],
            "end": [5, 10],
        }
    )
    found = repairs.mend(passages, articles, find(articles, lines, names=()))
    assert list(found["repaired"]) == ["電商的直播", "end 電商"]
    assert list(found["counted"]) == ["电商的直播", "end 電商"]
    assert list(found.columns[:5]) == list(passages.columns)


def test_a_corpus_without_fault_has_an_empty_table() -> None:
    articles, lines = corpus_of(de="Lehm und Stroh")
    found = find(articles, lines, names=())
    assert found.empty
    assert (
        repairs.mend(articles.assign(start=0, end=4), articles, found)["repaired"].item() == "Lehm"
    )


@given(TEXTS, LANGUAGES, st.integers(0, 40))
def test_every_repaired_character_has_its_place(text, language, start):
    start = min(start, len(text))
    edits = repair(text, language, names=())[1]
    places = [origin(edits, start, k) for k in range(len(apply(text, edits, start)))]
    assert places == sorted(places)
    untouched = [k for k in range(start, len(text)) if not any(e.start <= k < e.end for e in edits)]
    assert [low for low, high in places if (low, high) == (low, low + 1) and low in untouched] == (
        untouched
    )


def test_mentions_are_located_in_the_article():
    found = pd.DataFrame(
        [("a-01", "a", 0, 3), ("a-02", "a", 1, 4)],
        columns=["passage_id", "article_id", "start", "end"],
    )
    passages = pd.DataFrame({"passage_id": ["a-01", "a-02"], "start": [2, 10]})
    # "x|Sho\u200bpee": one character is taken out; from 11 on a phrase of four is.
    edits = pd.DataFrame(
        [("a", 1, 4, 5, "-", "", "invisible", ""), ("a", 1, 12, 16, "spam", "", "stuffing", "")],
        columns=["article_id", "line", "start", "end", "before", "after", "sort", "reason"],
    )
    located = repairs.located(found, passages, edits)
    assert located[["start", "end"]].to_numpy().tolist() == [[2, 6], [11, 18]]
