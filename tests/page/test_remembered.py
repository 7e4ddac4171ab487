"""The last verdict is kept with the workspace, whatever a module put into it."""

from __future__ import annotations

import pytest

from nnkata.model import Outcome, Verdict
from nnkata.workspace.workspace import OUTPUT_KEPT, Workspace

from .hostile import HOSTILE, poisoned

VERDICT = Verdict(
    submission="ada",
    kata="softmax",
    module="forward/softmax.py",
    passed=False,
    points=1,
    max_points=2,
    outcomes=[
        Outcome(check="a", sentence="A holds.", outcome="failed", call="f(1)", got="2", output="x"),
        Outcome(check="b", sentence="B holds.", outcome="passed", points=1),
    ],
    sha256={"module": "m", "checks": "c"},
)


@pytest.mark.parametrize("text", [t for n, t in HOSTILE.items() if "lines" not in n], ids=len)
def test_a_verdict_comes_back_as_it_was(text: str, workspace: Workspace) -> None:
    kata = workspace.course.katas["softmax"]
    verdict = poisoned(VERDICT, text)
    verdict.sha256 = VERDICT.sha256
    verdict.outcomes[0].call = VERDICT.outcomes[0].call  # it is written by us
    verdict.outcomes[0].output = text[:OUTPUT_KEPT]
    workspace.remember(kata, verdict)
    assert workspace.last_verdict(kata) == verdict


def test_only_the_beginning_of_what_was_printed_is_kept(workspace: Workspace) -> None:
    kata = workspace.course.katas["softmax"]
    VERDICT.outcomes[0].output = "y" * (OUTPUT_KEPT + 1)
    workspace.remember(kata, VERDICT)
    kept = workspace.last_verdict(kata)
    assert kept is not None
    assert kept.outcomes[0].output == "y" * OUTPUT_KEPT
    VERDICT.outcomes[0].output = "x"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"kata": 1}', "null"])
def test_a_verdict_that_cannot_be_read_counts_as_none(text: str, workspace: Workspace) -> None:
    workspace.progress.store_verdict("softmax", text)
    assert workspace.last_verdict(workspace.course.katas["softmax"]) is None
