"""The comparison of topic models: what it reads, what it fits, how it scores and what it writes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from polythemes import themes as named_themes
from polythemes.errors import PolythemesError

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # benchmarks/ is no part of the package

from benchmarks.themes import __main__ as theme_command  # noqa: E402
from benchmarks.themes import methods as theme_methods  # noqa: E402
from benchmarks.topics import __main__ as command  # noqa: E402
from benchmarks.topics import data, forms, methods, neural, peers, report, runners, scores  # noqa: E402

HEAD = "index_id\tcategory\ttext\n"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def parallel(languages: str = "abc", sentences: int = 40) -> pd.DataFrame:
    rows = [
        (language, str(i), ("x", "y")[i % 2], f"{language} {i}")
        for language in languages
        for i in range(sentences)
    ]
    return pd.DataFrame(rows, columns=["language", "index_id", "category", "text"])


def fit(number: int, rows: list[int], *, kind: str = "shuffle", draw: int = 0) -> forms.Fit:
    return forms.Fit(draw, kind, number, np.array(rows))


def done(one: forms.Fit, labels: list[int]) -> scores.Done:
    return one, np.array(labels), {"seconds": 1.0, "wall_seconds": 2.0, "peak_mb": 3.0}


def test_columns_stand_anywhere_and_files_of_a_language_are_put_together(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "fra/a.tsv": "text\textra\tIndex_ID\tcategory\r\nun\t?\t1\tx\r\ndeux\t?\t2\ty\r\n",
            "fra/b.tsv": HEAD + "3\tx\ttrois\n",
            "deu/train.tsv": "\ufeff" + HEAD + "1\tx\teins\n\n",
            "notes/readme.txt": "no table",
            ".hidden/a.tsv": HEAD + "9\tx\tno\n",
        },
    )
    found = data.read(tmp_path)
    assert found.to_numpy().tolist() == [
        ["deu", "1", "x", "eins"],
        ["fra", "1", "x", "un"],
        ["fra", "2", "y", "deux"],
        ["fra", "3", "x", "trois"],
    ]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ('1\tx\t"He said ""no"", twice"\n', 'He said "no", twice'),
        ('1\tx\tHe said "no", twice\n', 'He said "no", twice'),
        ('1\tx\t"No" he said\n', '"No" he said'),
        ('1\tx\t"Open and not closed\n', '"Open and not closed'),
    ],
)
def test_quotes_are_read_as_they_are_meant(tmp_path: Path, line: str, text: str) -> None:
    write(tmp_path, {"a/t.tsv": HEAD + line + "2\ty\tother\n"})
    assert data.read(tmp_path)["text"].tolist() == [text, "other"]


def test_equal_rows_count_once_and_rows_that_miss_something_are_counted(tmp_path: Path) -> None:
    write(tmp_path, {"a/t.tsv": HEAD + "1\tx\tone\n1\tx\tone\n2\ty\ttwo\n3\ty\t \n\tx\tno index\n"})
    found = data.read(tmp_path)
    assert found["text"].tolist() == ["one", "two"]
    assert found.attrs["left_out"] == 2
    assert "2 rows without" in command.described(found)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"train.tsv": HEAD}, r"holds no <language>/\*\.tsv"),
        ({"a/t.tsv": "index\tcategory\ttext\n"}, "no column index_id but index, category, text"),
        ({"a/t.tsv": ""}, "no column index_id, category, text"),
        ({"a/t.tsv": HEAD + "1\tx\n"}, r"row 2 has 2 columns; 3 are needed"),
        ({"a/t.tsv": HEAD.encode() + b"1\tx\t\xff\n"}, "cannot be read: not UTF-8"),
        ({"a/t.tsv": HEAD + "1\tx\tone\n"}, "two categories or more"),
        ({"a/t.tsv": HEAD}, "holds 0 texts"),
    ],
)
def test_folder_that_cannot_be_compared_is_refused_in_a_line(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    files: dict[str, str | bytes],
    message: str,
) -> None:
    with pytest.raises(PolythemesError, match=message):
        data.read(write(tmp_path, files))
    assert command.main([str(tmp_path)]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_missing_folder_unknown_method_and_bad_limit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PolythemesError, match="no folder"):
        data.read(tmp_path / "none")
    with pytest.raises(PolythemesError, match="no method lda2000; there are polythemes"):
        command.chosen("polythemes,lda2000")
    for bad in ("0", "soon", "nan", "1.5"):
        with pytest.raises(PolythemesError, match="LIMIT="):
            command.seconds(bad)
    assert command.main([""]) == 2


def test_methods_are_chosen_by_name_or_beginning() -> None:
    assert command.chosen("") == list(methods.METHODS)
    assert command.chosen(" polythemes, K-means") == ["polythemes", "k-means"]
    assert command.chosen("bertopic") == ["bertopic"]
    assert {one.split("-")[0] for one in command.chosen("turftopic")} == {"turftopic"}


def test_parallel_form_is_all_texts() -> None:
    (rows,) = forms.draws(parallel(), "parallel")
    assert rows.tolist() == list(range(120))


def test_non_parallel_form_has_every_index_once_in_a_language_that_has_it() -> None:
    texts = parallel()
    texts = texts[~(texts["language"].eq("b") & texts["index_id"].isin([str(i) for i in range(9)]))]
    drawn = forms.draws(texts, "non-parallel")
    assert len(drawn) == forms.DRAWS
    for rows in drawn:
        own = texts.iloc[rows]
        assert sorted(own["index_id"]) == sorted(set(texts["index_id"]))
        assert set(own["language"]) == {"a", "b", "c"}
    assert len({tuple(rows) for rows in drawn}) == forms.DRAWS


def test_non_parallel_form_does_not_depend_on_the_order_of_the_rows() -> None:
    texts = parallel()
    turned = texts[::-1]
    for here, there in zip(
        forms.draws(texts, "non-parallel"), forms.draws(turned, "non-parallel"), strict=True
    ):
        assert set(texts.iloc[here]["text"]) == set(turned.iloc[there]["text"])


def test_languages_are_drawn_equally_often() -> None:
    (rows, *_) = forms.draws(parallel(sentences=3000), "non-parallel")
    counts = parallel(sentences=3000).iloc[rows]["language"].value_counts()
    assert counts.between(900, 1100).all()


def test_texts_of_one_index_in_one_language_stay_together() -> None:
    texts = parallel("ab", 10)
    texts["index_id"] = [str(i // 2) for i in range(10)] * 2
    for rows in forms.draws(texts, "non-parallel"):
        assert len(rows) == 10
        assert (texts.iloc[rows].groupby("index_id")["language"].nunique() == 1).all()


def test_fits_are_shuffles_of_a_draw_and_parts_of_it() -> None:
    texts = parallel()
    drawn = forms.draws(texts, "non-parallel")
    listed = forms.fits(texts, "non-parallel")
    assert len(listed) == forms.DRAWS * 2 * forms.REPEATS["non-parallel"]
    for one in listed:
        assert set(one.rows) <= set(drawn[one.draw])
        assert len(one.rows) == {"shuffle": 40, "subsample": 36}[one.kind]
    orders = {tuple(one.rows) for one in listed if one.draw == 0 and one.kind == "shuffle"}
    assert len(orders) == forms.REPEATS["non-parallel"]
    begun = [(one.kind, one.number, one.draw) for one in listed[: forms.DRAWS + 1]]
    assert begun == [*(("shuffle", 0, draw) for draw in range(forms.DRAWS)), ("shuffle", 1, 0)]


def test_scores_of_a_perfect_and_of_a_language_model() -> None:
    texts = parallel("ab", 4)
    rows = list(range(8))
    perfect, language = [0, 1] * 4, [0] * 4 + [1] * 4
    (row,) = scores.rows(texts, "parallel", [done(fit(0, rows), perfect)])
    assert (row["nmi"], row["ari"], row["coverage"], row["n_topics"]) == (1, 1, 1, 2)
    assert row["leakage"] == pytest.approx(0, abs=1e-9)
    (row,) = scores.rows(texts, "parallel", [done(fit(0, rows), language)])
    assert row["nmi"] == pytest.approx(0, abs=1e-9)
    assert row["leakage"] == 1


def test_scores_are_those_of_scikit_learn_in_any_order() -> None:
    texts = parallel()
    draw = np.random.default_rng(1)
    rows, labels = draw.permutation(120), draw.integers(0, 3, 120)
    (row,) = scores.rows(texts, "parallel", [done(fit(0, rows.tolist()), labels.tolist())])
    gold = texts["category"].to_numpy()[rows]
    assert row["nmi"] == normalized_mutual_info_score(gold, labels)
    assert row["ari"] == adjusted_rand_score(gold, labels)


def test_texts_without_a_topic_lower_coverage_and_are_no_topic() -> None:
    (row,) = scores.rows(parallel("a", 4), "parallel", [done(fit(0, [0, 1, 2, 3]), [-1, 0, 0, 0])])
    assert (row["coverage"], row["n_topics"]) == (0.75, 1)


def test_agreement_matches_texts_and_not_places() -> None:
    one, two = done(fit(0, [0, 1, 2, 3]), [5, 5, 7, 7]), done(fit(1, [3, 1, 0, 2]), [1, 0, 0, 1])
    assert scores.agreement([one, two]) == 1
    third = done(fit(2, [2, 0]), [0, 1])
    assert scores.agreement([one, third]) == 1
    assert np.isnan(scores.agreement([one]))


def test_parallel_has_a_row_a_shuffle_and_non_parallel_a_row_a_draw() -> None:
    texts = parallel()
    for form, seeds in (("parallel", 5), ("non-parallel", 5)):
        made = [done(one, (one.rows % 2).tolist()) for one in forms.fits(texts, form)]
        found = scores.rows(texts, form, made)
        assert [row["seed"] for row in found] == list(range(seeds))
        assert {(row["shuffle_ari"], row["subsample_ari"], row["fits"]) for row in found} == {
            (1.0, 1.0, 2 * forms.REPEATS[form])
        }
        assert list(report.table(found).columns) == scores.COLUMNS


def test_columns_begin_as_promised() -> None:
    promised = "method,form,k,seed,nmi,ari,leakage,shuffle_ari,coverage,seconds,peak_mb"
    assert ",".join(scores.COLUMNS[:11]) == promised


def rows_of(method: str, nmi: float, seconds: float) -> list[dict[str, object]]:
    same = {"form": "parallel", "k": "given", "note": "", "ari": nmi, "leakage": 0.0}
    more = {"shuffle_ari": 1.0, "coverage": 1.0, "peak_mb": 100.0 * seconds, "n_topics": 2}
    return [
        {"method": method, "seed": i, "nmi": nmi + i / 10, "seconds": seconds} | same | more
        for i in range(2)
    ]


def test_costs_are_ratios_to_ours_and_a_failed_peer_keeps_its_reason() -> None:
    failed = {"method": "top2vec", "form": "parallel", "k": "given", "note": "not installed: no"}
    found = report.table([*rows_of("polythemes", 0.5, 2), *rows_of("k-means", 0.4, 3), failed])
    means = report.summary(found).set_index("method")
    assert means.loc["k-means", ["nmi", "seconds", "peak_mb"]].tolist() == [0.45, 1.5, 1.5]
    assert means.loc["polythemes", "seconds"] == 1
    said = report.text(found)
    assert "ours: 2.00 s, 200 MB" in said
    assert "not installed: no" in said.splitlines()[-1]


def test_costs_are_absolute_where_ours_did_not_run() -> None:
    found = report.table(rows_of("k-means", 0.4, 3))
    assert report.summary(found).loc[0, "seconds"] == 3
    assert "3.00 s" in report.text(found)


def test_file_and_figure_are_written(tmp_path: Path) -> None:
    failed = {"method": "top2vec", "form": "parallel", "k": "found", "note": "not installed"}
    found = report.table([*rows_of("polythemes", 0.5, 2), failed])
    saved = report.save(found, tmp_path, "two languages")
    back = pd.read_csv(saved.csv)
    assert list(back.columns) == scores.COLUMNS
    assert back["nmi"].tolist()[:2] == [0.5, 0.6]
    assert (saved.svg.name, saved.png.exists()) == ("topics.svg", True)


def test_file_and_figure_are_written_where_all_methods_failed(tmp_path: Path) -> None:
    failed = {"method": "top2vec", "form": "parallel", "k": "given", "note": "not installed"}
    saved = report.save(report.table([failed]), tmp_path, "two languages")
    assert pd.read_csv(saved.csv)["note"].tolist() == ["not installed"]


def made(texts: pd.DataFrame) -> methods.Data:
    points = np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32)
    near = points[texts["category"].eq("y").to_numpy(dtype=int)]
    tilt = np.linspace(0, 0.01, len(texts), dtype=np.float32)[:, None]
    words = {"word": np.array([1, 0], dtype=np.float32)}
    return methods.Data(list(texts["text"]), list(texts["language"]), near + tilt, words)


def test_data_comes_back_from_a_folder_and_knows_its_words(tmp_path: Path) -> None:
    whole = made(parallel())
    whole.write(tmp_path)
    back = methods.Data.read(tmp_path).take([3, 1])
    assert back.texts == ["a 3", "a 1"]
    assert (back.vectors == whole.vectors[[3, 1]]).all()
    looked = back.encode(["word", "a 1", "unknown"])
    assert (looked[:2] == [whole.words["word"], whole.vectors[1]]).all()
    assert 0 < np.abs(looked[2]).max() < 1e-5


def test_chinese_is_split_by_character_and_other_text_by_word() -> None:
    assert methods.words(["Türkei, 3 Seiten", "土耳其 A1"]) == [
        ["türkei", "seiten"],
        ["土", "耳", "其", "a"],
    ]


@pytest.mark.parametrize("method", ["polythemes", "k-means"])
def test_method_runs_in_a_process_of_its_own(method: str) -> None:
    texts = parallel()
    listed = forms.fits(texts, "parallel")[:2]
    python = Path(sys.executable)
    found, why = runners.run(method, 2, made(texts), listed, python=python)
    assert why == ""
    for row in scores.rows(texts, "parallel", found):
        assert row["nmi"] == 1
        assert row["seconds"] > 0
        assert 10 < row["peak_mb"] < 10_000


def test_method_that_fails_is_a_row_with_its_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "python", lambda _: (Path(sys.executable), ""))
    texts = parallel()
    (row,) = command.one(
        "bertopic", "parallel", "given", gold=2, texts=texts, whole=made(texts), limit=60
    )
    assert row["note"].startswith("ModuleNotFoundError: No module named 'bertopic'; 0 of 10 fits")
    assert "nmi" not in row


def test_method_is_stopped_at_its_limit_and_what_it_made_counts() -> None:
    texts = parallel()
    many = forms.fits(texts, "parallel") * 500
    found, why = runners.run("k-means", 2, made(texts), many, python=Path(sys.executable), limit=4)
    assert why == f"stopped after 4 processor seconds; {len(found)} of 5000 fits"


def test_environment_that_cannot_be_made_says_so(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(peers, "_call", lambda _: "no network")
    peers.python.cache_clear()
    assert peers.python("peers")[1] == "not installed: no network"
    assert "0.7 GB" in capsys.readouterr().out
    peers.python.cache_clear()


def test_locks_hold_hashes_and_name_no_registry() -> None:
    folder = ROOT / "benchmarks" / "topics"
    for lock in peers.SIZES:
        text = (folder / f"{lock}.txt").read_text("utf-8")
        assert "://" not in text
        packages = [line for line in text.splitlines() if line[:1].isalnum()]
        assert packages
        assert all("==" in line and line.endswith("\\") for line in packages)


def test_neural_peers_need_their_files_and_say_why_they_are_not_trained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(PolythemesError, match=r"lacks train_texts_en\.txt, .*ch_en_dict\.dat"):
        neural.train("NMTM", tmp_path, into=tmp_path, limit=1)
    write(tmp_path, dict.fromkeys((*neural.FILES, neural.DICTIONARY), ""))
    monkeypatch.setattr(peers, "python", lambda _: (Path(sys.executable), "not installed: no"))
    assert neural.train("NMTM", tmp_path, into=tmp_path, limit=1) == "not installed: no"
    # Our own environment has no torch, as that of the peers would after a broken installation.
    monkeypatch.setattr(peers, "python", lambda _: (Path(sys.executable), ""))
    assert neural.train("NMTM", tmp_path, into=tmp_path, limit=1).startswith("ModuleNotFoundError")


# --- themes ---------------------------------------------------------------------------------------


def themes_file(folder: Path, *ids: str) -> Path:
    path = folder / "themes.toml"
    entries = [f'[[theme]]\nid = "{one}"\ndescription = "{one}"\n' for one in ids]
    path.write_text("".join(entries), encoding="utf-8")
    return path


def put_near(texts: pd.DataFrame, named: list[Any]) -> theme_methods.Data:
    """Give every text and theme the vector of its category."""
    axes = np.eye(12, dtype=np.float32)
    naming = named_themes.examples(named)
    ids = [theme.theme_id for theme in named]
    rest = iter(range(len(naming)))
    naming["vector"] = [
        axes[ids.index(one)] if one in ids else axes[2 + next(rest) % 10]
        for one in naming["theme_id"]
    ]
    rows = axes[[ids.index(one) for one in texts["category"]]]
    noise = np.random.default_rng(0).normal(size=rows.shape) / 20
    return theme_methods.Data(list(texts["text"]), (rows + noise).astype("f4"), named, naming)


def test_themes_are_scored_in_both_forms_and_every_language(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(theme_methods, "embedded", put_near)
    lines = [f"{i}\t{'xy'[i % 2]}\ttext {i}\n" for i in range(20)]
    write(tmp_path, {f"{one}/t.tsv": HEAD + "".join(lines) for one in ("a", "b")})
    table = theme_command.run(tmp_path, themes_file(tmp_path, "x", "y"), ["polythemes", "cosine"])
    assert set(table["accuracy"]) == {1.0}
    assert list(table[["method", "form", "language"]].itertuples(False, None)) == [
        (method, form, language)
        for method in ("polythemes", "cosine")
        for form in forms.FORMS
        for language in ("all", "a", "b")
    ]
    back = pd.read_csv(project / "build" / "benchmarks" / "themes.csv")
    assert list(back.columns[:5]) == ["method", "form", "language", "accuracy", "macro_f1"]


def test_category_without_a_theme_and_bad_words_are_refused(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"a/t.tsv": HEAD + "1\tx\tone\n2\tScience/Art\ttwo\n"})
    with pytest.raises(PolythemesError, match="has no theme science-art, a category of"):
        theme_command.run(tmp_path, themes_file(tmp_path, "x"), ["cosine"])
    with pytest.raises(PolythemesError, match="no method lda; there are polythemes, cosine, bert"):
        theme_command.chosen("lda")
    assert theme_command.main([str(project), ""]) == 2
    assert "a folder and a themes.toml are needed" in capsys.readouterr().err


def test_wordings_of_sib_name_the_same_seven_themes() -> None:
    found = sorted((ROOT / "benchmarks" / "themes").glob("*.toml"))
    assert len(found) == 7
    assert len({tuple(theme.theme_id for theme in named_themes.load(one)) for one in found}) == 1
