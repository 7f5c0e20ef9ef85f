"""What the figures share: their files, fonts, colours and labels."""

from __future__ import annotations

import csv
import io
from itertools import combinations
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from matplotlib import colors
from matplotlib.text import Text

from polythemes.errors import PolythemesError
from polythemes.figures import files, fonts, keys, labels, looks, rows, sheet, style
from polythemes.paths import Corpus

DATA = pd.DataFrame({"term": ["直播", "più"], "weight": [0.5, 0.25]})


def figure_with(text="Größe, più, 直播, 数据保护 – 23 %", height=1.0):
    with style.use():
        page = sheet.new("What is this?", "A note.", width=3, height=height)
        page.write(0, 0.5, text)
    return page.figure


def test_five_files_and_a_picture_for_the_notebook(tmp_path):
    corpus = Corpus("small", tmp_path)
    saved = files.save(figure_with(), DATA, into=corpus, name="03-topics-terms")
    assert saved.svg == tmp_path / "figures" / "small" / "03-topics-terms.svg"
    assert sorted(p.name for p in saved.svg.parent.iterdir()) == [
        "03-topics-terms.csv",
        "03-topics-terms.json",
        "03-topics-terms.pdf",
        "03-topics-terms.png",
        "03-topics-terms.svg",
    ]
    assert saved.csv.read_bytes() == "term,weight\n直播,0.5\npiù,0.25\n".encode()
    picture, shown = saved._repr_png_()
    assert picture == saved.png.read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert shown == {"width": round((3 + 2 * sheet.MARGIN) * 96)}


def test_files_tell_no_date_no_version_and_need_no_font(tmp_path):
    saved = files.save(figure_with(), DATA, into=tmp_path, name="plain")
    drawing = saved.svg.read_text(encoding="utf-8")
    assert "dc:date" not in drawing
    assert mpl.__version__ not in drawing
    assert "<text" not in drawing
    assert b"Software" not in saved.png.read_bytes()
    page = saved.pdf.read_bytes()
    assert not [word for word in (b"Date", b"Creator", b"Producer") if word in page]
    # TrueType with a table of what each glyph says: text can be searched and copied.
    assert b"/FontFile2" in page
    assert b"/ToUnicode" in page
    assert b"/Type3" not in page


def test_a_figure_of_no_corpus_has_no_record(tmp_path):
    saved = files.save(figure_with(), DATA, into=tmp_path, name="plain")
    assert saved.json is None
    assert sorted(p.suffix for p in tmp_path.iterdir()) == [".csv", ".pdf", ".png", ".svg"]


@pytest.mark.parametrize(
    ("char", "said"),
    [
        ("🦊", r"'🦊' \(U\+1F98A FOX FACE\)"),
        ("བ", r"'བ' \(U\+0F56 TIBETAN LETTER BA\)"),
        ("\ue123", r"'\\ue123' \(U\+E123 \?\)"),
    ],
)
def test_a_character_without_glyph_is_refused_by_name(char, said, tmp_path):
    before = files.save(figure_with("old"), DATA, into=tmp_path, name="terms").svg.read_bytes()
    expected = (
        rf"figure 'terms': no font has {said}, in 'a{char if char.isprintable() else '.*'}b'; "
        r"tried are DejaVu Sans, Noto Sans SC; set POLYTHEMES_FONTS"
    )
    with pytest.raises(PolythemesError, match=expected):
        files.save(figure_with(f"a{char}b"), DATA, into=tmp_path, name="terms")
    assert (tmp_path / "terms.svg").read_bytes() == before
    assert len(list(tmp_path.iterdir())) == 4


def test_a_font_that_was_added_is_tried_too(tmp_path, monkeypatch):
    # This font of Matplotlib's own has glyphs in the private area, which no other has.
    own = Path(mpl.get_data_path()) / "fonts" / "ttf" / "STIXNonUni.ttf"
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / own.name).write_bytes(own.read_bytes())
    monkeypatch.setenv("POLYTHEMES_FONTS", str(tmp_path / "fonts"))
    files.save(figure_with("\ue000"), DATA, into=tmp_path, name="added")
    monkeypatch.delenv("POLYTHEMES_FONTS")
    with pytest.raises(PolythemesError, match=r"U\+E000"):
        files.save(figure_with("\ue000"), DATA, into=tmp_path, name="added")


def test_a_broken_font_is_named(tmp_path, monkeypatch):
    (tmp_path / "broken.ttf").write_text("no font")
    monkeypatch.setenv("POLYTHEMES_FONTS", str(tmp_path))
    with pytest.raises(PolythemesError, match=r"broken\.ttf is not a font .* remove it"):
        figure_with()


def test_a_missing_font_package_is_said(monkeypatch):
    monkeypatch.setattr(fonts.importlib.util, "find_spec", {}.get)
    with pytest.raises(PolythemesError, match="zhplot, which holds Noto Sans SC, is missing"):
        figure_with()


def test_han_characters_have_their_font_ahead_of_the_machine_s():
    with style.use():
        assert fonts.missing(Text(text="直播电商 più Größe Ельцин")) == []
    first = fonts.font_manager.findfont("Noto Sans SC", fallback_to_default=False)
    assert first == str(fonts.bundled())


@pytest.mark.parametrize("name", ["", "../up", "a b", "A", "-x", "a.svg", "x" * 65])
def test_a_name_that_is_no_file_s_is_refused(name, tmp_path):
    with pytest.raises(PolythemesError, match="cannot name a figure; small letters"):
        files.save(figure_with(), DATA, into=tmp_path, name=name)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "terms.csv").mkdir()
    with pytest.raises(PolythemesError, match=r"cannot write .*terms\.csv"):
        files.save(figure_with(), DATA, into=tmp_path, name="terms")
    assert [path.name for path in tmp_path.iterdir()] == ["terms.csv"]


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_after_an_error_all_files_are_the_old_ones(tmp_path, monkeypatch, error):
    files.save(figure_with("old"), DATA, into=tmp_path, name="terms")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}

    def fail(data):
        raise error

    monkeypatch.setattr(files, "as_csv", fail)
    with pytest.raises(error):
        files.save(figure_with("new"), DATA, into=tmp_path, name="terms")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("room", [2_000, 9_000])
def test_on_a_full_disk_all_files_are_the_old_ones(tmp_path, room):
    resource = pytest.importorskip("resource", reason="no limits on files here")
    files.save(figure_with("old"), DATA, into=tmp_path, name="terms")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert max(map(len, before.values())) > 9_000
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        with pytest.raises(PolythemesError, match=r"cannot write .*terms\.\w+: .*free the place"):
            files.save(figure_with("new"), DATA, into=tmp_path, name="terms")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_formulas_become_texts_and_numbers_stay_numbers():
    risky = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]
    data = pd.DataFrame({"a": [*risky, "a=b"], "b": [-1.0, -0.0, 1 / 3, 2, np.nan, 1e-9, 5]})
    text = files.as_csv(data)
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert [row[0] for row in read[1:]] == [*(f"'{cell}" for cell in risky[:5]), "'\nx", "a=b"]
    assert [row[1] for row in read[1:]] == ["-1.0", "0.0", "0.333333", "2.0", "", "0.0", "5.0"]
    assert text.endswith("\n")


def test_single_floats_are_rounded_as_well():
    assert files.as_csv(pd.DataFrame({"a": np.array([0.1], dtype="float32")})) == "a\n0.1\n"


def test_settings_of_matplotlib_are_left_alone():
    before = dict(mpl.rcParams)
    with style.use():
        assert mpl.rcParams["font.family"] == ["DejaVu Sans", "Noto Sans SC"]
        assert mpl.rcParams["svg.fonttype"] == "path"
    assert dict(mpl.rcParams) == before


def test_a_very_tall_figure_is_drawn_smaller(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "PIXELS", 1000)
    saved = files.save(figure_with(height=20), DATA, into=tmp_path, name="tall")
    assert int.from_bytes(saved.png.read_bytes()[20:24], "big") <= 1000


def seen(colour, matrix):
    """Give a colour as a kind of sight has it, in Oklab (Ottosson 2020)."""
    parts = np.array(colors.to_rgb(colour))
    light = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return lab @ np.cbrt(cones @ np.clip(matrix @ light, 0, 1))


# Machado et al. (2009), full severity.
SIGHTS = {
    "usual": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
}


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(
    "palette",
    [
        [style.language(code) for code in ("id", "de", "zh", "it", "en", "fr")],
        list(style.themes("abcdef").values()),
    ],
)
def test_colours_differ_for_every_sight(palette, sight):
    apart = [
        float(np.linalg.norm(seen(a, SIGHTS[sight]) - seen(b, SIGHTS[sight])))
        for a, b in combinations(palette, 2)
    ]
    # Oklab distance; 0.02 is about what a person just notices.
    assert min(apart) > 0.06


def test_a_language_without_an_entry_has_a_colour_of_its_own():
    assert style.language("sw") == style.language("sw") != style.language("fi")
    assert style.marker("sw") == style.marker("sw")
    assert len({colour for colour, _ in style.LANGUAGES.values()}) == len(style.LANGUAGES) == 16


def test_theme_colours_go_by_place_and_the_rest_is_grey():
    assert style.themes(["a", "rest", "b"]) == {
        "a": style.position(0),
        "b": style.position(1),
        "rest": style.REST_COLOUR,
    }
    assert style.position(9) == style.position(0)


@pytest.mark.parametrize("part", np.linspace(0, 1, 21))
def test_text_on_every_shade_can_be_read(part):
    fill = style.shade(part, 1)
    low, high = sorted(looks.luminance(colour) + 0.05 for colour in (fill, style.ink(fill)))
    assert high / low >= 4.5


def test_shade_of_nothing_among_nothing():
    assert style.shade(0, 0) == style.shade(0, 1)


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        (" a \t b\n", "a b"),
        ("a\u200bb\u00ad", "ab"),
        ("क\u200dष", "क\u200dष"),
        (None, ""),
        (3, "3"),
    ],
)
def test_labels_hold_nothing_unseen(given, plain):
    assert labels.plain(given) == plain


@pytest.mark.parametrize(
    "text",
    [
        "one two three four",
        "well-known long-term",
        "直播电商平台数据保护",
        "x" * 80,
        "直播 and 电商",
    ],
)
@pytest.mark.parametrize("room", [0.3, 0.8, 2.0])
def test_wrapped_lines_fit_and_lose_nothing(text, room):
    with style.use():
        lines = labels.wrap(text, room, 8)
        assert all(labels.width(line, 8) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_words_are_broken_only_where_they_must_be():
    assert labels.wrap("one two", 0.35, 8) == ("one", "two")
    assert labels.wrap("", 1, 8) == ("",)


def test_labels_shrink_before_they_wrap():
    text = "a label of some length"
    whole = labels.width(text, 8)
    assert labels.fit(text, whole + 0.01, size=8, least=5) == labels.Fitted((text,), 8)
    shrunk = labels.fit(text, whole * 0.8, size=8, least=5)
    assert (shrunk.lines, 5 <= shrunk.size < 8) == ((text,), True)
    cut = labels.fit(text, whole * 0.3, size=8, least=7, lines=2)
    assert len(cut.lines) == 2
    assert cut.lines[-1].endswith("…")


@pytest.mark.parametrize(
    ("share", "said"), [(0, "0 %"), (0.001, "<1 %"), (0.234, "23 %"), (1, "100 %")]
)
def test_shares_in_percent(share, said):
    assert labels.percent(share) == said


def test_one_is_not_several():
    assert labels.count(1, "passage") == "1 passage"
    assert labels.count(1200, "passage") == "1,200 passages"


def test_articles_stand_by_name_and_by_language_where_it_has_several():
    one_each = pd.DataFrame({"article_id": ["b", "a"], "language": ["de", "zh"]})
    assert rows.in_order(one_each) == ["a", "b"]
    several = pd.DataFrame({"article_id": ["a", "b", "c"], "language": ["zh", "de", "zh"]})
    assert rows.in_order(several) == ["b", "a", "c"]


def test_a_key_keeps_to_its_room():
    with style.use():
        key = keys.of_languages(
            ["de", "en", "zh"], ["German", "English", "Chinese"], 1.6, shapes=True
        )
        assert key.columns * key.column <= 1.6 + keys.AFTER
        assert key.height == pytest.approx(keys.LINE * 2)
