"""Cleaning: every line of pages of nine languages, and what must never be taken for the page.

The pages in tests/pages were written for these tests: "what a line is | the line".
"""

from __future__ import annotations

import textwrap
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polythemes import articles, cleaning, passages
from polythemes.cleaning import label
from polythemes.paths import Corpus

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "tests" / "pages").glob("*.txt"))
KINDS = {"title", "heading", "byline", "body", "boilerplate", "blank"}
SORTS = {
    "", "repeat", "teaser", "navigation", "counter", "bio", "disclaimer", "footer", "advert",
    "comment",
}  # fmt: skip

# Three paragraphs that are long enough to be prose by themselves.
FIRST = (
    "Am Rand des Dorfes steht seit dem Frühjahr ein Haus aus Lehm, das drei Schwestern ohne "
    "Bagger und ohne Bauleiter hochgezogen haben."
)
SECOND = (
    "Die Nachbarn brachten Stroh, der Müller ein altes Fenster, und am Ende blieb vom Kredit der "
    "Bank sogar noch etwas übrig."
)
THIRD = (
    "Im Winter soll ein zweites Haus folgen, diesmal mit einem Ofen in der Mitte, der beide "
    "Stockwerke zugleich wärmt und kaum Holz braucht."
)
BIO = (
    "Thea Brandwein ist Autorin und Journalistin; sie gewann 2015 einen Preis der Handwerker, 2018 "
    "die Auszeichnung einer Stiftung, 2020 den dritten Platz eines Wettbewerbs."
)


def sorts(text: str, language: str = "de") -> list[str]:
    """Name every line that is not blank: its kind, of boilerplate its sort."""
    lines = label(text, language)
    return [one.sort if one.kind == "boilerplate" else one.kind for one in lines if one.words]


def table(**texts: str) -> pd.DataFrame:
    """Lay out articles, their ids by their names."""
    ids = [name.removeprefix("a") for name in texts]
    return pd.DataFrame({"article_id": ids, "language": "de", "text": list(texts.values())})


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_every_line_of_a_page_is_what_it_says(page: Path) -> None:
    rows = [line.split(" | ", 1) for line in page.read_text(encoding="utf-8").splitlines()]
    wanted = [(what.strip(), line) for what, line in rows]
    lines = label("\n".join(line for _, line in wanted), page.stem[:2])
    found = [(one.sort if one.kind == "boilerplate" else one.kind, one.text) for one in lines]
    assert found == wanted


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_what_is_kept_of_a_page_is_its_body(page: Path) -> None:
    text = "\n".join(line.split(" | ", 1)[1] for line in page.read_text("utf-8").splitlines())
    for line in label(text, page.stem[:2]):
        assert text[line.start : line.end] == line.text
        assert line.kept_end == (line.end if line.kind == "body" else line.start)
        assert line.reason


# What a page is made of, true to its form, in many places and orders.
POOL = [
    "", " ", "Haus aus Lehm", FIRST, SECOND, BIO, "Von Thea Brandwein", "12. Mai 2031", "0/400",
    "Teilen", "<<: Der Brunnen", "Das Brot der Nachbarn ist ...", "• Startseite", "1. das Stroh",
    "Es wurde spät.", "Warum?", "Drei Dinge halfen:", "Home > Haus > Lehm", "***", "©  2031",
    "小店开在夜里", "“好的”......", "Deutsch", "Lesen Sie auch: Der Brunnen", "www.haus.example",
]  # fmt: skip


@given(st.lists(st.sampled_from(POOL), max_size=25), st.sampled_from(["de", "zh", "fr"]))
def test_no_line_is_ever_lost(lines: list[str], language: str) -> None:
    text = "\n".join(lines)
    found = cleaning.clean(table(a1=text).assign(language=language))
    assert list(found["line"]) == list(range(1, text.count("\n") + 2))
    assert [text[a:b] for a, b in zip(found["start"], found["end"], strict=True)] == text.split(
        "\n"
    )
    assert list(found["start"].iloc[1:]) == [end + 1 for end in found["end"].iloc[:-1]]
    assert set(found["kind"]) <= KINDS
    assert set(found["sort"]) <= SORTS
    assert found["reason"].all()
    kept = found["kept_end"] > found["start"]
    assert (found.loc[kept, "kind"] == "body").all()
    assert found["kept_end"].between(found["start"], found["end"]).all()
    assert ((found["kind"] == "blank") == [not line.strip() for line in text.split("\n")]).all()
    assert (found.loc[found["kind"] == "boilerplate", "sort"] != "").all()


@given(
    st.lists(st.lists(st.sampled_from(POOL), max_size=8), min_size=2, max_size=4),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_articles_does_not_matter(texts: list[list[str]], random) -> None:
    found = table(**{f"a{i}": "\n".join(lines) for i, lines in enumerate(texts)})
    turned = found.sample(frac=1, random_state=random.randrange(2**32))
    pd.testing.assert_frame_equal(cleaning.clean(found), cleaning.clean(turned))


def test_no_article_gives_no_line() -> None:
    found = cleaning.clean(table())
    assert found.empty
    assert "kept_end" in found.columns


# Lines of an article that look like a page's; they stand between two paragraphs of prose.
BODY = [
    "«Le vrai travail commence maintenant.",
    "« Nous avons tout refait », dit-elle.",
    "»Das war knapp«, sagt die älteste Schwester.",
    "›Nie wieder‹, dachte sie.",
    "<<On verra bien>>, répond le meunier.",
    "“想住多久都可以”......",
    "她把门打开了。",
    "分享经验是她们最大的乐趣。",
    "更多邻居后来也来帮忙。",
    "(完工)之后她们办了一场宴会。",
    "Das Urheberrecht am Plan liegt bei allen dreien.",
    "Haftungsausschluss heißt das Wort, das sie am häufigsten lasen.",
    "2014 war das Dorf noch leer.",
    "Teilen macht Freude.",
    "Einen Newsletter gibt es nicht.",
    "Weiter ging es erst im Mai.",
    "Home was never far away.",
    "Kommentare gab es genug...",
    "Ja.",
    "Wirklich?",
    "Die Rechnung: 3.000 Euro.",
    "Mehr dazu steht auf www.lehmhaus.example, sagt sie.",
    "1. Zuerst kam das Stroh.",
    "- Zuerst kam das Stroh, dann der Lehm, dann lange nichts.",
    "Werbung – das war ihr zweites Standbein – machten sie keine.",
    "Der Fotograf (Foto: privat) kam zu spät, und so blieb es bei Skizzen.",
    "Redaktion: Wie lange hat das alles gedauert?",
    "English, Deutsch und Français sprachen die Helfer.",
    "Schwester eins | Schwester zwei | Schwester drei: alle packten an.",
    "Thea Brandwein kam 2015 zu Besuch.",
]


@pytest.mark.parametrize("line", BODY)
def test_body_is_not_taken_for_the_page(line: str) -> None:
    text = f"Ein Haus aus Lehm\nVon Thea Brandwein\n\n{FIRST}\n\n{line}\n\n{SECOND}\n"
    assert sorts(text) == ["title", "byline", "body", "body", "body"]


@pytest.mark.parametrize(
    ("line", "sort"),
    [
        ("Teilen", "navigation"),
        ("Kommentare (3)", "counter"),
        ("Weiter »", "navigation"),
        ("« Zurück", "navigation"),
        ("→ Zum Archiv der Baustellen", "teaser"),
        ("<< Wie baut man einen Brunnen?", "teaser"),
        ("Baca juga: Rumah tanah liat di lereng gunung itu kini punya tetangga.", "teaser"),
        ("[Anzeige] Lehmputz im Angebot, nur diese Woche!", "advert"),
        ("Anzeige – Lehmputz im Angebot", "advert"),
        (
            "Der Newsletter vom Dorf, jeden Freitag in Ihrem Postfach. Hier kostenlos anmelden.",
            "advert",
        ),
        ("Haus | Garten | Küche | Bad", "navigation"),
        ("Start > Leben > Wohnen", "navigation"),
        ("#lehm #haus #dorf", "navigation"),
        ("Kontakt: bau@lehmhaus.example", "footer"),
        ("Telefon 030 / 123 45 67-0", "footer"),
        ("https://lehmhaus.example/plan", "navigation"),
        ("* * *", "navigation"),
        ("Français (Afrique)", "navigation"),
        ("Bahasa Indonesia", "navigation"),
        ("128 Kommentare", "counter"),
        ("1.2k", "counter"),
        ("  • 12", "counter"),
        ("Foto: Erik Tamm", "byline"),
        ("(Quelle: Bauamt)", "byline"),
        ("Die Schwestern auf dem Dach. Foto: Erik Tamm", "byline"),
        ("Die Schwestern auf dem Dach (Foto: Erik Tamm)", "byline"),
        ("Der Ofen in der Mitte", "heading"),
        ("2014", "heading"),
    ],
)
def test_the_page_inside_the_article(line: str, sort: str) -> None:
    found = label(f"Ein Haus aus Lehm\n\n{FIRST}\n{line}\n{SECOND}", "de")[3]
    assert (found.sort if found.kind == "boilerplate" else found.kind) == sort
    assert found.kept_end == found.start


def test_a_line_without_a_word_is_no_body() -> None:
    found = label(f"{FIRST}\n......\n{SECOND}\n🙂\n", "de")
    assert [line.kind for line in found] == ["body", "boilerplate", "body", "boilerplate", "blank"]


def test_lists_that_a_colon_announces_are_body() -> None:
    items = ["Das Stroh", "Der Lehm", "Die Zeit", "Das Geld"]
    for mark in ("", "- ", "• ", "1. "):
        lines = [f"{mark}{item}" for item in items]
        text = "\n".join([FIRST, "Vier Dinge fehlten:", *lines, SECOND])
        assert sorts(text) == ["body"] * 7


def test_a_run_of_scraps_that_nothing_announces_is_a_menu() -> None:
    menu = ["Haus und Garten", "Unser Brunnen", "Der Müller erzählt", "Stroh zum Selberholen"]
    assert sorts("\n".join([FIRST, *menu, SECOND])) == ["body", *["navigation"] * 4, "body"]
    assert sorts("\n".join([FIRST, *menu[:2], SECOND])) == ["body", "heading", "heading", "body"]


def test_a_scrap_that_stands_again_and_again_is_the_pages() -> None:
    text = f"{FIRST}\nDienstag auf dem Dorf\n{SECOND}\nDienstag auf dem Dorf\n{THIRD}"
    assert sorts(text) == ["body", "repeat", "body", "repeat", "body"]


def test_the_body_ends_with_its_last_sentence_not_with_its_last_long_paragraph() -> None:
    closing = ["Der Lehm hält.", "Und der Müller?", "Er pfeift wieder.", "Man wird sehen..."]
    text = "\n\n".join(["Ein Haus aus Lehm", FIRST, *closing, "Teilen", "Das ist ein Satz."])
    assert sorts(text) == ["title", *["body"] * 5, "navigation", "navigation"]


def test_the_article_goes_on_behind_a_heading_or_an_advertisement() -> None:
    rest = ["Der Lehm hält seit drei Wintern.", "Auch der Ofen zieht wie am ersten Tag."]
    assert sorts("\n".join([FIRST, "Was bleibt", *rest])) == ["body", "heading", "body", "body"]
    more = [*rest, "Die Bank hat noch nichts gemerkt."]
    for line, sort in (("Anzeige", "advert"), ("Foto: Erik Tamm", "byline")):
        assert sorts("\n".join([FIRST, line, *more])) == ["body", sort, *["body"] * 3]
    # Titles of other articles come with one sentence each.
    teasers = ["Der Brunnen", rest[0], "Das Stroh der Anderen", rest[1]]
    assert sorts("\n".join([FIRST, *teasers])) == ["body", *["navigation"] * 4]


def test_paragraphs_broken_into_lines_stay_whole() -> None:
    broken = textwrap.fill(" ".join([FIRST, SECOND, THIRD] * 2), 70)
    for text in (broken, broken + "\n\n" + broken):
        found = label(text, "de")
        assert {line.kind for line in found if line.words} == {"body"}
    assert sorts(f"{broken}\n\nTeilen\n0/400")[-2:] == ["navigation", "counter"]


def test_wrapped_paragraphs_are_judged_as_wholes() -> None:
    page = ["Ein Haus aus Lehm", "Von Thea Brandwein", f"{FIRST} {SECOND}", THIRD, BIO, "Teilen"]
    text = "\n\n".join(textwrap.fill(one, 60) for one in page)
    found = [line for line in label(text, "de") if line.words]
    kinds = [(line.kind, line.sort) for line in found]
    assert kinds[:2] == [("title", ""), ("byline", "")]
    assert kinds[-1] == ("boilerplate", "navigation")
    assert ("boilerplate", "bio") in kinds
    assert (
        " ".join(line.text for line in found if line.kind == "body") == f"{FIRST} {SECOND} {THIRD}"
    )
    # A biography glued to the last paragraph is cut off inside a line.
    *_, cut, last = (one for one in label(textwrap.fill(f"{FIRST} {SECOND} {BIO}", 60), "de"))
    lines = label(textwrap.fill(f"{FIRST} {SECOND} {BIO}", 60), "de")
    kept = " ".join(one.text[: one.kept_end - one.start] for one in lines)
    assert kept.rstrip() == f"{FIRST} {SECOND}"
    assert (cut.kind, last.kind, last.sort) == ("boilerplate", "boilerplate", "bio")


def test_sentences_that_have_a_line_each_are_a_paragraph() -> None:
    said = ["Das Haus ist aus Lehm.", "Drei Frauen haben es gebaut.", "Sie hatten keinen Bagger.",
            "Sie hatten viel Zeit.", "Nun zieht der Winter ein."]  # fmt: skip
    text = "\n".join(
        ["Ein Haus", *said, "", *said[:4], "Teilen", "Anmelden", "Das Stroh der Anderen"]
    )
    assert sorts(text) == ["title", *["body"] * 9, *["navigation"] * 3]


def test_a_list_at_the_end_is_body_where_a_colon_announces_it() -> None:
    text = "\n".join([FIRST, "Drei Dinge bleiben zu tun:", "1. der Ofen", "2. das Dach", "Teilen"])
    assert sorts(text) == ["body", "body", "body", "body", "navigation"]
    text = "\n".join([FIRST, "Diese Texte lesen andere gerade gern:", "Der Brunnen", "Das Stroh"])
    assert sorts(text) == ["body", *["navigation"] * 3]


def test_a_teaser_list_is_not_body_whatever_its_titles_end_with() -> None:
    teasers = ["Wer baut den Brunnen?", "Der Gemeinderat hat lange...", "Stroh!", "Es fehlt an..."]
    assert sorts("\n".join([FIRST, *teasers])) == ["body", *["teaser"] * 4]
    abstracts = ["Der Gemeinderat hat lange...", "Es fehlt an allem, sagt...", "Im Herbst wird..."]
    assert sorts("\n".join([FIRST, "Der Lehm hält.", *abstracts])) == [
        "body", "body", "teaser", "teaser", "teaser",
    ]  # fmt: skip


def test_the_title_is_found_behind_the_page() -> None:
    head = ["Menü", "Wohnen", "Ein Haus aus Lehm", "Ein Haus aus Lehm", "12. Mai 2031, 10:15 Uhr"]
    wanted = ["navigation", "navigation", "title", "title", "byline", "body"]
    assert sorts("\n".join([*head, FIRST])) == wanted
    notice = "Wir verwenden Cookies. Mehr erfahren | Ablehnen"
    text = "\n".join([notice, "Ein Haus aus Lehm", FIRST])
    assert sorts(text) == ["disclaimer", "title", "body"]
    text = "\n".join(["Sie haben noch drei Texte frei. Jetzt anmelden", "Ein Haus aus Lehm", FIRST])
    assert sorts(text) == ["advert", "title", "body"]


def test_a_sentence_before_the_first_long_paragraph_is_body() -> None:
    text = f"Ein Haus aus Lehm\n\nEs war ein nasser Frühling.\n\n{FIRST}\n"
    assert sorts(text) == ["title", "body", "body"]
    assert sorts(f"Es war ein nasser Frühling.\n{FIRST}") == ["body", "body"]


@pytest.mark.parametrize(
    "line",
    [
        "Von Thea Brandwein",
        "Von Thea Brandwein und Erik Tamm | 12. Mai 2031",
        "Autorin: Thea Brandwein",
        "Thea Brandwein – Montag, 12. Mai 2031",
        "12.05.2031 10:15",
        "2031年5月12日 10:15",
        "May 12, 2031",
        "12 mai 2031",
        "5 min read",
        "文／周小禾",
        "来源：样刊　作者：周小禾",
        "Stand: 12. Mai 2031, 10:15 Uhr",
    ],
)
def test_bylines_stand_under_the_title(line: str) -> None:
    assert sorts(f"Ein Haus aus Lehm\n{line}\n{FIRST}") == ["title", "byline", "body"]


def test_a_biography_of_its_own_is_out() -> None:
    text = f"Ein Haus aus Lehm\n\n{FIRST}\n\n{SECOND}\n\n{BIO}\n\nTeilen"
    assert sorts(text) == ["title", "body", "body", "bio", "navigation"]


@pytest.mark.parametrize("joint", [" ", "", "  "])
def test_a_biography_glued_to_the_only_paragraph_is_cut_off(joint: str) -> None:
    body = f"{FIRST} {SECOND}"
    (line,) = label(f"{body}{joint}{BIO} |", "de")
    assert (line.kind, line.sort, line.kept_end) == ("body", "bio", len(body))
    assert f"from character {len(body)} on an author's biography: 3 years and " in line.reason
    # However short the article is beside it.
    (line,) = label(f"Es war ein nasser Frühling. {BIO}", "de")
    assert (line.kind, line.kept_end) == ("body", len("Es war ein nasser Frühling."))


def test_a_biography_is_told_by_the_name_under_the_title() -> None:
    bio = "Thea Brandwein schreibt seit 2012 über das Bauen. Sie lebt in einem Zelt."
    head = "Ein Haus aus Lehm\nVon Thea Brandwein | Probeblatt\n\n"
    assert sorts(f"{head}{FIRST}\n\n{SECOND}\n\n{bio}") == [
        "title",
        "byline",
        "body",
        "body",
        "bio",
    ]
    *_, last = label(f"{head}{FIRST}\n\n{SECOND} {bio}", "de")
    assert (last.kind, last.sort, last.end - last.kept_end) == ("body", "bio", len(bio) + 1)
    # Without the name above nothing tells it from the article.
    assert sorts(f"Ein Haus aus Lehm\n\n{FIRST}\n\n{bio}") == ["title", "body", "body"]


def test_years_and_prizes_inside_the_article_are_body() -> None:
    assert sorts("\n\n".join([FIRST, BIO, SECOND])) == ["body", "body", "body"]


def test_a_disclaimer_counts_around_the_article_only() -> None:
    notice = "Alle Rechte vorbehalten, keine Gewähr."
    assert sorts("\n".join([FIRST, notice, SECOND])) == ["body", "body", "body"]
    assert sorts("\n".join([FIRST, SECOND, notice])) == ["body", "body", "footer"]
    assert sorts("\n".join([notice, FIRST, SECOND])) == ["footer", "body", "body"]
    # An article of one paragraph stays whatever it holds.
    assert sorts(f"{FIRST} Alle Rechte vorbehalten, keine Gewähr.") == ["body"]


def test_a_long_row_of_links_is_the_pages() -> None:
    row = " ".join(["Wohnen", "Garten", "Reise", "Sport", "Kultur"] * 4)
    assert sorts("\n".join([row, "Ein Haus aus Lehm", FIRST, row])) == [
        "navigation", "title", "body", "navigation",
    ]  # fmt: skip
    assert sorts(row) == ["body"]


def test_an_article_without_a_long_paragraph_is_kept() -> None:
    short = ["Es regnet.", "Warum?", "Niemand weiß es", "Alle schweigen", "Nur der Müller nicht"]
    assert sorts("\n".join(["Ein Haus aus Lehm", *short])) == ["title", *["body"] * 5]
    assert sorts("Ein Haus aus Lehm") == ["body"]
    assert sorts("") == []


def test_lines_of_several_articles_are_the_sites() -> None:
    footer = "Das Probeblatt erscheint dreimal in der Woche."
    found = cleaning.clean(
        table(
            a1=f"Probeblatt Online\nEin Haus aus Lehm\n{FIRST}\nHeute neu\n{SECOND}\n{footer}",
            a2=f"Probeblatt Online\nEin Ofen aus Stein\n{THIRD}\n{footer}\nHeute neu",
        )
    )
    what = found["kind"].mask(found["kind"] == "boilerplate", found["sort"])
    assert list(what[found["article_id"] == "1"]) == [
        "repeat", "title", "body", "repeat", "body", "repeat",
    ]  # fmt: skip
    assert list(what[found["article_id"] == "2"]) == ["repeat", "title", "body", "repeat", "repeat"]


def test_two_copies_of_a_short_article_keep_their_body() -> None:
    copy = "Ein Haus aus Lehm\nEs regnete.\nDer Lehm hielt."
    assert list(cleaning.clean(table(a1=copy, a2=copy))["kind"]) == ["title", "body", "body"] * 2


def test_what_other_pages_tease_with_is_still_the_title_of_its_own() -> None:
    found = cleaning.clean(
        table(
            a1=f"Ein Haus aus Lehm\n{FIRST}",
            a2=f"Das Ende vom Stroh\n{THIRD}\nEin Haus aus Lehm\nDrei Schwestern bauen...",
        )
    )
    assert list(found["kind"]) == ["title", "body", "title", "body", "boilerplate", "boilerplate"]
    assert list(found["sort"]) == ["", "", "", "", "repeat", "teaser"]


def test_a_sentence_that_several_articles_share_stays_inside_them() -> None:
    texts = {f"a{i}": f"{FIRST}\nDas war zu erwarten.\n{other}" for i, other in enumerate(
        (SECOND, THIRD)
    )}  # fmt: skip
    assert set(cleaning.clean(table(**texts))["kind"]) == {"body"}


STRANGER = (
    "Thea Brandwein, Journalistin seit 2012, lebt mit drei Hunden in der Nähe von Lüneburg und "
    "schreibt über das Bauen mit Lehm."
)
# What an article on the furniture of pages is made of: its own words give nothing away.
SUBJECTS = {
    "en": (
        (
            "The cookie was invented so that a shop could remember what lay in a basket, and "
            "nobody thought of advertising when the privacy policy of the first browser was "
            "written."
        ),
        (
            "Most readers accept every cookie within two seconds; all rights reserved, says the"
            " small print of the newsletter they sign up for on the same page, and no one reads"
            " it."
        ),
        (
            "Copyright is the other half of the story: a newsletter is copied as easily as a "
            "cookie, and the courts have yet to say whether its terms of use bind anyone at "
            "all."
        ),
        (
            "So the cookie will stay, and with it the newsletter, the copyright line and the "
            "privacy policy, until somebody finds a better way to pay for what we read."
        ),
    ),
    "de": (
        (
            "Der Newsletter ist das älteste Neue im Netz: Wer ihn bestellt, gibt eine Adresse "
            "her und bekommt dafür jeden Freitag einen Brief, den kaum jemand zu Ende liest."
        ),
        (
            "Das Urheberrecht hilft dem Newsletter wenig, denn alle Rechte vorbehalten steht "
            "unter jedem, und abgeschrieben wird trotzdem, oft noch am selben Tag."
        ),
        (
            "Auch das Cookie, ohne das kein Newsletter mehr auskommt, hat seine beste Zeit "
            "hinter sich, seit die Datenschutzerklärung länger ist als der Brief selbst."
        ),
        (
            "Am Ende bleibt vom Newsletter, was vom Cookie blieb: ein Impressum, das "
            "Urheberrecht und die Frage, wer das alles eigentlich bezahlen soll."
        ),
    ),
}


@pytest.mark.parametrize("language", sorted(SUBJECTS))
def test_an_article_on_cookies_newsletters_and_copyright_keeps_its_body(language: str) -> None:
    paragraphs = SUBJECTS[language]
    assert sorts("\n\n".join(["Ein Haus aus Lehm", *paragraphs]), language) == [
        "title", *["body"] * 4,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "sort"),
    [
        ("© 2031 Probeblatt. Alle Rechte vorbehalten.", "footer"),
        ("© 2031 Probeblatt | Impressum | Datenschutz | AGB", "footer"),
        ("Tous droits réservés", "footer"),
        ("Iscriviti alla newsletter: ogni lunedì un'analisi, senza pubblicità.", "advert"),
        ("Подпишитесь на нашу рассылку", "advert"),
        ("You have two free articles left. Subscribe to the Blade to go on.", "advert"),
        ("本网站使用Cookie改善浏览体验", "disclaimer"),
        ("この記事は情報提供を目的としており、投資勧誘ではありません。", "disclaimer"),
        ("Teilen: Facebook – X – WhatsApp – E-Mail", "navigation"),
        ("Lesen Sie auch", "teaser"),
        ("Reklama", "advert"),
        ("Suka 214", "counter"),
        ("Comments (27)", "counter"),
        (STRANGER, "bio"),
        (f"Zur Person: {FIRST}", "bio"),
    ],
)  # fmt: skip
def test_the_page_behind_the_article(line: str, sort: str) -> None:
    assert sorts("\n\n".join(["Ein Haus aus Lehm", FIRST, SECOND, THIRD, line])) == [
        "title", "body", "body", "body", sort,
    ]  # fmt: skip


COMMENT = (
    "Ein schöner Artikel, aber mein Schwager hat dasselbe schon vor zwanzig Jahren gebaut und "
    "hätte viel zu erzählen."
)
ABSTRACTS = ["Der Brunnen im Hof", "Er war lange trocken. Jetzt läuft er.", "Die alte Mühle"]


def test_comments_of_readers_are_out() -> None:
    body = [FIRST, SECOND, THIRD, FIRST.replace("Lehm", "Stein"), SECOND.replace("Stroh", "Holz")]
    more = ["Kommentare", "Erik T.", "12. Mai 2031", COMMENT, "Antworten", "Thea B.", COMMENT]
    found = sorts("\n".join(["Ein Haus aus Lehm", *body, *more]))
    assert found[:6] == ["title", *["body"] * 5]
    assert [found[i] for i in (9, 12)] == ["comment", "comment"]
    assert set(found[6:]) == {"navigation", "comment"}
    # A button above the article opens nothing.
    assert sorts("\n".join(["Ein Haus aus Lehm", "Kommentare", *body]))[2:] == ["body"] * 5


def test_a_list_of_other_articles_with_whole_sentences_is_out() -> None:
    body = [FIRST, SECOND, THIRD, FIRST.replace("Lehm", "Stein"), SECOND.replace("Stroh", "Holz")]
    rest = ["Lesen Sie auch", *ABSTRACTS, "Hier wurde Korn gemahlen. Nun wird getanzt."]
    assert sorts("\n".join(["Ein Haus aus Lehm", *body, *rest]))[6:] == ["teaser"] * 5
    # Two paragraphs in a row are the article going on.
    text = "\n".join(["Ein Haus aus Lehm", *body, "Lesen Sie auch", ABSTRACTS[0], THIRD, SECOND])
    assert sorts(text)[-2:] == ["body", "body"]


def test_a_paragraph_far_behind_the_body_is_the_pages() -> None:
    page = ["Teilen", "Anmelden", "Kontakt", "0/400", "Anzeige", "Startseite"]
    text = "\n".join(["Ein Haus aus Lehm", FIRST, SECOND, THIRD, *page, COMMENT, "Teilen"])
    *_, comment, _ = label(text, "de")
    assert (comment.kind, comment.sort) == ("boilerplate", "navigation")
    assert comment.reason == "beyond the body, 4 lines of the page between"
    # The body goes on where what follows weighs more than the page between.
    text = "\n".join(["Ein Haus aus Lehm", FIRST, *page, SECOND, THIRD])
    assert sorts(text)[-2:] == ["body", "body"]


def test_a_table_of_figures_is_body() -> None:
    rows = ["Stroh und Lehm — 640 Euro", "Zwei Fenster — 110 Euro", "Ofen — 2900 Euro"]
    assert sorts("\n".join([FIRST, *rows, SECOND])) == ["body"] * 5


def test_an_article_goes_on_behind_a_caption() -> None:
    text = "\n".join(
        [FIRST, SECOND, "Foto: Erik Tamm", "Der Lehm hält.", "Der Ofen zieht.", "Teilen"]
    )
    assert sorts(text) == ["body", "body", "byline", "body", "body", "navigation"]


LONG = 100_000


@pytest.mark.parametrize(
    "text",
    [
        " " * LONG + "x",
        "1" + " " * LONG + "abcdefghijklmnopq",
        "1" + "." * LONG + "x",
        "(" * LONG,
        "." * LONG + "x",
        '."' * (LONG // 2) + "x",
        "a:" + " " * LONG + "x" * 80,
        " | " * (LONG // 3),
        "。 " * (LONG // 2),
        "2014 " * (LONG // 5),
        "wort\n" * (LONG // 5),
        "(1) a...\n" * (LONG // 9),
        "Ja. " * (LONG // 4),
        "小!" * (LONG // 2),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_long_runs_are_worked_through(text: str) -> None:
    # Any rule that is quadratic would keep this from ending.
    found = table(a1=text)
    lines = cleaning.clean(found)
    assert len(lines) == text.count("\n") + 1
    kept = passages.cut(found, lines)
    assert kept["end"].le(len(text)).all()


@pytest.fixture(scope="module")
def press() -> pd.DataFrame:
    """Clean the real articles, which are not in the repository."""
    corpus = Corpus("press", ROOT)
    texts = articles.read(articles.read_catalogue(corpus.catalogue), corpus.texts)
    return cleaning.clean(texts)


@pytest.mark.texts
@pytest.mark.parametrize(
    ("article_id", "wanted"),
    [
        ("000", {"title": 1, "byline": 2, "body": 21, "navigation": 24, "advert": 1, "counter": 1,
                 "disclaimer": 1, "blank": 24}),
        ("001", {"title": 2, "body": 13, "bio": 1, "teaser": 19, "blank": 34}),
        ("002", {"title": 1, "body": 52, "navigation": 1, "teaser": 2, "blank": 58}),
        ("003", {"title": 2, "heading": 9, "body": 22, "bio": 1, "teaser": 7,
                 "blank": 40}),
        ("004", {"body": 1, "teaser": 16}),
    ],
)  # fmt: skip
def test_the_real_articles_line_by_line(press: pd.DataFrame, article_id: str, wanted) -> None:
    own = press[press["article_id"] == article_id]
    assert Counter(own["kind"].mask(own["kind"] == "boilerplate", own["sort"])) == wanted


@pytest.mark.texts
def test_the_headings_of_003(press: pd.DataFrame) -> None:
    found = press[(press["article_id"] == "003") & (press["kind"] == "heading")]
    assert list(found["line"]) == [9, 15, 21, 27, 33, 39, 45, 51, 57]


@pytest.mark.texts
def test_the_biographies_are_out(press: pd.DataFrame) -> None:
    found = press[press["sort"] == "bio"]
    columns = ["article_id", "line", "start", "end", "kept_end", "kind"]
    assert found[columns].to_numpy().tolist() == [
        ["001", 31, 8633, 9272, 8633, "boilerplate"],
        ["003", 67, 14565, 15116, 14565, "boilerplate"],
        ["004", 1, 0, 4977, 4390, "body"],
    ]


@pytest.mark.texts
def test_passages_of_the_real_articles_hold_the_body_and_nothing_else(press: pd.DataFrame) -> None:
    corpus = Corpus("press", ROOT)
    texts = articles.read(articles.read_catalogue(corpus.catalogue), corpus.texts)
    cut = passages.cut(texts, press)
    for article in texts.itertuples():
        kept = bytearray(len(article.text))
        for row in press[press["article_id"] == article.article_id].itertuples():
            if row.kind == "body":
                kept[row.start : row.kept_end] = b"\x01" * (row.kept_end - row.start)
        seen = bytearray(len(article.text))
        for row in cut[cut["article_id"] == article.article_id].itertuples():
            assert not any(seen[row.start : row.end])
            seen[row.start : row.end] = b"\x01" * (row.end - row.start)
        differ = [i for i, pair in enumerate(zip(kept, seen, strict=True)) if pair[0] != pair[1]]
        assert all(article.text[i].isspace() for i in differ)


@pytest.mark.parametrize(
    ("line", "sort"),
    [
        ("延伸閱讀:海線最後一家手工麵線", "teaser"),  # the record has the simplified form
        ("首页 政务公开 政务服务 互动交流", "navigation"),
        ("Der Herbstmarkt beginnt, und alle Stände sind schon vergeben >>", "teaser"),
    ],
)
def test_signs_of_other_scripts_and_sites(line: str, sort: str) -> None:
    assert sorts("\n".join([line, FIRST, SECOND]))[0] == sort


def test_the_lines_of_a_quotation_are_no_menu() -> None:
    verse = ["« Das Haus aus Lehm,", "der Ofen warm,", "die Bank vergaß", "den Arm »"]
    assert sorts("\n".join([FIRST, *verse, SECOND])) == ["body"] * 6
    assert (
        sorts("\n".join([FIRST, *(line.strip("« ") for line in verse[:3]), SECOND]))[1:4]
        == ["navigation"] * 3
    )


def test_arrows_to_the_pages_before_and_after_are_no_quotation() -> None:
    arrows = ["‹ Voriger Beitrag", "Nächster Beitrag ›"]
    assert sorts("\n".join([FIRST, SECOND, *arrows]))[-2:] == ["navigation"] * 2


def test_a_list_of_figures_behind_the_last_paragraph_is_the_article_s() -> None:
    days = [
        "Die Termine im Herbst sind:",
        "Oberdorf am 4. Mai",
        "Mühle am 6. Mai",
        "Anger am 9. Mai",
    ]
    end = "Der Ofen kommt erst im Juni. (Tamm/Redaktion)"
    assert sorts("\n".join([FIRST, SECOND, *days, end])) == ["body"] * 7
    # Without a sentence behind them they may be anything.
    assert "navigation" in sorts("\n".join([FIRST, SECOND, *days]))


def test_thai_is_prose_without_marks() -> None:
    clause = "ร้านขนมปังในตลาดเปิดก่อนฟ้าสางทุกวันเพราะลูกค้ามารอ"
    menu = " ".join(["หน้าแรก", "ข่าว", "กีฬา", "ท่องเที่ยว"] * 15)
    prose = " ".join([clause] * 20)
    for last, kind in ((prose.replace("ขนมปัง", "กาแฟ"), "body"), (menu, "boilerplate")):
        lines = cleaning.label(f"{prose}\n{last}", "th")
        assert [line.kind for line in lines] == ["body", kind]
