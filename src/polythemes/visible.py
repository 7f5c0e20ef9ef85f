"""Characters that no reader sees, made visible: they could hide, turn around or run something."""

from __future__ import annotations

import unicodedata

#: Bidirectional controls, which could turn around what stands beside them.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
#: What may stand in a text though it is a control.
BLANKS = frozenset("\n\r\t")


def visible(text: str) -> str:
    r"""Write control characters so that they show and do nothing.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        With ``[U+0007]`` for each character that is a control, turns text around or is none at
        all; line ends and tabs stay.

    Examples
    --------
    >>> visible("x\x07y\u202ez\n")
    'x[U+0007]y[U+202E]z\n'
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_shown, text))


def _shown(one: str) -> str:
    """Write one character."""
    hidden = one in TURNING or unicodedata.category(one) in {"Cc", "Cs", "Co", "Cn"}
    return code_point(one) if hidden and one not in BLANKS else one


def code_point(one: str) -> str:
    """Write the code point of a character.

    Parameters
    ----------
    one : str
        A single character.

    Returns
    -------
    str
        As in ``"[U+200B]"``.
    """
    return f"[U+{ord(one):04X}]"
