"""A headless Chromium spoken to over its pipe: no port, no driver, no network."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
#: Seconds that a page may take; JupyterLab needs a minute and a half on a busy machine.
LATEST = 400
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
    # Its own calls home are no requests of the page.
    "--disable-background-networking",
    "--disable-component-update",
    # A frame that reaches nothing of its page would have a process, and a session, of its own.
    "--disable-features=IsolateSandboxedIframes",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def program() -> str | None:
    """Find a Chromium."""
    return next((found for found in map(shutil.which, NAMES) if found), None)


class Page:
    """One page, with all that it asked for and complained of."""

    def __init__(self, into: Any, out: Any) -> None:
        self._into, self._out, self._number, self._session = into, out, 0, ""
        self.requests: list[str] = []
        self.errors: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **given: Any) -> dict[str, Any]:
        """Ask for something and wait for the answer."""
        self._number += 1
        asked = {"id": self._number, "method": method, "params": given}
        if self._session:
            asked["sessionId"] = self._session
        self._into.write(json.dumps(asked).encode() + b"\0")
        self._into.flush()
        while (got := self._read()).get("id") != self._number:
            self._note(got)
        assert "error" not in got, got
        return got["result"]

    def open(self, address: str, width: int = 1280, height: int = 900) -> None:
        """Open an address in a window of a size, and wait until it is loaded."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.call("Emulation.setDeviceMetricsOverride", **size)
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=address)
        self.run(
            "new Promise(done => document.readyState == 'complete' ? done() : "
            "addEventListener('load', done))"
        )

    def run(self, script: str, *, framed: bool = False) -> Any:
        """Give what a script gives, in the page or in the last frame of it."""
        given = {"expression": script, "returnByValue": True, "awaitPromise": True}
        if framed:
            frames = self.call("Page.getFrameTree")["frameTree"]["childFrames"]
            world = self.call("Page.createIsolatedWorld", frameId=frames[-1]["frame"]["id"])
            given["contextId"] = world["executionContextId"]
        got = self.call("Runtime.evaluate", **given)
        assert "exceptionDetails" not in got, got
        return got["result"].get("value")

    def press(self, key: str, code: int, text: str = "") -> None:
        """Press and release a key."""
        for kind in ("keyDown", "keyUp"):
            given = {"type": kind, "key": key, "windowsVirtualKeyCode": code}
            self.call("Input.dispatchKeyEvent", **given, **({"text": text} if text else {}))

    def click(self, x: float, y: float) -> None:
        """Click a place of the window."""
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            given = {"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1}
            self.call("Input.dispatchMouseEvent", **given)

    def picture(self, path: Path, *, whole: bool = False) -> None:
        """Take a picture of the window, or of the whole page."""
        got = self.call("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(got["data"]))

    def _read(self) -> dict[str, Any]:
        """Read one message."""
        read = bytearray()
        while (byte := self._out.read(1)) != b"\0":
            assert byte, "Chromium has ended"
            read += byte
        return json.loads(read)

    def _note(self, got: dict[str, Any]) -> None:
        """Keep what the page asked for and complained of."""
        told = got.get("params", {})
        if got.get("method") == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif got.get("method") == "Runtime.exceptionThrown":
            self.errors.append(told["exceptionDetails"].get("text", "exception"))
        elif got.get("method") == "Log.entryAdded" and told["entry"]["level"] in {
            "error",
            "warning",
        }:
            self.errors.append(told["entry"]["text"])
        elif got.get("method") == "Runtime.consoleAPICalled" and told["type"] in {
            "error",
            "warning",
        }:
            self.errors.append(str(told["args"]))


@contextmanager
def page(folder: Path) -> Iterator[Page]:
    """Start a Chromium with a profile in a folder, and end it."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    # It reads from 3 and writes to 4.
    shell = f'exec "$@" 3<&{theirs_in} 4>&{theirs_out}'
    command = [program(), *FLAGS, f"--user-data-dir={folder}", "about:blank"]
    started = subprocess.Popen(
        [shutil.which("bash") or "sh", "-c", shell, "sh", *command],
        pass_fds=(theirs_in, theirs_out),
        env={**os.environ, "HOME": str(folder)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(theirs_in)
    os.close(theirs_out)
    # Nobody who waits for a page that hangs waits for ever: its pipe ends.
    late = threading.Timer(LATEST, started.kill)
    late.start()
    try:
        with open(ours_out, "wb") as into, open(ours_in, "rb") as out:  # noqa: PTH123
            yield Page(into, out)
    finally:
        late.cancel()
        started.terminate()
        started.wait(20)
