"""The rounds of repairs, each on what the one before has left."""

from __future__ import annotations

from collections.abc import Sequence

from polythemes.languages import language as record_of
from polythemes.repairs.characters import characters
from polythemes.repairs.edits import Repair, apply, compose
from polythemes.repairs.homoglyphs import homoglyphs
from polythemes.repairs.lookalikes import look_alikes
from polythemes.repairs.mojibake import mojibake
from polythemes.repairs.stuffing import stuffing


def repair(text: str, language: str, *, names: Sequence[str]) -> tuple[str, list[Repair]]:
    """Repair an article.

    Parameters
    ----------
    text : str
        The decoded article.
    language : str
        Its ISO 639-1 code.
    names : sequence of str
        Names of the field: words that are never changed, and what stuffed phrases are reduced to.

    Returns
    -------
    str, list of Repair
        The repaired text, and every change, sorted and without overlap, in offsets of the text as
        it stands; :func:`apply` gives the repaired text of any span.

    Raises
    ------
    PolythemesError
        If the language is no ISO 639-1 code.

    Examples
    --------
    >>> repair("ＴｉｋＴｏk ist ge\u00adwachsen", "de", names=())[0]
    'TikTok ist gewachsen'
    """
    han = record_of(language).script == "Han"
    rounds = (
        mojibake,
        characters,
        lambda now: homoglyphs(now, language),
        lambda now: look_alikes(now, names) if han else [],
        lambda now: stuffing(now, names),
    )
    repairs: list[Repair] = []
    now = text
    for find in rounds:
        found = find(now)
        if found:
            repairs = compose(text, repairs, found)
            now = apply(text, repairs)
    return now, repairs
