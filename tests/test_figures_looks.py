"""The looks and sizes of figures: what each promises holds, and light ones stay as they are."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from matplotlib import colors
from matplotlib.image import imread

from polythemes.errors import PolythemesError
from polythemes.figures import collected, files, looks, repaired, sheet, sizes, style
from polythemes.figures.actors import SORTS
from polythemes.paths import Corpus

DATA = pd.DataFrame({"a": [1]})
SCHEMES = [collected.FATES, repaired.SORTS, {sort: own for sort, (own, _) in SORTS.items()}]


def drawn():
    """Draw a figure with a text, a line, a mark, a bar and ticks of their own."""
    with style.use():
        page = sheet.new("What is this?", "A note.", width=3, height=1, kind="Bar chart")
        page.box(0, 0.2, 1, 0.2, style.position(0))
        page.rule(0.5)
        page.board.scatter([0.5], [0.5], s=16, color=style.language("de"))
        axes = page.axes(1.5, 0.1, 1.2, 0.6)
        axes.plot([0, 1], [0, 1], "o-", markersize=4)
    return page.figure


def contrast(one, other):
    low, high = sorted(looks.luminance(colour) + 0.05 for colour in (one, other))
    return high / low


@pytest.fixture(params=looks.LOOKS)
def look(request, monkeypatch):
    """Draw in each look in turn."""
    monkeypatch.setenv(looks.LOOK, request.param)
    return looks.current()


def test_texts_can_be_read_in_every_look(look):
    assert contrast(look.ink, look.ground) > 10
    assert contrast(look.soft, look.ground) > 4.5
    for part in np.linspace(0, 1, 21):
        fill = style.shade(part, 1)
        assert contrast(fill, style.ink(fill)) >= 4.5
    for code in style.LANGUAGES:
        assert contrast(look.ink, style.tint(style.language(code), 0.5)) > 3.5


def test_scale_goes_one_way_in_every_look(look):
    steps = [looks.lightness(style.shade(part, 1)) for part in np.linspace(0, 1, 30)]
    away = np.diff(steps) * (1 if look.ground == looks.DARK else -1)
    assert (away > -0.01).all()
    assert abs(steps[-1] - steps[0]) > 60


def test_light_is_as_it_was():
    assert style.position(0) == "#CC6677"
    assert style.language("de") == "#E69F00"
    assert style.tint("#330033", 0.25) == "#CCBFCC"
    assert [style.scheme(one) for one in SCHEMES] == SCHEMES


def test_print_survives_a_printer_without_colours(monkeypatch):
    monkeypatch.setenv(looks.LOOK, "print")
    themes = [looks.lightness(style.position(i)) for i in range(9)]
    spoken = [looks.lightness(style.language(code)) for code in ("en", "de", "zh", "it", "id")]
    for own, least in ((themes[:5], 12.5), (themes, 5.5), (spoken, 12.5)):
        assert min(abs(a - b) for a, b in combinations(own, 2)) > least
    for one in SCHEMES:
        beside = [looks.lightness(colour) for colour in style.scheme(one).values()]
        assert np.abs(np.diff(beside)).min() > 13
    for part in (0, 0.5, 1):
        red, green, blue = colors.to_rgb(style.shade(part, 1))
        assert red == green == blue


def test_colours_keep_their_hue(look):
    del look
    for i, colour in enumerate(style.SEQUENCE):
        own, now = (colors.rgb_to_hsv(colors.to_rgb(one))[0] for one in (colour, style.position(i)))
        assert min(abs(own - now), 1 - abs(own - now)) < 0.08


def test_marks_stand_out_from_a_dark_ground(monkeypatch):
    monkeypatch.setenv(looks.LOOK, "dark")
    shown = [style.language(code) for code in (*style.LANGUAGES, "sw", "fi")]
    shown += [style.position(i) for i in range(9)]
    shown += [colour for one in SCHEMES for colour in style.scheme(one).values()]
    assert min(contrast(colour, looks.DARK) for colour in shown) > 3


def test_dark_picture_is_dark_and_needs_no_other_code(tmp_path, monkeypatch):
    light = files.save(drawn(), DATA, into=tmp_path, name="light")
    monkeypatch.setenv(looks.LOOK, "dark")
    dark = files.save(drawn(), DATA, into=tmp_path, name="dark")
    corners = [imread(one.png)[0, 0, :3] for one in (light, dark)]
    assert np.allclose(corners[0], 1)
    assert np.allclose(corners[1], colors.to_rgb(looks.DARK), atol=0.005)
    assert light.csv.read_bytes() == dark.csv.read_bytes()
    assert np.allclose(imread(dark.png)[:, :, :3].mean(), 0.1, atol=0.1)


@pytest.mark.parametrize("size", sizes.SIZES)
def test_figure_keeps_within_its_place_and_its_texts_go_with_it(size):
    figure = drawn()
    # Ticks are made, and their sizes read, only while a figure is drawn.
    with style.use():
        figure.draw_without_rendering()
        was, (wide, high) = sizes.smallest(figure), figure.get_size_inches()
        now = sizes.fit(figure, size)
    room = np.array(sizes.SIZES[size])
    by = min([*room / (wide, high), *[1.0] * (size != "slide")])
    assert figure.get_size_inches() == pytest.approx((wide * by, high * by))
    assert (figure.get_size_inches() <= room + 1e-9).all()
    assert now == pytest.approx(was * by, abs=0.01)


def test_nothing_overlaps_that_did_not_before(tmp_path):
    files.save(drawn(), DATA, into=tmp_path, name="small")
    figure = drawn()
    with style.use():
        sizes.fit(figure, "slide")
        wide = figure.get_size_inches()[0]
        figure.savefig(tmp_path / "slide.png", dpi=300 * 3.3 / wide)
    small, large = (imread(tmp_path / f"{one}.png")[:, :, :3] for one in ("small", "slide"))
    assert abs(small.shape[1] - large.shape[1]) <= 2
    size = np.minimum(small.shape, large.shape)[:2]
    apart = np.abs(small[: size[0], : size[1]] - large[: size[0], : size[1]]).max(axis=2) > 0.5
    # The same picture, but for the edges of letters.
    assert apart.mean() < 0.01


@pytest.mark.parametrize(
    ("size", "room", "rows"),
    [("", 8.2, 30), ("slide", 8.2, 30), ("page", 6.9, 16), ("column", 3.2, 16)],
)
def test_boards_are_laid_out_for_the_size(size, room, rows, monkeypatch):
    monkeypatch.setenv(sizes.SIZE, size)
    assert sizes.room(8.2) == pytest.approx(room)
    assert sizes.room(2) == 2
    assert sizes.rows(30, each=0.5, besides=1.2) == rows
    assert sizes.rows(3, each=0.5, besides=1.2) == 3
    assert sizes.rows(3, each=99, besides=1) == (1 if rows < 30 else 3)


def test_variants_have_folders_of_their_own(tmp_path, monkeypatch):
    corpus = Corpus("news", tmp_path)
    assert files.place(corpus, "light", "") == corpus.figures
    assert files.place(corpus, "dark", "slide") == corpus.figures / "dark-slide"
    assert files.place(corpus, "light", "page") == corpus.figures / "page"
    assert files.place(corpus, "print", "", tmp_path / "out") == tmp_path / "out/news/print"
    monkeypatch.setenv(looks.LOOK, "print")
    monkeypatch.setenv(sizes.SIZE, "column")
    saved = files.save(drawn(), DATA, into=corpus, name="04-a")
    assert saved.png.parent == corpus.figures / "print-column"
    assert round(imread(saved.png).shape[1] / 300, 1) == 3.3
    monkeypatch.setenv(files.OUT, str(tmp_path / "else"))
    assert files.save(drawn(), DATA, into=corpus, name="04-a").svg.parent == tmp_path / "else"
    assert [path.name for path in corpus.figures.iterdir()] == ["print-column"]


@pytest.mark.parametrize(
    ("variable", "ask"), [(looks.LOOK, looks.name), (sizes.SIZE, sizes.current)]
)
def test_unknown_look_or_size_is_named(variable, ask, monkeypatch):
    monkeypatch.setenv(variable, "huge")
    with pytest.raises(PolythemesError, match=f"{variable} is 'huge'; allowed are "):
        ask()
