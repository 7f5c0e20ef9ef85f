"""Draw the passages that people label: some at random, some that the model is unsure of."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd

from polythemes.errors import PolythemesError

RANDOM, UNCERTAIN = "random", "uncertain"
#: Characters of a key. It begins with a letter: a spreadsheet takes 12e45 for a number, and 000-01
#: for a date.
LENGTH = 12


def draw(
    passages: pd.DataFrame,
    shares: pd.DataFrame,
    *,
    random: int = 60,
    uncertain: int = 20,
    seed: int = 0,
) -> pd.DataFrame:
    """Draw passages to be labelled.

    A passage goes by a hash of its text, so that neither names nor order of files play a part, and
    a corpus that grows keeps most of its draw. A text that stands several times is drawn once.

    Parameters
    ----------
    passages, shares : pandas.DataFrame
        The tables ``passages`` and ``theme_shares``.
    random : int
        Passages drawn at random; all estimates rest on these alone.
    uncertain : int
        Of the others, those whose two largest shares lie nearest together: where labels help most
        to mend themes, but a biased draw that tells nothing of how good the model is.
    seed : int
        Seed of the draw.

    Returns
    -------
    pandas.DataFrame
        Columns ``key``, ``passage_id``, ``article_id``, ``sha256`` and ``drawn``, by ``key``.

    Raises
    ------
    PolythemesError
        If fewer than one passage is to be drawn at random, or fewer than none of the others.
    """
    if random < 1 or uncertain < 0:
        msg = (
            f"{random} random and {uncertain} uncertain passages were asked for; one random one or "
            "more, and no or more uncertain ones, are allowed"
        )
        raise PolythemesError(msg)
    once = passages.sort_values(["sha256", "passage_id"]).drop_duplicates("sha256")
    once = once[["passage_id", "article_id", "sha256"]].reset_index(drop=True)
    once["key"] = [f"k{sha256[:LENGTH]}" for sha256 in once["sha256"]]
    once["order"] = [place(sha256, seed) for sha256 in once["sha256"]]
    once = once.sort_values("order", ignore_index=True)
    once["drawn"] = np.where(once.index < random, RANDOM, "")
    wide = shares.pivot(index="passage_id", columns="theme_id", values="share")
    top = np.sort(wide.loc[once["passage_id"]].to_numpy(), axis=1)
    once["gap"] = (top[:, -1] - top[:, -2]).round(6) if top.shape[1] > 1 else 0.0
    others = once[once["drawn"] == ""].sort_values(["gap", "order"])
    once.loc[others.index[:uncertain], "drawn"] = UNCERTAIN
    found = once[once["drawn"] != ""].sort_values("key", ignore_index=True)
    return found[["key", "passage_id", "article_id", "sha256", "drawn"]]


def place(sha256: str, *seeds: int) -> str:
    """Give the place of a text in a random order.

    Parameters
    ----------
    sha256 : str
        That of the text.
    *seeds : int
        What the order is made from.

    Returns
    -------
    str
        Texts sorted by it are in an order that turns on nothing else.
    """
    told = ":".join([*map(str, seeds), sha256])
    return hashlib.sha256(told.encode()).hexdigest()
