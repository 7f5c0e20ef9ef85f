"""Tell the language of a text: by its script first, then by an offline detector."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from polythemes.languages.text import han

KANA = re.compile(r"[\u3040-\u30ff]")
LETTER = re.compile(r"[^\W\d_]")


@cache
def _detector() -> LanguageIdentifier:
    """Load the detector once, with probabilities that sum to 1."""
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify(text: str) -> tuple[str, float]:
    """Tell the language of a text.

    Han characters without kana are Chinese, whatever Latin names stand between them: a detector
    that counts bytes takes a Chinese text full of brand names for another language.

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
    letters = len(LETTER.findall(text))
    if not letters:
        return "und", 0.0
    share = han(text) / letters
    if share > 0.2 and len(KANA.findall(text)) < 0.05 * letters:
        return "zh", round(min(1.0, 0.5 + share), 3)
    code, confidence = _detector().classify(text)
    return str(code), round(float(confidence), 3)
