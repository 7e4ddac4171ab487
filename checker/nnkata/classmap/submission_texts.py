"""Read the modules of a class again, for the comparison of code and for drafts of mistakes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from ..course.hashes import text_sha256
from ..grading.layouts import NeedsPersonError
from ..grading.submissions import OpenSubmission, find_submissions
from ..model import Verdict
from ..text.sanitize import escape_name


class ClassTexts(Struct):
    """The texts of modules that were graded, by kata and submission."""

    by_kata: dict[str, dict[str, str]]
    missing: int = 0
    """Modules that are missing, or have changed since they were graded."""


def read_texts(
    verdicts: Iterable[Verdict], folder: Path, open_submission: Callable[[Path], OpenSubmission]
) -> ClassTexts:
    """Return the texts of the graded modules from a folder of submissions; raises `KataError`.

    Equal texts are kept once. A module that was missing or is not written yet is left out.
    """
    wanted: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.sha256.get("module") and not _is_not_written(verdict):
            wanted[verdict.submission].append(verdict)
    texts = ClassTexts(defaultdict(dict))
    known: dict[str, str] = {}
    paths = {escape_name(path.name): path for path in find_submissions(folder, each=True)}
    for name, of_submission in wanted.items():
        try:
            submission = open_submission(paths[name]) if name in paths else None
        except NeedsPersonError:
            submission = None
        for verdict in of_submission:
            text = submission.read(verdict.module) if submission is not None else None
            sha = verdict.sha256["module"]
            if isinstance(text, str) and text_sha256(text) == sha:
                texts.by_kata[verdict.kata][name] = known.setdefault(sha, text)
            else:
                texts.missing += 1
    return texts


def _is_not_written(verdict: Verdict) -> bool:
    ran = [outcome for outcome in verdict.outcomes if outcome.outcome != "not_run"]
    return bool(ran) and all(outcome.is_not_written for outcome in ran)
