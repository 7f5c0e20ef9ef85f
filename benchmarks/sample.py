"""Hold what is made of the corpus `sample` against its gold: languages, repairs, passages, themes.

    python benchmarks/sample.py

Articles are put into halves by the SHA-256 of their id. The corpus was in view while the program
was written, so neither half is a proof; lines are measured by `cleaning.py` on pages that were not.
"""

from __future__ import annotations

import hashlib
import sys

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.metrics import f1_score

from polythemes import pipeline
from polythemes.repairs import apply
from polythemes.repairs.edits import Repair

PLACE = ["article_id", "start", "before", "after"]


def half(article_id: str) -> str:
    """Name the half that an article belongs to."""
    held = hashlib.sha256(article_id.encode()).digest()[0] % 2 == 0
    return "second" if held else "first"


def gold(results: pipeline.Results, name: str) -> pd.DataFrame:
    """Read a gold table."""
    path = results.corpus.folder / "gold" / f"{name}.csv"
    return pd.read_csv(path, dtype={"article_id": str}, keep_default_na=False)


def repairs(results: pipeline.Results) -> pd.DataFrame:
    """Count repairs expected, found and made where none is expected, by half."""
    wanted = set(gold(results, "repairs")[PLACE].itertuples(index=False, name=None))
    found = set(results["repairs"][PLACE].itertuples(index=False, name=None))
    rows = [
        (half(one[0]), one in wanted, one in found, one not in wanted) for one in wanted | found
    ]
    columns = ["half", "expected", "made", "unexpected"]
    table = pd.DataFrame(rows, columns=columns)
    table["right"] = table["expected"] & table["made"]
    return table.groupby("half")[["expected", "right", "unexpected"]].sum()


def languages(results: pipeline.Results) -> pd.DataFrame:
    """Count passages in the language of their article: no other language is planted."""
    table = results["passages"].merge(
        results["articles"][["article_id", "language"]], on="article_id", suffixes=("", "_gold")
    )
    table["right"] = table["language"] == table["language_gold"]
    table["half"] = table["article_id"].map(half)
    return table.groupby("half")["right"].agg(passages="size", right="sum")


def unchanged(results: pipeline.Results) -> pd.DataFrame:
    """Count passages whose text is the article's own, and whose repairs can all be undone."""
    rows = []
    for article, own in results["passages"].groupby("article_id"):
        text = pipeline.text(results, str(article)) or ""
        table = results["repairs"].query("article_id == @article")
        made = [Repair(*one) for one in table.iloc[:, 2:].itertuples(index=False)]
        undone, shift = [], 0
        for one in made:
            start = one.start + shift
            undone.append(
                Repair(start, start + len(one.after), one.after, one.before, one.sort, "")
            )
            shift += len(one.after) - len(one.before)
        whole = apply(apply(text, made), undone) == text
        same = own["text"] == [text[a:b] for a, b in zip(own["start"], own["end"], strict=True)]
        rows.append((half(str(article)), len(own), int(same.sum()) if whole else 0))
    table = pd.DataFrame(rows, columns=["half", "passages", "unchanged"])
    return table.groupby("half").sum()


def gold_themes(results: pipeline.Results) -> pd.Series:
    """Give the themes that gold names in the lines of every passage, by their part of the text."""
    lines = gold(results, "lines").query("themes != ''")
    found = {}
    for one in results["passages"].itertuples():
        own = lines[
            lines["article_id"].eq(one.article_id)
            & lines["line"].between(one.first_line, one.last_line)
        ]
        parts: dict[str, float] = {}
        for line in own.itertuples():
            names = line.themes.split(";")
            for name in names:
                parts[name] = parts.get(name, 0.0) + (line.end - line.start) / len(names)
        if parts:
            found[one.passage_id] = {k: v / sum(parts.values()) for k, v in parts.items()}
    return pd.Series(found)


def themes(results: pipeline.Results) -> pd.DataFrame:
    """Count passages whose largest theme is one of those that gold gives their lines.

    ``macro_f1`` takes such a theme for the gold one, else the one with most of the text;
    ``calibration`` is the expected calibration error of the largest share (how often it is right),
    ``of_shares`` that of all shares (against the theme's part of the text), in ten bins.
    """
    known = gold_themes(results)
    shares = results["theme_shares"].pivot(index="passage_id", columns="theme_id", values="share")
    shares = shares.loc[known.index]
    table = pd.DataFrame({"best": shares.idxmax(axis=1), "share": shares.max(axis=1)})
    table["right"] = [best in parts for best, parts in zip(table["best"], known, strict=True)]
    table["gold"] = [
        best if best in parts else max(parts, key=parts.__getitem__)
        for best, parts in zip(table["best"], known, strict=True)
    ]
    article = results["passages"].set_index("passage_id")["article_id"]
    table["half"] = article[known.index].map(half)
    rows = []
    for name, own in table.groupby("half"):
        said = shares.loc[own.index]
        true = [[known[one].get(theme, 0.0) for theme in said] for one in own.index]
        rows.append(
            {
                "half": name,
                "passages": len(own),
                "right": int(own["right"].sum()),
                "macro_f1": f1_score(own["gold"], own["best"], average="macro", zero_division=0),
                "calibration": calibration(own["share"].to_numpy(), own["right"].to_numpy()),
                "of_shares": calibration(said.to_numpy().ravel(), np.ravel(true)),
            }
        )
    return pd.DataFrame(rows).set_index("half").round(3)


def calibration(said: NDArray[np.float64], true: NDArray[np.float64]) -> float:
    """Give the expected calibration error: how far shares are from what is true, in ten bins."""
    bins = np.minimum((said * 10).astype(int), 9)
    away = np.abs(np.bincount(bins, said, 10) - np.bincount(bins, true, 10))
    return float(away.sum() / len(said))


def reliability(results: pipeline.Results) -> pd.DataFrame:
    """Give, for shares from 0 to 1, the mean share and how much of it gold confirms."""
    known = gold_themes(results)
    shares = results["theme_shares"]
    shares = shares[shares["passage_id"].isin(known.index)]
    true = [
        known[one].get(theme, 0.0)
        for one, theme in zip(shares["passage_id"], shares["theme_id"], strict=True)
    ]
    table = shares.assign(gold=true, bin=np.minimum((shares["share"] * 10).astype(int), 9) / 10)
    return (
        table.groupby("bin")
        .agg(shares=("share", "size"), said=("share", "mean"), gold=("gold", "mean"))
        .round(3)
    )


def main() -> None:
    """Print the counts."""
    results = pipeline.load("sample")
    if results.source != "texts":
        sys.exit("the texts of data/sample are needed; restore them with git")
    for name, count in (
        ("Language of passages", languages),
        ("Passages unchanged but for logged repairs", unchanged),
        ("Repairs", repairs),
        ("Largest theme of a passage", themes),
        ("Shares of themes and what gold gives them", reliability),
    ):
        print(f"{name}\n{count(results).to_string()}\n")


if __name__ == "__main__":
    main()
