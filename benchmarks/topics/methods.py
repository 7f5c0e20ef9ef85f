"""The methods that are compared: each loads its package and gives a function that fits.

Peers run as their documentation shows them, with the vectors given and a fixed seed.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

SEED = 0
#: A word: letters; Chinese and Japanese, which leave no space, character by character.
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_\u3040-\u30ff\u3400-\u9fff]+")


@dataclass(frozen=True)
class Data:
    """Hold what a method may use: never the categories.

    Parameters
    ----------
    texts, languages : list of str
        The texts and the language of each.
    vectors : ndarray of float32, shape (n, d)
        Their vectors.
    words : dict of str to ndarray of float32, shape (d,)
        Vectors of the words that stand in ten texts or more, for the peers that embed words.
    """

    texts: list[str]
    languages: list[str]
    vectors: NDArray[np.float32]
    words: dict[str, NDArray[np.float32]]

    @classmethod
    def read(cls, folder: Path) -> Self:
        """Read what :meth:`write` wrote."""
        parts = json.loads((folder / "data.json").read_text("utf-8"))
        arrays = np.load(folder / "data.npz", allow_pickle=False)
        words = dict(zip(parts["words"], arrays["words"], strict=True))
        return cls(parts["texts"], parts["languages"], arrays["vectors"], words)

    def write(self, folder: Path) -> None:
        """Write everything into a folder, for another process."""
        width = self.vectors.shape[1]
        words = np.array(list(self.words.values()), dtype=np.float32).reshape(-1, width)
        np.savez(folder / "data.npz", vectors=self.vectors, words=words)
        parts = {"texts": self.texts, "languages": self.languages, "words": list(self.words)}
        (folder / "data.json").write_text(json.dumps(parts), encoding="utf-8")

    def take(self, rows: Sequence[int]) -> Data:
        """Choose texts, in the order given."""
        return replace(
            self,
            texts=[self.texts[row] for row in rows],
            languages=[self.languages[row] for row in rows],
            vectors=self.vectors[rows],
        )

    def encode(self, texts: Sequence[str], **_: Any) -> NDArray[np.float32]:
        """Look up the vectors of texts and words; a rare word has a small vector of nothing."""
        known = self.words | dict(zip(self.texts, self.vectors, strict=True))
        nothing = np.full(self.vectors.shape[1], 1e-6, dtype=np.float32)
        return np.array([known.get(text, nothing) for text in texts])


Fitter = Callable[[Data, int], ArrayLike]


@dataclass(frozen=True)
class Method:
    """One method.

    Parameters
    ----------
    load : callable
        Imports the package and gives the function that fits: data and number of topics (0: it
        finds the number) to labels, -1 for a text without a topic.
    needs : str
        Where it runs: ``polythemes`` (our own environment), ``peers`` or ``peers-torch``.
    modes : tuple of str
        ``given`` if it takes the number of topics, ``found`` if it can find one.
    """

    load: Callable[[], Fitter]
    needs: str = "peers"
    modes: tuple[str, ...] = ("given",)


def polythemes() -> Fitter:
    """Ours, on vectors (and languages, where it takes them)."""
    from polythemes.topics import TopicModel

    takes = "languages" in inspect.signature(TopicModel.fit).parameters

    def fit(data: Data, k: int) -> ArrayLike:
        more: dict[str, Any] = {"languages": data.languages} if takes else {}
        return TopicModel(n_topics=k).fit(data.vectors, **more).labels_

    return fit


def k_means() -> Fitter:
    """scikit-learn's k-means, the plain baseline."""
    from sklearn.cluster import KMeans

    return lambda data, k: KMeans(k, n_init=10, random_state=SEED).fit(data.vectors).labels_


def bertopic() -> Fitter:
    """BERTopic as it comes; with a number of topics, reduced to it and without outliers."""
    from bertopic import BERTopic
    from umap import UMAP

    def fit(data: Data, k: int) -> ArrayLike:
        # Its default UMAP, but for the seed.
        flat = UMAP(15, n_components=5, min_dist=0.0, metric="cosine", random_state=SEED)
        # nr_topics counts the outliers as one.
        model = BERTopic(umap_model=flat, nr_topics=k + 1 if k else None)
        topics, _ = model.fit_transform(data.texts, data.vectors)
        if not k or -1 not in topics:
            return topics
        return model.reduce_outliers(
            data.texts, topics, strategy="embeddings", embeddings=data.vectors
        )

    return fit


def bertopic_kmeans() -> Fitter:
    """BERTopic with k-means in place of HDBSCAN."""
    from bertopic import BERTopic
    from sklearn.cluster import KMeans
    from umap import UMAP

    def fit(data: Data, k: int) -> ArrayLike:
        flat = UMAP(15, n_components=5, min_dist=0.0, metric="cosine", random_state=SEED)
        means = KMeans(k, n_init=10, random_state=SEED)
        return BERTopic(umap_model=flat, hdbscan_model=means).fit_transform(
            data.texts, data.vectors
        )[0]

    return fit


def topica() -> Fitter:
    """Topica's BERTopic as it comes; with a number of topics, k-means after UMAP."""
    import topica as package

    def fit(data: Data, k: int) -> ArrayLike:
        how: dict[str, Any] = {"clusterer": "kmeans", "num_clusters": k} if k else {}
        model = package.BERTopic(**how)
        model.fit(words(data.texts), np.asarray(data.vectors, dtype=np.float64))
        return model.labels

    return fit


def tomotopy_lda() -> Fitter:
    """LDA by tomotopy on the words themselves, without vectors."""
    import tomotopy

    def fit(data: Data, k: int) -> ArrayLike:
        model = tomotopy.LDAModel(k=k, seed=SEED)
        found = words(data.texts)
        for text in found:
            if text:  # a text without a word is no document
                model.add_doc(text)
        model.train(1000, workers=1)
        topics = (int(np.argmax(document.get_topic_dist())) for document in model.docs)
        return [next(topics) if text else -1 for text in found]

    return fit


def top2vec() -> Fitter:
    """Top2Vec as it comes; with a number of topics, reduced to it."""
    from top2vec import Top2Vec

    flat = {"n_neighbors": 15, "n_components": 5, "metric": "cosine", "random_state": SEED}

    def fit(data: Data, k: int) -> ArrayLike:
        model = Top2Vec(data.texts, embedding_model=data.encode, umap_args=flat, verbose=False)
        if not k or model.get_num_topics() <= k:
            return model.doc_top
        model.hierarchical_topic_reduction(k)
        return model.doc_top_reduced

    return fit


def turftopic(name: str, **settings: Any) -> Callable[[], Fitter]:
    """Name a model of Turftopic."""

    def load() -> Fitter:
        import turftopic as package

        def fit(data: Data, k: int) -> ArrayLike:
            kind = getattr(package, name)
            model = kind(k or "auto", encoder=data, random_state=SEED, **settings)
            shares = model.fit_transform(data.texts, embeddings=data.vectors)
            return np.asarray(shares).argmax(axis=1)

        return fit

    return load


def fastopic() -> Fitter:
    """FASTopic as it comes."""
    import torch
    from fastopic import FASTopic

    def fit(data: Data, k: int) -> ArrayLike:
        torch.manual_seed(SEED)
        model = FASTopic(k, doc_embed_model=data)
        shares = model.fit_transform(data.texts, preset_doc_embeddings=data.vectors)[1]
        return np.asarray(shares).argmax(axis=1)

    return fit


def words(texts: Sequence[str]) -> list[list[str]]:
    """Split texts into words, in small letters."""
    return [WORD.findall(text.lower()) for text in texts]


METHODS = {
    "polythemes": Method(polythemes, "polythemes", ("given", "found")),
    "k-means": Method(k_means, "polythemes"),
    "bertopic": Method(bertopic, modes=("given", "found")),
    "bertopic-kmeans": Method(bertopic_kmeans),
    "topica": Method(topica, modes=("given", "found")),
    "tomotopy-lda": Method(tomotopy_lda),
    "turftopic-gmm": Method(turftopic("GMM"), "peers-torch", ("given", "found")),
    "turftopic-s3": Method(turftopic("SemanticSignalSeparation"), "peers-torch"),
    "turftopic-keynmf": Method(turftopic("KeyNMF"), "peers-torch", ("given", "found")),
    "turftopic-keynmf-cross": Method(turftopic("KeyNMF", cross_lingual=True), "peers-torch"),
    "top2vec": Method(top2vec, "peers-torch", ("given", "found")),
    "fastopic": Method(fastopic, "peers-torch"),
}
