"""Each claim of the threat model names a test that would fail if the claim were untrue."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from nnkata.checking import budget, proxy, python_source
from nnkata.classmap import confined
from nnkata.files import MAX_BYTES
from nnkata.grading import archives
from nnkata.model import Limits
from nnkata.sandbox import fork_server, worker_client
from nnkata.sandbox.child.credentials import WORKER_USERS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "grader" / "threat-model.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
WITHOUT_CLAIMS = {"Who is trusted", "What is not protected"}
"""Sections that say what is trusted and what is not protected, which no test can refute."""
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
WORDS = {2: "two", 3: "three", 4: "four", 40: "forty"}
MIB = 2**20
ONLY_A_LIST = {
    "Its own module.",
    "The probes of its kata, which contain no expected values, and the arguments that checks pass.",
}
"""What a submission may read, which is not a promise."""


def claims() -> list[str]:
    """Return the items of the sections that promise something."""
    found = []
    for section in PAGE.split("\n## ")[1:]:
        title, _, text = section.partition("\n")
        if title in WITHOUT_CLAIMS:
            continue
        text = re.sub(r"^\|.*\n", "", text, flags=re.MULTILINE)  # the tables belong to an item
        items = re.split(r"\n(?=- )", text)
        assert not items[0].strip(), f"{title}: a claim that is not an item of a list: {items[0]}"
        found += [" ".join(item.removeprefix("- ").split()) for item in items[1:]]
    return found


def test_each_claim_names_a_test() -> None:
    assert len(claims()) > 20
    assert len(set(claims())) == len(claims()), "a claim is made twice"
    unproven = [claim for claim in claims() if not NAMED.search(claim)]
    assert set(unproven) == ONLY_A_LIST


@pytest.mark.parametrize("name", sorted({"::".join(found) for found in NAMED.findall(PAGE)}))
def test_each_named_test_exists(name: str) -> None:
    file, _, function = name.partition("::")
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_the_figures_are_those_of_the_program() -> None:
    page, security = (" ".join(text.split()) for text in (PAGE, SECURITY))
    limits = Limits()
    users = f"from {WORKER_USERS.start} to {WORKER_USERS.stop - 1}"
    figures = [
        f"plain UTF-8 files up to {MAX_BYTES // MIB} MiB",
        (
            f"a limit of {archives.PROCESSOR_SECONDS} seconds of processor time and "
            f"{archives.MEMORY_MB} MiB"
        ),
        f"at most {archives.MAX_REFUSED} refused names",
        (
            f"a limit of {confined.LIMITS.processor_seconds} seconds of processor time and "
            f"{confined.LIMITS.memory_mb} MiB; one worker parses many modules"
        ),
        f"of at most {python_source.MAX_NUMBERS:,} numbers".replace(",", " "),
        f"an environment of {WORDS[len(fork_server.ENVIRONMENT)]} variables",
        (
            f"The defaults are {limits.total_seconds:g} s of wall-clock time, "
            f"{limits.total_seconds:g} s of processor time, {limits.memory_mb} MiB for the worker "
            f"and the growth of the grader together, and {budget.RESULT_BYTES // MIB} MiB of "
            "answers"
        ),
        (
            f"`kata check` waits for {WORDS[budget.TIMEOUTS]} timeouts per kata, `kata grade` for "
            f"{WORDS[budget.TIMEOUTS_WITH_RETRY]}."
        ),
        f"Answers to one check may take {proxy.TRANSCRIPT_BYTES // MIB} MiB",
        f"with an id of its own {users}",
    ]
    assert [words for words in figures if words not in page] == []
    watched = WORDS[round(1 / worker_client.WATCH_SECONDS)]
    for words in (f"checks the memory of a worker {watched} times a second", f"an id {users}"):
        assert words in security


def test_the_limitations_are_said_to_whoever_reports_a_problem() -> None:
    for words in (
        "| level | what it adds | what it does not cover |", "- **One host kernel.**",
        "- **Limits shared by one user.**", "- **Borrowed modules can be read.**",
    ):  # fmt: skip
        assert words in SECURITY
