"""A page does not show a verdict as present when what it was made from has changed since."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from nnkata.course.hashes import checks_sha256
from nnkata.model import Verdict
from nnkata.page.html import INDEX, PageRenderer
from nnkata.page.view_models import PageBuilder
from nnkata.sandbox.pool import WorkerPool
from nnkata.workspace.progress import Attempt
from nnkata.workspace.workspace import Workspace

from .conftest import REFERENCE
from .test_page import FakePictures, Shape
from .test_remembered import VERDICT


@pytest.fixture
def renderer(workspace: Workspace, pool: WorkerPool) -> PageRenderer:
    return PageRenderer(PageBuilder(workspace, FakePictures(workspace.course, pool)))


def passes(
    workspace: Workspace, name: str, more: str = "", borrowed: Sequence[str] = ()
) -> Verdict:
    """Write the reference's module of a kata, and store that it passes."""
    kata = workspace.course.katas[name]
    workspace.path_of(kata).write_text((REFERENCE / kata.module).read_text() + more)
    hashes = {"module": workspace.sha_of(kata), "checks": checks_sha256(kata)}
    verdict = replace(
        VERDICT, kata=name, passed=True, points=2, sha256=hashes, borrowed=list(borrowed)
    )
    workspace.remember(kata, verdict)
    return verdict


def shown(renderer: PageRenderer, kata: str) -> tuple[str, str]:
    """Return the words of a page, and the classes of its verdict."""
    page = renderer.render(f"katas/{kata}.html")
    (kind,) = re.findall('class="verdict (.*?)"', page)
    return " ".join(Shape(page).words.split()), kind


def test_a_pass_is_shown_as_one_until_something_changes(
    renderer: PageRenderer, workspace: Workspace
) -> None:
    for name in ("value", "topological-sort", "value-backward"):
        passes(workspace, name)
    words, kind = shown(renderer, "value-backward")
    assert kind == "fine"
    assert "before a change" not in words
    assert "has changed since this check" not in words


def test_a_prerequisite_that_is_broken_after_a_pass_is_said(
    renderer: PageRenderer, workspace: Workspace
) -> None:
    for name in ("value", "topological-sort", "value-backward"):
        passes(workspace, name)
    value = workspace.course.katas["value"]
    workspace.path_of(value).write_text("# broken\n")
    words, kind = shown(renderer, "value-backward")
    assert kind == "stale"
    assert "passed, before a change: " in words
    assert (
        "value, which this kata needs, has changed since this check and has not passed since: "
        "kata check value"
    ) in words
    assert "Next: kata check value-backward" in words
    rows = {row.kata.name: row for row in renderer.builder.overview().rows}
    labels = {name: rows[name].label for name in ("value", "topological-sort", "value-backward")}
    assert labels == {
        "value": "check again", "topological-sort": "check again", "value-backward": "check again",
    }  # fmt: skip
    assert rows["value-backward"].changed_needs == ["value"]

    workspace.progress.record_attempt("value", Attempt(workspace.sha_of(value), False, 0, 51, []))
    assert (
        "has changed since this check and has not passed since"
        in shown(renderer, "value-backward")[0]
    )


def test_a_prerequisite_that_changed_and_passes_asks_for_another_check(
    renderer: PageRenderer, workspace: Workspace
) -> None:
    for name in ("value", "topological-sort", "value-backward"):
        passes(workspace, name)
    passes(workspace, "value", "# another\n")
    words, kind = shown(renderer, "value-backward")
    assert kind == "stale"
    assert (
        "value, which this kata needs, has changed since this check. Check this kata again."
        in words
    )
    assert "has not passed since" not in words
    passes(workspace, "value-backward")
    assert shown(renderer, "value-backward")[1] == "fine"


def test_a_prerequisite_that_was_borrowed_at_the_check_is_a_change(
    renderer: PageRenderer, workspace: Workspace
) -> None:
    passes(workspace, "value-backward", borrowed=["value"])
    passes(workspace, "value")
    words, _ = shown(renderer, "value-backward")
    assert "value, which this kata needs, has changed since this check." in words


def test_a_module_that_changed_after_its_own_pass_is_not_shown_as_passed(
    renderer: PageRenderer, workspace: Workspace
) -> None:
    passes(workspace, "value")
    workspace.path_of(workspace.course.katas["value"]).write_text("# broken\n")
    words, kind = shown(renderer, "value")
    assert kind == "stale"
    assert "The module has changed since this check. Check it again." in words
    assert "passed, before a change: " in words


def test_a_verdict_that_is_not_stored_yet_is_the_present_one(
    renderer: PageRenderer, workspace: Workspace
) -> None:
    verdict = passes(workspace, "value-backward", borrowed=["value"])
    passes(workspace, "value")
    latest = {"value-backward": verdict}
    assert renderer.builder.kata("value-backward", latest).changed_needs == {}
    assert list(renderer.builder.kata("value-backward").changed_needs) == ["value"]


@pytest.mark.parametrize("blame", [None, "value"])
def test_what_is_next_names_the_command_of_the_kata_itself(
    blame: str | None, renderer: PageRenderer, workspace: Workspace
) -> None:
    kata = workspace.course.katas["elementary-functions"]
    for name in ("value", "topological-sort", "value-backward"):
        passes(workspace, name)
    workspace.path_of(kata).write_text("# begun\n")
    hashes = {"module": workspace.sha_of(kata), "checks": ""}
    workspace.remember(kata, replace(VERDICT, kata=kata.name, blame=blame, sha256=hashes))
    words = " ".join(Shape(renderer.render(INDEX)).words.split())
    assert "then run: kata check elementary-functions " in words
    page = shown(renderer, "elementary-functions")[0]
    if blame:
        assert "Its last check found a fault in value, which it needs." in words
        call = "try the call above on mynn/autograd/value.py: kata run"  # its own checks pass
        assert f"Next: {call}, then kata check elementary-functions" in page
        workspace.path_of(workspace.course.katas["value"]).write_text("# broken\n")
        assert renderer.builder.kata(kata.name).blame_step == "kata check value"
    else:
        assert "For a hint: kata hint elementary-functions" in words
        assert "Next: kata hint elementary-functions" in page


def test_the_lesson_comes_first_until_there_is_a_verdict(
    renderer: PageRenderer, workspace: Workspace
) -> None:
    before = renderer.render("katas/value.html")
    assert before.index('id="lesson"') < before.index('id="verdict"')
    passes(workspace, "value")
    after = renderer.render("katas/value.html")
    assert after.index('id="verdict"') < after.index('id="lesson"')
    assert (before.count('id="lesson"'), after.count('id="lesson"')) == (1, 1)


def test_attempts_of_one_minute_are_told_apart_by_seconds(
    renderer: PageRenderer, workspace: Workspace
) -> None:
    passes(workspace, "value")
    once = re.findall(r'class="when">(\S+) <span>(\S+)</span>', renderer.render("katas/value.html"))
    assert [len(time) for _, time in once] == [len("02:27")]
    for _ in range(4):  # two of them are of one minute at least
        passes(workspace, "value")
    many = re.findall(r'class="when">(\S+) <span>(\S+)</span>', renderer.render("katas/value.html"))
    assert {len(time) for _, time in many} == {len("02:27:15")}


def test_a_prerequisite_that_was_saved_before_the_check_has_not_changed_since(
    renderer: PageRenderer, workspace: Workspace
) -> None:
    """`kata watch` checks a broken prerequisite after the kata that was checked with it."""
    for name in ("value", "topological-sort"):
        passes(workspace, name)
    value = workspace.course.katas["value"]
    path = workspace.path_of(value)
    path.write_text("# broken\n")
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 1.0))
    passes(workspace, "value-backward")
    workspace.progress.record_attempt("value", Attempt(workspace.sha_of(value), False, 0, 51, []))
    words, kind = shown(renderer, "value-backward")
    assert kind == "fine"
    assert "has changed since this check" not in words
