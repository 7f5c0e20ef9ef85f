"""What the tests share: a project of their own, and a mark for those that need the real texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import hypothesis
import pytest

from polythemes import articles, paths
from polythemes.paths import Corpus

ROOT = Path(__file__).resolve().parent.parent
NONE: Mapping[str, str] = MappingProxyType({})

# The same examples every time, no file beside the tests, and no clock.
hypothesis.settings.register_profile("polythemes", derandomize=True, database=None, deadline=None)
hypothesis.settings.load_profile("polythemes")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test marked `texts` where the texts are not at hand."""
    if not item.get_closest_marker("texts"):
        return
    press = Corpus("press", ROOT)
    catalogue = articles.read_catalogue(press.catalogue)
    there = articles.present(catalogue, press.texts)
    if not there or len(there) < len(catalogue):
        pytest.skip(f"{len(there)} of {len(catalogue)} texts in data/press/articles")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty project folder that the package takes for its own, with its own cache."""
    root = tmp_path / "project"
    for name in ("data", "notebooks"):
        (root / name).mkdir(parents=True)
    monkeypatch.setenv("POLYTHEMES_ROOT", str(root))
    monkeypatch.setenv("POLYTHEMES_CACHE", str(root / ".cache"))
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def make_corpus(project: Path) -> Callable[..., Corpus]:
    """Give a function that makes a corpus: its name, its texts by file name, its corpus.toml."""

    def make(
        name: str, texts: Mapping[str, str | bytes] = NONE, settings: str = 'title = "A title"\n'
    ) -> Corpus:
        corpus = paths.new(name)
        corpus.texts.mkdir(parents=True)
        corpus.settings.write_text(settings, encoding="utf-8")
        for file, text in texts.items():
            data = text.encode() if isinstance(text, str) else text
            (corpus.texts / file).write_bytes(data)
        return corpus

    return make


@pytest.fixture
def snapshot() -> Callable[[Path], dict[str, bytes | None]]:
    """Give a function that gives every path under a folder with its bytes, None for a folder."""

    def take(folder: Path) -> dict[str, bytes | None]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
            for path in sorted(folder.rglob("*"))
        }

    return take
