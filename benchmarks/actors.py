"""Precision and recall of the actors found in `sample`, beside mentions that were read by hand.

Run it as ``python benchmarks/actors.py`` after ``polythemes build sample``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from polythemes import pipeline

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "data" / "sample" / "gold" / "actors.csv"
KEYS = ["article_id", "start", "actor_id"]
#: What is to be reached.
PRECISION, RECALL = 0.98, 0.95


def scores(found: pd.DataFrame, gold: pd.DataFrame) -> tuple[float, float, pd.DataFrame]:
    """Compare mentions by article, first character and actor.

    Parameters
    ----------
    found, gold : pandas.DataFrame
        Columns ``article_id``, ``start``, ``actor_id`` and ``name``.

    Returns
    -------
    precision, recall : float
        0 to 1.
    wrong : pandas.DataFrame
        The mentions that stand in one alone; ``where`` says in which.
    """
    both = found.merge(gold, on=KEYS, how="outer", indicator="where", suffixes=("", "_read"))
    right = int((both["where"] == "both").sum())
    named = {"left_only": "found alone", "right_only": "read alone"}
    wrong = both[both["where"] != "both"]
    wrong = wrong.assign(
        where=wrong["where"].astype(str).map(named), name=wrong["name"].fillna(wrong["name_read"])
    )
    return right / len(found), right / len(gold), wrong[["where", *KEYS, "name"]]


def main() -> int:
    """Print both scores and what is wrong; 1 where a mark is missed."""
    results = pipeline.load("sample")
    gold = pd.read_csv(GOLD, dtype={"article_id": str, "actor_id": str, "name": str})
    precision, recall, wrong = scores(results["mentions"], gold)
    print(f"{len(results['mentions'])} mentions found, {len(gold)} read")
    print(f"precision {precision:.3f} (to be {PRECISION}), recall {recall:.3f} (to be {RECALL})")
    if len(wrong):
        print(wrong.to_string(index=False))
    return int(precision < PRECISION or recall < RECALL)


if __name__ == "__main__":
    sys.exit(main())
