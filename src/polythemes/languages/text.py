"""Measure text and find its sentences, in any script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

import simplemma

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]")
#: Marks that go with a letter (Unicode category M), as vowels of Hindi, Thai and Arabic do.
MARKS = "".join(
    chr(code) for code in range(0x300, 0xFE30) if unicodedata.category(chr(code)).startswith("M")
)
#: Letters of scripts that set no blank between words: Thai, Lao, Burmese, Khmer, kana.
SCRIPTS = ((0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0xFF66, 0xFF9D))
UNSPACED = re.compile(
    f"[{''.join(c for a, b in SCRIPTS for c in map(chr, range(a, b + 1)) if c.isalpha())}]"
)
# Possessive: nothing is tried twice, which makes it half as fast again.
LETTERS = rf"[^\W\d_]++(?:[{MARKS}]++[^\W\d_]*+)*+"
WORD = re.compile(rf"{LETTERS}(?:[-'’.]{LETTERS})*+|\d++(?:[.,:]\d++)*+")
HAN_END = re.compile(r"(?:[。！？…]+|[!?]+(?=[^\w\s]|[\u3400-\u9fff]|$))[”’」』】）)\"']*\s*")
#: A closing mark behind a blank, as French sets it: it belongs to the sentence before.
CLOSING = re.compile(r"[»”)\]](?:\s+|$)")
#: A German quotation closes with the mark that opens an English one.
QUOTED = re.compile(r"[.!?…]“\s+(?=[A-ZÀ-Þ„])")
#: Full stops of Khmer and Burmese; the first is "and so on" too.
STOP = re.compile(r"(?:។ល។|[។៕။])[”»\")\]]*\s*")
#: Thai and Lao close no sentence but by a blank, which parts clauses too; none before a repetition.
PAUSE = re.compile(r"(?<=[\u0e01-\u0e4e\u0e81-\u0ece])\s+(?=[\u0e01-\u0e45\u0e81-\u0ec4])")
#: A sentence glued to the next: "...lambat.Hanya": small letter, stop, capital and small letter.
GLUED = re.compile(r"(?<=[^\W\d_A-Z][^\W\d_A-Z])([.!?][”’»\"')]?)(?=[A-ZÀ-Þ][a-zà-þ]{2,})")
ENDS = (GLUED, QUOTED, STOP, PAUSE)


def han(text: str) -> int:
    """Count the Han characters of a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    int
        How many of its characters are Han.
    """
    return 0 if text.isascii() else len(HAN.findall(text))


@lru_cache(maxsize=256)
def words(text: str) -> int:
    """Measure a text in words: two Han characters, or four letters of Thai or kana, are one.

    So the first article of the Universal Declaration of Human Rights, 30 words in English, has 20
    in Chinese and 25 to 33 in Thai, Lao, Burmese, Khmer and Japanese.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    int
        Its length in words.
    """
    if text.isascii():
        return len(WORD.findall(text))
    rest, size = HAN.subn(" ", text)
    rest, letters = UNSPACED.subn(" ", rest)
    return len(WORD.findall(rest)) - (-(2 * size + letters) // 4)


def sentences(text: str, language: str) -> list[tuple[int, int]]:
    """Find the sentences of a text.

    Parameters
    ----------
    text : str
        Any text, of one or more lines.
    language : str
        Its ISO 639-1 code.

    Returns
    -------
    list of (int, int)
        Start and end of each sentence; together they cover the text, white space included.
    """
    cuts = {0, len(text)}
    for line in re.finditer(r"[^\n]+\n*|\n+", text):
        cuts.add(line.start())
        cuts.update(line.start() + cut for cut in _cuts(line.group(), language))
    ends = sorted(cuts)
    return list(pairwise(ends))


def _cuts(line: str, language: str) -> list[int]:
    """Find where the sentences of one line begin."""
    if "。" in line or han(line) > len(line) / 5:
        return [m.end() for m in HAN_END.finditer(line)]
    cuts, place = [m.end() for p in ENDS for m in p.finditer(line)], 0
    for sentence in simplemma.split_sentences(line, language):
        place = line.index(sentence, place)
        closing = CLOSING.match(sentence)
        after = closing.end() if closing else 0
        if not closing or sentence[after : after + 1].isupper():
            cuts.append(place + after)
        place += len(sentence)
    return cuts
