"""What the report's sentences are filled with, all of it from tables, settings and the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from polythemes import languages
from polythemes.errors import PolythemesError, choices
from polythemes.figures import labels
from polythemes.settings import Settings

Tables = Mapping[str, pd.DataFrame]
REST = "rest"
#: What the catalogue calls a text that a program translated.
TRANSLATED = "machine translation"
#: Topics and actors named in a sentence at the most.
NAMED = 8
#: Digits of a hash that are shown.
DIGITS = 12


def gathered(tables: Tables, settings: Settings, record: Mapping[str, Any]) -> dict[str, Any]:
    """Gather what the sentences may name.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of a run.
    settings : Settings
        What it was worked on with.
    record : mapping of str to object
        The record of the run, as :func:`polythemes.provenance.read` gives it.

    Returns
    -------
    dict
        Texts and numbers by name; 0 or empty for what does not hold.

    Raises
    ------
    PolythemesError
        If the record lacks something.
    """
    return _collected(tables) | _found(tables) | _how(tables, settings, record)


def percent(share: float) -> str:
    """Write a share as whole percent.

    Parameters
    ----------
    share : float
        0 to 1.

    Returns
    -------
    str
        As in ``"23 %"``, with a blank that does not break; ``"<1 %"`` for what is not quite 0.
    """
    return labels.percent(share).replace(" ", "\u00a0")


def among(names: Iterable[str], most: int = NAMED) -> str:
    """List names in a sentence.

    Parameters
    ----------
    names : iterable of str
        The names.
    most : int
        How many to name before the rest is counted.

    Returns
    -------
    str
        As in ``"a, b and c"`` or ``"a, b and 5 more"``.
    """
    found = list(names)
    if len(found) > most:
        found = [*found[:most], f"{len(found) - most} more"]
    return " and ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)


def _collected(tables: Tables) -> dict[str, Any]:
    """Tell what was collected and kept."""
    articles, passages, lines = tables["articles"], tables["passages"], tables["lines"]
    dates = sorted(one for one in articles["date"].fillna("") if one)
    by_language = articles["language"].value_counts().sort_index()
    alone = [languages.name(str(code)) for code, n in by_language.items() if n == 1]
    words, collected = int(passages["words"].sum()), int(lines["words"].sum())
    form = articles["form"].fillna("")
    return {
        "articles": labels.count(len(articles), "article"),
        "languages": among((languages.name(str(code)) for code in by_language.index), 20),
        "alone": len(alone) if len(articles) > 1 else 0,
        "alone_list": among(alone),
        "passages": labels.count(len(passages), "passage"),
        "words": f"{words:,}",
        "kept": percent(words / collected) if collected else "all",
        "dated": labels.count(len(dates), "article") if dates else 0,
        "undated": len(articles) - len(dates),
        "first": dates[0] if dates else "",
        "last": dates[-1] if dates else "",
        "translated": int(form.str.contains(TRANSLATED, regex=False).sum()),
        "repairs": labels.count(len(tables["repairs"]), "place"),
    }


def _found(tables: Tables) -> dict[str, Any]:
    """Tell what was found."""
    topics, actors = tables["topics"], tables["actors"].head(NAMED)
    chosen = tables["topic_choice"][tables["topic_choice"]["chosen"]]
    named = (
        f"{label} ({labels.count(passages, 'passage')})"
        for label, passages in zip(topics["label"], topics["passages"], strict=True)
    )
    where = (
        f"{label} (in {articles})"
        for label, articles in zip(actors["label"], actors["articles"], strict=True)
    )
    themes = tables["themes"]
    return {
        "topics": labels.count(len(topics), "topic"),
        "topic_list": among(named),
        "why": str(chosen["why"].iloc[0]) if len(chosen) else "it was asked for",
        "themes": labels.count(int(themes["theme_id"].ne(REST).sum()), "theme"),
        "actors": labels.count(len(tables["actors"]), "actor"),
        "actor_list": among(where),
        "leakage": _score(tables["scores"], "leakage"),
        "chance": _score(tables["scores"], "chance"),
    }


def _how(tables: Tables, settings: Settings, record: Mapping[str, Any]) -> dict[str, Any]:
    """Tell how it was found."""
    told = record.get("inputs", {})
    needed = ("encoder", "packages", "features.parquet", "catalogue.csv", "themes.toml", "program")
    missing = [name for name in needed if not told.get(name)]
    if missing:
        msg = (
            f"the record of the run lacks {choices(missing)}; a report needs a corpus that is "
            "worked out: run `polythemes build` again"
        )
        raise PolythemesError(msg)
    set_by = "as set in corpus.toml" if settings.topics else "chosen by the model"
    return {
        "encoder": told["encoder"],
        "packages": told["packages"],
        "features": told["features.parquet"][:DIGITS],
        "catalogue": told["catalogue.csv"][:DIGITS],
        "themes_file": told["themes.toml"][:DIGITS],
        "program": told["program"][:DIGITS],
        "passage_words": settings.passage_words,
        "topics_set": set_by,
        "resamples": f"{settings.resamples:,}",
        "evidence": labels.count(settings.evidence, "passage"),
        "seed": settings.seed,
        "models": among(settings.models) if len(tables.get("models", ())) else "",
    }


def _score(scores: pd.DataFrame, name: str) -> str:
    """Give a score with its interval."""
    found = scores[scores["score"] == name]
    if found.empty:
        return "not measured"
    one = found.iloc[0]
    value, low, high = (f"{one[name]:.2f}" for name in ("value", "low", "high"))
    return value if pd.isna(one["low"]) else f"{value} (95 % interval {low} to {high})"
