"""Combine the pairs of all katas: which submissions are similar, in which katas, and where."""

from __future__ import annotations

from collections import defaultdict

from ..files import read_course_file
from ..model import Course, Kata
from .records import (
    LineSpan,
    NotComparedModule,
    SharedLines,
    SimilarityReport,
    SimilarModule,
    SimilarPair,
)
from .similarity import Reader, SimilarModules, compare_modules
from .submission_texts import ClassTexts

MAX_PAIRS = 100
"""The maximum number of pairs of submissions in a map."""


def find_similar(course: Course, texts: ClassTexts, read: Reader) -> SimilarityReport:
    """Return the pairs of similar submissions, those with most common code first.

    `read` parses the modules of submissions.
    """
    report = SimilarityReport(missing=texts.missing)
    by_pair: dict[tuple[str, str], list[SimilarModules]] = defaultdict(list)
    given = [read_course_file(p) for path, p in course.given.items() if path.endswith(".py")]
    for name, of_kata in texts.by_kata.items():
        if name not in course.katas:
            report.missing += len(of_kata)
            continue
        kata = course.katas[name]
        found = compare_modules(name, kata.module, of_kata, [*_known_texts(kata), *given], read)
        report.compared += found.compared
        report.short += found.short
        report.common += found.common
        report.unreadable += len(found.unreadable)
        report.not_compared += [
            NotComparedModule(submission=submission, kata=name, reason=reason)
            for submission, reason in sorted(found.unreadable.items())
        ]
        for pair in found.pairs:
            by_pair[pair.submissions].append(pair)
    ordered = sorted(by_pair.items(), key=lambda item: (-sum(m.tokens for m in item[1]), item[0]))
    report.left_out = max(0, len(ordered) - MAX_PAIRS)
    report.pairs = [
        SimilarPair(first=names[0], second=names[1], modules=[_describe(m) for m in modules])
        for names, modules in ordered[:MAX_PAIRS]
    ]
    return report


def _known_texts(kata: Kata) -> list[str]:
    """Return the code of a kata that everybody may have: the stub's and the right solutions'."""
    return [
        read_course_file(path)
        for path in (kata.stub, kata.reference, *kata.variants())
        if path.is_file()
    ]


def _describe(pair: SimilarModules) -> SimilarModule:
    return SimilarModule(
        kata=pair.kata,
        module=pair.module,
        score=pair.score,
        tokens=pair.tokens,
        places=[SharedLines(LineSpan(*p.first), LineSpan(*p.second)) for p in pair.places],
    )
