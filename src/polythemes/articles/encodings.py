"""Guess the encoding of bytes that carry no mark and are not UTF-8.

Strict decoders leave a few readings; the one whose letters are those of a language is taken.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

#: Characters that make up half of any Chinese text, in either script.
HAN = frozenset(
    "的一是不了在人有我他这中大来上个国和地到说们为子你出道也时年得就那要下以生会自着去之过家学对可"
    "里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已"
    "从动两长知样现分将外但身些与高意进把法此实回二理美点月明其种声全工己话儿者向情部正名定女问力机"
    "给等几很业最间新什打便位因重被走电四第门相次东政海使教西再平真世气信北少关并内加化由却代产入先"
    "山五万水市总体别处才场师书比住员九性通目报立数件表原应路期常提品金何更反合放做系计或司利价商店"
    "這來個國說們為時會過學對裡後麼沒於還發當開見經頭從動兩長樣現將與進實點種聲話問幾業間電門東關並"
    "內產萬總體別處場師書員報數應價"
)
KANA = frozenset(map(chr, (*range(0x3041, 0x3094), *range(0x30A1, 0x30FB), 0x30FC)))
HANGUL = frozenset(
    "이다는을에의가고하지로기한사대리도나어인자서시정해수부그일라들보제상전성장만스아주요있것게여구과은를"
)
CYRILLIC = frozenset("оеаинтсрв")
#: What the letters of a text in each encoding are, and how many of them those above are at least.
#: Of wrongly decoded ones it is a tenth of that: any of thousands may come up.
SCRIPTS = (
    ("gb18030", HAN, 0.2),
    ("big5", HAN, 0.2),
    ("big5hkscs", HAN, 0.2),
    ("cp932", KANA, 0.3),
    ("euc_jp", KANA, 0.3),
    ("cp949", HANGUL, 0.25),
    ("windows-1251", CYRILLIC, 0.45),
    ("koi8-r", CYRILLIC, 0.45),
)
#: The letters beyond ASCII of each language that is written in an encoding; the first one that
#: explains them all is taken.
ALPHABETS = {
    "windows-1252": (
        "äöüßé", "àâçéèêëîïôùûüœæ", "áéíóúñü", "àèéìíòóùú", "áâãàçéêíóôõúü", "éëïóöüèê",
        "åäöæøéü", "áðéíóúýþæö", "àçèéíïòóúü",
    ),
    "windows-1250": (
        "ąćęłńśźżó", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "áäčďéíĺľňóôŕšťúýž", "čćđšž", "ăâîşţ",
    ),
    "windows-1254": ("çğıöşüâîû",),
    "windows-1257": ("āčēģīķļņšūž", "ąčęėįšųūž", "äõöüšž"),
}  # fmt: skip
SIGNS = "“”„‘’‚‹›–—…«»¢£¤¥€§©®°·•¿¡ªº½¼¾¹²³±µ´¨×÷‰™†\xa0\xad"
#: What no text in Latin letters has: two letters or more without one of ASCII, a sign between two
#: letters, or one that is no sign of a text.
ODD = re.compile(
    r"(?<![^\W\d_])[^\W\d_a-zA-Z]{2,}(?![^\W\d_])"
    r"|(?<=[a-zA-Z])[^a-zA-ZÀ-ſ\x00-\x7f‘’·–—…\xa0\xad](?=[a-zA-Z])"
    rf"|[^\w\x00-\x7f{SIGNS}]"
)
#: Characters of UTF-8, which may stand here and there in a text of another encoding.
STRAY = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
CJK_SIGNS = re.compile(r"[\u2010-\u2027\u2030-\u205e\u3000-\u303f\uff00-\uff65\xa0-\xbf\xd7×]")
#: Letters beyond ASCII; one beside a small Latin letter comes with that, as in no list of letters.
BEYOND = re.compile(r"[a-z][^\x00-\x7f]|[^\x00-\x7f](?![a-z])|[^\x00-\x7f][a-z]")
#: Most letters of a language that is written in Latin letters are those of ASCII.
MOST_BEYOND = 0.25
#: A foreign name here and there has letters of its own.
FOREIGN = 0.2
WIDE = ("utf-16-le", "utf-16-be")
#: What pages name beside those above, and whose letters its text has.
LIKE = {
    "iso-8859-15": "windows-1252", "iso-8859-2": "windows-1250", "iso-8859-13": "windows-1257",
    "iso-8859-4": "windows-1257", "iso-8859-5": "windows-1251", "cp866": "windows-1251",
    "koi8-u": "koi8-r", "iso-2022-jp": "cp932",
}  # fmt: skip
#: Encodings of one script whose letters are not listed, and what Unicode calls it.
NAMED = {
    **dict.fromkeys(("windows-1253", "iso-8859-7"), "GREEK"),
    **dict.fromkeys(("windows-1255", "iso-8859-8"), "HEBREW"),
    **dict.fromkeys(("windows-1256", "iso-8859-6"), "ARABIC"),
    **dict.fromkeys(("cp874", "tis-620", "iso-8859-11"), "THAI"),
}
#: Letters beyond ASCII that are of the script: all but a few names.
OWN = 0.9


@dataclass(frozen=True)
class Guess:
    """Hold one way to read some bytes.

    Parameters
    ----------
    text : str
        The characters.
    encoding : str
        Its name in Python.
    fit : float
        How well the letters are explained; from 1 on it is plausible.
    """

    text: str
    encoding: str
    fit: float


def guess(data: bytes) -> Guess | None:
    """Find the encoding that makes bytes a text someone would write.

    Parameters
    ----------
    data : bytes
        The bytes, not UTF-8.

    Returns
    -------
    Guess or None
        The reading in Latin letters that fits best, else that in another script; None where none
        is plausible. Of readings that fit as well the one named first above is taken.
    """
    others = (*(encoding for encoding, _, _ in SCRIPTS), *WIDE)
    # Only UTF-16 holds zero bytes.
    for encodings in [WIDE] if b"\x00" in data else [tuple(ALPHABETS), others]:
        found = [one for one in _readings(data, encodings) if one.fit >= 1]
        if found:
            return max(found, key=lambda one: one.fit)
    return None


def told(data: bytes, encoding: str) -> Guess | None:
    """Read bytes in the encoding that they name, if that makes a text.

    Parameters
    ----------
    data : bytes
        The bytes, not UTF-8.
    encoding : str
        Its name as pages give it.

    Returns
    -------
    Guess or None
        The reading; None where the encoding is not one of texts, or the letters are those of none.
    """
    known = (*ALPHABETS, *(name for name, _, _ in SCRIPTS), *WIDE, "utf-16", *LIKE, *NAMED)
    names = {codecs.lookup(name).name: name for name in known}
    try:
        name = names.get(codecs.lookup(encoding).name)
    except LookupError:
        return None
    found = _readings(data, (name,)) if name else ()
    return next((one for one in found if one.fit >= 1), None)


def _readings(data: bytes, encodings: tuple[str, ...]) -> Iterator[Guess]:
    """Give every way to read the bytes, with its fit."""
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        like = LIKE.get(encoding, encoding)
        if like in ALPHABETS:
            fit = _fit_of_latin(data, encoding, ALPHABETS[like])
        elif encoding in NAMED:
            fit = _of_script(text, NAMED[encoding]) / OWN
        elif like.startswith("utf-16") and sum(map(str.isascii, text)) > len(text) / 2:
            fit = 1.0
        else:
            wide = like.startswith("utf-16")
            scripts = {(a, b) for e, a, b in SCRIPTS if e == like or wide}
            fit = max(_share(text, letters) / least for letters, least in scripts)
        yield Guess(text, encoding, fit)


def _fit_of_latin(data: bytes, encoding: str, alphabets: tuple[str, ...]) -> float:
    """Tell how well the best alphabet of an encoding fits, stray UTF-8 left aside."""
    rest = STRAY.sub(b"", data)
    if len(data) - len(rest) >= sum(byte > 127 for byte in rest):
        return 0.0  # UTF-8 of which a few bytes are damaged
    text = rest.decode(encoding)
    return max(_latin(text, alphabet) for alphabet in alphabets)


def _of_script(text: str, script: str) -> float:
    """Give the share of a script's letters, none beside a Latin one, among all beyond ASCII."""
    beyond = [one for one in BEYOND.findall(text) if max(one).isalpha()]
    own = sum(unicodedata.name(one[0], "").startswith(script) for one in beyond if len(one) == 1)
    return own / max(1, len(beyond))


def _share(text: str, letters: frozenset[str]) -> float:
    """Give the share of some letters, none beside a Latin one, among all beyond ASCII."""
    beyond = BEYOND.findall(CJK_SIGNS.sub(" ", text))
    return sum(one in letters for one in beyond) / max(1, len(beyond))


def _latin(text: str, alphabet: str) -> float:
    """Give 2 for words shaped as in Latin letters, all of an alphabet; less, or 0, for others."""
    own = [one for one in text if one > "\x7f" and one.isalpha()]
    if len(own) > MOST_BEYOND * sum(map(str.isalpha, text)):
        return 0.0
    humps = sum(a.islower() and b.isupper() and b > "\x7f" for a, b in pairwise(text))
    odd = humps + len(ODD.findall(text))
    strange = sum(one.lower() not in alphabet for one in own)
    most = max(1, FOREIGN * len(own))
    return 0.0 if max(odd, strange) > most else 2 - (odd + strange) / (2 * most)
