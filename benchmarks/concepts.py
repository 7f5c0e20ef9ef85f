"""Draw concept rows to be read: true if its terms are translations, or mean the same.

    python benchmarks/concepts.py press sample > benchmarks/concepts.csv

Rows of two or more languages, 100 of them, drawn from all corpora alike with a fixed seed. The
columns `reading_1` and `reading_2` are filled in by two readers, neither of whom sees the other's:
`true`, or what is wrong.
"""

from __future__ import annotations

import sys

import pandas as pd

from polythemes import pipeline, tables

ROWS, SEED = 100, 4


def rows(name: str) -> pd.DataFrame:
    """List the concepts of a corpus that stand in several languages."""
    found = pipeline.load(name)["concepts"]
    found = found[found.groupby("concept_id")["language"].transform("nunique") > 1]
    said = (found["language"] + ": " + found["term"]).groupby(found["concept_id"]).agg(" | ".join)
    return pd.DataFrame({"corpus": name, "terms": said})


if __name__ == "__main__":
    every = pd.concat(map(rows, sys.argv[1:]), ignore_index=True)
    drawn = every.sample(min(ROWS, len(every)), random_state=SEED).sort_index()
    sheet = drawn.assign(row=range(1, len(drawn) + 1), reading_1="", reading_2="")
    sheet = sheet[["row", "corpus", "terms", "reading_1", "reading_2"]]
    sys.stdout.write(tables.as_csv(sheet))
