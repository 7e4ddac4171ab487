"""The page as HTML: one file a kata and one for the course, each complete in itself.

Every page carries its own style (and, served by `kata watch`, one script), and a policy that allows
these and nothing else. What a learner wrote is escaped, and what would be acted on is written out.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from markupsafe import Markup

from .. import __version__
from ..lessons.markdown import to_html
from ..model import Kata, Verdict
from ..pictures import Picture
from ..pictures.picture import stylesheet
from ..reporters.html_templates import digest, templates, verdict_table
from ..text.sanitize import one_line, visible
from ..workspace.progress import Attempt
from .course_order import draw_map
from .picture_runner import FRAMES_AT_MOST, Drawn
from .view_models import Book, KataPage, Overview, Standing

INDEX = "index.html"
BROAD = 480
"""Units of width from which a picture can be scrolled on a phone instead of shrinking to it."""


class Site:
    """Renders the pages of a book."""

    def __init__(self, book: Book, live: bool = False) -> None:
        """Take what the pages say; live pages have the script that keeps them up to date."""
        self.book = book
        self.live = live
        self.course = book.course

    def paths(self) -> list[str]:
        """Return the paths of all pages."""
        return [INDEX, *(_path(name) for name in self.course.katas)]

    def render(self, path: str, latest: Mapping[str, Verdict] | None = None, news: int = 0) -> str:
        """Return a page that knows the first `news` news; raises `KeyError` where there is none."""
        if path == INDEX:
            return self._written("index", "", news, _index(self.book.overview(latest)))
        page = self.book.kata(_names(self.course.katas)[path], latest)
        return self._written("kata", "../", news, _kata(page))

    @staticmethod
    def policy_of(live: bool) -> str:
        """Return the content security policy of every page: its own style and script, no more."""
        allowed = f"default-src 'none'; style-src {digest(_style())}; base-uri 'none'; "
        allowed += "form-action 'none'"
        if live:
            allowed += f"; script-src {digest(_script())}; connect-src 'self'"
        return allowed

    def _written(self, template: str, root: str, news: int, more: dict[str, Any]) -> str:
        solved, whole = self.book.share()
        return templates().get_template(f"page/{template}.html.jinja").render(
            policy=self.policy_of(self.live),
            style=Markup(_style()),  # ours, and the one that the policy names
            script=Markup(_script()),
            news=news,
            root=root,
            here=INDEX if template == "index" else "",
            live=self.live,
            engine=__version__,
            now=_when(time.time()),
            overview={"title": one_line(self.course.title), "whole": whole, "solved": solved},
            **more,
        )  # fmt: skip


def said(kata: Kata, verdict: Verdict) -> str:
    """Return a verdict in one sentence, as it is announced."""
    fine = sum(o.outcome == "passed" for o in verdict.outcomes)
    told = f"{kata.name}: {'passed' if verdict.passed else 'not passed'}, "
    told += f"{fine} of {len(verdict.outcomes)} checks, {verdict.points} of {verdict.max_points}"
    looks = ", ".join(one_line(d.mistake) for d in verdict.diagnoses)
    return f"{told} points." + (f" It looks like {looks}." if looks else "")


def _path(kata: str) -> str:
    return f"katas/{kata}.html"


def _names(katas: Mapping[str, Kata]) -> dict[str, str]:
    return {_path(name): name for name in katas}


@cache
def _style() -> str:
    """Return the one style: the page's, the pictures', and which frame each choice shows."""
    chosen = ",\n".join(
        f".film input:nth-of-type({n}):checked ~ .frames > :nth-child({n})"
        for n in range(1, FRAMES_AT_MOST + 1)
    )
    page = templates().get_template("page/page.css").render()
    return f"{stylesheet()}\n{page}\n{chosen} {{ display: block; }}\n"


@cache
def _script() -> str:
    return templates().get_template("page/live.js").render()


def _index(overview: Overview) -> dict[str, Any]:
    tracks: dict[str, list[dict[str, Any]]] = {}
    current = None
    for standing in overview.standings:
        row = _row(standing, "")
        row["current"] = (
            overview.current is not None and standing.kata.name == overview.current.name
        )
        if row["current"]:
            current = row
        tracks.setdefault(one_line(standing.track), []).append(row)
    drawn = draw_map(
        overview.course,
        overview.order,
        {s.kata.name: s.state for s in overview.standings},
        overview.current.name if overview.current else "",
        {name: _path(name) for name in overview.course.katas},
    )
    return {
        "tracks": [{"title": title, "rows": rows} for title, rows in tracks.items()],
        "current": current,
        "map": _picture("map", drawn, source=""),
        "last": list(_pictures(overview.last)),
        "last_kata": _row(overview.standings[-1], "") if overview.standings else None,
        "drawing": overview.drawing,
    }


def _row(standing: Standing, up: str) -> dict[str, Any]:
    """Return what is shown of a kata in the table and on its own page."""
    kata = standing.kata
    points = "–" if standing.points is None else standing.points
    whose = standing.whose + (" (the solution was shown)" if standing.given_up else "")
    return {
        "name": kata.name,
        "path": up + _path(kata.name),
        "title": one_line(kata.title),
        "file": one_line(standing.file),
        "state": standing.words,
        "whose": whose,
        "attempts": standing.attempts,
        "points": f"{points} of {kata.file.points}",
        "max_points": kata.file.points,
        "minutes": kata.file.minutes,
        "difficulty": kata.file.difficulty,
        "next_step": standing.next_step,
    }


def _kata(page: KataPage) -> dict[str, Any]:
    verdict = verdict_table(page.verdict) if page.verdict else None
    if page.verdict and verdict:
        verdict["count"] = len(page.verdict.outcomes)
    return {
        "kata": _row(page.standing, "../")
        | {
            "needs": [
                {"name": name, "path": f"../{_path(name)}", "whose": whose}
                for name, whose in page.needs.items()
            ],
        },
        "verdict": verdict,
        "blame_path": f"../{_path(page.verdict.blame or '')}" if page.verdict else "",
        "changed": page.changed,
        "drawing": page.drawing,
        "pictures": list(_pictures(page.drawn)),
        "hints": [(level, visible(text)) for level, text in page.hints.items()],
        "hints_whole": len(page.standing.kata.file.hints),
        "attempts": [_attempt(attempt) for attempt in page.attempts],
        "lesson": Markup(to_html(visible(page.lesson))),  # which makes text of all HTML in it
        "before": _beside(page.before),
        "after": _beside(page.after),
    }


def _beside(kata: Kata | None) -> dict[str, str] | None:
    return {"name": kata.name, "path": f"../{_path(kata.name)}"} if kata else None


def _attempt(attempt: Attempt) -> dict[str, str]:
    return {
        "when": _when(attempt.at),
        "verdict": "passed" if attempt.passed else "not passed",
        "points": f"{attempt.points} of {attempt.max_points}",
        "mistakes": one_line(", ".join(attempt.mistakes)),
    }


def _when(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at))


def _pictures(drawn: list[Drawn]) -> Iterator[dict[str, Any]]:
    for one in drawn:
        if one.picture is None:
            yield _undrawn(one)
            continue
        source = "Drawn from your module." if one.yours else "Drawn from the reference."
        yield _picture(f"picture-{one.name}", one.picture, source, one.problem)


def _undrawn(one: Drawn) -> dict[str, Any]:
    """Return what is shown where nothing could be drawn: why."""
    return {
        "key": f"picture-{one.name}",
        "title": one_line(one.name.replace("_", " ").capitalize()),
        "description": "",
        "source": "It could not be drawn."
        if one.problem
        else "It is drawn from your module, once that is written.",
        "problem": visible(one.problem),
        "broad": False,
        "first": 0,
        "frames": [],
    }


def _picture(key: str, picture: Picture, source: str, problem: str = "") -> dict[str, Any]:
    """Return what a template shows of a picture; `key` tells its ids from those of others."""
    return {
        "key": key,
        "title": one_line(picture.title),
        "description": visible(picture.description),
        "source": source,
        "problem": visible(problem),
        "broad": picture.frames[0].canvas.width > BROAD,
        "first": picture.shown % len(picture.frames),
        "frames": [
            {
                "name": f"Frame {number + 1} of {len(picture.frames)}"
                if len(picture.frames) > 1
                else "Drawing",
                "svg": Markup(picture.inline(number, f"{key}-{number}")),  # escapes its own words
                "caption": one_line(frame.caption, 1000),
            }
            for number, frame in enumerate(picture.frames)
        ],
    }
