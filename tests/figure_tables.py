"""Tables made up for the tests of the figures: no text of any article is in them."""

from __future__ import annotations

import hashlib
from functools import partial

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from polythemes.figures import actors as figured_actors
from polythemes.figures import (
    choice,
    collected,
    crosswalk,
    groups,
    leakage,
    maps,
    models,
    network,
    reliability,
    repaired,
    terms,
    times,
    tree,
    vectors,
)
from polythemes.figures import themes as figured_themes
from polythemes.tables import CONTRACTS, check

LANGUAGES = ("id", "de", "zh", "it", "en")
SIZES = (11, 14, 18, 12, 25)
WORDS = {
    "id": [
        "iklan",
        "toko",
        "daring",
        "pembeli",
        "merek",
        "aplikasi",
        "belanja",
        "siaran",
        "langsung",
        "harga",
        "pasar",
    ],
    "de": [
        "Werbung",
        "Händler",
        "Käuferin",
        "Datenschutzgrundverordnung",
        "Umsatz",
        "Größe",
        "Preis",
        "App",
    ],
    "zh": [
        "直播",
        "电商",
        "消费者",
        "广告",
        "平台",
        "品牌",
        "小红书",
        "数据保护",
        "店铺",
        "人工智能推荐系统",
    ],
    "it": [
        "pubblicità",
        "negozio",
        "città",
        "qualità",
        "prezzo",
        "piattaforma",
        "acquirente",
        "più",
        "marchio",
    ],
    "en": ["store", "shopper", "brand", "ad", "app", "live stream", "price", "retail media"],
}
SORTS = ("teaser", "navigation", "bio", "footer", "counter", "disclaimer", "advert", "repeat")
THEMES = {
    "privacy": "Data and privacy",
    "ads": "Advertising",
    "live": "Live selling and creators",
    "prices": "Prices and offers",
    "shops": "Shops and the high street",
    "rest": "rest",
}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def articles(count: int = 5, languages: tuple[str, ...] = LANGUAGES) -> pd.DataFrame:
    """Make the table ``articles``."""
    rows = [
        {
            "article_id": f"{i:03d}",
            "file": f"{i:03d}.txt",
            "row": "",
            "sha256": _hash(str(i)),
            "encoding": "utf-8",
            "language": languages[i % len(languages)],
            "title": None,
            "author": None,
            "source": None,
            "date": None,
            "form": "news",
        }
        for i in range(count)
    ]
    return check(pd.DataFrame(rows), "articles")


def passages(given: pd.DataFrame, sizes: tuple[int, ...] = SIZES) -> pd.DataFrame:
    """Make the table ``passages``."""
    rng = np.random.default_rng(1)
    rows = []
    for i, (article, language) in enumerate(
        zip(given["article_id"], given["language"], strict=True)
    ):
        line = start = 1
        for j in range(sizes[i % len(sizes)]):
            words, last = int(rng.gamma(9, 8)) + 5, line + int(rng.integers(0, 3))
            rows.append(
                {
                    "passage_id": f"{article}-{j:03d}",
                    "article_id": article,
                    "language": language,
                    "confidence": 0.99,
                    "first_line": line,
                    "last_line": last,
                    "start": start,
                    "end": start + words * 6,
                    "words": words,
                    "sha256": _hash(f"{article}-{j}"),
                }
            )
            line, start = last + 1, start + words * 6 + 1
    return check(pd.DataFrame(rows), "passages")


def lines(given: pd.DataFrame) -> pd.DataFrame:
    """Make the table ``lines``: a title, a byline, body, headings, and all sorts of boilerplate."""
    rng = np.random.default_rng(2)
    rows = []
    for i, article in enumerate(given["article_id"]):
        kinds = ["title", "byline", "blank"] + ["body"] * (8 + 9 * (i % 3)) + ["heading"] * 4
        extra = [SORTS[(i + j) % len(SORTS)] for j in range(2 + i % 5)]
        start = 0
        for number, kind in enumerate([*kinds, *extra], start=1):
            words = {"blank": 0, "body": int(rng.integers(30, 90))}.get(
                kind, int(rng.integers(3, 40))
            )
            sort = kind if kind in SORTS else ("teaser" if number == 5 else None)
            end = start + words * 6
            rows.append(
                {
                    "article_id": article,
                    "line": number,
                    "start": start,
                    "end": end,
                    "kept_end": end - (60 if number == 5 else 0) if kind not in SORTS else start,
                    "words": words,
                    "kind": "boilerplate" if kind in SORTS else kind,
                    "sort": sort,
                    "reason": None,
                }
            )
            start = end + 1
    return check(pd.DataFrame(rows), "lines")


def repairs(given: pd.DataFrame) -> pd.DataFrame:
    """Make the table ``repairs``: none in the first article, more of other sorts in each next."""
    sorts = [*repaired.SORTS, "a new sort"]
    rows = [
        (article, 1 + k, 10 * k, 10 * k + 1, "囼", "台", sorts[k % len(sorts)], "why")
        for i, article in enumerate(given["article_id"])
        for k in range(5 * (i % 12))
    ]
    return pd.DataFrame(rows, columns=list(CONTRACTS["repairs"]))


def topics(count: int = 4) -> pd.DataFrame:
    """Make the table ``topics``."""
    rows = [
        {
            "topic_id": i,
            "label": f"{WORDS['en'][i % 8]} · 直播",
            "passages": 5 + 40 // i,
            "weight": 0.25,
        }
        for i in range(1, count + 1)
    ]
    return check(pd.DataFrame(rows), "topics")


def topic_terms(count: int = 4, each: int = 10) -> pd.DataFrame:
    """Make the table ``topic_terms``; topic 1 has no Chinese term, and a row lacks one language."""
    rows = [
        {
            "topic_id": topic,
            "row": row + 1,
            "concept_id": 100 * topic + row,
            "language": language,
            "rank": row + 1 - (row > place),
            "term": words[(topic + row) % len(words)] + (" più" if row >= len(words) else ""),
            "weight": round(1 / (row + 1 - (row > place)), 4),
        }
        for topic in range(1, count + 1)
        for place, (language, words) in enumerate(WORDS.items())
        for row in range(each)
        if (topic, language) != (1, "zh") and row != place
    ]
    return check(pd.DataFrame(rows), "topic_terms")


def topic_names(count: int = 4) -> pd.DataFrame:
    """Make the table ``topic_names``; Italian has none."""
    rows = [
        (topic, language, " · ".join(words[topic % 5 : topic % 5 + 2]))
        for topic in range(1, count + 1)
        for language, words in WORDS.items()
        if language != "it"
    ]
    return pd.DataFrame(rows, columns=["topic_id", "language", "name"])


def topic_choice(count: int = 4, most: int = 11) -> pd.DataFrame:
    """Make the table ``topic_choice``: numbers from 2 up, or the one that was asked for."""
    numbers = range(2, most + 1) if 1 < count <= most else [count]
    rows = [
        {
            "n_topics": k,
            "stability": round(0.95 - 0.4 * abs(k - count) / (2 + abs(k - count)), 4),
            "separation": round(0.17 / k**0.5 - 0.06, 4),
            "coherence": round(0.2 - 0.01 * (k - count) ** 2, 4),
            "chosen": k == count,
            "why": "the fewest within 10 % of the best separation; sure: draws agree to 0.95"
            if k == count
            else "",
        }
        for k in numbers
    ]
    return pd.DataFrame(rows)


def topic_tree(given: pd.DataFrame) -> pd.DataFrame:
    """Make the table ``topic_tree``: each time the two smallest parts are joined."""
    sizes = dict(zip(given["topic_id"], given["passages"], strict=True))
    rows = []
    for node in range(len(sizes) + 1, 2 * len(sizes)):
        left, right = sorted(sizes, key=lambda part: (sizes[part], part))[:2]
        sizes[node] = sizes.pop(left) + sizes.pop(right)
        rows.append((node, left, right, 1 + 0.3 * len(rows) ** 1.5, sizes[node]))
    return pd.DataFrame(rows, columns=["node", "left", "right", "height", "passages"])


def topic_members(shares: pd.DataFrame) -> pd.DataFrame:
    """Make the table ``topic_members``: those with a share below 0.6 are weakly in their topic."""
    best = shares.sort_values(["passage_id", "share", "topic_id"]).groupby("passage_id").tail(1)
    return best.assign(weak=best["share"] < 0.6)


def compared(count: int = 4) -> pd.DataFrame:
    """Make the table ``models``: HDP has no stability, and one score is of a new sort."""
    rng = np.random.default_rng(8)
    rows = []
    for model in ("TopicModel", "LDA", "LSI", "NMF", "HDP"):
        topics = count + 3 * (model == "HDP")
        for score in ("stability", "leakage", "chance", "coverage", "silhouette", "a new score"):
            value = 1.0 if score == "coverage" else float(rng.uniform(0.05, 0.8))
            if (model, score) != ("HDP", "stability"):
                rows.append((model, topics, score, "", value, value - 0.04, min(1, value + 0.06)))
        for language in LANGUAGES:
            value = float(rng.normal(0.1, 0.1))
            rows.append((model, topics, "npmi", language, value, value - 0.1, value + 0.1))
            rows.append((model, topics, "cnpmi", f"{language}-xx", value, np.nan, np.nan))
        rows.append((model, topics, "cnpmi", "", 0.1, np.nan, np.nan))
    return pd.DataFrame(rows, columns=models.COLUMNS)


def topic_shares(given: pd.DataFrame, count: int = 4) -> pd.DataFrame:
    """Make the table ``topic_shares``."""
    rng = np.random.default_rng(3)
    shares = rng.dirichlet(np.full(count, 0.3), len(given))
    rows = [
        {"passage_id": passage, "topic_id": topic, "share": shares[i, topic - 1]}
        for i, passage in enumerate(given["passage_id"])
        for topic in range(1, count + 1)
    ]
    return check(pd.DataFrame(rows), "topic_shares")


def layout(given: pd.DataFrame, shares: pd.DataFrame) -> pd.DataFrame:
    """Make the table ``layout``: topics are clouds, each with room for its neighbours."""
    rng = np.random.default_rng(4)
    first = shares.sort_values(["passage_id", "share"]).groupby("passage_id")["topic_id"].last()
    topic = given["passage_id"].map(first).to_numpy()
    noise = rng.normal(0, 0.4, (len(given), 2))
    x, y = np.cos(topic * 1.7) * 1.2 + noise[:, 0], np.sin(topic * 1.7) + noise[:, 1]
    return pd.DataFrame({"passage_id": given["passage_id"], "x": x, "y": y})


def themes() -> pd.DataFrame:
    """Make the table ``themes``, in the order of a researcher's file."""
    return pd.DataFrame(
        [
            {"theme_id": theme, "label": label, "description": ""}
            for theme, label in THEMES.items()
            if theme != "rest"
        ]
    )


def article_themes(given: pd.DataFrame) -> pd.DataFrame:
    """Make the table ``article_themes``."""
    rng = np.random.default_rng(5)
    rows = []
    for article in given["article_id"]:
        for theme, share in zip(THEMES, rng.dirichlet(np.full(len(THEMES), 0.9)), strict=True):
            low, high = max(0.0, share - 0.07), min(1.0, share + 0.09)
            rows.append((article, theme, share, low, high))
    columns = ["article_id", "theme_id", "share", "low", "high"]
    return check(pd.DataFrame(rows, columns=columns), "article_themes")


def evidence(given: pd.DataFrame, each: int = 3) -> pd.DataFrame:
    """Make the table ``evidence``."""
    rng = np.random.default_rng(6)
    rows = []
    for theme in [theme for theme in THEMES if theme != "rest"]:
        for article, group in given.groupby("article_id"):
            words = WORDS[group["language"].iloc[0]]
            rows += [
                {
                    "theme_id": theme,
                    "article_id": article,
                    "rank": rank + 1,
                    "passage_id": group["passage_id"].iloc[int(rng.integers(len(group)))],
                    "share": round(0.9 - rank * 0.13 - rng.random() * 0.1, 4),
                    "terms": ", ".join(rng.permutation(words)[: 4 + rank]),
                    "nearest": theme,
                    "nearness": 0.5,
                }
                for rank in range(min(each, len(group)))
            ]
    return check(pd.DataFrame(rows), "evidence")


def scores() -> pd.DataFrame:
    """Make the scores that the figure of leakage shows."""
    return pd.DataFrame(
        [("leakage", 0.14, 0.1, 0.2), ("chance", 0.06, 0.03, 0.09)],
        columns=["score", "value", "low", "high"],
    )


def neighbours(given: pd.DataFrame) -> pd.DataFrame:
    """Make the table of nearest neighbours in other articles."""
    rng = np.random.default_rng(7)
    rows = []
    for passage, language in zip(given["passage_id"], given["language"], strict=True):
        others = sorted(set(given["language"]) - {language}) or [language]
        other = others[int(rng.integers(len(others)))]
        rows.append((passage, language, other, round(float(rng.normal(0.45, 0.08)), 4)))
    columns = ["passage_id", "language", "neighbour_language", "similarity"]
    return pd.DataFrame(rows, columns=columns)


NAMES = ["Tencent", "小红书", "TikTok Shop", "Net-a-Porter", "Li Jiaqi", "Pyramid schemes", "QQ"]


def actors(given: pd.DataFrame, count: int = 7) -> dict[str, pd.DataFrame]:
    """Make the tables of actors: the first is named in every passage, the next in every second."""
    sorts = [*figured_actors.SORTS, "a new sort"]
    ids = [f"actor-{i:02d}" for i in range(count)]
    of = {one: given.iloc[:: i + 1] for i, one in enumerate(ids)}
    who, where, beside = [], [], []
    for i, (one, own) in enumerate(of.items()):
        name, articles = NAMES[i % len(NAMES)], own["article_id"].nunique()
        counts = (2 * len(own), len(own), articles, "de, zh")
        who.append((one, sorts[i % len(sorts)], name, "", *counts))
        for article, part in own.groupby("article_id"):
            where.append((article, one, 2 * len(part), len(part), 0.5))
        for other in ids[i + 1 :]:
            both = len(set(own["passage_id"]) & set(of[other]["passage_id"]))
            beside.append((one, other, both, 0.5))
    rng = np.random.default_rng(8)
    on = [
        (one, theme, share, *bounds, row[5], row[6], row[6] < 5)
        for row in who
        for one, theme, share in zip([row[0]] * 6, THEMES, rng.dirichlet([1] * 6), strict=True)
        for bounds in [(np.nan, np.nan) if row[6] == 1 else (share / 2, (1 + share) / 2)]
    ]
    rows = {"actors": who, "article_actors": where, "actor_links": beside, "actor_themes": on}
    made = {n: pd.DataFrame(own, columns=list(CONTRACTS[n])) for n, own in rows.items()}
    return {name: check(table, name) for name, table in made.items()}


def compared_themes(names: tuple[str, str], groups: dict[str, list[str]]) -> pd.DataFrame:
    """Make the table ``theme_groups``: the first group differs, the last is small."""
    rng = np.random.default_rng(9)
    rows = []
    for by, values in groups.items():
        for i, group in enumerate(values):
            articles = 1 if i == len(values) - 1 else 5 + 9 * i
            for theme, share in zip(THEMES, rng.dirichlet(np.full(len(THEMES), 0.9)), strict=True):
                ends = [np.nan] * 2 if articles == 1 else [0.8 * share, 0.8 * share + 0.2]
                p = 0.001 if i == 0 else 0.5
                told = [articles, 9 * articles, articles < 5, 0.1 - share / 5]
                chances = [np.nan] * 2 if articles < 5 else [p, p]
                rows.append(
                    (by, group, theme, share, *ends, *told, *chances, i == 0 < articles - 1)
                )
    columns = [*names, *list(CONTRACTS["theme_groups"])[2:]]
    return pd.DataFrame(rows, columns=columns)


def crossed(count: int = 4) -> pd.DataFrame:
    """Make the table ``crosswalk``: topic 1 is of one article, the last is covered by no theme."""
    rng = np.random.default_rng(10)
    rows = []
    for topic in range(1, count + 1):
        free = [0.2] * 5 + [0.0] if topic == count else rng.dirichlet(np.full(len(THEMES), 0.2))
        for theme, share in zip(THEMES, free, strict=True):
            ends = [np.nan] * 2 if topic == 1 else [0.8 * share, 0.8 * share + 0.2]
            rows.append((topic, theme, share, *ends, 1 / count, 0.1, 0.9, 5 + 40 // topic, 3))
    return pd.DataFrame(rows, columns=list(CONTRACTS["crosswalk"]))


def labelled(made: pd.DataFrame) -> dict:
    """Make labels of two readers, and how often shares were right."""
    rows = [
        (right, i / 10, i / 10 + 0.1, i / 10 + 0.04, i / 12, i / 14, i / 10, 10**i % 9973, i, i)
        for right in ("main", "named")
        for i in range(2, 10)
    ]
    labels = [
        made[["passage_id", "article_id"]].assign(annotator=who, drawn="random", themes="rest")
        for who in ("one", "two")
    ]
    return {
        "reliability": pd.DataFrame(rows, columns=list(CONTRACTS["reliability"])),
        "labels": pd.concat(labels, ignore_index=True),
    }


def everything(count: int = 5, sizes: tuple[int, ...] = SIZES, topic_count: int = 4) -> dict:
    """Make all tables of a corpus, by name."""
    home = articles(count)
    made = passages(home, sizes)
    shares = topic_shares(made, topic_count)
    found = topics(topic_count)
    return {
        "articles": home,
        "lines": lines(home),
        "repairs": repairs(home),
        "passages": made,
        "topics": found,
        "topic_terms": topic_terms(topic_count),
        "topic_names": topic_names(topic_count),
        "topic_shares": shares,
        "topic_choice": topic_choice(topic_count),
        "topic_tree": topic_tree(found),
        "topic_members": topic_members(shares),
        "models": compared(topic_count),
        "layout": layout(made, shares),
        "themes": themes(),
        "article_themes": article_themes(home),
        "evidence": evidence(made),
        "scores": scores(),
        "neighbours": neighbours(made),
        **actors(made),
        **labelled(made),
        "crosswalk": crossed(topic_count),
        "theme_groups": compared_themes(
            ("by", "group"), {"language": sorted({*home["language"]}), "source": ["", "The Paper"]}
        ),
        "theme_times": compared_themes(
            ("unit", "period"),
            {"year": ["2029", "2031"], "month": [f"2031-{m:02d}" for m in range(1, 4 + count % 9)]},
        ),
    }


def hard() -> dict:
    """Make tables whose names are as long as they come."""
    tables = everything(count=6)
    for table in tables.values():
        if "article_id" in table:
            table["article_id"] = "2019-05-12-a-reader-" + table["article_id"] + "-of-the-paper"
    long = "Datenschutzgrundverordnung"
    tables["themes"]["label"] = ["数据保护与消费者隐私问题", long, long, "A long name " * 4, ""]
    tables["topics"]["label"] = "Datenschutzgrundverordnung · 直播电商平台数据保护 · ad"
    tables["topic_names"]["name"] = "Datenschutzgrundverordnung · 直播电商平台数据保护"
    tables["actors"]["label"] += " " + long + " 直播电商平台数据保护"
    tables["topic_terms"]["term"] += " Datenschutzgrundverordnung"
    tables["topic_choice"]["why"] = "a reason that goes on and on, " * 6
    sources = tables["theme_groups"]["by"].eq("source")
    tables["theme_groups"].loc[sources, "group"] += " " + long
    tables["models"]["model"] += " " + long
    tables["models"]["score"] = tables["models"]["score"].replace("a new score", "a new score " * 5)
    return tables


#: Every figure, with the tables it is drawn from.
FIGURES = {
    "collected": (collected.collected, ("lines", "articles")),
    "repaired": (repaired.repaired, ("repairs", "articles")),
    "maps": (maps.passages, ("layout", "passages", "topic_shares", "articles")),
    "weak": (maps.passages, ("layout", "passages", "topic_shares", "articles", "topic_members")),
    "leakage": (leakage.leakage, ("topic_shares", "passages", "scores")),
    "terms": (terms.terms, ("topic_terms", "topics")),
    "named": (terms.terms, ("topic_terms", "topics", "topic_names")),
    "choice": (choice.choice, ("topic_choice",)),
    "tree": (tree.tree, ("topic_tree", "topics")),
    "models": (models.models, ("models",)),
    "heatmap": (figured_themes.heatmap, ("article_themes", "themes", "articles")),
    "evidence": (figured_themes.evidence, ("evidence", "themes", "passages")),
    "actors": (figured_actors.heatmap, ("actor_themes", "themes", "actors")),
    "present": (figured_actors.present, ("article_actors", "actors", "articles")),
    "network": (network.network, ("actor_links", "actors")),
    "crosswalk": (crosswalk.crosswalk, ("crosswalk", "themes", "topics")),
    "groups": (groups.groups, ("theme_groups", "themes")),
    "sources": (partial(groups.groups, by="source"), ("theme_groups", "themes")),
    "times": (times.times, ("theme_times", "themes", "articles")),
    "reliability": (
        partial(reliability.reliability, origin="Two readers read all."),
        ("reliability", "labels"),
    ),
    "nearest": (vectors.nearest, ("neighbours",)),
    "lengths": (vectors.lengths, ("passages",)),
}


def draw(name: str, tables: dict) -> tuple[Figure, pd.DataFrame]:
    """Draw one figure from the tables of a corpus."""
    function, needed = FIGURES[name]
    return function(*(tables[table] for table in needed))
