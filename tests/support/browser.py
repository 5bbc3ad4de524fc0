"""Debian's Chromium, headless, controlled through its own pipe, without a driver or other package."""

import base64
import json
import os
import select
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from tests.support.waiting import PATIENCE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MISSING = (
    "NOT TESTED: there is no chromium on this machine, so no page was looked at in a browser; "
    "apt-get install chromium"
)
QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--hide-scrollbars",
    "--disable-dev-shm-usage",
)


class Page:
    """A page in the browser, with the browser's messages since `open` was last called."""

    def __init__(self, reads: int, writes: int) -> None:
        self.reads, self.writes = reads, writes
        self.numbers = count(1)
        self.said: list[dict[str, Any]] = []
        self.rest = b""
        self.session: str | None = None

    def tell(self, method: str, **params: Any) -> dict[str, Any]:
        """Send the browser a command; return its answer."""
        number = next(self.numbers)
        message: dict[str, Any] = {"id": number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.writes, json.dumps(message).encode() + b"\0")
        return self._until(lambda said: said.get("id") == number).get("result", {})

    def _until(self, wanted: Any) -> dict[str, Any]:
        while True:
            while b"\0" in self.rest:
                text, _, self.rest = self.rest.partition(b"\0")
                said = json.loads(text)
                if "error" in said:
                    raise AssertionError(said["error"])
                self.said.append(said)
                if wanted(said):
                    return said
            assert select.select([self.reads], [], [], PATIENCE)[0], "the browser says nothing"
            piece = os.read(self.reads, 1 << 16)
            assert piece, "the browser is gone"
            self.rest += piece

    def open(self, file: Path, *, width: int, dark: bool = False, media: str = "") -> None:
        """Show a file at a given width, in light or dark mode."""
        self.said.clear()
        self.tell(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=900,
            deviceScaleFactor=1,
            mobile=width < 500,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.tell("Emulation.setEmulatedMedia", media=media, features=[scheme])
        self.tell("Page.navigate", url=file.as_uri())
        if not any(said.get("method") == "Page.loadEventFired" for said in self.said):
            self._until(lambda said: said.get("method") == "Page.loadEventFired")

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression that the page evaluates."""
        found = self.tell("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def requests(self) -> list[str]:
        """The addresses that the page requested."""
        sent = (said for said in self.said if said.get("method") == "Network.requestWillBeSent")
        return [said["params"]["request"]["url"] for said in sent]

    def complaints(self) -> list[str]:
        """The browser's log entries, console messages and exceptions, as JSON texts."""
        named = ("Log.entryAdded", "Runtime.consoleAPICalled", "Runtime.exceptionThrown")
        return [json.dumps(said["params"]) for said in self.said if said.get("method") in named]

    def picture(self, path: Path) -> None:
        """Write a picture of the whole page to a file."""
        size = self.tell("Page.getLayoutMetrics")["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}
        shot = self.tell("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
        path.write_bytes(base64.b64decode(shot["data"]))

    def printed(self) -> bytes:
        """The page printed as PDF, on the paper size that it sets."""
        told = self.tell("Page.printToPDF", preferCSSPageSize=True, printBackground=False)
        return base64.b64decode(told["data"])


@contextmanager
def browser(folder: Path) -> Iterator[Page]:
    """A browser with an empty profile in a folder; afterwards all its processes are killed."""
    assert CHROMIUM is not None, MISSING
    asks, told = os.pipe(), os.pipe()
    words = [
        CHROMIUM,
        *QUIET,
        f"--user-data-dir={folder}",
        "--remote-debugging-pipe",
        "about:blank",
    ]
    script = f'exec "$@" 3<&{asks[0]} 4>&{told[1]}'
    running = subprocess.Popen(
        ["bash", "-c", script, "bash", *words],
        pass_fds=(asks[0], told[1]),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={**os.environ, "HOME": str(folder)},
    )
    os.close(asks[0])
    os.close(told[1])
    try:
        page = Page(told[0], asks[1])
        target = page.tell("Target.createTarget", url="about:blank")["targetId"]
        attached = page.tell("Target.attachToTarget", targetId=target, flatten=True)
        page.session = attached["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            page.tell(f"{domain}.enable")
        yield page
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        os.close(told[0])
        os.close(asks[1])
