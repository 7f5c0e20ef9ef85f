"""Imports go one way, modules and functions stay small, and every module has its tests."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "polythemes"

# A module of this table is a file or a folder right under src/polythemes.
LAYERS = {
    "base": {
        "arrays",
        "contracts",
        "errors",
        "grid",
        "intervals",
        "languages",
        "neighbours",
        "parameters",
        "paths",
        "progress",
        "settings",
        "subjects",
        "tables",
        "visible",
    },
    "stages": {
        "actors",
        "articles",
        "cleaning",
        "comparison",
        "concepts",
        "counting",
        "crosswalk",
        "duplicates",
        "encoders",
        "evidence",
        "identify",
        "labelling",
        "layout",
        "passages",
        "repairs",
        "scores",
        "themes",
        "tokens",
        "topic_names",
        "topic_terms",
        "topics",
        "vectors",
    },
    "faces": {
        "citation",
        "explain",
        "explorer",
        "features",
        "figures",
        "notebooks",
        "picker",
        "provenance",
        "report",
        "show",
        "trace",
        "verification",
    },
    "pipeline": {"pipeline"},
    "command": {"__main__", "cli"},
}
# What a layer may import. Between modules of one layer only base is free to.
ALLOWED = {
    "base": {"base"},
    "stages": {"base"},
    "faces": {"base"},
    "pipeline": {"base", "stages", "faces"},
    "command": {"base"},
}
# What one module may import beside that, and why.
EXCEPTIONS = {
    ("vectors", "encoders"): "vectors are what an encoder makes of passages",
    ("notebooks", "picker"): "a kernel that nobody watches shows no list to choose from",
    ("figures", "provenance"): "a figure's card tells what it is made of",
    ("cli", "pipeline"): "most commands run it",
    ("cli", "citation"): "`polythemes cite` prints what it gives",
    ("cli", "trace"): "`polythemes trace` shows what it gives",
    ("trace", "comparison"): "a period is named as there",
    ("cli", "verification"): "`polythemes verify` rebuilds and compares by it",
    ("cli", "figures"): "`polythemes figures` lists what it drew",
    ("cli", "notebooks"): "`polythemes figures` runs them",
    ("cli", "explain"): "`polythemes explain` shows what it tells",
    ("cli", "duplicates"): "`polythemes duplicates` names the articles that are copies",
    ("cli", "explorer"): "`polythemes report` writes its page beside the report",
    ("cli", "provenance"): "the report says what its tables depended on",
    ("cli", "report"): "`polythemes report` writes it",
    ("cli", "show"): "results are shown in the terminal or written to a file",
    ("report", "figures"): "the PDF is set in the font of the figures",
    ("explorer", "figures"): "themes and languages have one colour everywhere",
    ("explorer", "report"): "both are pages in one file that nothing can run in",
    ("__main__", "cli"): "`python -m polythemes` is the command",
}

MAX_MODULE_LINES = 300
MAX_FUNCTION_LINES = 40
MAX_LONG_FUNCTIONS = 0.03

# Tested with another module, and why.
TESTED_ELSEWHERE = {"__main__": "it calls cli.main and nothing else"}


def layer_of(module: str) -> str | None:
    """Name the layer of a module, None for one outside the table."""
    return next((layer for layer, modules in LAYERS.items() if module in modules), None)


def names_imported(tree: ast.Module, package: str) -> set[str]:
    """Name what a file of `package` imports, in full: polythemes.tables.read, numpy."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parents = package.split(".")[: -node.level + 1 or None] if node.level else []
            stem = ".".join([*parents, *([node.module] if node.module else [])])
            found |= {f"{stem}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            found |= {a.value for a in node.args if isinstance(a, ast.Constant)}
    return found


def modules_imported(file: Path, package: Path) -> set[str]:
    """Name the modules right under `package` that a file of it imports."""
    inside = ".".join([package.name, *file.relative_to(package).parent.parts])
    parts = [n.split(".") for n in names_imported(ast.parse(file.read_bytes()), inside)]
    names = {part[1] for part in parts if part[0] == package.name and len(part) > 1}
    return {n for n in names if (package / n).is_dir() or (package / f"{n}.py").is_file()}


def module_of(file: Path, package: Path) -> str:
    """Name the module right under `package` that a file belongs to."""
    return file.relative_to(package).parts[0].removesuffix(".py")


def faults(package: Path) -> list[str]:
    """List every import that goes the wrong way, and every module outside the table."""
    found = []
    for file in sorted(package.rglob("*.py")):
        module = module_of(file, package)
        if module == "__init__":
            continue
        layer = layer_of(module)
        if layer is None:
            found.append(f"{module} is in no layer: add it to LAYERS in tests/test_layers.py")
            continue
        for target in sorted(modules_imported(file, package) - {module}):
            free = layer_of(target) in ALLOWED[layer]
            if not free and (module, target) not in EXCEPTIONS:
                where = file.relative_to(package.parent).as_posix()
                allowed = ", ".join(sorted(ALLOWED[layer]))
                found.append(
                    f"{where} ({layer}) imports {target} ({layer_of(target)}); it may import "
                    f"{allowed}: hand the value in from pipeline, or give the reason in EXCEPTIONS"
                )
    return sorted(set(found))


def code_lines(source: str) -> set[int]:
    """Number the lines that hold code: no blank line, comment or docstring."""
    lines: set[int] = set()
    silent = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in silent:
            lines |= set(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        if isinstance(node, kinds) and ast.get_docstring(node, clean=False) is not None:
            lines -= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    return lines


def function_lengths(source: str) -> dict[str, int]:
    """Count the lines of code of every function, by name and line."""
    code = code_lines(source)
    return {
        f"{node.name} (line {node.lineno})": len(
            code & set(range(node.lineno, (node.end_lineno or 0) + 1))
        )
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_imports_go_one_way() -> None:
    assert faults(PACKAGE) == []


def test_every_exception_is_used() -> None:
    unused = []
    for module, target in EXCEPTIONS:
        files = [*PACKAGE.glob(f"{module}.py"), *PACKAGE.glob(f"{module}/**/*.py")]
        if files and not any(target in modules_imported(file, PACKAGE) for file in files):
            unused.append((module, target))
    assert unused == []


def test_modules_are_small() -> None:
    lengths = {
        file.relative_to(PACKAGE).as_posix(): len(file.read_text(encoding="utf-8").splitlines())
        for file in PACKAGE.rglob("*.py")
    }
    assert {f: n for f, n in lengths.items() if n > MAX_MODULE_LINES} == {}


def test_functions_are_small() -> None:
    lengths = {
        f"{file.relative_to(PACKAGE).as_posix()}: {name}": length
        for file in PACKAGE.rglob("*.py")
        for name, length in function_lengths(file.read_text(encoding="utf-8")).items()
    }
    long = {name: length for name, length in lengths.items() if length > MAX_FUNCTION_LINES}
    assert len(long) <= MAX_LONG_FUNCTIONS * len(lengths), long


def test_every_module_has_its_tests() -> None:
    tests = " ".join(path.stem for path in (ROOT / "tests").rglob("test_*.py"))
    modules = {module_of(file, PACKAGE) for file in PACKAGE.rglob("*.py")}
    # A folder of modules may spread its tests: test_figures_terms.py.
    end = {module: r"(_|\b)" if (PACKAGE / module).is_dir() else r"\b" for module in modules}
    missing = [m for m in modules if not re.search(rf"\btest_{m}{end[m]}", tests)]
    missing = sorted({*missing} - {"__init__", *TESTED_ELSEWHERE})
    assert [f"write tests/test_{module}.py" for module in missing] == []


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Lay out a small package whose imports are right."""
    folder = tmp_path / "polythemes"
    (folder / "figures").mkdir(parents=True)
    files = {
        "__init__.py": "",
        "tables.py": "import numpy\n",
        "passages.py": "from polythemes import __version__, tables\n",
        "themes.py": "from polythemes.tables import read\n",
        "pipeline.py": "from polythemes import passages, themes\n",
        "figures/__init__.py": "from polythemes.figures.terms import draw\n",
        "figures/terms.py": "from polythemes import tables\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_right_imports_pass(package: Path) -> None:
    assert faults(package) == []


@pytest.mark.parametrize(
    ("file", "line", "fault"),
    [
        ("themes.py", "from polythemes.passages import cut", "imports passages (stages)"),
        ("themes.py", "import polythemes.passages as p", "imports passages (stages)"),
        ("themes.py", "from . import passages", "imports passages (stages)"),
        ("figures/terms.py", "from ..themes import name", "imports themes (stages)"),
        ("tables.py", "def f():\n    from polythemes import pipeline", "imports pipeline"),
        ("tables.py", "importlib.import_module('polythemes.themes')", "imports themes (stages)"),
        ("helpers.py", "import numpy", "helpers is in no layer: add it to LAYERS"),
    ],
)
def test_wrong_import_is_caught(package: Path, file: str, line: str, fault: str) -> None:
    (package / file).write_text(f"{line}\n", encoding="utf-8")
    (found,) = faults(package)
    assert fault in found


def test_docstrings_comments_and_blank_lines_are_not_code() -> None:
    source = 'def f():\n    """One.\n\n    Two.\n    """\n    # three\n\n    return (\n        4)\n'
    assert function_lengths(source) == {"f (line 1)": 3}
