"""Notebook 04 as a person meets it: in JupyterLab, in a browser, served from some folder."""

from __future__ import annotations

import importlib.util
import json
import os
import runpy
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

HERE = Path(__file__).parent
chromium, made = (
    SimpleNamespace(**runpy.run_path(str(HERE / name)))
    for name in ("chromium.py", "news_corpus.py")
)
pytestmark = [
    pytest.mark.skipif(chromium.program() is None, reason="no Chromium on this machine"),
    pytest.mark.skipif(
        importlib.util.find_spec("jupyterlab") is None, reason="no JupyterLab in this environment"
    ),
]
NAME = "04-themes"
SAVED = (made.ROOT / f"notebooks/{NAME}.ipynb").read_text("utf-8").count("files.save(")
ASKED = (
    "--no-browser",
    "--allow-root",
    "--IdentityProvider.token=",
    "--LabApp.expose_app_in_browser=True",
    "--LabApp.extension_manager=readonly",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
)
#: Fewer topics tried, and fewer models, than in earnest.
QUICK = "resamples = 20\ntopics = 3\nmodels = []\n"

PANEL = "jupyterapp.shell.currentWidget"
OPEN = f"""new Promise(done => {{
  const there = () => globalThis.jupyterapp?.shell.currentWidget?.context
  const wait = () => there() ? done() : setTimeout(wait, 50)
  wait()
}}).then(() => {PANEL}.context.ready).then(() => {PANEL}.sessionContext.ready).then(() => null)"""
RESTART = f"{PANEL}.sessionContext.session.kernel.restart()"
#: The cells up to the first figure.
FIRST = f"{PANEL}.content.activeCellIndex = 7"
#: The cell with the list of corpora, the title that the list shows, and choosing another.
PICKER = f"{PANEL}.content.activeCellIndex = 2"
PICKED = """document.querySelector('.widget-dropdown select').selectedOptions[0].textContent
  .replaceAll('\u00a0', ' ')"""
PICK = """(() => { const one = document.querySelector('.widget-dropdown select')
one.value = [...one.options].at(-1).value
one.dispatchEvent(new Event('change', {bubbles: true})) })()"""
SHOWN = f"""{PANEL}.context.model.toJSON().cells
  .filter(one => one.cell_type === 'code').map(one => one.outputs)"""
COUNTS = """[...document.querySelectorAll('.jp-OutputArea-output')].map(one => [
  [...one.querySelectorAll('img')].filter(img => img.naturalWidth > 1000).length,
  one.querySelectorAll('tbody tr').length, one.querySelectorAll('iframe').length])"""


def run(page, command: str) -> list[list[dict]]:
    """Run cells, wait until they are done, and give what every code cell shows."""
    page.run(f"jupyterapp.commands.execute('notebook:{command}').then(() => null)")
    return page.run(SHOWN)


def free() -> int:
    """Find a port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def told(runtime: Path, server: subprocess.Popen[bytes]) -> str:
    """Wait until the server has told its port, and give its address."""
    for _ in range(1200):
        assert server.poll() is None, "JupyterLab has ended"
        for path in runtime.glob("jpserver-*.json"):
            return f"http://127.0.0.1:{json.loads(path.read_text('utf-8'))['port']}/"
        time.sleep(0.1)
    pytest.fail("JupyterLab has not begun within two minutes")


@pytest.fixture
def lab(tmp_path):
    """Serve a folder far from the project, with the notebook in it; give address and project."""
    project, folder = tmp_path / "project", tmp_path / "some where"
    made.copy_press(project)
    with (project / "data/press/corpus.toml").open("a", encoding="utf-8") as settings:
        settings.write(QUICK)
    (project / "data/rest").mkdir()
    (project / "data/rest/corpus.toml").write_text('title = "The rest"', encoding="utf-8")
    folder.mkdir()
    shutil.copy(made.ROOT / "notebooks" / f"{NAME}.ipynb", folder)
    own = {f"JUPYTER_{one}_DIR": str(tmp_path / one) for one in ("CONFIG", "DATA", "RUNTIME")}
    environment = {
        **os.environ,
        **own,
        "JUPYTER_NO_CONFIG": "1",
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "POLYTHEMES_ROOT": str(project),
        "POLYTHEMES_CACHE": str(project / ".cache"),
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *ASKED, f"--ServerApp.port={free()}"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield SimpleNamespace(address=told(tmp_path / "RUNTIME", server), project=project)
    finally:
        server.terminate()
        server.wait(30)


@pytest.mark.slow
def test_run_all_and_again_after_a_restart(lab, tmp_path, snapshot):
    with chromium.page(tmp_path / "profile") as page:
        page.open(f"{lab.address}lab/tree/{NAME}.ipynb?reset", height=16_000)
        page.run(OPEN)
        first = run(page, "run-all-cells")
        outputs = [one for cell in first for one in cell]
        assert {one["output_type"] for one in outputs} <= {"execute_result", "display_data"}
        kinds = [kind for one in outputs for kind in one["data"] if kind != "text/plain"]
        assert kinds.count("image/png") == SAVED > 3
        seen = page.run(COUNTS)
        assert sum(pictures for pictures, _, _ in seen) == SAVED
        assert sum(rows > 3 for _, rows, _ in seen) >= 3
        assert sum(frames for _, _, frames in seen) == 1
        explored(page)
        picked(page)
        drawn = snapshot(lab.project / "figures")
        assert len([name for name in drawn if name.endswith(".svg")]) == SAVED
        page.run(RESTART)
        page.run(FIRST)
        again = run(page, "run-all-above")
        # A list to choose from is another object every time.
        assert [again[i] for i in (0, 2, 3)] == [first[i] for i in (0, 2, 3)]
        assert page.run(PICKED).startswith("press: ")
        assert snapshot(lab.project / "figures") == drawn
        near = (lab.address, "data:", "blob:", "about:")
        assert [one for one in page.requests if not one.startswith(near)] == []


def picked(page) -> None:
    """Choose another corpus; its cell may run again and keeps what was chosen."""
    assert page.run(PICKED).startswith("press: ")
    page.run(PICK)
    for _ in range(2):
        page.run(PICKER)
        run(page, "run-cell")
        assert page.run(PICKED) == "rest: The rest"


def explored(page) -> None:
    """Filter in the explorer that the notebook shows, and choose a passage of it."""

    def says(name: str) -> str:
        return page.run(f"document.getElementById('{name}').textContent", framed=True)

    assert says("status") == "81 of 81 passages"
    page.run(
        "(() => { const one = document.getElementById('language'); one.value = 'zh';"
        "one.dispatchEvent(new Event('input', {bubbles: true})) })()",
        framed=True,
    )
    assert says("status") == "23 of 81 passages"
    page.run("document.querySelector('#list button').click()", framed=True)
    assert says("chosen").startswith("Passage 002-")
