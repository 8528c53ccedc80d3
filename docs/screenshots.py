"""Makes docs/images from a fresh installation that imports the example plan. Needs Chromium.

Run as `.venv/bin/python docs/screenshots.py`; look at the pictures before committing them.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
PORT = "8199"
SITE = f"http://127.0.0.1:{PORT}"
PAGES = {
    "board": "/board/",
    "task": "/programme/task/2/",
    "calendar": "/calendar/",
    "organisation": "/organisation/",
    "ledger": "/ledger/",
}
HEIGHT = 900


def shoot(page: Page, name: str) -> None:
    page.screenshot(path=IMAGES / f"{name}.png")


def tour(page: Page, link: str) -> None:
    """Sign in by the first link, import and start the example, then visit what the manual shows."""
    page.goto(link)
    shoot(page, "first")
    for field in page.query_selector_all("input[type=password]"):
        field.fill("Nine-Rivers-One-Sea")
    page.click("form button[type=submit]")
    page.wait_for_load_state()
    page.goto(SITE + "/programme/import/")
    page.set_input_files("input[type=file]", ROOT / "examples" / "example-plan.docx")
    page.click("main form button[type=submit]")
    page.wait_for_load_state()
    shoot(page, "review")
    page.click("form[action$='/start/'] button")
    page.wait_for_load_state()
    for name, path in PAGES.items():
        page.goto(SITE + path)
        shoot(page, name)


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "XIAONENG_DATA": folder, "XIAONENG_PORT": PORT}
        process = subprocess.Popen(
            [sys.executable, "-m", "xiaoneng.cli", "up"],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stdout is not None
            link = next(found.group() for line in process.stdout if (found := re.search(r"http\S+/first/\S+", line)))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path=shutil.which("chromium"),
                    args=["--no-sandbox", "--disable-background-networking", "--disable-gpu", "--lang=zh-CN"],
                )
                page = browser.new_page(viewport={"width": 1280, "height": HEIGHT}, locale="zh-CN")
                tour(page, link)
                browser.close()
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()


if __name__ == "__main__":
    main()
