"""Make the pictures of the README, of the page and of a diagnosis as they really are.

    python tests/browser/screenshots.py [FOLDER]

A workspace is made with three solved modules and one that walks back along every path, the page is
served by `kata watch --page`, and Chromium looks at it.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Locator, Page, sync_playwright

from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistake

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
KATA = str(Path(sys.executable).with_name("kata"))
REFERENCE = ROOT / "reference" / "refnn" / "autograd"
WRONG = read_mistake(pick_course()[0].katas["value-backward"], "along-every-path").module
MOST_BYTES = {"README": 150_000, "docs": 300_000}
"""Of one picture in the README, and of one that only a page of the documentation shows."""
SCHEMES: tuple[tuple[Literal["light", "dark"], str], ...] = (("light", ""), ("dark", "-dark"))
WIDE, HIGH = 1100, 700


def workspace(root: Path) -> None:
    """Make a workspace in which three modules are solved and the fourth is about to be saved."""
    subprocess.run([KATA, "init", str(root)], check=True, capture_output=True)
    for name in ("gradcheck", "value", "topological_sort"):
        shutil.copy(REFERENCE / f"{name}.py", root / "mynn" / "autograd")
        subprocess.run([KATA, "check"], cwd=root, check=True, capture_output=True)


def served(root: Path) -> tuple[subprocess.Popen[str], str]:
    """Start `kata watch --page`; return it and the address that it tells."""
    process = subprocess.Popen(
        [KATA, "watch", "value-backward", "--page", "--no-open"], cwd=root, text=True,
        stdout=subprocess.PIPE, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if found := re.match(r"The page: (\S+)", line):
            return process, found[1]
    raise SystemExit("kata watch has ended without a page")


def shoot(seen: Page | Locator, folder: Path, name: str, shown_in: str = "README") -> None:
    """Keep what is seen, if it is small enough for the place that shows it."""
    most = MOST_BYTES[shown_in]
    path = folder / f"{name}.png"
    seen.screenshot(path=path)
    size = path.stat().st_size
    print(f"{path.name}: {size / 1000:.0f} kB")
    if size > most:
        raise SystemExit(f"{path} is larger than {most / 1000:.0f} kB")


def look(page: Page, address: str, folder: Path, suffix: str) -> None:
    """Take the pictures in the scheme that the page has."""
    page.goto(f"{address}katas/value-backward.html")
    page.locator(".diagnosis").wait_for()
    page.get_by_text("Drawn from your module.").first.wait_for()
    page.locator(".note", has_text="being drawn").wait_for(state="detached")
    shoot(page, folder, f"page{suffix}")
    page.locator(".film input").nth(3).check(force=True)
    shoot(page.locator(".diagnosis"), folder, f"diagnosis{suffix}")
    shoot(page.locator(".film").first, folder, f"picture{suffix}")
    page.goto(f"{address}index.html")
    page.locator("svg text", has_text="Laid out by your own sort").wait_for()
    shoot(page.locator("section", has=page.locator("#map")), folder, f"map{suffix}", "docs")


def main() -> None:
    """Make all pictures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    folder.mkdir(parents=True, exist_ok=True)
    program = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        root = Path(place) / "my-network"
        workspace(root)
        process, address = served(root)
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        try:
            (root / "mynn" / "autograd" / "backward.py").write_text(WRONG, encoding="utf-8")
            for scheme, suffix in SCHEMES:
                page = browser.new_page(
                    viewport={"width": WIDE, "height": HIGH}, color_scheme=scheme
                )
                look(page, address, folder, suffix)
        finally:
            browser.close()
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


if __name__ == "__main__":
    main()
