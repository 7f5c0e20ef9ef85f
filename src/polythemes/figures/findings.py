"""What each figure shows, in a sentence that is filled from its data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from polythemes import languages
from polythemes.figures import labels, rows, sentences, style

#: So many articles, groups, periods, topics or themes are named one by one.
FEW = 8
#: So many actors, or pairs of them, are named.
FIRST = 3
#: What the model of this program is called among the models.
OWN = "TopicModel"
STABLE = "Stability (1: the same topics again from part of the passages)"
COMPARED = {"stability": STABLE, "leakage": "Leakage of language (0: none)"}


def of(data: pd.DataFrame) -> str:
    """Say what the data of a figure show most plainly.

    Parameters
    ----------
    data : pandas.DataFrame
        What a figure shows; its columns tell of which figure it is.

    Returns
    -------
    str
        A sentence or two; "" for data of another making, or without rows.
    """
    if data.empty:
        return ""
    data = data.reset_index(drop=True)
    return next((say(data) for needed, say in FINDINGS if needed <= set(data)), "")


def _kept(data: pd.DataFrame) -> str:
    """Say how many words were kept."""
    sums = data.assign(held=data["words"].where(data["kept"], 0))
    sums["article"] = [*map(labels.article, data["article_id"], data["language"])]
    whole = sums.groupby("article")[["words", "held"]].sum()
    words, held = (int(whole[name].sum()) for name in ("words", "held"))
    if not words:
        return ""
    said = f"Of {labels.count(words, 'word')} {held:,} ({labels.percent(held / words)}) are kept"
    parts = (whole["held"] / whole["words"]).dropna()
    if len(parts) < 2:
        return f"{said}."
    least, most = (f"{labels.percent(parts[a])} of {a}" for a in (parts.idxmin(), parts.idxmax()))
    return f"{said}, from {least} to {most}."


def _repaired(data: pd.DataFrame) -> str:
    """Say how many places were mended, and where most."""
    names = [*map(labels.article, data["article_id"], data["language"])]
    counts = data.assign(article=names).groupby("article")["repairs"].sum()
    total = int(counts.sum())
    if not total:
        return "No place had to be mended."
    own = data[[name == counts.idxmax() for name in names]].query("repairs > 0")
    own = own.sort_values("repairs", ascending=False, kind="stable")
    sorts = [f"{n} {labels.plain(sort)}" for n, sort in own[["repairs", "sort"]].to_numpy()]
    most = f"{counts.idxmax()} has most: {sentences.listed(sorts)}"
    return f"{labels.count(total, 'place')} {'was' if total == 1 else 'were'} mended; {most}."


def _nearest(data: pd.DataFrame) -> str:
    """Name the language that each one's nearest passages are in most often."""
    best = rows.largest(data, "language", "share")
    if len(best) > FEW:
        return ""
    name = languages.name
    pairs = [
        (
            name(row["neighbour_language"]),
            f"{name(row['language'])} ({labels.percent(row['share'])})",
        )
        for row in best
    ]
    told = [
        f"in {to} for those in {sentences.listed(own)}"
        for to, own in sentences.gathered(pairs).items()
    ]
    return f"The nearest passage is most often {sentences.listed(told, '; ')}."


def _chosen(data: pd.DataFrame) -> str:
    """Say which number of topics was taken."""
    taken = data[data["chosen"].eq(True)].to_dict("records")
    if not taken:
        return ""
    measured = [name for name in ("stability", "separation") if pd.notna(taken[0].get(name))]
    values = sentences.listed(f"{name} is {taken[0][name]:.2f}" for name in measured)
    tried = f"{data['n_topics'].min()} to {data['n_topics'].max()} that were tried"
    number = int(taken[0]["n_topics"])
    were = f"{labels.count(number, 'topic')} {'was' if number == 1 else 'were'}"
    return f"{were} taken, of {tried}{values and '; there '}{values}."


def _languages(data: pd.DataFrame) -> str:
    """Name the languages that topics are mostly of, and how far the two hang together."""
    parts = data[data["language"].notna() & data["bar"].str.startswith("topic")]
    said = []
    for bar, own in parts.groupby("bar", sort=False):
        most = own[own["share"].eq(own["share"].max())]
        codes = zip(most["share"], most["language"], strict=True)
        mostly = sentences.listed(
            f"{labels.percent(s)} {languages.name(code)}" for s, code in codes
        )
        said.append(f"{bar} is {mostly}")
    scores = data[data["language"].isna()].set_index("bar")
    share, low, high = scores.loc["leakage", ["share", "low", "high"]]
    told = f"{sentences.sentence('; '.join(said))} " if 0 < len(said) <= FEW else ""
    told += f"Leakage is {share:.2f} (95 % interval over articles {low:.2f} to {high:.2f})"
    return f"{told}; by chance it would be {scores.loc['chance', 'share']:.2f}."


def _map(data: pd.DataFrame) -> str:
    """Count what lies on the map, and what lies between topics."""
    weak = int(data["weak"].sum()) if "weak" in data else 0
    whole = labels.count(len(data), "passage")
    if not weak:
        return f"There are {whole}."
    return f"Of {whole} {weak:,} {'belongs' if weak == 1 else 'belong'} to a topic only weakly."


def _models(data: pd.DataFrame) -> str:
    """Compare the models by how stable their topics are, and how far these follow languages."""
    told: list[str] = []
    for score, begun in COMPARED.items():
        own = data[data["score"].eq(score) & data["value"].notna()]
        if 0 < len(own) <= FEW:
            best = own.sort_values("value", ascending=False, kind="stable").to_dict("records")
            said = [f"{row['value']:.2f} for {labels.plain(row['model'])}" for row in best]
            if not told:
                said = [one + ", which is Polythemes' own" * one.endswith(OWN) for one in said]
            told.append(f"{begun} is {sentences.listed(said)}.")
    return " ".join(told)


def _terms(data: pd.DataFrame) -> str:
    """Name the topics."""
    named = data.drop_duplicates("topic_id").sort_values("topic_id").to_dict("records")
    if len(named) > FEW:
        return ""
    said = (
        f"topic {row['topic_id']}, {labels.plain(row['label'])} "
        f"({labels.count(int(row['passages']), 'passage')})"
        for row in named
    )
    return f"The topics are {sentences.listed(said, '; ')}."


def _joined(data: pd.DataFrame) -> str:
    """Say which topics join first."""
    joins = data[data["left"].notna()].sort_values("height", kind="stable").to_dict("records")
    if not joins:
        return ""
    first = f"{int(joins[0]['left'])} and {int(joins[0]['right'])}"
    last = f"; all are one at {joins[-1]['height']:.2f}" if len(joins) > 1 else ""
    return (
        f"Topics {first} are the most alike and join at a height of {joins[0]['height']:.2f}{last}."
    )


def _cited(data: pd.DataFrame) -> str:
    """Name the strongest passage of every theme."""
    best = rows.largest(data[data["theme_id"].ne(style.REST)], "theme", "share")
    if not 0 < len(best) <= FEW:
        return ""
    said = (
        f"{row['reference']} for {labels.plain(row['theme'])} ({labels.percent(row['share'])})"
        for row in best
    )
    return f"The passage with the largest share is {sentences.listed(said)}."


def _themes(data: pd.DataFrame) -> str:
    """Name the largest theme of each article, group, period or topic."""
    columns = {"article_id": "article", "group": "group", "period": "period", "topic_id": "topic"}
    by = next((column for column in columns if column in data), "")
    named = data[data["theme_id"].ne(style.REST) & data["share"].gt(0)]
    best = rows.largest(named, by, "share") if by else []
    if not best:
        return ""
    if len(best) > FEW:
        counts = pd.Series([labels.plain(row["theme"]) for row in best]).value_counts()
        told = sentences.listed(f"{theme} in {n:,}" for theme, n in counts.head(FIRST).items())
        return f"The largest theme is {told} of {labels.count(len(best), columns[by])}."
    best.sort(key=lambda row: str(row[by]))
    pairs = [
        (labels.plain(row["theme"]), f"{_unit(by, row)} ({labels.percent(row['share'])})")
        for row in best
    ]
    said = [
        f"{theme} in {sentences.listed(own)}" for theme, own in sentences.gathered(pairs).items()
    ]
    bare = "p" in data and data["p"].isna().all()
    begun = "In these articles, too few to compare, the" if bare else "The"
    return f"{begun} largest theme is {sentences.listed(said, '; ')}."


def _unit(by: str, row: dict[str, Any]) -> str:
    """Name an article, group, period or topic as figures do."""
    if by == "article_id":
        return labels.article(row[by], row["language"])
    if by == "group" and row["by"] == "language":
        return languages.name(row[by])
    return f"topic {row[by]}" if by == "topic_id" else labels.plain(row[by]) or "what is not told"


def _actor_themes(data: pd.DataFrame) -> str:
    """Name the largest theme beside the actors that most passages name."""
    named = data[data["theme_id"].ne(style.REST)]
    best = rows.largest(named, "actor_id", "share")
    best.sort(key=lambda row: (-row["passages"], str(row["actor"])))
    said = (
        f"where {labels.plain(row['actor'])} is named, in "
        f"{labels.count(int(row['passages']), 'passage')}, "
        f"{labels.plain(row['theme'])} takes most ({labels.percent(row['share'])})"
        for row in best[:FIRST]
    )
    return sentences.sentence("; ".join(said))


def _pairs(data: pd.DataFrame) -> str:
    """Name the actors that most passages name together."""
    best = data.sort_values("passages", ascending=False, kind="stable").head(FIRST)
    said = (
        f"{labels.plain(row['actor'])} and {labels.plain(row['other'])} "
        f"({labels.count(int(row['passages']), 'passage')})"
        for row in best.to_dict("records")
    )
    return f"Named together most often are {sentences.listed(said, '; ')}."


def _mentions(data: pd.DataFrame) -> str:
    """Name the actors that are named most often."""
    by = data[data["mentions"].gt(0)].groupby(["actor_id", "actor"], sort=False)
    sums = by.agg(mentions=("mentions", "sum"), articles=("article_id", "nunique")).reset_index()
    best = sums.sort_values("mentions", ascending=False, kind="stable").head(FIRST)
    said = (
        f"{labels.plain(row['actor'])} ({row['mentions']:,} times in "
        f"{labels.count(int(row['articles']), 'article')})"
        for row in best.to_dict("records")
    )
    return f"Named most often are {sentences.listed(said)}." if len(best) else ""


def _right(data: pd.DataFrame) -> str:
    """Say how often the largest theme is one that a label names, and the one it names first."""
    own = data.assign(held=data["confirmed"] * data["labels"])
    sums = own.groupby("rule")[["held", "labels"]].sum()
    part = (sums["held"] / sums["labels"]).reindex(["named", "main"])
    if part.isna().any():
        return ""
    return (
        f"The largest theme of a passage is one that the label names in "
        f"{labels.percent(part['named'])} of {labels.count(int(sums['labels'].max()), 'label')}, "
        f"and the one it names first in {labels.percent(part['main'])}."
    )


def _lengths(data: pd.DataFrame) -> str:
    """Say how long passages are."""
    medians = data.groupby("language")["words"].median()
    least, most = (
        f"{medians[c]:g} ({languages.name(str(c))})" for c in (medians.idxmin(), medians.idxmax())
    )
    middle = f"goes from {least} to {most}" if len(medians) > 1 else f"is {most}"
    low, high = int(data["words"].min()), int(data["words"].max())
    whole = labels.count(len(data), "passage")
    return f"{whole} have {low:,} to {high:,} words; the median {middle}."


Finding = tuple[frozenset[str], Callable[[pd.DataFrame], str]]
#: What is said of a figure, by columns of its data; the first that fits.
FINDINGS: tuple[Finding, ...] = (
    (frozenset({"fate", "kept", "words", "article_id"}), _kept),
    (frozenset({"sort", "repairs", "article_id"}), _repaired),
    (frozenset({"neighbour_language", "share"}), _nearest),
    (frozenset({"n_topics", "chosen"}), _chosen),
    (frozenset({"bar", "language", "share"}), _languages),
    (frozenset({"x", "y", "article_id", "topic_id"}), _map),
    (frozenset({"model", "score", "value"}), _models),
    (frozenset({"term", "topic_id", "label", "passages"}), _terms),
    (frozenset({"node", "left", "right", "height"}), _joined),
    (frozenset({"reference", "theme_id", "theme", "share"}), _cited),
    (frozenset({"actor", "theme_id", "share", "passages"}), _actor_themes),
    (frozenset({"actor", "other", "passages"}), _pairs),
    (frozenset({"actor", "mentions", "article_id"}), _mentions),
    (frozenset({"rule", "confirmed", "labels"}), _right),
    (frozenset({"theme_id", "theme", "share"}), _themes),
    (frozenset({"passage_id", "words", "language"}), _lengths),
)
