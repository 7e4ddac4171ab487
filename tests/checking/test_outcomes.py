"""Whatever a module does, its checks have an outcome in words, and the next check goes on."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.processes import descendants

from nnkata.model import Course, Outcome, Verdict
from nnkata.sandbox.fork_server import ForkServer
from nnkata.sandbox.pool import WorkerPool

GOOD = "\ndef g(x):\n    return x + 1\n"
CHECKS = '''
def test_doubles(solution):
    """f doubles a number."""
    assert_close(solution.f(2.0), 4.0)
    assert_close(solution.f(-1.0), -2.0)

def test_goes_on(solution):
    """g adds one, whatever f does."""
    assert solution.g(2) == 3
'''
PATIENT = {"seconds": 60.0, "total_seconds": 300.0, "memory_mb": 512}
HASTY = {"seconds": 1.0, "total_seconds": 300.0}


def forged(body: bytes) -> str:
    """Return a module whose f writes a frame to every descriptor that might be the wire."""
    return f"""
import os, struct
body = {body!r}
def forge():
    for fd in range(3, 10):
        try: os.write(fd, struct.pack(">I", len(body)) + body)
        except OSError: pass
def f(x):
    forge()
    return 2 * x
"""


def answer(*parts: Any) -> bytes:
    return msgspec.msgpack.encode(list(parts))


# module, outcome of its check, words of the message
IN_A_CALL: dict[str, tuple[str, str, str]] = {
    "nothing is wrong": ("def f(x): return 2 * x", "passed", ""),
    "null is read": (
        "import ctypes\ndef f(x): ctypes.string_at(0)", "crash", "crashed (SIGSEGV)"),
    "it aborts": ("import os\ndef f(x): os.abort()", "crash", "crashed (SIGABRT)"),
    "it ends itself": (
        "import os\ndef f(x): os._exit(3)", "crash", "the process ended itself (exit code 3)"),
    "it exits": ("import sys\ndef f(x): sys.exit(0)", "error", "tried to end the program"),
    "it quits at exit": (
        "import atexit, os\natexit.register(os._exit, 0)\ndef f(x): return 3 * x", "failed", ""),
    "it prints for ever": (
        "def f(x):\n while True: print('x' * 1000)", "limit", "it printed more than 1 MiB"),
    "it prints much at the end": (
        "import os\ndef f(x):\n for _ in range(40): os.write(1, b'x' * 32000)\n return 2 * x",
        "limit", "it printed more than 1 MiB"),
    "it prints a little": ("def f(x):\n print('hello')\n return 2 * x", "passed", ""),
    "it recurses": ("def f(x): return f(x)", "error", "RecursionError"),
    "it recurses in C": (
        ("import sys\nsys.setrecursionlimit(10**9)\nclass A:\n def __repr__(s): return repr(s)\n"
        "def f(x): return repr(A())"), "crash", "crashed (SIGSEGV)"),
    "it asks for too much at once": (
        "import numpy as np\ndef f(x): return np.ones(10**11)", "limit", "more memory than"),
    "it asks for ever more": (
        "def f(x):\n kept = []\n while True: kept.append(bytearray(10**7))",
        "limit", "more memory than"),
    "it fills memory with small things": (
        "def f(x):\n kept = []\n while True: kept.append([x] * 1000)", "limit", "more memory than"),
    "None": ("def f(x): pass", "failed", "got None (is a `return` missing?)"),
    "a text": ("def f(x): return 'junk'", "failed", "got a str, expected a number"),
    "its argument": ("def f(x): return x", "failed", ""),
    "an array": (
        "import numpy as np\ndef f(x): return np.ones((2, 3))", "failed", "got an array of shape"),
    "too few parameters": ("def f(): pass", "error", "TypeError: f() takes 0 positional"),
    "a missing name": ("", "failed", "net/part/a.py defines no `f`"),
    "a name that is not a function": ("f = 3", "error", "TypeError: 'int' object is not callable"),
    "a coroutine": ("async def f(x): return 2 * x", "failed", "`async def`"),
    "a generator": ("def f(x): yield 2 * x", "failed", "`yield`"),
    "a function": ("def f(x): return lambda: 2 * x", "failed", "got a function"),
    "a set": ("def f(x): return {x}", "failed", "got a set"),
    "an object": ("class A: pass\ndef f(x): return A()", "failed", "an object of the class A"),
    "a float that lies": (
        "class F(float):\n def __eq__(s, o): return True\n __hash__ = None\ndef f(x): return F(9)",
        "failed", "got an object of the class F (a subclass of float)"),
    "an array that lies": (
        ("import numpy as np\nclass A(np.ndarray):\n def __array_ufunc__(*a, **k): return True\n"
        "def f(x): return np.ones(1).view(A)"), "failed", "(a subclass of ndarray)"),
    "a huge text": ("def f(x): return 'x' * 50_000_000", "limit", "more than 16 MiB"),
    "a huge array": (
        "import numpy as np\ndef f(x): return np.zeros(10**7)", "limit", "more than 16 MiB"),
    "many small lists": ("def f(x): return [[]] * 1_100_000", "limit", "more than 1048576 values"),
    "a list of large arrays": (
        "import numpy as np\ndef f(x): return [np.zeros(10**6)]", "failed", "got a list"),
    "an array of twenty dimensions": (
        "import numpy as np\ndef f(x): return np.zeros((2,) * 18)", "failed", "an array of shape"),
    "a number of five thousand digits": ("def f(x): return 10**5000", "failed", ""),
    "a list of such numbers": ("def f(x): return [10**5000]", "failed", "got a list"),
    "a deep list": (
        "def f(x):\n for _ in range(1000): x = [x]\n return x", "failed", "more than 40 deep"),
    "a list in itself": ("def f(x):\n r = []\n r += [r, r]\n return r", "failed", "40 deep"),
    "a name of a million letters": (
        "def f(x): return type('A' * 10**6, (), {})()", "failed", "an object of the class AAAA"),
    "a class of its own": (
        "class Mine(ValueError): pass\ndef f(x): raise Mine('so')", "error", "Mine: so"),
    "a message that exits": (
        "class E(Exception):\n def __str__(s): raise SystemExit\ndef f(x): raise E()",
        "error", "E: (its message could not be created)"),
    "a message that is not plain text": (
        ("class S(str):\n def __getitem__(s, i): return 5\nclass E(Exception):\n"
        " def __str__(s): return S('hello')\ndef f(x): raise E()"), "error", "E: hello"),
    "a message with half a character": (
        r"def f(x): raise ValueError('\ud800')", "error", r"ValueError: \ud800"),
    "a message of a megabyte": ("def f(x): raise ValueError('x' * 10**6)", "error", "xxxx"),
    "a class that claims to be built in": (
        "class E(Exception):\n __module__ = 'builtins'\ndef f(x): raise E('x')", "error", "E: x"),
    "an exception that takes five": ("def f(x): b'\\xff'.decode()", "error", "UnicodeDecodeError"),
    "a group": ("def f(x): raise ExceptionGroup('g', [ValueError('a')])", "error", "Group: g"),
    "KeyboardInterrupt": ("def f(x): raise KeyboardInterrupt", "error", "KeyboardInterrupt"),
    "GeneratorExit": ("def f(x): raise GeneratorExit", "error", "GeneratorExit"),
    "StopIteration": ("def f(x): raise StopIteration", "error", "StopIteration"),
    "an AssertionError": ("def f(x): assert x > 9, 'mine'", "error", "AssertionError: mine"),
    "not written": ("def f(x): raise NotImplementedError('kata: f')", "error", "kata: f"),
    "descriptors closed": (
        "import os\ndef f(x):\n os.closerange(0, 10)\n return 2 * x", "crash", "the process"),
    "stdout closed": (("import os\nfor n in (1, 2):\n try: os.close(n)\n except OSError: pass\n"
        "def f(x): return 2 * x"), "", ""),
    "stdout replaced": (
        ("import sys\nclass S:\n def __getattr__(s, n): raise SystemExit\ndef f(x):\n"
        " sys.stdout = sys.stderr = S()\n return 2 * x"), "passed", ""),
    "stdout deleted": ("import sys\ndel sys.stdout\ndef f(x): return 2 * x", "passed", ""),
    "builtins replaced": (
        "import builtins\ndef f(x):\n builtins.len = builtins.isinstance = None\n return 2 * x",
        "crash", "the process ended itself"),
    "a thread left running": (
        ("import threading, time\ndef f(x):\n"
        " threading.Thread(target=time.sleep, args=(9**9,)).start()\n return 2 * x"), "passed", ""),
    "a recursion limit of 5": (
        "import sys\ndef f(x):\n sys.setrecursionlimit(40)\n return 2 * x", "", ""),
    "numpy's error state": (
        "import numpy as np\ndef f(x):\n np.seterr(all='raise')\n return 2 * x", "passed", ""),
    "numpy's exp replaced": (
        "import numpy as np\ndef f(x):\n np.asarray = np.dtype = np.ndarray = None\n return 2 * x",
        "", ""),
    "noise on the wire": (forged(b"\xff" * 9), "crash", "sent something unreadable"),
    "a length on the wire": (
        ("import os\ndef f(x):\n for n in range(3, 10):\n  try: os.write(n, b'\\xff' * 9)\n"
        "  except OSError: pass"), "limit", "it answered with more than 16 MiB"),
    "a forged answer": (forged(answer("ok", 5.0, [])), "failed", ""),
    "a forged handle": (forged(answer("ok", ["h"], [])), "crash", "unreadable"),
    "an unhashable handle": (forged(answer("ok", ["h", [], "V"], [])), "crash", "unreadable"),
    "a strange answer": (forged(answer("what", [], [])), "crash", "unreadable"),
    "an empty answer": (forged(answer("ok")), "crash", "unreadable"),
    "a forged exception": (forged(answer("raised", [])), "crash", "unreadable"),
    "an exception at no line": (
        forged(answer("raised", "ValueError", "E", "m", [["f", 1e300, "g"]], [])),
        "crash", "unreadable"),
    "an exception that is none": (
        forged(answer("raised", "print", "E", "m", [], [])), "error", "E: m"),
    "a forged change": (forged(answer("ok", 4.0, [["argument", 7, 1]])), "crash", "unreadable"),
    "a change of nothing": (forged(answer("ok", 4.0, [1])), "crash", "unreadable"),
    "a forged callback": (forged(answer("callback", 99, [])), "crash", "unreadable"),
    "a callback to nobody": (forged(answer("callback", "a", [["h"]])), "crash", "unreadable"),
    "a missing name of a megabyte": (
        forged(answer("missing", "x" * 10**5, [])), "failed", "xxxx"),
    "a map on the wire": (forged(msgspec.msgpack.encode({"a": 1})), "crash", "unreadable"),
}  # fmt: skip

HANGING: dict[str, tuple[str, str, str]] = {
    "a loop": ("def f(x):\n while True: pass", "timeout", "it was stopped after 1 second"),
    "a sleep": ("import time\ndef f(x): time.sleep(9**9)", "timeout", "stopped after 1 second"),
    "a long call in C": ("def f(x): return 7 ** 10**9", "timeout", "stopped after 1 second"),
    "a stop": ("import os\ndef f(x): os.kill(os.getpid(), 19)", "timeout", "stopped after"),
    "a wire that is read": (
        ("import os\ndef f(x):\n for n in range(3, 10):\n  try: os.read(n, 9)\n"
        "  except OSError: pass"), "timeout", "stopped after"),
    "a message that never comes": (
        "class E(Exception):\n def __str__(s):\n  while True: pass\ndef f(x): raise E",
        "timeout", "stopped after"),
    "a wide list in itself": (
        "def f(x):\n r = []\n r += [r] * 9\n return [r] * 9 and [[r] * 9] * 9", "", ""),
}  # fmt: skip

UNLOADABLE: dict[str, tuple[str, str, str]] = {
    "a loop at import": ("while True: pass", "timeout", "while the module was being loaded"),
    "exit at import": ("import sys\nsys.exit(3)", "raised", "SystemExit: 3"),
    "_exit at import": ("import os\nos._exit(0)", "crash", "the process ended itself"),
    "an exception at import": ("x = 1\n1 / 0", "raised", "ZeroDivisionError: division by zero"),
    "a syntax error": ("def f(x:\n    pass", "syntax", "'(' was never closed"),
    "tabs and spaces": ("def f(x):\n\tif x:\n        pass", "syntax", "inconsistent use of tabs"),
    "an import that is refused": (
        "import scipy.linalg", "refused_import", "the standard library only, not `scipy`"),
    "an import that cannot be spelled": (
        r"__import__('\ud800')", "refused_import", r"not `\ud800`"),
    "an exception in German": ("raise ValueError('größer als 0')", "raised", "Error: größer als 0"),
    "the checker": ("import nnkata", "refused_import", "not `nnkata`"),
    "the tests' runner": ("import pytest", "refused_import", "not `pytest`"),
    "a neighbour that is not needed": (
        "from .other import h", "refused_import", "neither given nor a module that"),
    "prints for ever": ("while True: print('x' * 1000)", "limit", "it printed more than 1 MiB"),
    "too much memory": ("x = bytearray(10**12)", "raised", "MemoryError"),
    "half a character": (r"raise ValueError('\udfff')", "raised", r"ValueError: \udfff"),
    "a forged account": (
        forged(answer("unloaded", "raised", "x", [1], 1e308)) + "forge()", "raised", "x"),
    "an account of nothing": (forged(answer("unloaded")) + "forge()", "raised", "loaded"),
}  # fmt: skip


@pytest.fixture
def course(lab: Any) -> Callable[[dict[str, Any]], Course]:
    def made(limits: dict[str, Any]) -> Course:
        kata: dict[str, Any] = {"reference": "def f(x): return 2 * x" + GOOD, "exports": ["f", "g"]}
        other = {"reference": "def h(): pass", "exports": ["h"], "checks": CHECKS}
        wrong = '"""You raise."""\ndef f(x):\n    f2 = x\n    raise ValueError(f2)' + GOOD
        kata |= {"checks": CHECKS, "limits": limits, "mistakes": {"raises": wrong}}
        both: Course = lab.course({"a": kata, "other": other})
        return both

    return made


@pytest.fixture(scope="module")
def open_pool() -> Iterator[WorkerPool]:
    """Give workers without protection, as on systems that offer none."""
    with WorkerPool(ForkServer(level=0)) as pool:
        yield pool


def traces() -> tuple[set[int], int, set[str]]:
    """Return what a run could leave behind: processes, descriptors, temporary folders."""
    folders = {p.name for p in Path(tempfile.gettempdir()).glob("nnkata-*")}
    return set(descendants()), len(os.listdir("/proc/self/fd")), folders  # noqa: PTH208


def nothing_left(before: tuple[set[int], int, set[str]]) -> None:
    """Fail when a process or a descriptor is left; processes get a while to be gone."""
    deadline = time.monotonic() + 20
    while set(descendants()) - before[0] and time.monotonic() < deadline:
        time.sleep(0.01)
    after = traces()
    assert not after[0] - before[0]
    assert after[1] <= before[1]


def verdict_of(lab: Any, course: Course, text: str) -> Verdict:
    """Return the verdict on a module, after a run that left nothing behind."""
    lab.pool.server.protection()  # it is there before anything is counted
    before = traces()
    verdict: Verdict = lab.verdict(course, "a", text + GOOD)
    nothing_left(before)
    msgspec.json.encode(verdict)
    return verdict


def judged(lab: Any, course: Course, text: str) -> tuple[Outcome, Outcome]:
    """Return the outcomes of the two checks, after a run that left nothing behind."""
    verdict = verdict_of(lab, course, text)
    first, second = verdict.outcomes
    assert verdict.load is None, verdict.load
    return first, second


def fits(outcome: Outcome, name: str, words: str) -> None:
    if name:
        assert outcome.outcome == name, outcome
        assert words in (outcome.message or ""), outcome
    assert outcome.outcome != "broken"
    assert outcome.outcome == "passed" or outcome.message or outcome.got
    assert len(outcome.message or "") < 5000


@pytest.mark.parametrize("name", IN_A_CALL)
def test_a_call_has_an_outcome_in_words_and_the_next_check_goes_on(
    name: str, lab: Any, course: Any
) -> None:
    text, outcome, words = IN_A_CALL[name]
    first, second = judged(lab, course(PATIENT), text)
    fits(first, outcome, words)
    assert second.outcome == "passed", second


@pytest.mark.parametrize("name", HANGING)
def test_what_hangs_is_stopped_and_the_next_check_goes_on(name: str, lab: Any, course: Any) -> None:
    text, outcome, words = HANGING[name]
    for seconds in (1.0, 5.0, 20.0):  # a busy machine may need long to load the module
        verdict = verdict_of(lab, course(HASTY | {"seconds": seconds}), text)
        first, second = verdict.outcomes
        if verdict.load is None and second.outcome != "timeout":
            break
    words = words if seconds == 1.0 else words.replace("1 second", f"{seconds:g} seconds")
    fits(first, outcome, words)
    assert second.outcome == "passed", second


@pytest.mark.parametrize("name", UNLOADABLE)
def test_a_module_that_cannot_be_loaded_says_why_and_no_check_is_run(
    name: str, lab: Any, course: Any
) -> None:
    text, kind, words = UNLOADABLE[name]
    before = traces()
    verdict = lab.verdict(course(HASTY if kind == "timeout" else PATIENT), "a", text)
    nothing_left(before)
    msgspec.json.encode(verdict)
    assert verdict.load is not None
    assert verdict.load.kind == kind
    assert words in verdict.load.message
    assert [o.outcome for o in verdict.outcomes] == ["not_run", "not_run"]
    assert (verdict.points, verdict.max_points, verdict.passed) == (0, 2, False)


def test_the_line_of_what_cannot_be_loaded_is_named(lab: Any, course: Any) -> None:
    for text in ("x = 1\n\n1 / 0\n", "x = 1\n\nimport scipy\n", "x = 1\n\ny = = 2\n"):
        verdict = lab.verdict(course(PATIENT), "a", text)
        assert (verdict.load.file, verdict.load.line) == ("part/a.py", 3)


UNPROTECTED: dict[str, tuple[str, str, str]] = {
    "children left behind, each in a session of its own": (
        ("import os, time\ndef f(x):\n"
        " for _ in range(4):\n  if os.fork(): break\n  os.setsid()\n else: time.sleep(9**9)\n"
        " if os.getppid() != PARENT: time.sleep(9**9)\n return 2 * x\nPARENT = os.getppid()"),
        "passed", ""),
    "a child that answers too": (
        "import os\ndef f(x):\n os.fork()\n return 2 * x", "", ""),
    "the server is killed": (
        "import os\ndef f(x):\n os.kill(os.getppid(), 9)\n import time\n time.sleep(9**9)",
        "crash", "the fork server that started it too"),
    "its own group is killed": (
        "import os\ndef f(x): os.killpg(0, 9)", "limit", "the system stopped it"),
    "a child that prints for ever": (
        ("import os\ndef f(x):\n if os.fork() == 0:\n  os.setsid()\n  while True:\n"
        "   os.write(1, b'x' * 60000)\n return 2 * x"), "", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", UNPROTECTED)
def test_without_any_protection_the_grader_still_goes_on(
    name: str, lab: Any, course: Any, open_pool: WorkerPool
) -> None:
    lab.make_pool = lambda: open_pool
    text, outcome, words = UNPROTECTED[name]
    first, second = judged_open(lab, course(PATIENT), text)
    fits(first, outcome, words)
    assert second.outcome == "passed" or name.startswith("a child"), second
    first, second = judged_open(lab, course(PATIENT), "def f(x): return 2 * x")
    assert (first.outcome, second.outcome) == ("passed", "passed")


def judged_open(lab: Any, course: Course, text: str) -> tuple[Outcome, Outcome]:
    """Do as `judged`, where the server itself may have been killed and started again."""
    lab.pool.server.protection()
    before = set(descendants())
    verdict: Verdict = lab.verdict(course, "a", text + GOOD)
    deadline = time.monotonic() + 20
    while len(set(descendants()) - before) > 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    left = set(descendants()) - before
    assert left <= {lab.pool.server.pid}
    first, second = verdict.outcomes
    return first, second


def test_output_is_shown_beside_the_check_that_printed_it(lab: Any, course: Any) -> None:
    first, second = judged(lab, course(PATIENT), IN_A_CALL["it prints a little"][0])
    assert first.output == "hello\nhello\n"
    assert second.output is None


def test_what_a_module_prints_while_it_loads_is_shown_once_a_check(lab: Any, course: Any) -> None:
    text = "print('loading')\ndef f(x): return 2 * x"
    first, second = judged(lab, course(PATIENT), text)
    assert (first.output, second.output) == ("loading\n", "loading\n")


def test_each_check_starts_from_the_same_state(lab: Any) -> None:
    """Numpy's error state, the global generators and the recursion limit are put back."""
    text = """
import random, sys
import numpy as np

def state():
    seen = [np.geterr()["over"], random.random(), float(np.random.random())]
    seen.append(float(sys.getrecursionlimit()))
    np.seterr(all="raise")
    np.random.seed(3)
    random.seed(3)
    sys.setrecursionlimit(5000)
    sys.stdout = None
    return seen
"""
    checks = 'def test_{0}(solution):\n    """State {0}."""\n    solution.state()\n'
    kata = {"reference": text, "exports": ["state"], "checks": "".join(map(checks.format, "abc"))}
    run = lab.run(lab.course({"a": kata}), "a", text)
    a, b, c = [check.answers for check in run.checks]
    assert a == b == c
    assert a[0][-1][0] == "ok"


def test_when_the_time_of_a_kata_is_used_up_the_rest_is_not_run(lab: Any, course: Any) -> None:
    limits = {"seconds": 60.0, "total_seconds": 0.5}
    verdict = lab.verdict(course(limits), "a", "def f(x):\n while True: pass" + GOOD)
    assert [o.outcome for o in verdict.outcomes] == ["timeout", "not_run"]
    assert verdict.outcomes[1].message == "the time of this kata is used up: 0.5 s"


def test_answers_that_are_too_large_together_are_a_limit(lab: Any) -> None:
    text = "import numpy as np\ndef f(): return np.zeros(2**20)"
    checks = 'def test_a(solution):\n    """A."""\n    for _ in range(40): solution.f()\n'
    kata = {"reference": text, "exports": ["f"], "checks": checks, "limits": PATIENT}
    verdict = lab.verdict(lab.course({"a": kata}), "a", text)
    assert verdict.outcomes[0].outcome == "limit"
    assert "its answers to one check are too large in total" in (verdict.outcomes[0].message or "")


def test_calling_back_without_end_is_a_timeout(lab: Any) -> None:
    text = "def f(g):\n    while True: g(1.0)"
    checks = 'def test_a(solution):\n    """A."""\n    solution.f(lambda x: x)\n'
    kata = {"reference": text, "exports": ["f"], "checks": checks, "limits": HASTY}
    verdict = lab.verdict(lab.course({"a": kata}), "a", text)
    assert verdict.outcomes[0].outcome in ("timeout", "limit")


def test_a_loop_of_a_check_is_not_ended_by_the_module(lab: Any) -> None:
    """StopIteration from a module would end `for … in map(…)` without a word."""
    checks = '''
def test_a(solution):
    """f doubles."""
    for got, x in zip(map(solution.f, [1.0, 2.0]), [1.0, 2.0], strict=False):
        assert_close(got, 2 * x)
'''
    kata = {"reference": "def f(x): return 2 * x", "exports": ["f"], "checks": checks}
    verdict = lab.verdict(lab.course({"a": kata}), "a", "def f(x): raise StopIteration('x')")
    assert verdict.outcomes[0].outcome == "error"
    assert verdict.outcomes[0].message == "StopIteration: x"


def test_a_check_that_is_wrong_itself_is_broken_and_one_that_stumbles_is_not(lab: Any) -> None:
    checks = '''
def test_before_any_call(solution):
    """It is broken before any call."""
    undefined

def test_after_a_call(solution):
    """It is broken after a call too."""
    solution.f(1.0) + undefined

def test_stumbles(solution):
    """It stumbles over a text."""
    assert solution.f(1.0) + 1 == 3.0
'''
    kata = {"reference": "def f(x): return 2 * x", "exports": ["f"], "checks": checks}
    course = lab.course({"a": kata})
    for text, last in (("def f(x): return 2 * x", "passed"), ("def f(x): return 'x'", "failed")):
        verdict = lab.verdict(course, "a", text)
        assert [o.outcome for o in verdict.outcomes] == ["broken", "broken", last]


def test_closing_leaves_no_process_no_descriptor_and_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = traces()
    with WorkerPool() as pool:
        workers = [pool.fork() for _ in range(3)]
        workers[0].end()
        assert len(traces()[2] - before[2]) == 1
    for worker in workers[1:]:
        worker.end()
    after = traces()
    assert after[0] <= before[0]
    assert after[1] <= before[1]
    assert after[2] <= before[2]
