"""Write a class map as one HTML page, without scripts and external files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

from markupsafe import Markup

from ..pictures.picture import stylesheet
from ..reporters.html import POLICY
from ..reporters.html_templates import digest, templates
from ..text.sanitize import one_line, visible
from .drawing import draw_class, draw_kata
from .records import ClassMap, FailureGroup, KataMap, SimilarityReport
from .words import (
    PLACE_TO_LOOK,
    comparison_line,
    describe_group,
    describe_module,
    describe_not_compared,
    describe_places,
    difference_lines,
    headline,
    totals,
)


def write(result: ClassMap, out: TextIO) -> None:
    """Write the page: the picture of the class, each kata, and similar submissions."""
    own = templates().get_template("reports/classmap.css").render()
    style = f"{own}\n{stylesheet()}"
    page = templates().get_template("reports/classmap.html.jinja")
    out.writelines(
        page.generate(
            policy=POLICY.format(digest(style)),
            style=Markup(style),  # our own files, which the policy names
            course=one_line(result.course),
            totals=totals(result),
            picture=Markup(draw_class(result).inline(0, "class")),  # it escapes its texts
            needs_person=[one_line(name) for name in result.needs_person],
            katas=[_kata(kata, f"kata-{n}") for n, kata in enumerate(result.katas)],
            similarity=_similarity(result.similarity) if result.similarity else None,
        )
    )
    out.write("\n")


def _kata(kata: KataMap, name: str) -> dict[str, Any]:
    return {
        "headline": headline(kata),
        "picture": Markup(draw_kata(kata).inline(0, name)),
        "not_compared": kata.not_compared or "",
        "groups": [_group(group) for group in kata.groups],
    }


def _group(group: FailureGroup) -> dict[str, Any]:
    return {
        "count": group.count,
        "words": describe_group(group),
        "text": visible(group.text) if group.kind == "known_mistake" else "",
        "checks": [one_line(check) for check in group.checks],
        "sentence": one_line(group.smallest.sentence, 1000) if group.smallest else "",
        "difference": list(difference_lines(group)),
        "examples": [one_line(name) for name in group.examples],
        "submissions": [one_line(name) for name in group.submissions],
    }


def _similarity(report: SimilarityReport) -> dict[str, Any]:
    return {
        "about": PLACE_TO_LOOK,
        "compared": comparison_line(report),
        "not_compared": list(describe_not_compared(report)),
        "left_out": report.left_out,
        "pairs": list(_pairs(report)),
    }


def _pairs(report: SimilarityReport) -> Iterator[dict[str, Any]]:
    for pair in report.pairs:
        yield {
            "first": one_line(pair.first),
            "second": one_line(pair.second),
            "modules": [
                (describe_module(module), list(describe_places(module, pair.first, pair.second)))
                for module in pair.modules
            ],
        }
