"""A browser, axe, and a workspace in the middle of the course with its report."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from nnkata.cli.context import pick_course
from nnkata.course.mistakes import read_mistake

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REFERENCE = ROOT / "reference" / "refnn"
COURSE = pick_course()[0]
WRONG = read_mistake(COURSE.katas["softmax"], "global-max").module
"""A softmax that subtracts one maximum for the whole batch."""
KATA = str(Path(sys.executable).with_name("kata"))
PLACES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PHONE, LAPTOP, PAPER = (360, 740), (1280, 800), (794, 1123)


def environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "KATA_"))}
    return kept | {"COLUMNS": "80", "NO_COLOR": "1", "BROWSER": "/bin/false"}


def kata(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [KATA, *words], cwd=cwd, env=environment(), text=True, timeout=120, check=False,
        capture_output=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, PLACES)), None)
    assert program, f"no browser is installed: none of {', '.join(PLACES)} (README, Test)"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program,
            args=["--disable-gpu", "--disable-quic", "--disable-component-update"]
            + ["--no-sandbox"] * (os.geteuid() == 0),
        )
        yield browser
        browser.close()


@dataclass
class Seen:
    """What a browser did and said while it showed pages."""

    context: BrowserContext
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def page(self) -> Page:
        page = self.context.new_page()
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: self.said.append(f"dialog: {dialog.message}"))
        return page


Open = Callable[..., Seen]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Open]:
    """Open a window of some size in some scheme, and watch what it does."""
    made: list[Seen] = []

    def window(size: tuple[int, int] = LAPTOP, scheme: Any = "light", **more: Any) -> Seen:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, **more
        )
        seen = Seen(context)
        context.on("request", lambda request: seen.requests.append(request.url))
        made.append(seen)
        return seen

    yield window
    for seen in made:
        seen.context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core; without it these tests fail rather than pass over it."""
    version = (HERE / "axe_version").read_text().strip()
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = os.environ.get("NNKATA_AXE") or Path(home) / "nnkata" / f"axe-core-{version}"
    path = Path(folder) / "node_modules" / "axe-core" / "axe.min.js"
    assert path.is_file(), f"{path} is missing: run tests/browser/get_axe.sh"
    text = path.read_text(encoding="utf-8")
    assert f"axe v{version}" in text[:200]
    return text


@pytest.fixture(scope="session")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of somebody in the middle of the course: solved, wrong, hinted, hostile."""
    root = tmp_path_factory.mktemp("browser") / "my-network"
    assert kata("init", str(root), cwd=ROOT).returncode == 0
    for module in ("autograd/gradcheck.py", "autograd/value.py", "autograd/topological_sort.py"):
        shutil.copy(REFERENCE / module, root / "mynn" / module)
        assert kata("check", cwd=root).returncode == 0
    (root / "mynn/forward/softmax.py").write_text(WRONG, encoding="utf-8")
    assert kata("check", cwd=root).returncode == 1
    assert kata("hint", cwd=root).returncode == 0
    (root / "mynn/scalar/neuron.py").write_text(HOSTILE)
    assert kata("check", cwd=root).returncode == 1
    done = kata("report", cwd=root)
    assert done.returncode == 0, done.stderr
    return root / "report"


HOSTILE = '''\
"""A module that writes into everything that a page shows."""

TEXT = "</pre></title></style><script>alert(1)</script><img src=x onerror=alert(2)>\\x1b[31m\\u202e"


class Neuron:
    def __init__(self, n_in, rng=None):
        print(TEXT)
        raise ValueError(TEXT)
'''
