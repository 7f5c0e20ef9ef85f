"""Labels given by hand: sheets written for a corpus, and read back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from polythemes import labelling
from polythemes.errors import PolythemesError
from polythemes.tables import as_csv, write_text

if TYPE_CHECKING:
    from polythemes.pipeline import Results

KEPT = ["passage_id", "sha256", "drawn", "annotator", "themes"]


def write(results: Results, *, random: int, uncertain: int) -> list[Path]:
    """Write sheets for two people, and what is allowed on them.

    Parameters
    ----------
    results : Results
        The tables of a corpus.
    random, uncertain : int
        Passages drawn at random, and of those that the model is unsure of.

    Returns
    -------
    list of Path
        The sheets.
    """
    seed, passages = results.settings.seed, results["passages"]
    many = {"random": random, "uncertain": uncertain, "seed": seed}
    drawn = labelling.draw(passages, results["theme_shares"], **many)
    into = results.corpus.labels
    return labelling.write(into, drawn, passages, results["themes"], seed=seed)


def read(results: Results) -> pd.DataFrame:
    """Read the sheets, keep the labels without texts, and measure who agrees with whom.

    Parameters
    ----------
    results : Results
        The tables of a corpus. ``labels.csv`` is written into its folder.

    Returns
    -------
    pandas.DataFrame
        As :func:`polythemes.labelling.agreement`, people first.

    Raises
    ------
    PolythemesError
        If nothing is filled in, or something that is not allowed.
    """
    corpus = results.corpus
    labels = labelling.read(corpus.labels, list(results["themes"]["theme_id"]))
    if labels.empty:
        msg = f"the sheets in {corpus.labels} are empty; write theme ids into the column themes"
        raise PolythemesError(msg)
    kept = labels.assign(themes=labels["themes"].map(";".join))[KEPT]
    kept = kept.sort_values(["passage_id", "annotator"])
    write_text(corpus.folder / "labels.csv", as_csv(kept))
    return _measured(results, labels)


def gold(results: Results) -> pd.DataFrame:
    """Measure how far the model agrees with the gold of a corpus.

    Parameters
    ----------
    results : Results
        The tables of a corpus with ``gold/lines.csv``.

    Returns
    -------
    pandas.DataFrame
        As :func:`polythemes.labelling.agreement`.

    Raises
    ------
    PolythemesError
        If it has no such file.
    """
    path = results.corpus.folder / "gold" / "lines.csv"
    if not path.exists():
        msg = f"{path} is missing; label by hand instead: `polythemes label {results.corpus.name}`"
        raise PolythemesError(msg)
    kinds = {"article_id": str, "themes": str}
    lines = pd.read_csv(path, dtype=kinds, keep_default_na=False)
    labels = labelling.from_lines(lines, results["passages"])
    return _measured(results, labels)


def topics(results: Results) -> pd.DataFrame:
    """Measure how far topics agree with the gold of a corpus.

    Parameters
    ----------
    results : Results
        The tables of a corpus.

    Returns
    -------
    pandas.DataFrame
        The table ``scores``, as :func:`polythemes.scores.agreement`: topics against the main theme
        that gold gives to each passage. Empty where the corpus has no ``gold/lines.csv``.
    """
    from polythemes import scores
    from polythemes.scores import rows

    path = results.corpus.folder / "gold" / "lines.csv"
    if not path.exists():
        return rows.table([])
    lines = pd.read_csv(path, dtype={"article_id": str, "themes": str}, keep_default_na=False)
    found = labelling.from_lines(lines, results["passages"])
    known = found[["passage_id"]].assign(label=found["themes"].str[0])
    return scores.agreement(
        results["topic_members"],
        known,
        results["passages"],
        reference="main themes in gold/lines.csv",
        resamples=results.settings.resamples,
        seed=results.settings.seed,
    )


def _measured(results: Results, labels: pd.DataFrame) -> pd.DataFrame:
    """Measure people, then the model."""
    again: dict[str, Any] = {
        "resamples": results.settings.resamples,
        "seed": results.settings.seed,
    }
    people = labelling.between_people(labels, **again)
    model = labelling.agreement(labels, results["theme_shares"], **again)
    return pd.concat([people, model], ignore_index=True) if len(people) else model
