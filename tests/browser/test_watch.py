"""`kata watch --page`: somebody saves, and both verdicts arrive on the open page."""

from __future__ import annotations

import re
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from nnkata.course.mistakes import read_mistake

from .axe_rules import faults
from .conftest import COURSE, KATA, REFERENCE, ROOT, WRONG, Open, environment, kata

PATIENCE = 30_000.0
ADDRESS = re.compile(r"^The page: (http://127\.0\.0\.1:\d+/[\w-]+/)$", re.MULTILINE)
expect.set_options(timeout=PATIENCE)


class Watch:
    """`kata watch --page` in a process of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.module = root / "mynn/forward/softmax.py"
        self.process = subprocess.Popen(
            [KATA, "watch", "softmax", "--page", "--no-open"],
            cwd=root, env={**environment(), "PYTHONFAULTHANDLER": "1"}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        assert self.process.stdout is not None
        told = ""
        for line in self.process.stdout:
            told += line
            if found := ADDRESS.search(told):
                self.address = found[1]
                break
        else:
            raise AssertionError(told)
        self.lines: list[str] = []
        self.rest = threading.Thread(
            target=self.lines.extend, args=(self.process.stdout,), daemon=True
        )
        self.rest.start()

    def save(self, text: str) -> None:
        """Replace the module as editors do."""
        partial = self.module.with_suffix(".partial")
        partial.write_text(text, encoding="utf-8")
        partial.replace(self.module)

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.send_signal(signal.SIGABRT)  # faulthandler prints where each thread is
            self.process.wait()
            raise AssertionError(f"it did not end:\n{self.printed()}") from None
        finally:
            self.rest.join(timeout=30)
            assert self.process.stdout is not None
            self.process.stdout.close()

    def printed(self) -> str:
        """Return what the process printed after the address, once it has ended."""
        self.rest.join(timeout=30)
        return "".join(self.lines)


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    root = tmp_path / "my-network"
    assert kata("init", str(root), cwd=ROOT).returncode == 0
    made = Watch(root)
    yield made
    made.end()


RIGHT = (REFERENCE / "forward" / "softmax.py").read_text(encoding="utf-8")


def settled(page: Page) -> None:
    expect(page.locator(".note", has_text="being drawn")).to_have_count(0)


def test_a_wrong_and_then_a_right_module_are_saved_and_both_verdicts_arrive(
    watch: Watch, opened: Open, axe: str
) -> None:
    seen = opened()
    page = seen.page()
    page.goto(watch.address)
    page.get_by_role("link", name="A softmax that survives any scores").last.click()
    expect(page.locator(".verdict")).to_contain_text("This kata has not been checked yet.")
    settled(page)
    expect(page.locator(".film").first).to_contain_text("Drawn from the reference.")

    details = page.locator("details", has_text="The picture in words").first
    details.locator("summary").click()
    page.evaluate("scrollTo(0, 300)")
    watch.save(WRONG)
    verdict = page.locator(".verdict")
    expect(verdict).to_contain_text("not passed: ")
    expect(verdict).to_contain_text("Likely cause:")
    expect(verdict.locator("pre").first).to_contain_text("softmax(np.array(")
    expect(page.locator("#live")).to_contain_text("softmax: not passed")
    settled(page)
    expect(page.locator(".film").first).to_contain_text("Drawn from your module.")
    assert page.evaluate("scrollY") == 300
    assert details.evaluate("e => e.open")
    assert page.evaluate("document.activeElement.textContent") == "The picture in words"
    assert faults(page, axe) == []

    watch.save(RIGHT)
    expect(verdict).to_contain_text("passed: ")
    expect(verdict.locator("strong")).to_have_text("passed")
    expect(page.locator("#live")).to_contain_text("softmax: passed")
    expect(page.locator("#top")).to_contain_text(f"1 of {len(COURSE.katas)} modules is yours")
    settled(page)
    page.locator("a.home").click()
    expect(page.locator("tr", has_text="A softmax that survives")).to_contain_text("solved")
    settled(page)
    assert faults(page, axe) == []

    assert watch.end() == 0
    status = page.locator("#live")
    expect(status).to_have_text("kata watch has ended: this page is no longer updated.")
    assert {url for url in seen.requests if not url.startswith(watch.address)} == set()
    assert seen.said == []


def test_another_page_hears_of_a_verdict_and_leads_there(watch: Watch, opened: Open) -> None:
    page = opened().page()
    page.goto(watch.address + "katas/value.html")
    watch.save(WRONG)
    status = page.locator("#live")
    expect(status).to_contain_text("softmax: not passed")
    status.get_by_role("link", name="Go to softmax").click()
    expect(page.locator(".verdict")).to_contain_text("not passed")


def test_verdicts_arrive_where_events_do_not_get_through(watch: Watch, opened: Open) -> None:
    seen = opened()
    page = seen.page()
    page.route("**/events*", lambda route: route.abort())
    page.goto(watch.address + "katas/softmax.html")
    expect(page.locator(".verdict")).to_contain_text("This kata has not been checked yet.")
    watch.save(WRONG)
    expect(page.locator(".verdict")).to_contain_text("Likely cause:")


def test_a_chosen_frame_stays_chosen(watch: Watch, opened: Open) -> None:
    page = opened().page()
    page.goto(watch.address + "katas/topological-sort.html")
    settled(page)
    choice = page.locator(".film input").nth(1)
    choice.focus()
    page.keyboard.press("Space")
    watch.module = watch.root / "mynn/autograd/topological_sort.py"
    watch.save((REFERENCE / "autograd/topological_sort.py").read_text(encoding="utf-8"))
    expect(page.locator(".verdict")).to_contain_text("passed: ")
    settled(page)
    expect(page.locator(".film").first).to_contain_text("Drawn from your module.")
    expect(choice).to_be_checked()
    expect(choice).to_be_focused()


def test_buttons_show_a_hint_and_lead_to_the_next_kata(watch: Watch, opened: Open) -> None:
    seen = opened()
    page = seen.page()
    page.goto(watch.address + "katas/softmax.html")
    expect(page.get_by_role("button", name="hint")).to_have_count(0)  # nothing is written yet
    watch.save(WRONG)
    expect(page.locator(".verdict")).to_contain_text("Likely cause:")
    expect(page.get_by_role("button", name="next kata")).to_have_count(0)
    page.get_by_role("button", name="Show a hint").click()
    expect(page.locator("dt")).to_contain_text(re.compile(r"Hint \d of"))
    assert page.url.endswith("/katas/softmax.html#hints")
    expect(page.locator(".verdict")).to_contain_text("when the module has changed")
    watch.save(RIGHT)
    page.get_by_role("button", name="Go on to the next kata").click()
    expect(page.locator("h1")).to_have_text(next(iter(COURSE.katas.values())).title)
    assert seen.said == []


def test_a_pass_above_a_broken_prerequisite_is_said_to_be_past(watch: Watch, opened: Open) -> None:
    page = opened().page()
    for name in ("value", "topological-sort", "value-backward"):
        kata_path = COURSE.katas[name].module
        watch.module = watch.root / "mynn" / kata_path
        watch.save((REFERENCE / kata_path).read_text())
        page.goto(watch.address + f"katas/{name}.html")
        expect(page.locator(".verdict.fine")).to_be_visible()
    watch.module = watch.root / "mynn/autograd/value.py"
    watch.save(read_mistake(COURSE.katas["value"], "mul-swaps-slopes").module)
    expect(page.locator(".verdict.stale")).to_contain_text("passed, before a change")
    expect(page.locator(".verdict")).to_contain_text("value, which this kata needs, has changed")
    page.goto(watch.address + "katas/value.html")
    expect(page.locator(".verdict")).to_contain_text(
        "It passed before. These solved katas need it: topological-sort, value-backward."
    )
