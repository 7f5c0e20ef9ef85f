"""What the themes found are held against: topics, each other, groups of articles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from polythemes.settings import Settings


def themed(tables: Mapping[str, pd.DataFrame], chosen: Settings) -> dict[str, pd.DataFrame]:
    """Hold the themes against the topics, against each other, and over groups of articles.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        ``articles``, ``passages``, ``theme_shares``, and those of the topics.
    chosen : Settings
        The settings.

    Returns
    -------
    dict of str to pandas.DataFrame
        The tables ``crosswalk``, ``suggested_themes``, ``theme_overlaps``, ``between``,
        ``theme_groups`` and ``theme_times``.
    """
    from polythemes import comparison, crosswalk

    again: dict[str, Any] = {"resamples": chosen.resamples, "seed": chosen.seed}
    given = tables["theme_shares"], tables["passages"], tables["articles"]
    shares, passages = given[:2]
    # By language always: the notebook on themes shows it.
    columns = ["language", *chosen.compare]
    walk = crosswalk.crosswalk(tables["topic_members"], shares, passages, **again)
    return {
        "crosswalk": walk,
        "suggested_themes": crosswalk.suggested(
            walk, tables["topic_names"], tables["topic_terms"], taken=set(shares["theme_id"])
        ),
        "theme_overlaps": crosswalk.overlaps(shares, passages, **again),
        "between": crosswalk.between(shares, passages, most=chosen.evidence),
        "theme_groups": comparison.by_group(*given, columns=columns, **again),
        "theme_times": comparison.over_time(*given, **again),
    }
