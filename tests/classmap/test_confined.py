"""A worker parses the modules of a class, and the grader pays nothing for a hostile one."""

from __future__ import annotations

import ast
import json
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.attacks.harness import attacks

from nnkata.classmap import confined
from nnkata.classmap.confined import LIMITS, Drafter, TokenReader
from nnkata.classmap.draft_code import UndraftableError
from nnkata.classmap.similarity import compare_modules
from nnkata.classmap.syntax_tokens import MAX_TOKENS, UnreadableModuleError, read_tokens
from nnkata.sandbox.pool import WorkerPool
from nnkata.sandbox.program import engine_texts

from .cohorts import hand_in
from .test_classmap_command import COHORT, KATA, run

HOSTILE = {
    "parentheses": "x = " + "(" * 90_000 + "1" + ")" * 90_000 + "\n",
    "open_parentheses": "(" * 90_000,
    "minus": "x = " + "-" * 199_000 + "1\n",
    "inverted": "x = " + "~" * 199_000 + "1\n",
    "attributes": "x = a" + ".b" * 99_000 + "\n",
    "sum": "x = 1" + "+1" * 99_000 + "\n",
    "calls": "x = f" + "()" * 99_000 + "\n",
    "subscripts": "x = f" + "[0]" * 66_000 + "\n",
    "comparisons": "x = 1" + "<1" * 99_000 + "\n",
    "lambdas": "x = " + "lambda:" * 28_000 + "1\n",
    "conditions": "x = " + "1 if 1 else " * 16_000 + "1\n",
    "branches": "if x: pass\n" + "elif x: pass\n" * 15_000,
    "blocks": "".join(" " * n + "if x:\n" for n in range(99)) + " " * 99 + "pass\n",
    "statements": "x = y\n" * 33_000,
    "names": "x=" * 99_000 + "1\n",
    "null": "x = 1\0\n",
    "surrogate": "x = '\udc80'\n",
    "long": "#" * 200_001,
}
PATIENT = msgspec.structs.replace(LIMITS, seconds=300.0)
"""The limits without the one that a busy machine reaches first."""
ONE_SECOND = msgspec.structs.replace(PATIENT, processor_seconds=1)
SPY = """
import os, socket

def works(act):
    try:
        act()
    except OSError:
        return False
    return True

def read_tokens_or_reason(text):
    acts = [
        lambda: open("/etc/passwd").read(), lambda: open("/tmp/nnkata-spied", "w"),
        lambda: os.listdir("/proc/1"), socket.socket, os.fork,
    ]
    return (), (), str([works(act) for act in acts])
"""
PLAIN = "def f(x):\n    return x + 1\n"


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool() as pool:
        yield pool


@pytest.fixture
def reader(pool: WorkerPool) -> Iterator[TokenReader]:
    with closing(TokenReader(pool)) as made:
        yield made


def replace_parser(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let workers run another program in place of the parser, as if a module had taken it over."""

    def texts(*modules: str) -> dict[str, str]:
        return engine_texts(*modules) | {modules[-1]: text}

    monkeypatch.setattr(confined, "engine_texts", texts)


def outcome(function: Callable[..., Any], *arguments: str) -> Any:
    """Return what a function returns, or the message of its error."""
    try:
        return function(*arguments)
    except (UnreadableModuleError, UndraftableError) as error:
        return str(error)


def reason(reader: TokenReader, text: str = PLAIN) -> str:
    with pytest.raises(UnreadableModuleError) as raised:
        reader(text)
    return str(raised.value)


def test_the_tokens_are_those_of_the_parser(reader: TokenReader) -> None:
    texts = [attack.text for attack in attacks() if attack.text]
    assert len(texts) > 130
    for text in texts:
        assert outcome(reader, text) == outcome(read_tokens, text)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_module_costs_the_grader_nothing_and_the_next_one_is_read(
    name: str, reader: TokenReader
) -> None:
    reader(PLAIN)
    before = resource.getrusage(resource.RUSAGE_SELF)
    came = outcome(reader, HOSTILE[name])
    if isinstance(came, str):
        assert came.startswith(
            ("Python cannot read it: ", "it is longer than", "it has more than", "parsing it takes")
        )
    else:
        assert len(came.codes) <= MAX_TOKENS
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1
    assert after.ru_maxrss - before.ru_maxrss < 40_000
    assert reader(PLAIN) == read_tokens(PLAIN)


def test_the_grader_itself_parses_no_module_of_a_submission(
    reader: TokenReader, pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **named: object) -> None:
        raise AssertionError("the grader itself parsed a module")

    monkeypatch.setattr(ast, "parse", fail)
    found = compare_modules("one", "part/one.py", {"ada": PLAIN, "ben": PLAIN}, [], reader)
    assert found.short == 2
    with closing(Drafter(pool)) as drafter:
        parts = drafter.differences(PLAIN, PLAIN.replace("1", "2"))
        assert parts == ["def f(x):\n    return x + 2"]
        assert drafter.trim(PLAIN, "\n".join(parts), lambda module: "2" in module) == parts


def test_a_parser_that_takes_too_long_is_a_reason(
    pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_parser(monkeypatch, "def read_tokens_or_reason(text):\n    while True: pass\n")
    with closing(TokenReader(pool, ONE_SECOND)) as reader:
        assert reason(reader).startswith("parsing it takes more than 1 s of processor time")


def test_a_parser_that_takes_too_much_memory_is_a_reason(
    pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    hoard = "import time\ndef read_tokens_or_reason(text):\n    hoard = []\n"
    hoard += "    for _ in range(60):\n        hoard.append(b'x' * 2**23)\n    time.sleep(300)\n"
    replace_parser(monkeypatch, hoard)
    with closing(TokenReader(pool, PATIENT)) as reader:
        assert "384 MiB of memory" in reason(reader)


def test_a_parser_that_crashes_is_a_reason(
    pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_parser(monkeypatch, "import os\ndef read_tokens_or_reason(text):\n    os.abort()\n")
    with closing(TokenReader(pool)) as reader:
        assert reason(reader).startswith("the process that was parsing it failed")


def test_whatever_takes_over_the_parser_is_confined_as_a_submission_is(
    pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_parser(monkeypatch, SPY)
    with closing(TokenReader(pool)) as reader:
        assert reason(reader) == str([False] * 5)


@pytest.mark.parametrize(
    "answer",
    ["None", "()", "((), ())", "((1,), (), '')", "(('a',), (1,), '')", "([1], [1], '')",
     "((1,) * 20001, (1,) * 20001, '')", "((), (), 5)"],
)  # fmt: skip
def test_a_forged_answer_is_no_answer(
    answer: str, pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_parser(monkeypatch, f"def read_tokens_or_reason(text):\n    return {answer}\n")
    with closing(TokenReader(pool)) as reader:
        assert reason(reader) == "the process that read it gave no result"


def test_many_modules_have_at_least_half_of_the_time_each(
    pool: WorkerPool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Together they take more processor time than one worker may have."""
    work = "import time\ndef read_tokens_or_reason(text):\n"
    work += "    end = time.process_time() + 0.7\n    while time.process_time() < end: pass\n"
    replace_parser(monkeypatch, work + "    return (), (), ''\n")
    limits = msgspec.structs.replace(PATIENT, processor_seconds=3)
    with closing(TokenReader(pool, limits)) as reader:
        for _ in range(5):
            assert reader(PLAIN).codes == ()


@pytest.mark.parametrize("name", HOSTILE)
def test_no_draft_is_made_of_a_hostile_module(name: str, pool: WorkerPool) -> None:
    with closing(Drafter(pool)) as drafter:
        came = outcome(drafter.differences, PLAIN, HOSTILE[name])
        assert came
        assert sum(map(len, came)) < 2 * len(HOSTILE[name]) + 100


def test_a_draft_of_very_many_definitions_is_not_shortened_for_ever(pool: WorkerPool) -> None:
    code = "".join(f"def __f{number}__(): pass\n" for number in range(500))
    tried: list[str] = []

    def reproduces(module: str) -> bool:
        tried.append(module)
        return True

    with closing(Drafter(pool)) as drafter, pytest.raises(UndraftableError):
        drafter.trim(PLAIN, code, reproduces)
    assert 1 < len(tried) <= confined.MAX_TRIALS


def test_two_modules_that_repeat_a_statement_are_compared_in_a_moment() -> None:
    one = "x = y\n" * 6000
    start = time.process_time()
    found = compare_modules("one", "m", {"ada": one, "ben": f"{one}z = 1\n"}, [], read_tokens)
    assert [pair.submissions for pair in found.pairs] == [("ada", "ben")]
    assert time.process_time() - start < 5


@pytest.fixture
def graded(lab: Any, tmp_path: Path) -> Path:
    """Grade a cohort with two hostile modules, of which one loads."""
    lab.install(lab.write_course({"one": KATA}))
    cohort = COHORT | {"fay": HOSTILE["open_parentheses"], "gus": "x = y = 0\n" * 19_000}
    for name, text in cohort.items():
        hand_in(tmp_path / "handed-in", name, "part/one.py", text)
    done = run("grade", tmp_path / "handed-in", "--each", "--jobs", "1", "--json", "--seed", "7")
    assert done.exit_code == 0, done.output
    (tmp_path / "result.json").write_text(done.stdout, encoding="utf-8")
    return tmp_path


def test_the_map_names_what_was_not_compared_and_why(graded: Path) -> None:
    page = graded / "map.html"
    words = "classmap", graded / "result.json", "--submissions", graded / "handed-in"
    done = run(*words, "--html", page)
    assert done.exit_code == 0, done.output
    shown = " ".join(done.stdout.split())
    assert "4 too short · 3 not readable" in shown
    nodes = "gus, one: not compared: it has more than 20000 nodes in its syntax tree"
    syntax = "fay, one: not compared: Python cannot read it: "
    text = page.read_text(encoding="utf-8")
    for line in (nodes, syntax, "eve, one: not compared: Python cannot read it: SyntaxError"):
        assert line in shown
        assert line in text
    report = json.loads(run(*words, "--json").stdout)["similarity"]
    assert [entry["submission"] for entry in report["not_compared"]] == ["eve", "fay", "gus"]
    assert {entry["kata"] for entry in report["not_compared"]} == {"one"}
