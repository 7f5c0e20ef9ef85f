"""Hold what is made of the corpus `sample` against its gold: languages, repairs, passages, themes.

    python benchmarks/sample.py

Articles are put into halves by the SHA-256 of their id. The corpus was in view while the program
was written, so neither half is a proof; lines are measured by `cleaning.py` on pages that were not.
"""

from __future__ import annotations

import hashlib
import sys

import pandas as pd
from sklearn.metrics import f1_score

from polythemes import labelling, pipeline
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


def themes(results: pipeline.Results) -> pd.DataFrame:
    """Count passages whose largest theme is one of those that gold gives their lines.

    ``macro_f1`` takes such a theme for the gold one, else the one with most of the text;
    ``calibration`` is the expected calibration error of the largest share.
    """
    labels = labelling.from_lines(gold(results, "lines"), results["passages"])
    shares = results["theme_shares"]
    largest = shares.sort_values("share").drop_duplicates("passage_id", keep="last")
    best = labels["passage_id"].map(largest.set_index("passage_id")["theme_id"])
    pairs = list(zip(best, labels["themes"], strict=True))
    labels = labels.assign(
        best=best,
        gold=[theme if theme in given else given[0] for theme, given in pairs],
        half=labels["article_id"].map(half),
    )
    rows = {}
    for name, own in labels.groupby("half"):
        scores = {"average": "macro", "zero_division": 0}
        rows[name] = {
            "passages": len(own),
            "right": int((own["gold"] == own["best"]).sum()),
            "macro_f1": f1_score(own["gold"], own["best"], **scores),
            "calibration": labelling.calibration_error(labelling.reliability(own, shares)),
        }
    return pd.DataFrame.from_dict(rows, orient="index").round(3)


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
    ):
        print(f"{name}\n{count(results).to_string()}\n")
    print(f"Shares of the largest theme\n{results['reliability'].to_string(index=False)}")


if __name__ == "__main__":
    main()
