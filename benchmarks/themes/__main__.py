"""Run the comparison: `python -m benchmarks.themes FOLDER THEMES [--only polythemes]`.

Every text is on one of the themes: what counts is the theme with the largest share among those
that THEMES names, and how many texts the rest would have taken stands in a column of its own.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from benchmarks.themes import methods
from benchmarks.topics import data, forms
from benchmarks.topics.__main__ import described
from sklearn.metrics import accuracy_score, f1_score

from polythemes import paths, tables, themes
from polythemes.errors import PolythemesError, choices

COLUMNS = ["method", "form", "language", "accuracy", "macro_f1", "rest", "agreement", "note"]
#: 90 % of the texts are drawn so often, to see how much the answer turns on which they are.
PARTS = 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison and print its table.

    Parameters
    ----------
    arguments : sequence of str, optional
        Of the command line.

    Returns
    -------
    int
        0, or 2 after an error.
    """
    parser = argparse.ArgumentParser(prog="make benchmark-themes", description=__doc__)
    parser.add_argument("folder", help="folder of <language>/*.tsv (DATA=)")
    parser.add_argument("themes", help="a themes.toml whose ids are the categories (THEMES=)")
    parser.add_argument("--only", default="", help="methods, with commas between (ONLY=)")
    given = parser.parse_args(arguments)
    try:
        if not given.folder or not given.themes:
            msg = "a folder and a themes.toml are needed; run make benchmark-themes DATA= THEMES="
            raise PolythemesError(msg)
        table = run(Path(given.folder), Path(given.themes), chosen(given.only))
    except PolythemesError as error:
        print(f"benchmark-themes: {error}", file=sys.stderr)
        return 2
    print(table.to_string(index=False, float_format="{:.3f}".format))
    return 0


def chosen(only: str) -> list[str]:
    """Choose methods by their names."""
    wanted = [name.strip().lower() for name in only.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in methods.METHODS]
    if unknown:
        msg = f"no method {choices(unknown)}; there are {choices(methods.METHODS)}; mend ONLY="
        raise PolythemesError(msg)
    return [name for name in methods.METHODS if not wanted or name in wanted]


def run(folder: Path, file: Path, names: Sequence[str]) -> pd.DataFrame:
    """Run methods on a folder.

    Parameters
    ----------
    folder : Path
        Folder of ``<language>/*.tsv``.
    file : Path
        A ``themes.toml``.
    names : sequence of str
        Names of methods.

    Returns
    -------
    pandas.DataFrame
        What was written to ``build/benchmarks/themes.csv``.
    """
    texts, named = data.read(folder), themes.load(file)
    texts["theme"] = [slug(one) for one in texts["category"]]
    missing = sorted(set(texts["theme"]) - {one.theme_id for one in named})
    if missing:
        msg = f"{file} has no theme {choices(missing)}, a category of {folder}; name it there"
        raise PolythemesError(msg)
    print(described(texts), flush=True)
    put = methods.embedded(texts, named)
    rows = [row for name in names for row in scored(name, texts, put)]
    table = pd.DataFrame(rows, columns=COLUMNS)
    into = paths.root() / "build" / "benchmarks" / "themes.csv"
    into.parent.mkdir(parents=True, exist_ok=True)
    with tables.whole(into) as path:
        table.round(4).to_csv(path, index=False, lineterminator="\n")
    return table


def slug(category: str) -> str:
    """Make an id of a category: ``science/technology`` is ``science-technology``."""
    return re.sub(r"[^a-z0-9]+", "-", category.lower()).strip("-")


def scored(name: str, texts: pd.DataFrame, put: methods.Data) -> list[dict[str, object]]:
    """Score one method in both forms, on all languages and each."""
    rows: list[dict[str, object]] = []
    for form in forms.FORMS:
        draws = forms.draws(texts, form)
        answers, why = methods.METHODS[name](put, [*draws, *parts(draws)])
        if why:
            rows.append({"method": name, "form": form, "note": why})
            continue
        found = list(zip(draws, answers[: len(draws)], strict=True))
        for language in ["all", *sorted(set(texts["language"]))]:
            row = pd.DataFrame([_one(texts, *one, language) for one in found]).mean().to_dict()
            if language == "all":
                row["agreement"] = _agreement(draws, answers)
            rows.append({"method": name, "form": form, "language": language, **row})
    return rows


def parts(draws: Sequence[forms.Rows]) -> list[forms.Rows]:
    """Draw 90 % of the texts of the first draw again and again, in any order."""
    first, found = draws[0], []
    for number in range(PARTS):
        order = np.random.default_rng([number, 4]).permutation(len(first))
        found.append(first[order[: max(1, round(forms.PART * len(first)))]])
    return found


def _one(
    texts: pd.DataFrame, rows: forms.Rows, answer: methods.Answer, language: str
) -> dict[str, float]:
    """Score one answer; both scores of scikit-learn."""
    own = texts.iloc[rows]
    kept = np.ones(len(own), bool) if language == "all" else own["language"].eq(language).to_numpy()
    gold, best = own["theme"].to_numpy()[kept], answer.best[kept]
    return {
        "accuracy": float(accuracy_score(gold, best)),
        # What a method gives no theme is wrong, and no theme of its own.
        "macro_f1": float(
            f1_score(gold, best, labels=np.unique(gold), average="macro", zero_division=0)
        ),
        "rest": float(answer.rest[kept].mean()),
    }


def _agreement(draws: Sequence[forms.Rows], answers: Sequence[methods.Answer]) -> float:
    """Give the share of texts with the same theme in two parts of the first draw."""
    drawn = list(zip(parts(draws), answers[len(draws) :], strict=True))
    values = []
    for i, (one, first) in enumerate(drawn):
        for other, second in drawn[:i]:
            _, here, there = np.intersect1d(one, other, return_indices=True)
            values.append(float((first.best[here] == second.best[there]).mean()))
    return float(np.mean(values))


if __name__ == "__main__":
    sys.exit(main())
