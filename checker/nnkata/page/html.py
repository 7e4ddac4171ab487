"""Render the pages as HTML: one file per kata and one for the course, each self-contained.

Every page contains its style and one script, and a policy that allows only these. A learner's text
is escaped, and its control characters are shown as escapes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import Any

from markupsafe import Markup

from .. import __version__
from ..course.mistakes import mistake_text
from ..lessons.code import highlight
from ..lessons.markdown import to_html
from ..model import Kata, Verdict
from ..pictures import Picture
from ..pictures.picture import stylesheet
from ..reporters.html_templates import digest, templates, verdict_table
from ..reporters.summary import likely_cause
from ..result_folder import ResultFolder, hash_engine, result_key, user_cache
from ..text.sanitize import one_line, visible
from ..training.record import TrainingRecord
from ..workspace.progress import Attempt
from .course_order import build_page_map
from .picture_runner import FRAMES_AT_MOST, KataPicture
from .view_models import HAND_IN, Exhibit, KataPage, KataRow, Overview, PageBuilder

INDEX = "index.html"
CODE = ("call", "got", "expected", "where")
"""The details of a failing check that are Python code."""
RESULTS = 1000
"""The number of pictures and lessons to keep."""
WIDE = 480
"""The width from which a picture is scrolled on a phone instead of being scaled down."""


class PageRenderer:
    """Renders the view models of a workspace."""

    def __init__(
        self, builder: PageBuilder, live: bool = False, lessons: ResultFolder | None = None
    ) -> None:
        """Render the view models of a builder; live pages have the script that updates them.

        Lessons in HTML are kept in the folder `lessons`.
        """
        self.builder = builder
        self.live = live
        self.course = builder.course
        self.lessons = lessons or ResultFolder(None, 0)
        self._names = {_path(name): name for name in self.course.katas}

    def paths(self) -> list[str]:
        """Return the paths of all pages."""
        return [INDEX, *(_path(name) for name in self.course.katas)]

    def render(self, path: str, latest: Mapping[str, Verdict] | None = None, news: int = 0) -> str:
        """Return a page, which follows events after number `news`; `KeyError` for a wrong path."""
        if path == INDEX:
            return self._fill("index", "", news, _index(self.builder.overview(latest)))
        page = self.builder.kata(self._names[path], latest)
        more = {"lesson": self._lesson(page.lesson), "solution": self._solution(page.solution)}
        return self._fill("kata", "../", news, _kata(page) | more)

    def _lesson(self, text: str) -> Markup:
        """Return a lesson as HTML, in which all markup of the lesson's own is escaped."""
        key = result_key("lesson", hash_engine(), text)
        stored = self.lessons.read(key)
        if stored is not None:
            with suppress(UnicodeDecodeError):
                return Markup(stored.decode())
        html = to_html(visible(text))
        self.lessons.write(key, html.encode())
        return Markup(html)

    def _solution(self, text: str) -> Markup:
        """Return the code of the solution as HTML; a report, which may be sent on, has none."""
        return Markup(highlight(visible(text)) if self.live else "")

    @staticmethod
    @cache
    def policy_of(live: bool) -> str:
        """Return the content security policy of a page: only its own style and script."""
        allowed = f"default-src 'none'; style-src {digest(_style())}; base-uri 'none'; "
        allowed += f"script-src {digest(_script(live))}; "
        return allowed + (
            "form-action 'self'; connect-src 'self'" if live else "form-action 'none'"
        )

    def _fill(self, template: str, root: str, news: int, more: dict[str, Any]) -> str:
        solved, total = self.builder.count_solved()
        return templates().get_template(f"page/{template}.html.jinja").render(
            policy=self.policy_of(self.live),
            style=Markup(_style()),  # the one that the policy names
            script=Markup(_script(self.live)),
            news=news,
            root=root,
            here=INDEX if template == "index" else "",
            live=self.live,
            engine=__version__,
            now=_when(time.time()),
            overview={"title": one_line(self.course.title), "total": total, "solved": solved},
            whole=one_line(self.course.whole),
            trains=self.course.training is not None,
            **more,
        )  # fmt: skip


def page_results() -> ResultFolder:
    """Return the folder in which pictures and lessons of a learner's pages are kept."""
    return ResultFolder(user_cache("pages"), RESULTS)


def announcement(kata: Kata, verdict: Verdict) -> str:
    """Return the text with which a page announces a verdict, with points and likely causes."""
    passed = sum(o.outcome == "passed" for o in verdict.outcomes)
    text = f"{kata.name}: {'passed' if verdict.passed else 'not passed'}, "
    text += f"{passed} of {len(verdict.outcomes)} checks, {verdict.points} of {verdict.max_points}"
    causes = [f" Likely cause: {likely_cause(diagnosis)}" for diagnosis in verdict.diagnoses]
    return f"{text} points.{''.join(causes)}"


def _path(kata: str) -> str:
    return f"katas/{kata}.html"


@cache
def _style() -> str:
    """Return the style of the page, of the pictures, and of the selected frame."""
    selectors = ",\n".join(
        f".film input:nth-of-type({n}):checked ~ .frames > :nth-child({n})"
        for n in range(1, FRAMES_AT_MOST + 1)
    )
    page = templates().get_template("page/page.css").render()
    return f"{stylesheet()}\n{page}\n{selectors} {{ display: block; }}\n"


@cache
def _script(live: bool) -> str:
    """Return the script of a page: it plays frames as a film; a live page also follows events."""
    names = ["film", "live"] if live else ["film"]
    return "\n".join(templates().get_template(f"page/{name}.js").render() for name in names)


def _index(overview: Overview) -> dict[str, Any]:
    tracks: dict[str, list[dict[str, Any]]] = {}
    current = None
    for kata_row in overview.rows:
        row = _row(kata_row, "")
        row["current"] = (
            overview.current is not None and kata_row.kata.name == overview.current.name
        )
        if row["current"]:
            current = row
        tracks.setdefault(one_line(kata_row.track), []).append(row)
    course_map = build_page_map(
        overview.course,
        overview.order,
        {row.kata.name: row.state for row in overview.rows},
        overview.current.name if overview.current else "",
        {name: _path(name) for name in overview.course.katas},
    )
    return {
        "tracks": [{"title": title, "rows": rows} for title, rows in tracks.items()],
        "current": current,
        "map": _picture("map", course_map, source=""),
        "blame": _neighbour(overview.course.katas.get(overview.blame), ""),
        "last": list(_pictures(overview.last)),
        "last_kata": _row(overview.rows[-1], "") if overview.rows else None,
        "drawing": overview.drawing,
        "exhibits": [_exhibit(n, exhibit) for n, exhibit in enumerate(overview.exhibits, 1)],
        "training": _training(overview.training),
    }


def _exhibit(number: int, exhibit: Exhibit) -> dict[str, Any]:
    milestone = exhibit.milestone
    return {
        "year": milestone.year,
        "title": one_line(milestone.title),
        "text": one_line(milestone.text, 1000),
        "reached": exhibit.reached,
        "solved": exhibit.solved,
        "katas": [{"name": name, "path": _path(name)} for name in milestone.katas],
        "pictures": list(_pictures(exhibit.pictures, f"exhibit-{number}")),
    }


def _training(record: TrainingRecord | None) -> dict[str, Any] | None:
    if record is None:
        return None
    return {"when": _when(record.at), "text": "\n".join(visible(line) for line in record.lines)}


def _row(row: KataRow, root: str) -> dict[str, Any]:
    """Return a kata's values for the table and its own page; `root` is the path to the index."""
    kata = row.kata
    points = "–" if row.points is None else row.points
    origin = row.origin + (" (the solution was shown)" if row.given_up else "")
    return {
        "name": kata.name,
        "path": root + _path(kata.name),
        "title": one_line(kata.title),
        "file": one_line(row.file),
        "state": row.label,
        "origin": origin,
        "attempts": row.attempts,
        "points": f"{points} of {kata.file.points}",
        "max_points": kata.file.points,
        "minutes": kata.file.minutes,
        "difficulty": kata.file.difficulty,
        "next_step": row.next_step,
        "check": f"kata check {kata.name}" if row.next_step != HAND_IN else "",
        "hint": f"kata hint {kata.name}",
        "hints": len(kata.file.hints),
        "started": row.started,
        "changed_needs": row.changed_needs,
    }


def _kata(page: KataPage) -> dict[str, Any]:
    verdict = verdict_table(page.verdict) if page.verdict else None
    if page.verdict and verdict:
        verdict["count"] = len(page.verdict.outcomes)
        for outcome in verdict["outcomes"]:
            outcome["details"] = [
                (label, Markup(highlight(text)) if label in CODE else text)  # it escapes all text
                for label, text in outcome["details"]
            ]
    return {
        "kata": _row(page.row, "../")
        | {
            "needs": [
                {"name": name, "path": f"../{_path(name)}", "origin": origin}
                for name, origin in page.needs.items()
            ],
        },
        "verdict": verdict,
        "blame_path": f"../{_path(page.verdict.blame or '')}" if page.verdict else "",
        "changed": page.changed,
        "blame_step": one_line(page.blame_step),
        "used_by": [{"name": name, "path": f"../{_path(name)}"} for name in page.used_by],
        "changed_needs": [
            {"name": name, "path": f"../{_path(name)}", "passes": passes}
            for name, passes in page.changed_needs.items()
        ],
        "drawing": page.drawing,
        "pictures": list(_pictures(page.pictures)),
        "hint_waits": page.hint_waits,
        "hints": [(level, visible(text)) for level, text in page.hints.items()],
        "hint_count": len(page.row.kata.file.hints),
        "attempts": list(_attempts(page.row.kata, page.attempts)),
        "previous": _neighbour(page.previous),
        "following": _neighbour(page.following),
    }


def _neighbour(kata: Kata | None, root: str = "../") -> dict[str, str] | None:
    return {"name": kata.name, "path": f"{root}{_path(kata.name)}"} if kata else None


def _attempts(kata: Kata, attempts: list[Attempt]) -> Iterator[dict[str, str]]:
    """Yield the rows of the table of attempts, with seconds if two have the same minute."""
    minutes = [_when(attempt.at) for attempt in attempts]
    seconds = len(set(minutes)) < len(minutes)
    for attempt, minute in zip(attempts, minutes, strict=True):
        texts = [mistake_text(kata, name) or name for name in attempt.mistakes]
        yield {
            "day": minute.partition(" ")[0],
            "time": _time(attempt.at) if seconds else minute.partition(" ")[2],
            "verdict": "passed" if attempt.passed else "not passed",
            "points": f"{attempt.points} of {attempt.max_points}",
            "causes": " ".join(one_line(text.partition("\n\n")[0]) for text in texts),
        }


def _time(at: float) -> str:
    return time.strftime("%H:%M:%S", time.localtime(at))


def _when(at: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at))


def _pictures(pictures: list[KataPicture], prefix: str = "picture") -> Iterator[dict[str, Any]]:
    for item in pictures:
        if item.picture is None:
            yield _placeholder(item, prefix)
            continue
        source = "Drawn from your module." if item.own else "Drawn from the reference."
        yield _picture(f"{prefix}-{item.name}", item.picture, source, item.problem)


def _placeholder(item: KataPicture, prefix: str) -> dict[str, Any]:
    """Return values that a template shows instead of a picture that could not be drawn."""
    return {
        "key": f"{prefix}-{item.name}",
        "title": one_line(item.name.replace("_", " ").capitalize()),
        "description": "",
        "source": "It could not be drawn."
        if item.problem
        else "It is drawn from your module as soon as that is written.",
        "problem": visible(item.problem),
        "wide": False,
        "frames": [],
    }


def _picture(key: str, picture: Picture, source: str, problem: str = "") -> dict[str, Any]:
    """Return the values of a picture for a template; its HTML ids start with `key`."""
    return {
        "key": key,
        "title": one_line(picture.title),
        "description": visible(picture.description),
        "source": source,
        "problem": visible(problem),
        "wide": picture.frames[0].canvas.width > WIDE,
        "frames": [
            {
                "name": f"Frame {number + 1} of {len(picture.frames)}"
                if len(picture.frames) > 1
                else "Drawing",
                "svg": Markup(picture.inline(number, f"{key}-{number}")),  # it escapes its own text
                "caption": one_line(frame.caption, 1000),
            }
            for number, frame in enumerate(picture.frames)
        ],
    }
