"""The report from a folder: every page, at every size, in both schemes, by keyboard, on paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urldefrag

import pytest
from playwright.sync_api import Locator, Page, expect

from .axe_rules import faults
from .conftest import LAPTOP, PAPER, PHONE, Open

SCHEMES = ("light", "dark")
TEXTS = "--ink --muted --wrong --right --yours --first --second --third --fourth --fifth --sixth"


def pages(report: Path) -> list[str]:
    return [path.as_uri() for path in sorted(report.rglob("*.html"))]


def films(report: Path) -> str:
    """Return the page that has the most frames to choose from."""
    path = max(report.rglob("katas/*.html"), key=lambda p: p.read_text().count('type="radio"'))
    assert path.read_text().count('type="radio"') > 3
    return path.as_uri()


def test_every_link_leads_to_a_page_of_the_report_and_nothing_else_is_asked_for(
    report: Path, opened: Open
) -> None:
    seen = opened()
    page = seen.page()
    waiting, known = [(report / "index.html").as_uri()], set[str]()
    while waiting:
        address = waiting.pop()
        known.add(address)
        page.goto(address)
        assert page.title()
        for found in page.eval_on_selector_all(
            "a", "all => all.map(a => a.href.baseVal ?? a.href)"
        ):
            target, part = urldefrag(str(found))
            if not target.startswith("file:"):  # a link of a picture is as it was written
                target = page.evaluate("there => new URL(there, location.href).href", target)
            assert target.startswith(report.as_uri()), found
            assert not part or page.locator(f"[id='{part}']").count() == 1, found
            if target not in known and target not in waiting:
                waiting.append(target)
    assert known == set(pages(report))
    assert {urldefrag(url)[0] for url in seen.requests} == known
    assert seen.said == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_no_page_is_wider_than_the_window(
    size: tuple[int, int], scheme: str, report: Path, opened: Open
) -> None:
    page = opened(size, scheme).page()
    for address in pages(report):
        page.goto(address)
        wide = page.evaluate(
            """() => [...document.querySelectorAll("body *")].filter((e) => {
                 const box = e.getBoundingClientRect();
                 if (box.right <= innerWidth + 1 || !box.width) return false;
                 return !e.closest(".sheet, .wide, .formula, pre[tabindex], .skip");
               }).map((e) => e.outerHTML.slice(0, 120))"""
        )
        assert wide == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], address


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_in_pictures_stand_out_from_the_paper(
    scheme: str, report: Path, opened: Open
) -> None:
    page = opened(scheme=scheme).page()
    page.goto((report / "index.html").as_uri())
    ratios: dict[str, float] = page.evaluate(
        """(names) => {
             const style = getComputedStyle(document.querySelector("svg.picture"));
             const light = (name) => {
               const hex = style.getPropertyValue(name).trim().slice(1);
               const [r, g, b] = [0, 2, 4].map((at) => {
                 const part = parseInt(hex.slice(at, at + 2), 16) / 255;
                 return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
               });
               return 0.2126 * r + 0.7152 * g + 0.0722 * b;
             };
             const paper = light("--paper");
             return Object.fromEntries(names.split(" ").map((name) => {
               const [low, high] = [light(name), paper].sort((a, b) => a - b);
               return [name, (high + 0.05) / (low + 0.05)];
             }));
           }""",
        TEXTS,
    )
    assert {name: ratio for name, ratio in ratios.items() if not ratio >= 4.5} == {}


def test_axe_finds_nothing_serious(report: Path, opened: Open, axe: str) -> None:
    page = opened().page()
    found = []
    for number, address in enumerate(pages(report)):
        if number % 2:  # a page of a kata differs from the others by its lesson and pictures only
            continue
        page.goto(address)
        found += faults(page, axe)
        if number % 6 == 0:  # all pages have one style
            page.emulate_media(color_scheme="dark")
            found += faults(page, axe, "color-contrast")  # all that a scheme can change
            page.emulate_media(color_scheme="light")
    assert found == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_serious_on_a_phone(
    scheme: str, report: Path, opened: Open, axe: str
) -> None:
    page = opened(PHONE, scheme).page()
    for name in ("index.html", "katas/softmax.html"):
        page.goto((report / name).as_uri())
        assert faults(page, axe) == []


def reached(page: Page) -> list[Any]:
    """Press Tab until the page begins again; return a number for each stop, in order."""
    stops = []
    for _ in range(400):
        page.keyboard.press("Tab")
        at = page.evaluate(
            """() => [...document.querySelectorAll("*")].indexOf(document.activeElement)"""
        )
        if at in stops or page.evaluate("document.activeElement === document.body"):
            break
        stops.append(at)
    return stops


@pytest.mark.parametrize("name", ["index.html", "katas/softmax.html"])
def test_the_keyboard_reaches_everything_in_the_order_of_the_page(
    name: str, report: Path, opened: Open
) -> None:
    page = opened().page()
    page.goto((report / name).as_uri())
    wanted = page.evaluate(
        """() => [...document.querySelectorAll("*")].map((e, at) => [e, at]).filter(([e]) =>
             e.matches("a[href], summary, [tabindex='0'], input:checked, button")
             && e.checkVisibility()).map(([, at]) => at)"""
    )
    assert len(wanted) > 10
    assert reached(page) == wanted


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(
    report: Path, opened: Open
) -> None:
    page = opened().page()
    page.goto((report / "katas" / "softmax.html").as_uri())
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_what_has_the_focus_can_be_seen(report: Path, opened: Open) -> None:
    page = opened().page()
    page.goto(films(report))
    for selector in ("main a", "summary", ".sheet", ".film input:checked + label"):
        target = page.locator(selector).first
        page.locator(selector.replace(" + label", "")).first.focus()
        page.keyboard.press("Shift")  # the focus came by keyboard
        assert target.evaluate("e => getComputedStyle(e).outlineWidth") == "3px", selector


def test_frames_are_gone_through_with_the_arrow_keys(report: Path, opened: Open) -> None:
    page = opened(java_script_enabled=False).page()
    page.goto(films(report))
    film = page.locator("fieldset").first
    frames = film.locator(".still")
    count = frames.count()
    shown = [n for n in range(count) if frames.nth(n).is_visible()]
    assert len(shown) == 1
    film.locator("input:checked").focus()
    seen = []
    for _ in range(count):
        page.keyboard.press("ArrowRight")
        seen += [n for n in range(count) if frames.nth(n).is_visible()]
    first = shown[0]
    assert seen == [(first + step) % count for step in range(1, count + 1)]


def frame(film: Locator) -> int:
    """Return the number of the frame that is shown, from 0."""
    shown = film.locator(".still").evaluate_all(  # at one moment: the film may be playing
        "frames => frames.flatMap((frame, n) => frame.checkVisibility() ? [n] : [])"
    )
    assert len(shown) == 1
    return int(shown[0])


def test_a_film_plays_from_its_first_frame_to_its_last_and_can_be_paused(
    report: Path, opened: Open
) -> None:
    page = opened().page()
    page.clock.install()
    page.goto(films(report))
    film = page.locator("fieldset").first
    button = film.get_by_role("button")
    assert frame(film) == 0
    film.scroll_into_view_if_needed()
    expect(button).to_have_text("Pause")
    page.clock.run_for(2600)
    assert frame(film) == 1
    button.click()
    expect(button).to_have_text("Play")
    page.clock.run_for(10_000)
    assert frame(film) == 1
    button.click()
    page.clock.run_for(60_000)
    assert frame(film) == film.locator(".still").count() - 1
    expect(button).to_have_text("Play again")
    button.click()
    assert frame(film) == 0
    film.locator("input").nth(2).check(force=True)
    expect(button).to_have_text("Play")
    page.clock.run_for(10_000)
    assert frame(film) == 2


def test_a_film_waits_for_its_button_where_less_motion_is_asked_for(
    report: Path, opened: Open
) -> None:
    page = opened(reduced_motion="reduce").page()
    page.clock.install()
    page.goto(films(report))
    film = page.locator("fieldset").first
    film.scroll_into_view_if_needed()
    page.clock.run_for(20_000)
    assert frame(film) == 0
    film.get_by_role("button").click()
    page.clock.run_for(2600)
    assert frame(film) == 1


def test_without_a_script_a_film_begins_at_its_first_frame(report: Path, opened: Open) -> None:
    page = opened(java_script_enabled=False).page()
    page.goto(films(report))
    film = page.locator("fieldset").first
    assert frame(film) == 0
    expect(film.locator("button")).to_be_hidden()


@pytest.mark.parametrize("width", [500, 768, 1024])
def test_the_lesson_comes_first_until_there_is_a_verdict(
    width: int, report: Path, opened: Open
) -> None:
    page = opened((width, 800)).page()
    for name, lesson_first in (("mlp-class", True), ("softmax", False)):
        page.goto((report / "katas" / f"{name}.html").as_uri())
        tops = [page.locator(what).bounding_box() for what in (".lesson", ".verdict")]
        assert tops[0] is not None
        assert tops[1] is not None
        assert (tops[0]["y"] < tops[1]["y"]) == lesson_first, name


@pytest.mark.parametrize("name", ["mlp-class", "softmax"])
def test_on_a_wide_window_the_lesson_is_on_the_right(name: str, report: Path, opened: Open) -> None:
    page = opened().page()
    page.goto((report / "katas" / f"{name}.html").as_uri())
    lesson = page.locator(".lesson").bounding_box()
    verdict = page.locator(".verdict").bounding_box()
    assert lesson is not None
    assert verdict is not None
    assert lesson["x"] > verdict["x"] + verdict["width"]
    assert lesson["y"] == verdict["y"]


def test_the_map_fills_its_card(report: Path, opened: Open) -> None:
    page = opened().page()
    page.goto((report / "index.html").as_uri())
    card = page.locator("section", has=page.locator("#map")).bounding_box()
    drawing = page.locator(".map svg").bounding_box()
    assert card is not None
    assert drawing is not None
    assert drawing["width"] >= 0.95 * card["width"]


def test_on_a_narrow_window_the_map_begins_where_the_learner_is(report: Path, opened: Open) -> None:
    page = opened((500, 800)).page()
    page.goto((report / "index.html").as_uri())
    box = page.locator(".map rect.thick").bounding_box()
    assert box is not None
    assert 0 <= box["x"] <= 500 - box["width"]


def test_on_paper_every_frame_stands_and_nothing_is_cut_off(report: Path, opened: Open) -> None:
    page = opened(PAPER).page()
    page.emulate_media(media="print")
    for address in (films(report), (report / "katas" / "softmax.html").as_uri()):
        page.goto(address)
        for frame in page.locator(".still").all():
            expect(frame).to_be_visible()
        assert [label for label in page.locator(".film label").all() if label.is_visible()] == []
        expect(page.locator(".skip")).to_be_hidden()
        assert page.evaluate("document.documentElement.scrollWidth") <= PAPER[0]
        cut = page.evaluate(
            """() => [...document.querySelectorAll("pre, .formula, .wide, .sheet")]
                 .filter((e) => e.getBoundingClientRect().right > innerWidth + 1
                           || e.scrollWidth > e.clientWidth + 1)
                 .map((e) => e.textContent.slice(0, 80))"""
        )
        assert cut == []
        assert page.pdf(format="A4").startswith(b"%PDF-")


def test_the_style_of_the_page_leaves_the_drawings_alone(report: Path, opened: Open) -> None:
    page = opened().page()
    for address in pages(report):
        page.goto(address)
        hidden = page.evaluate(
            """() => [...document.querySelectorAll("svg.picture")]
                 .filter((svg) => svg.checkVisibility())
                 .flatMap((svg) => [...svg.querySelectorAll("*")])
                 .filter((e) => !["title", "desc"].includes(e.tagName) && !e.checkVisibility())
                 .map((e) => e.outerHTML.slice(0, 120))"""
        )
        assert hidden == [], address


def test_what_a_module_wrote_is_shown_and_not_acted_on(report: Path, opened: Open) -> None:
    seen = opened()
    page = seen.page()
    page.goto((report / "katas" / "neuron-class.html").as_uri())
    expect(page.locator("pre", has_text="<script>alert(1)</script>").first).to_be_visible()
    expect(page.locator("pre", has_text="\\x1b[31m\\u202e").first).to_be_visible()
    assert page.locator("img, iframe").count() == 0
    assert page.locator("script").count() == 1  # the page's own
    assert page.title() == "One neuron · A neural network from scratch"
    assert seen.said == []


def test_formulas_are_mathematics_that_the_browser_has_laid_out(report: Path, opened: Open) -> None:
    page = opened().page()
    page.goto((report / "katas" / "softmax.html").as_uri())
    fraction = page.locator("math mfrac").first
    above, below = fraction.locator("> *").all()
    top, bottom = above.bounding_box(), below.bounding_box()
    assert top is not None
    assert bottom is not None
    assert top["y"] + top["height"] <= bottom["y"] + 2
    assert above.evaluate("e => e.namespaceURI") == "http://www.w3.org/1998/Math/MathML"
