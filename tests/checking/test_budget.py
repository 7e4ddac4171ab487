"""What one submission may cost: time, processor time, memory and answers, for one kata."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import msgspec
import pytest

from nnkata.checking.assessor import Assessor
from nnkata.checking.budget import Budget
from nnkata.checking.diagnosis import SearchEndedError, remove_prerequisite_failures
from nnkata.checking.pytest_session import Checks
from nnkata.checking.reveal import redact
from nnkata.checking.runner import KataRun, KataRunner
from nnkata.checking.runtime import Bundle, Submission
from nnkata.course.hashes import worker_seed
from nnkata.model import Diagnosis, Limits, Verdict
from nnkata.reporters.terminal import write_verdict
from nnkata.text.layout import TextWriter

CHECKS = "\n".join(
    f'''
def test_number_{n}(solution, rng):
    """f doubles {n}."""
    assert_close(solution.f({n}.0), {2 * n}.0)
'''
    for n in range(6)
)
REFERENCE = "def f(x): return 2 * x\n"
WRONG = '"""You add."""\ndef f(x): return x + 3.0\n'
LOOPS = "def f(x):\n while True: pass\n"
NEED = {"reference": "def g(x): return x\n", "exports": ["g"], "checks": CHECKS}
USES = "from .b import g\ndef f(x): return 2 * g(x)\n"
PATIENT = {"seconds": 60.0, "total_seconds": 600.0}
"""For modules that are never late: a busy machine costs them nothing."""
SPENT = "the time of this kata is used up: "


def kata(**more: Any) -> dict[str, Any]:
    table = {"reference": REFERENCE, "exports": ["f"], "checks": CHECKS, "limits": PATIENT}
    return table | {"mistakes": {"adds": WRONG}} | more


def submission(course: Any, text: str, **own: str) -> Submission:
    texts = {"part/a.py": text} | {f"part/{name}.py": own[name] for name in own}
    return Submission("ada", texts.__getitem__, frozenset(own))


def judged(lab: Any, text: str, own: Any = None, retry: bool = False, **table: Any) -> Verdict:
    """Return the verdict on a module that is late in its calls.

    On a busy machine, loading it may take longer than a check may. Then no check was run, and
    nothing is known about them, so it is judged again with more time.
    """
    for seconds in (1.5, 6.0, 24.0):
        one = kata(limits={"seconds": seconds, "total_seconds": 600.0}, **table)
        needs = {name: {**NEED, "limits": one["limits"]} for name in table.get("needs", ())}
        course = lab.course(needs | {"a": one})
        assessor = Assessor(course, Checks([course.katas["a"]]), lab.pool, retry=retry)
        handed_in = submission(course, text, **(own or {}))
        verdict = assessor.assess(course.katas["a"], handed_in, 7, slow_checks="always")
        if verdict.load is None or verdict.load.kind != "timeout":
            break
    assert verdict.load is None, verdict.load
    return verdict


@pytest.mark.parametrize(("retry", "waits"), [(False, 2), (True, 3)])
def test_few_timeouts_are_waited_for(lab: Any, retry: bool, waits: int) -> None:
    verdict = judged(lab, LOOPS, retry=retry)
    outcomes = [o.outcome for o in verdict.outcomes]
    assert outcomes == ["timeout"] * waits + ["not_run"] * (6 - waits)
    assert verdict.outcomes[-1].message == f"{SPENT}{waits} checks did not finish in time"
    assert (verdict.diagnoses, verdict.blame) == ([], None)


def test_after_a_timeout_no_cause_is_looked_for(lab: Any) -> None:
    course = lab.course({"a": kata()})
    assessor = Assessor(course, Checks([course.katas["a"]]), lab.pool)
    wrong = "def f(x): return x + 3.0\n"
    assert assessor.assess(course.katas["a"], submission(course, wrong), 7).diagnoses
    lab.patch.setattr("nnkata.checking.diagnosis.find_mistakes", None)  # it would be an error now
    verdict = judged(lab, "def f(x):\n while x == 5.0: pass\n return x + 3.0\n")
    outcomes = [o.outcome for o in verdict.outcomes]
    assert (set(outcomes[:-1]), outcomes[-1]) == ({"failed", "passed"}, "timeout")  # 3 + 3 is right
    assert (verdict.diagnoses, verdict.blame, verdict.search_ended) == ([], None, None)


def test_prerequisites_that_loop_cost_two_timeouts(lab: Any) -> None:
    forks: list[Any] = []
    fork = lab.pool.fork

    def counted() -> Any:
        forks.append(fork())
        return forks[-1]

    lab.patch.setattr(lab.pool, "fork", counted)
    lab.patch.setattr("nnkata.checking.diagnosis.find_faulty_prerequisite", None)  # it would wait
    loops = {"b": "def g(x):\n while True: pass\n"}
    verdict = judged(lab, USES, loops, reference=USES, needs=["b"])
    assert [o.outcome for o in verdict.outcomes] == ["timeout"] * 2 + ["not_run"] * 4
    assert len(forks) <= 3 + 2  # on a busy machine, one for each time that it could not be loaded


@pytest.mark.parametrize("ending", ["return x + 3.0", "os._exit(1)"])
def test_all_checks_together_have_the_total_time(ending: str, lab: Any) -> None:
    """Also where a worker ends itself, which on some systems hides its processor time."""
    for total in (1.0, 4.0, 16.0):  # a busy machine may need long to load the module
        course = lab.course({"a": kata(limits={"seconds": 600.0, "total_seconds": total})})
        text = f"import time, os\ndef f(x):\n time.sleep({0.4 * total})\n {ending}\n"
        assessor = Assessor(course, Checks([course.katas["a"]]), lab.pool)
        checked = assessor.check(course.katas["a"], submission(course, text), 7)
        if checked.verdict.load is None:
            break
    assert checked.verdict.outcomes[-1].message == f"{SPENT}{total:g} s"
    assert checked.budget is not None
    assert checked.budget.spent()
    assert assessor.diagnose(checked).diagnoses == []


def test_what_the_grader_grows_by_counts_from_the_first_worker_on(lab: Any) -> None:
    """A module whose every worker is small may still fill the grader with its answers."""
    course = lab.course({"a": kata()})
    runner = KataRunner(Checks([course.katas["a"]]), course, course.katas["a"], lab.pool, 7)
    bundle = lab.bundle(course, "a", REFERENCE)
    for growth, kind in ((0, None), (2**40, "limit")):
        runner.budget = Budget(course.katas["a"].file.limits)
        runner.budget.memory_at_start -= growth
        load = runner.run(bundle).load
        assert (load.kind if load else None) == kind


class Screen(TextWriter):
    """Keeps the lines, each with the names of its styles."""

    def __init__(self) -> None:
        super().__init__(80)
        self.lines: list[tuple[str, list[str]]] = []

    def put(self, text: str, **style: Any) -> None:
        self.lines.append((text, list(style)))


def test_a_search_that_ends_early_is_said(lab: Any) -> None:
    slow = '"""You add."""\nimport time\ndef f(x):\n    time.sleep(0.4)\n    return x + 3.0\n'
    limits = {"seconds": 5.0, "total_seconds": 1.5}
    course = lab.course({"a": kata(limits=limits, mistakes={"adds": slow})})
    verdict = lab.verdict(course, "a", "def f(x): return x + 3.0\n")
    assert (verdict.diagnoses, verdict.search_ended) == ([], f"{SPENT}1.5 s")
    screen = Screen()
    write_verdict(screen, verdict)
    assert (f"The search for the cause ended early: {SPENT}1.5 s.", ["dim"]) in screen.lines
    assert redact(verdict, "message").search_ended == verdict.search_ended
    assert redact(verdict, "name").search_ended is None
    earlier = msgspec.to_builtins(verdict)
    del earlier["search_ended"]  # earlier versions did not write it
    assert msgspec.convert(earlier, Verdict).search_ended is None
    course = lab.course({"a": kata()})
    verdict = lab.verdict(course, "a", "def f(x): return x + 3.0\n")
    assert (len(verdict.diagnoses), verdict.search_ended) == (1, None)


def test_a_fault_of_a_prerequisite_that_is_not_found_in_time_is_said(lab: Any) -> None:
    slow = "import time\ndef g(x):\n    time.sleep(0.4)\n    return x\n"
    need = {"reference": slow, "exports": ["g"], "checks": CHECKS}
    uses = "from .b import g\ndef f(x): return 2 * g(x)\n"
    limits = {"seconds": 5.0, "total_seconds": 1.5}
    course = lab.course({"b": need, "a": kata(reference=uses, needs=["b"], limits=limits)})
    verdict = lab.verdict(course, "a", uses, b="def g(x): return x + 1.0\n")
    assert (verdict.blame, verdict.diagnoses) == (None, [])
    assert verdict.search_ended == f"{SPENT}1.5 s"


def test_a_mistake_is_not_named_when_its_prerequisites_are_not_cleared_in_time() -> None:
    class Runner:
        """Has a budget that is used up, and one prerequisite."""

        course = SimpleNamespace(
            katas={"b": SimpleNamespace(module="b.py")}, all_needs=lambda _name: ["b"]
        )
        kata = SimpleNamespace(name="a", module="a.py")
        budget = SimpleNamespace(spent=lambda: "all is used up")

        def run(self, *_arguments: Any) -> KataRun:
            return KataRun("a", [])

    own = Bundle({"a.py": "", "b.py": ""}, {}, ["b.py"])
    runner: Any = Runner()
    with pytest.raises(SearchEndedError, match="all is used up"):
        remove_prerequisite_failures([Diagnosis("adds", "You add.", 1, ["x"])], runner, own, str)


def test_a_second_run_that_was_not_made_is_said(lab: Any) -> None:
    message = judged(lab, LOOPS, retry=True).outcomes[0].message or ""
    assert message.startswith("it was stopped after ")
    assert message.endswith(
        f" seconds, and not run a second time: {SPENT}3 checks did not finish in time"
    )


def test_answers_are_limited_for_all_checks_together(lab: Any) -> None:
    course = lab.course({"a": kata()})
    verdict = lab.verdict(course, "a", "def f(x): return 'x' * 15_000_000")
    assert [o.outcome for o in verdict.outcomes] == ["failed"] * 4 + ["limit", "not_run"]
    assert "too large in total" in verdict.outcomes[-1].message


@pytest.mark.parametrize("answer", ["'ab' * 2_000_000", "'ä' * 4_000_000", "[1.0] * 400_000"])
def test_a_verdict_does_not_repeat_a_large_answer(answer: str, lab: Any) -> None:
    """What a check passes on is written into the failing call, for each check that fails."""
    checks = """
def test_passes_on(solution):
    'g counts.'
    assert_close(solution.g(solution.f(1.0), 'b'), 5.0)
"""
    reference = "def f(x): return 'a'\ndef g(x, y): return 5.0\n"
    course = lab.course({"a": kata(reference=reference, exports=["f", "g"], checks=checks)})
    text = f"def f(x): return {answer}\ndef g(x, y): return 1.0\n"
    verdict = lab.verdict(course, "a", text)
    assert verdict.outcomes[0].outcome == "failed"
    assert "too long to show" in (verdict.outcomes[0].call or "")
    assert len(msgspec.json.encode(verdict)) < 20_000


def test_values_are_dropped_after_a_check(lab: Any) -> None:
    course = lab.course({"a": kata()})
    run = lab.run(course, "a", "import numpy as np\ndef f(x): return np.zeros(1000)")
    for check in run.checks:
        assert check.answers  # the cause is found by them
        assert all(exchange.value is None for exchange in check.link.transcript)
        assert not check.link.results


@pytest.mark.parametrize("has_proc", [True, False])
def test_processor_time_of_all_workers_is_charged(has_proc: bool, lab: Any) -> None:
    """Of one that ends itself too; it would have a new worker, and new time, for each check."""
    if not has_proc:  # then the fork server knows it

        def refuse(*_: object) -> None:
            raise FileNotFoundError

        lab.patch.setattr("nnkata.sandbox.worker_client.open", refuse, raising=False)
    course = lab.course({"a": kata()})
    assessor = Assessor(course, Checks([course.katas["a"]]), lab.pool)
    text = "import time, os\ndef f(x):\n end = time.process_time() + 0.3\n"
    text += " while time.process_time() < end: pass\n os._exit(1)\n"
    checked = assessor.check(course.katas["a"], submission(course, text), 7)
    assert checked.budget is not None
    assert [o.outcome for o in checked.verdict.outcomes] == ["crash"] * 6
    assert 1.5 < 600.0 - checked.budget.processor_left < 60.0
    text = text.replace("os._exit(1)", "return x")
    checked = assessor.check(course.katas["a"], submission(course, text), 7)
    assert checked.budget is not None
    assert 1.5 < 600.0 - checked.budget.processor_left < 60.0


def test_a_budget_says_what_is_used_up() -> None:
    budget = Budget(Limits(total_seconds=3.0))
    assert budget.spent() is None
    budget.charge_processor(4.0)
    assert budget.spent() == f"{SPENT}3 s of processor time"


def test_a_suspect_check_is_not_broken_because_the_budget_is_spent(lab: Any) -> None:
    checks = 'def test_adds(solution):\n    """f gives a number."""\n    int(solution.f(1.0))\n'
    limits = {"seconds": 5.0, "total_seconds": 0.6}
    course = lab.course({"a": kata(checks=checks, limits=limits, mistakes={})})
    text = "import time\ndef f(x):\n time.sleep(0.5)\n return 'a'\n"
    for _ in range(2):
        verdict = lab.verdict(course, "a", text)
        assert verdict.outcomes[0].outcome in ("failed", "timeout")
        assert verdict.outcomes[0].max_points == 1


def test_the_worker_is_not_told_the_seed_of_the_checks(lab: Any) -> None:
    checks = '''
def test_draws(solution):
    """f draws."""
    assert solution.f() == "no"
'''
    reference = "def f(): return 'no'\n"
    course = lab.course({"a": kata(reference=reference, checks=checks, mistakes={})})
    spy = """
import random, numpy as np
def f():
    numbers = random.getstate(), np.random.get_state()[1][0]
    for seed in (7, 8):
        random.seed(seed)
        np.random.seed(seed)
        if random.getstate() == numbers[0] or np.random.get_state()[1][0] == numbers[1]:
            return f"seed {seed}"
    return "no"
"""
    for seed in (7, 8):
        (outcome,) = lab.verdict(course, "a", spy, seed).outcomes
        assert (outcome.outcome, outcome.got) == ("passed", None)
    numbers = {worker_seed(course.katas["a"], seed) for seed in range(100)}
    assert len(numbers) == 100
    assert not numbers & set(range(100))
    one, before = course.katas["a"], worker_seed(course.katas["a"], 7)
    one.checks.write_text(f"{checks}\n# a worker has no copy of the checks\n", encoding="utf-8")
    assert worker_seed(one, 7) != before, "whoever knows the rule could try every seed"
