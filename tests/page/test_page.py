"""What the pages say, and that nothing in them is active, whatever somebody wrote."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest

from nnkata.model import Course, Kata
from nnkata.page.html import INDEX, PageRenderer, announcement
from nnkata.page.picture_cache import PictureCache
from nnkata.page.picture_runner import KataPicture
from nnkata.page.view_models import PageBuilder
from nnkata.pictures import Canvas, Frame, Picture
from nnkata.sandbox.pool import WorkerPool
from nnkata.text.sanitize import one_line, visible
from nnkata.training.record import FILE, store_record
from nnkata.workspace.progress import Attempt
from nnkata.workspace.workspace import Workspace

from .conftest import REFERENCE, SOFTMAX, WRONG
from .hostile import HOSTILE, poisoned
from .test_remembered import VERDICT

ACTED_ON = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\ud800-\udfff]")


class Shape(HTMLParser):
    """Counts elements with their attributes, and collects words and links."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: Counter[str] = Counter()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.levels: list[int] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[f"{tag} {sorted(name for name, _ in attrs)}"] += 1
        found = dict(attrs)
        assert "style" not in found, tag
        assert not any(name.startswith("on") for name in found), tag
        self.ids += [str(value) for name, value in attrs if name == "id"]
        self.links += [str(value) for name, value in attrs if name == "href"]
        assert "src" not in found, tag
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))

    def handle_data(self, data: str) -> None:
        self.words += data


class FakePictures(PictureCache):
    """A cache with one picture, made of a text."""

    def __init__(self, course: Course, pool: WorkerPool, text: str = "plain") -> None:
        super().__init__(course, pool)
        self.text = text

    def draw(self, kata: Kata, *_: Any) -> tuple[list[KataPicture], bool]:
        canvas = Canvas(100, 50)
        canvas.text(5, 5, self.text)
        canvas.circle(5, 5, 2, tip=self.text)
        frames = [Frame(canvas, self.text), Frame(canvas)]
        picture = Picture("A title" + self.text, "Words" + self.text, frames)
        return [
            KataPicture("one", picture, own=True),
            KataPicture("two", picture, own=False, problem="It raised" + self.text),
            KataPicture("three", None, own=False, problem="It raised" + self.text),
        ], False


def page(workspace: Workspace, pool: WorkerPool, text: str, live: bool = False) -> str:
    verdict = poisoned(VERDICT, text)
    verdict.sha256 = {"module": text, "checks": ""}
    builder = PageBuilder(workspace, FakePictures(workspace.course, pool, text))
    return PageRenderer(builder, live).render("katas/softmax.html", {"softmax": verdict})


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_page_keeps_its_shape_and_nothing_in_it_is_active(
    text: str, workspace: Workspace, pool: WorkerPool
) -> None:
    made = page(workspace, pool, text)
    shape, plain = Shape(made), Shape(page(workspace, pool, "plain"))
    for one in (shape, plain):
        del one.elements["p []"]  # a diagnosis of several paragraphs is shown as such
        del one.elements["span ['class']"]  # what looks like code is coloured as such
    assert shape.elements == plain.elements
    assert shape.links == plain.links
    assert not ACTED_ON.search(unescape(made))
    for known in (one_line(text + "A holds.", 1000), visible("It raised" + text).split("\n")[0]):
        assert known in shape.words


def test_every_picture_of_a_page_is_well_formed_and_has_ids_of_its_own(
    workspace: Workspace, pool: WorkerPool
) -> None:
    made = page(workspace, pool, "<&>\"'")
    drawings = re.findall("<svg.*?</svg>", made, re.DOTALL)
    assert len(drawings) == 4
    for drawing in drawings:
        ElementTree.fromstring(drawing)
    ids = Shape(made).ids
    assert len(ids) == len(set(ids))


def test_frames_are_chosen_without_a_script(workspace: Workspace, pool: WorkerPool) -> None:
    made = page(workspace, pool, "plain")
    assert re.findall(r'<input type="radio" name="(\S+)" id="\S+-(\d)"( checked)?', made) == [
        ("picture-one", "1", " checked"), ("picture-one", "2", ""),
        ("picture-two", "1", " checked"), ("picture-two", "2", ""),
    ]  # fmt: skip
    assert ".film input:nth-of-type(2):checked ~ .frames > :nth-child(2)" in made
    assert (
        '<button type="button" id="picture-one-play" hidden>Play</button>' in made
    )  # the script shows it


def test_what_could_not_be_drawn_is_announcement(workspace: Workspace, pool: WorkerPool) -> None:
    words = Shape(page(workspace, pool, "plain")).words
    assert "Drawn from your module." in words
    assert "Drawn from the reference." in words
    assert "Your module cannot be drawn:\nIt raisedplain" in words
    assert "It could not be drawn." in words


@pytest.mark.parametrize("live", [True, False])
def test_the_policy_names_the_style_and_the_script_by_what_they_are(
    live: bool, workspace: Workspace, pool: WorkerPool
) -> None:
    import base64
    import hashlib

    made = page(workspace, pool, "plain", live)
    policy = unescape(re.findall('http-equiv="Content-Security-Policy" content="(.*?)"', made)[0])
    for tag in ("style", "script"):
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", made, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    quiet = page(workspace, pool, "plain")
    assert "connect-src" not in quiet
    assert "EventSource" not in quiet
    assert "fetch(" not in quiet


@pytest.fixture
def renderer(workspace: Workspace, pool: WorkerPool) -> PageRenderer:
    return PageRenderer(PageBuilder(workspace, FakePictures(workspace.course, pool)))


def test_headings_come_in_order_and_every_link_leads_to_a_page(
    renderer: PageRenderer, workspace: Workspace
) -> None:
    paths = renderer.paths()
    assert len(paths) == 1 + len(workspace.course.katas)
    for path in paths:
        shape = Shape(renderer.render(path))
        assert shape.levels.count(1) == 1
        assert shape.levels[0] == 1
        steps = [b - a for a, b in zip(shape.levels, shape.levels[1:], strict=False)]
        assert max(steps) <= 1, path
        up = "../" if path != INDEX else ""
        known = {up + p for p in paths} | {f"#{i}" for i in shape.ids}
        assert set(shape.links) <= known, path


def test_the_first_page_says_where_every_kata_stands(
    renderer: PageRenderer, workspace: Workspace, pool: WorkerPool
) -> None:
    course = workspace.course
    (workspace.package / "forward/softmax.py").write_text(WRONG)
    (workspace.package / "autograd/value.py").write_text(
        (REFERENCE / "autograd/value.py").read_text()
    )
    value = course.katas["value"]
    workspace.progress.record_attempt("value", Attempt(workspace.sha_of(value), True, 51, 51, []))
    workspace.progress.record_pass("value", workspace.sha_of(value), "", 1)
    workspace.progress.record_attempt("softmax", Attempt("m", False, 7, 17, ["global-max"]))
    workspace.progress.record_give_up("he-init")
    found = {s.kata.name: s for s in renderer.builder.overview().rows}
    rows = {n: (s.label, s.origin, s.attempts, s.points, s.next_step) for n, s in found.items()}
    assert rows["softmax"] == ("started", "borrowed", 1, 7, "kata check softmax")
    assert rows["value"] == ("check again", "yours", 1, 51, "kata check value")
    assert rows["mlp-class"] == ("open", "borrowed", 0, None, "kata show mlp-class")
    words = Shape(renderer.render(INDEX)).words
    assert f"1 of {len(course.katas)} modules is yours" in words
    assert f"7 of {SOFTMAX.file.points}" in words
    assert "borrowed (the solution was shown)" in words
    assert "Next: A number that remembers how it was computed" in words


def test_the_first_page_shows_the_last_training_as_text(
    renderer: PageRenderer, workspace: Workspace
) -> None:
    assert "The last training" not in renderer.render(INDEX)
    store_record(workspace.state / FILE, ["  <script>x</script>  98.1%", "\x1b[31mred"])
    words = Shape(renderer.render(INDEX)).words
    assert "The last training" in words
    assert "  <script>x</script>  98.1%\n\\x1b[31mred" in words


def test_a_milestone_is_an_exhibit_once_its_katas_are_solved(
    renderer: PageRenderer, workspace: Workspace
) -> None:
    text = renderer.render(INDEX)
    assert "1957 · The perceptron" in text
    assert "0 of 2 of its katas are solved: " in Shape(text).words
    assert "Rosenblatt" not in text
    for name in ("perceptron", "perceptron-learning"):
        kata = workspace.course.katas[name]
        workspace.path_of(kata).write_bytes(kata.reference.read_bytes())
        workspace.progress.record_pass(name, workspace.sha_of(kata), "", 0)
    words = Shape(renderer.render(INDEX)).words
    assert "Rosenblatt" in words
    assert "1 of 2 of its katas are solved: perceptron-learning, logic-gates." in words


def test_a_page_shows_verdict_hints_and_attempts(
    renderer: PageRenderer, workspace: Workspace
) -> None:
    softmax = workspace.course.katas["softmax"]
    (workspace.package / "forward/softmax.py").write_text(WRONG)
    verdict = poisoned(VERDICT, "")
    verdict.sha256 = {"module": workspace.sha_of(softmax), "checks": ""}
    workspace.remember(softmax, verdict)
    workspace.progress.record_hint("softmax", 2, "m")
    for _ in range(11):
        workspace.progress.record_attempt("softmax", Attempt("m", False, 3, 17, ["no-shift"]))
    words = Shape(renderer.render("katas/softmax.html")).words
    assert "not passed: 1 of 2 checks pass, 1 of 2 points" in words
    assert "A holds." in words
    assert "Next: kata hint softmax" in words
    assert f"Hint 2 of {len(SOFTMAX.file.hints)}Subtracting one number from" in words
    assert "Hint 1" not in words
    assert "Checked 12 times" in words
    assert "The last 10 are shown." in words
    assert "The module has changed since this check." not in words
    (workspace.package / "forward/softmax.py").write_text("# new\n")
    changed = Shape(renderer.render("katas/softmax.html")).words
    assert "The module has changed since this check." in changed
    assert "Next: kata check softmax" in changed


def test_a_page_of_a_kata_that_nobody_has_begun_invites_to_read(renderer: PageRenderer) -> None:
    words = Shape(renderer.render("katas/value-backward.html")).words
    assert "This kata has not been checked yet." in words
    assert "It needs value (borrowed), topological-sort (borrowed)." in " ".join(words.split())
    assert "Next: kata show value-backward" in words


def test_a_verdict_is_announced_in_one_sentence(workspace: Workspace) -> None:
    softmax = workspace.course.katas["softmax"]
    assert announcement(softmax, VERDICT) == "softmax: not passed, 1 of 2 checks, 1 of 2 points."


def test_pictures_are_drawn_again_only_when_a_module_is_another(
    workspace: Workspace, pool: WorkerPool
) -> None:
    cache = PictureCache(workspace.course, pool)
    builder = PageBuilder(workspace, cache)
    first = builder.kata("softmax").pictures
    assert {d.own for d in first} == {False}
    assert builder.kata("softmax").pictures is first
    (workspace.package / "forward/softmax.py").write_text(WRONG)
    second = builder.kata("softmax").pictures
    assert {d.own for d in second} == {True}
    assert builder.kata("softmax").pictures is second


def test_calls_are_coloured_and_so_is_the_solution_after_a_pass(
    workspace: Workspace, pool: WorkerPool
) -> None:
    verdict = poisoned(VERDICT, "")
    builder = PageBuilder(workspace, FakePictures(workspace.course, pool))
    renderer = PageRenderer(builder, live=True)
    before = renderer.render("katas/softmax.html", {"softmax": verdict})
    assert 'f(<span class="code-number">1</span>)</pre>' in before
    assert "A solution to compare with" not in before
    workspace.progress.record_pass("softmax", "m", "", 1)
    after = renderer.render("katas/softmax.html")
    assert "A solution to compare with" in after
    assert '<span class="code-name">softmax</span>(' in after
    report = PageRenderer(builder).render("katas/softmax.html")
    assert "A solution to compare with" not in report  # it may be sent to somebody
