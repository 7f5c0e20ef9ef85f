"""Labels given by hand: sheets written, read back, and held against the shares of the themes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from polythemes import labelling
from polythemes.errors import PolythemesError, choices
from polythemes.paths import Corpus
from polythemes.pipeline.given import Teller
from polythemes.settings import Settings
from polythemes.tables import CONTRACTS, as_csv, check, write_text

if TYPE_CHECKING:
    from polythemes.pipeline import Results

Tables = dict[str, pd.DataFrame]
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
        The table ``agreement``.

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
    write_text(corpus.labelled[0], as_csv(kept))
    return _measured(labels, results["theme_shares"], results.settings)["agreement"]


def gold(results: Results) -> pd.DataFrame:
    """Measure how far the model agrees with the gold of a corpus.

    Parameters
    ----------
    results : Results
        The tables of a corpus with ``gold/lines.csv``.

    Returns
    -------
    pandas.DataFrame
        The table ``agreement``.

    Raises
    ------
    PolythemesError
        If it has no such file.
    """
    path = results.corpus.labelled[1]
    if not path.exists():
        msg = f"{path} is missing; label by hand instead: `polythemes label {results.corpus.name}`"
        raise PolythemesError(msg)
    labels = _of_lines(path, results["passages"])
    return _measured(labels, results["theme_shares"], results.settings)["agreement"]


def topics(results: Results) -> pd.DataFrame:
    """Measure how far topics agree with the labels of a corpus.

    Parameters
    ----------
    results : Results
        The tables of a corpus.

    Returns
    -------
    pandas.DataFrame
        The table ``scores``, as :func:`polythemes.scores.agreement`: topics against the theme that
        the first label of each passage names first; and ``label_leakage``, how much of these
        themes the language tells. Empty where the corpus has no labels.
    """
    from polythemes import scores
    from polythemes.scores import rows

    labels = results["labels"].drop_duplicates("passage_id")
    if labels.empty:
        return rows.table([])
    known = labels[["passage_id"]].assign(label=labels["themes"].str.partition(";")[0])
    passages, reference = results["passages"], "main themes of the labels"
    again = {"resamples": results.settings.resamples, "seed": results.settings.seed}
    found = scores.agreement(
        results["topic_members"], known, passages, reference=reference, **again
    )
    told = scores.leakage(known.rename(columns={"label": "topic_id"}), passages, **again).head(1)
    told = told.assign(score="label_leakage", reference=reference)
    return pd.concat([found, told], ignore_index=True)


def analyse(tables: Tables, corpus: Corpus, chosen: Settings, teller: Teller) -> Tables:
    """Hold the shares of the themes against the labels of a corpus.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        ``passages``, ``themes`` and ``theme_shares``.
    corpus : Corpus
        Its labels are those that people gave passages, else those of its gold.
    chosen : Settings
        The settings.
    teller : Teller
        Is told of labels that are left out.

    Returns
    -------
    dict of str to pandas.DataFrame
        ``labels``, ``agreement`` and ``reliability``; empty ones where nobody labelled anything.

    Raises
    ------
    PolythemesError
        If a file of labels is broken.
    """
    by_hand, of_gold = corpus.labelled
    passages, labels = tables["passages"], pd.DataFrame()
    if by_hand.exists():
        labels = _of_passages(by_hand, passages)
    elif of_gold.exists():
        labels = _of_lines(of_gold, passages)
    none = {
        name: check(pd.DataFrame(columns=list(CONTRACTS[name])), name)
        for name in ("labels", "agreement", "reliability")
    }
    if labels.empty:
        return none
    known = set(tables["themes"]["theme_id"])
    there = labels["passage_id"].ne("") & labels["themes"].map(known.issuperset)
    if not there.all():
        count = f"{int((~there).sum())} of {len(labels)}"
        teller.say(f"labels: {count} are of passages or themes that are there no more: left out")
    labels = labels[there].sort_values(["passage_id", "annotator"], ignore_index=True)
    if not labels["drawn"].eq("random").any():
        return none
    kept = labels.assign(themes=labels["themes"].map(";".join))
    return {
        "labels": check(kept, "labels")[list(CONTRACTS["labels"])],
        **_measured(labels, tables["theme_shares"], chosen),
    }


def _of_passages(path: Path, passages: pd.DataFrame) -> pd.DataFrame:
    """Read the labels that people gave passages; a passage is known by its text."""
    found = _read(path, KEPT)
    places = passages.sort_values("passage_id").drop_duplicates("sha256").set_index("sha256")
    for column in ("passage_id", "article_id"):
        found[column] = found["sha256"].map(places[column]).fillna("")
    return found.assign(themes=[tuple(named.split(";")) for named in found["themes"]])


def _of_lines(path: Path, passages: pd.DataFrame) -> pd.DataFrame:
    """Read the gold of lines."""
    lines = _read(path, ["article_id", "start", "end", "themes"])
    return labelling.from_lines(lines.astype({"start": int, "end": int}), passages)


def _read(path: Path, columns: list[str]) -> pd.DataFrame:
    """Read some columns of a file of labels as texts."""
    try:
        return pd.read_csv(path, dtype=str, keep_default_na=False)[columns]
    except (KeyError, ValueError, OSError) as error:
        msg = (
            f"{path} cannot be read: a CSV with the columns {choices(columns)} is needed; restore "
            "it, or remove it to go without"
        )
        raise PolythemesError(msg) from error


def _measured(labels: pd.DataFrame, shares: pd.DataFrame, chosen: Settings) -> Tables:
    """Measure people, then the model."""
    again: dict[str, Any] = {"resamples": chosen.resamples, "seed": chosen.seed}
    people = labelling.between_people(labels, **again)
    model = labelling.agreement(labels, shares, **again)
    bins = labelling.reliability(labels, shares, **again)
    error = model[model["score"].eq("right")].assign(
        score="calibration_error",
        value=labelling.calibration_error(bins),
        low=float("nan"),
        high=float("nan"),
    )
    parts = [table for table in (people, model, error) if len(table)]
    return {"agreement": pd.concat(parts, ignore_index=True), "reliability": bins}
