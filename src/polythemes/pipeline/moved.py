"""What a run changed in the shares of the themes."""

from __future__ import annotations

import pandas as pd

from polythemes.errors import PolythemesError
from polythemes.paths import Corpus
from polythemes.tables import read

#: Shares that moved by less are not told, and no more than so many are.
LEAST, MOST = 0.01, 6
KEYS = ["article_id", "theme_id"]


def before(corpus: Corpus) -> pd.DataFrame | None:
    """Read the shares of the last run.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    pandas.DataFrame or None
        The table ``article_themes``; None where there is none, or one that cannot be read.
    """
    path = corpus.build / "article_themes.parquet"
    try:
        return read(path, "article_themes") if path.exists() else None
    except PolythemesError:
        return None


def told(was: pd.DataFrame, new: pd.DataFrame) -> str:
    """Say which shares moved from one run to the next, the furthest first.

    Parameters
    ----------
    was, new : pandas.DataFrame
        The table ``article_themes`` of both.

    Returns
    -------
    str
        A sentence, with themes that came and went before shares; of articles in both runs only.
    """
    kinds = [set(table["theme_id"]) for table in (new, was)]
    parts = [f"{theme} is new" for theme in sorted(kinds[0] - kinds[1])]
    parts += [f"{theme} is gone" for theme in sorted(kinds[1] - kinds[0])]
    both = was.merge(new, on=KEYS, suffixes=("_was", ""))
    both["away"] = (both["share"] - both["share_was"]).abs().round(6)
    both = both.sort_values(["away", *KEYS], ascending=[False, True, True])
    far = both[both["away"] >= LEAST]
    parts += [
        f"{row.theme_id} in {row.article_id} {100 * row.share_was:.0f} -> {100 * row.share:.0f} %"
        for row in far.head(MOST).itertuples()
    ]
    if len(far) > MOST:
        parts.append(f"and {len(far) - MOST} more")
    return f"themes since the last run: {', '.join(parts) or 'no share moved by a point'}"
