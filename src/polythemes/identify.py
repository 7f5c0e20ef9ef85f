"""Tell the language of a text: by its script first, then by an offline detector."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from polythemes.languages import known
from polythemes.languages.text import HAN, han
from polythemes.tables import check

KANA = re.compile(r"[\u3040-\u30ff]")
LETTER = re.compile(r"[^\W\d_]")
#: What the detector calls a text that is in no language.
NO_LANGUAGE = "zxx"
#: A detector less sure of an article is asked for the likeliest of the languages known here.
LIKELY = 0.95
#: A passage is in another language than its article if the detector is this sure of it, among
#: those known here: one that is not, as Malay beside Indonesian, does not make it less sure.
SURE = 0.99


@cache
def _detector() -> LanguageIdentifier:
    """Load the detector once, with probabilities that sum to 1."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detected() -> frozenset[str]:
    """Gather the languages that the detector knows.

    Returns
    -------
    frozenset of str
        Their ISO 639 codes.
    """
    return frozenset(str(code) for code in _detector().nb_classes) - {NO_LANGUAGE}


def identify(text: str) -> tuple[str, float]:
    """Tell the language of a text.

    Han characters without kana are Chinese, whatever Latin names stand between them: a detector
    that counts bytes takes a Chinese text full of brand names for another language. Where the
    detector is not sure, the likeliest of the languages that are known here counts.

    Parameters
    ----------
    text : str
        The text, best of 20 words or more.

    Returns
    -------
    code : str
        ISO 639-1 code, ``"und"`` for a text without letters.
    confidence : float
        Between 0 and 1.
    """
    found = _likely(text)
    code, confidence = found[0]
    if confidence < LIKELY:
        code, confidence = next((one for one in found if one[0] in known()), found[0])
    return code, round(confidence, 3)


def label(passages: pd.DataFrame) -> pd.DataFrame:
    """Tell the language of every passage: its article's, unless another is certain.

    Parameters
    ----------
    passages : pandas.DataFrame
        Columns of the table ``passages`` but ``confidence``, with ``text``; ``language`` is that of
        the article.

    Returns
    -------
    pandas.DataFrame
        The table ``passages``: ``language`` is the passage's own, ``confidence`` how sure that is.
    """
    told = [_own(*pair) for pair in zip(passages["text"], passages["language"], strict=True)]
    return check(
        passages.assign(
            language=[code for code, _ in told], confidence=[float(sure) for _, sure in told]
        ),
        "passages",
    )


def _own(text: str, given: str) -> tuple[str, float]:
    """Tell the language of a passage from an article in a given one."""
    found = _likely(text)
    if len(found) == 1 and found[0][0] in known():
        return found[0][0], round(found[0][1], 3)
    among = {code: sure for code, sure in found if code in known() or code == given}
    total = sum(among.values()) or 1.0
    code = next((code for code, sure in among.items() if sure >= SURE * total), given)
    return code, round(among.get(code, 0.0) / total, 3)


def _likely(text: str) -> list[tuple[str, float]]:
    """List the languages that a text can be in, the likeliest first."""
    letters = len(LETTER.findall(text))
    if not letters:
        return [("und", 0.0)]
    if len(KANA.findall(text)) < 0.05 * letters:
        share = han(text) / letters
        if share > 0.2:
            return [("zh", min(1.0, 0.5 + share))]
        # A few names in Han would outweigh all the rest.
        text = HAN.sub(" ", text)
    return [(str(code), float(sure)) for code, sure in _detector().rank(text)]
