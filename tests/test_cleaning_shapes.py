"""What one line looks like: closing marks, dates, arrows, menus, names."""

from __future__ import annotations

import pytest

from polythemes.cleaning import counts, notices, pages, people, shapes


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("  • Über   uns ", "über uns"),
        ("\u200bSt\u00adroh\u2060 und\u3000Lehm\ufeff", "stroh und lehm"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        (" \u200b\n", ""),
    ],
)
def test_repeats_are_equal_when_squeezed(line: str, key: str) -> None:
    assert shapes.squeeze(line) == key
    assert shapes.squeeze(shapes.squeeze(line)) == key


@pytest.mark.parametrize(
    ("line", "sentence", "stop", "truncated"),
    [
        ("Es regnet.", True, True, False),
        ("Es regnet. ", True, True, False),
        ("„Es regnet.“", False, False, False),  # the mark that opens an English quotation
        ("“Es regnet.”", True, True, False),
        ("(Es regnet.)", True, True, False),
        ("Regnet es?", True, False, False),
        ("Es regnet!»", True, False, False),
        ("Drei Dinge:", True, False, False),
        ("Es regnet...", True, False, True),
        ("Es regnet…", True, False, True),
        ("Es regnet […]", True, False, True),
        ("Es regnet ...  ", True, False, True),
        ("她说“好”......", True, False, False),
        ("她说好……", True, False, False),
        ("下雨了。", True, True, False),
        ("下雨了。”", True, True, False),
        ("هل تمطر؟", True, False, False),
        ("बारिश हो रही है।", True, True, False),
        ("Es regnet. (abc)", True, True, False),  # signed
        ("Es regnet (abc)", False, False, False),
        ("Es regnet", False, False, False),
        ("Regen 3.5", False, False, False),
        ("", False, False, False),
    ],
)
def test_how_a_line_ends(line: str, sentence: bool, stop: bool, truncated: bool) -> None:
    assert shapes.is_sentence(line) is sentence
    assert shapes.has_full_stop(line) is stop
    assert shapes.is_truncated(line) is truncated


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("Wir nutzen Kekse. Mehr erfahren", True),
        ("下雨了。回家", True),
        ("Das war knapp.", True),
        ("Dr. Brandwein baut ein Haus", False),
        ("Was nun? Drei Schwestern bauen", False),
        ("Regen 3.5 Grad", False),
    ],
)
def test_a_title_holds_no_sentence(line: str, holds: bool) -> None:
    assert shapes.holds_sentence(line) is holds


@pytest.mark.parametrize(
    ("line", "item", "bullet"),
    [
        ("1. Stroh", True, False),
        ("(1) Stroh", True, False),
        ("12、稻草", True, False),
        ("（三）稻草", True, False),
        ("[2] Stroh", True, False),
        ("2031. Ein Jahr", False, False),
        ("3.5 Grad", True, False),
        ("• Stroh", False, True),
        ("  - Stroh", False, True),
        ("-Stroh", False, False),
        ("Stroh", False, False),
    ],
)
def test_items_begin_with_a_number_or_a_bullet(line: str, item: bool, bullet: bool) -> None:
    assert (shapes.ITEM.match(line) is not None) is item
    assert (shapes.BULLET.match(line) is not None) is bullet


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("Quelle: Probeblatt", True),
        ("Author: Agnes Whitlow · Published: 3 March 2031", True),
        ("（来源：样刊）", True),
        ("Foto: Erik Tamm", True),
        ("3. Februar 2031", True),
        ("Senin, 3 Februari 2031", True),
        ("2031-02-03 08:15", True),
        ("2031年2月3日 08:15", True),
        ("02/03/2031 8:15 am", True),
        ("2031", False),
        ("Die Trends 2031", False),
        ("Die zehn besten Häuser aus Lehm, 2031", False),
        ("Plan: ein Haus", False),
        ("Quelle: " + "x" * 200, False),
        ("", False),
    ],
)
def test_bylines_have_a_label_or_are_dates(line: str, byline: bool) -> None:
    assert people.is_byline(line) is byline


@pytest.mark.parametrize(
    ("line", "stamp"),
    [
        ("By Agnes Whitlow", True),
        ("Von Thea Brandwein, Erik Tamm und der Redaktion", True),
        ("Dienstag, den 3. Februar 2031, um 8.15 Uhr in Lüneburg", True),
        ("4 Min. Lesezeit", True),
        ("阅读 5 分钟", True),
        ("Was das Dorf jetzt plant", False),
        ("Von Thea kam kein Wort.", False),
    ],
)
def test_stamps_stand_under_a_title(line: str, stamp: bool) -> None:
    assert people.is_stamp(line) is stamp


@pytest.mark.parametrize(
    ("line", "caption"),
    [
        ("Das Dach ist dicht. Foto: Erik Tamm", True),
        ("Das Dach ist dicht (Foto: Erik Tamm / Probeblatt)", True),
        ("Il tetto della casa (Foto d'archivio)", True),
        ("屋顶盖好了。（资料图片）", True),
        ("Das Dach ist dicht.", False),
        ("Das Dach (Quelle: Bauamt)", False),  # a source may stand behind a sentence of the body
        ("Das Foto: Erik Tamm zeigt es.", False),
        ("Das Dach (Foto: Erik Tamm) ist dicht.", False),
    ],
)
def test_captions_end_with_a_credit(line: str, caption: bool) -> None:
    assert people.is_caption(line) is caption


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Von Thea Brandwein", "Thea Brandwein"),
        ("Autorin: Thea Brandwein | Probeblatt | 3.2.2031", "Thea Brandwein"),
        ("Thea Brandwein – Montag, 3. Februar 2031", "Thea Brandwein"),
        ("By Agnes Whitlow, Hollowmere", "Agnes Whitlow"),
        ("文／周小禾", "周小禾"),
        ("周小禾｜2031年2月3日", "周小禾"),
        ("3. Februar 2031", ""),
        ("Thea", ""),
        ("Was das Dorf im Winter jetzt plant", ""),
        ("", ""),
        ("a" + " " * 1000 + "b", ""),
    ],
)
def test_the_author_is_what_a_byline_begins_with(line: str, name: str) -> None:
    assert people.author(line) == name


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("<<:  Der Brunnen", "<<:"),
        (">> Der Brunnen?", ">>"),
        ("« Artikel davor", "«"),
        ("→ Der Brunnen", "→"),
        ("Mehr lesen →", "→"),
        ("Weiter >>", ">"),
        ("« Oui », dit-elle", ""),
        ("»Ja«, sagt sie", ""),
        ("<<Oui>> dit-elle", ""),
        ("« Oui, dit-elle.", ""),
        ("→ Das Dach ist dicht.", ""),
        ("Elle dit : « Oui »", ""),
        ("Share", "share"),
        ("【相关阅读】", "相关阅读"),
        ("Comments!", "comments"),
        ("Read more:", "read more"),
        ("Previous: Wells?", "previous"),
        ("Tag: Stroh, Lehm", "tag"),
        ("Pubblicità - Stroh", "pubblicità"),
        ("Subscribe to our letters", "subscribe to"),
        ("Subscribers pay more", ""),
        ("Shareholders are angry", ""),
        ("Share of the market grows", ""),
        ("Comment vendre sans argent", ""),
        ("Weiter nach Süden", ""),
        ("Werbung – das war einmal.", ""),
        ("Kommentar: Warum Lehm gewinnt", ""),
        ("更多关于 稻草 的文章", "更多关于"),
        ("更多人来了。", ""),
    ],
)
def test_navigation_by_arrow_or_cue(line: str, found: str) -> None:
    assert pages.cue(line)[1] == found


@pytest.mark.parametrize(
    ("line", "menu"),
    [
        ("Start > Leben > Wohnen", "3 items between bars"),
        ("Haus|Garten|Küche|Bad", "4 items between bars"),
        ("首页 / 公司 / 深度", "3 items between bars"),
        ("Ein Haus aus Lehm | Probeblatt", ""),
        ("Haus | Garten | und noch sehr viel mehr davon", ""),
        ("Haus | Garten | Küche.", ""),
        ("#stroh #lehm", "tags"),
        ("#stroh und lehm", ""),
        ("", ""),
    ],
)
def test_menus_are_short_items_between_bars(line: str, menu: str) -> None:
    assert pages.menu(line) == menu


@pytest.mark.parametrize(
    ("line", "count"),
    [("0/400", True), ("1.2k", True), ("24", True), ("318 просмотров", True), ("• 12 |", True),
     ("点赞 128　收藏 46　评论 12", True), ("Likes 345 · Comments 27", True),
     ("Gefällt 112 Lesern", True),
     ("Comments on 12 new and rather large houses", False),
     ("2031", False), ("12 neue Häuser", False), ("Haus 12", False), ("12" + " " * 99 + "x", True)],
)  # fmt: skip
def test_counters(line: str, count: bool) -> None:
    assert counts.is_counter(line) is count


@pytest.mark.parametrize(
    ("line", "address"),
    [("bau@lehm.example", True), ("Mehr: https://lehm.example/?b=1", True),
     ("+49 30 1234567", True), ("Schreiben Sie an bau@lehm.example.", False),
     ("2031-02-03 08:15:00", False),
     ("www." + "x" * 200, False), ("Haus 12", False)],
)  # fmt: skip
def test_addresses(line: str, address: bool) -> None:
    assert bool(pages.address(line)) is address


@pytest.mark.parametrize(
    ("line", "language"),
    [("Deutsch", True), ("  • Português (Brasil)", True), ("日本語", True), ("(完)", False),
     ("（）", False), ("Deutsch lernen", False), ("(" * 500, False)],
)  # fmt: skip
def test_names_of_languages(line: str, language: bool) -> None:
    assert pages.is_language_name(line) is language


def test_cues_are_found_whatever_the_language_of_the_page() -> None:
    text = "Keine Gewähr. 仅供参考。ALL RIGHTS RESERVED"
    assert notices.notice(text) == (
        "disclaimer",
        ("keine gewähr", "仅供参考", "all rights reserved"),
    )
    assert notices.notice("© 2031 Tous droits réservés") == (
        "footer",
        ("©", "tous droits réservés"),
    )
    assert notices.notice("Newsletterei") == ("advert", ("newsletter",))
    assert notices.notice("Es regnet, uncookiert.") == ("", ())  # a cue begins a word


def test_a_word_that_an_article_speaks_of_is_its_own() -> None:
    texts = ["Cookies schmecken.", "Es regnet.", "Ein Cookie fehlt.", "Cookies sind aus."]
    assert notices.own("cookie", texts)
    assert not notices.own("cookie", texts[:3])
    assert not notices.own("cookie", texts + ["Es regnet."] * 9)


@pytest.mark.parametrize(
    ("line", "part"),
    [("Comments (12)", "comment"), ("12 Kommentare", "comment"), ("相关阅读", "teaser"),
     ("Zur Person: Thea Brandwein", "bio"), ("Written by Agnes Whitlow", "bio"),
     ("Zur Person: Thea Brandwein baut seit vielen Jahren Häuser aus Lehm.", ""),
     ("Kommentare gab es genug", ""), ("Teilen", ""), ("x" * 200, "")],
)  # fmt: skip
def test_lines_that_open_a_part_of_the_page(line: str, part: str) -> None:
    assert pages.opens_section(line) == part


@pytest.mark.parametrize(
    ("text", "stranger"),
    [
        ("Thea Brandwein, Journalistin seit 2012, schreibt über Lehm.", True),
        ("Ольга Орлова, журналист и редактор, пишет с 2012 года.", True),
        ("Thea Brandwein, Journalistin, schreibt über Lehm.", False),  # no year
        ("Thea Brandwein, seit 2012 im Dorf, schreibt über Lehm.", False),  # one word
        ("Thea Müller, Journalistin seit 2012, schreibt über Lehm.", False),  # spoken of
        ("Seit 2012 ist sie Journalistin.", False),
    ],
)
def test_a_stranger_at_the_end_is_the_author(text: str, stranger: bool) -> None:
    assert bool(people.stranger(text, ["Auch Frau Müller kam."])) is stranger


def test_a_list_of_prizes_is_a_biography() -> None:
    prizes = "2015 won she an award, 2018 a prize, 2020 the first place"
    assert people.bio(prizes) == "3 years and award, place, prize"
    assert people.bio(prizes.replace("2020", "later")) == ""
    assert people.bio("Von 2015 bis 2018 regnete es, dann bis 2020 nicht.") == ""
    assert people.bio("2015 placebo, 2018 prizefight, 2020 awarding") == ""  # no whole words
    assert (
        people.bio("2015年获奖，2018年荣获十佳称号，2020年任专栏作者")
        == "3 years and 专栏, 作者, 十佳"
    )


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Es regnet. Thea Brandwein baut seit 2015.", 11),
        ("Es regnet. Thea Brandwein ist Journalistin. Sie lebt hier.", 11),
        ("Es regnet. Thea Brandwein baut ein Haus.", 0),  # neither a year nor a word of biographies
        ("Es regnet seit 2015, sagt Thea Brandwein.", 0),
        ("Thea Brandwein baut seit 2015. " + "Es regnet. " * 5, 0),  # not at the end
    ],
)
def test_a_biography_begins_with_the_name_under_the_title(text: str, start: int) -> None:
    assert people.bio_start(text, "de", ["Thea Brandwein"])[0] == start
    assert people.bio_start(text, "de") == (0, "")
