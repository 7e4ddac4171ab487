"""The data structures of nnkata: course, kata, limits, outcome, verdict.

The subpackage `course` reads courses and katas from files; `checking` produces verdicts.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

NOT_WRITTEN = "NotImplementedError"
"""The name of the exception that a stub raises, as in `Outcome.raised`."""
NO_TEXT = "<a function of the check>"
"""The placeholder for a function of the check in the text of a call."""

OutcomeName = Literal["passed", "failed", "error", "timeout", "crash", "limit", "not_run", "broken"]
Reveal = Literal["name", "message", "input", "all"]
"""How much of a failure `--reveal` shows."""
REVEAL_LEVELS: tuple[Reveal, ...] = ("name", "message", "input", "all")
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
ModulePath = Annotated[str, Meta(pattern=r"^([a-z_][a-z0-9_]*/)+[a-z_][a-z0-9_]*\.py$")]
CheckName = Annotated[str, Meta(pattern=r"^[a-z0-9_]+$")]
Positive = Annotated[float, Meta(gt=0)]


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """The limits of the checks of a kata; the grader enforces them, not the worker."""

    seconds: Positive = 5.0
    """Wall-clock time of one check."""
    slow_seconds: Positive = 60.0
    """Wall-clock time of one check that is marked slow."""
    total_seconds: Positive = 60.0
    """Wall-clock and processor time of everything that is done for the kata: its checks, their
    second run, the search for the cause, pictures. When it is used up, the rest is not run."""
    memory_mb: Annotated[int, Meta(ge=256)] = 400
    """Resident memory of the worker plus the growth of the grader's, in MiB."""
    output_kb: Annotated[int, Meta(ge=1)] = 1024
    """The largest output of one check, in KiB."""
    result_mb: Annotated[int, Meta(ge=1)] = 16
    """Largest single answer, in MiB."""


class Prediction(Struct, frozen=True, forbid_unknown_fields=True):
    """The `[prediction]` table of kata.toml: a question before the code, which is never marked."""

    question: Annotated[str, Meta(min_length=1)]
    choices: Annotated[list[Annotated[str, Meta(min_length=1)]], Meta(min_length=2, max_length=4)]
    answer: Annotated[int, Meta(ge=1)]
    """The number of the right choice, from 1."""
    because: Annotated[str, Meta(min_length=1)]

    def __post_init__(self) -> None:
        """Raise `ValueError` if the answer is not one of the choices."""
        if self.answer > len(self.choices):
            raise ValueError(f"answer = {self.answer}, but there are {len(self.choices)} choices")


class KataFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The content of a kata.toml."""

    format: Literal[1]
    title: Annotated[str, Meta(min_length=1)]
    module: ModulePath
    exports: Annotated[list[str], Meta(min_length=1)]
    points: Annotated[int, Meta(ge=0)]
    minutes: Annotated[int, Meta(ge=1)]
    difficulty: Annotated[int, Meta(ge=1, le=5)]
    hints: list[Annotated[str, Meta(min_length=1)]]
    hint_for: dict[Slug, Annotated[int, Meta(ge=1)]] = {}
    """For a documented mistake, the number (from 1) of the hint that is shown first for it."""
    hint_for_check: dict[CheckName, Annotated[int, Meta(ge=1)]] = {}
    """For a check that fails without a known cause, the number of the hint that is shown first.
    A check's name is that of its function without `test_`."""
    prediction: Prediction | None = None
    """A question that the learner answers before writing; the answer is shown after the pass."""
    needs: list[Slug] = []
    gives: list[str] = []
    limits: Limits = Limits()
    central: Slug | None = None
    """The mistake that the kata is about: a module that makes it earns less than half."""
    replay: str = ""
    """Why a table of recorded answers may earn over a tenth of the points, such as few inputs."""
    repair: bool = False
    faults: list[Slug] = []
    """For a repair kata: the documented mistakes that its stub contains."""
    draft: bool = False


class TrackFile(Struct, frozen=True, forbid_unknown_fields=True):
    """One `[[tracks]]` table of course.toml: a folder and the order of its katas."""

    name: Slug
    title: Annotated[str, Meta(min_length=1)]
    katas: list[Slug]
    about: str = ""
    """The purpose of the track in two sentences; `kata next` shows it when the track begins."""


class Milestone(Struct, frozen=True, forbid_unknown_fields=True):
    """One `[[milestones]]` table of course.toml: what the learner's modules can do from now on."""

    year: int
    title: Annotated[str, Meta(min_length=1)]
    katas: Annotated[list[Slug], Meta(min_length=1)]
    """The katas that must be solved; the pass of the last one shows the milestone."""
    text: Annotated[str, Meta(min_length=1)]


class CourseFile(Struct, frozen=True, forbid_unknown_fields=True):
    """The content of a course.toml."""

    format: Literal[1]
    name: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
    title: Annotated[str, Meta(min_length=1)]
    reference: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
    tracks: list[TrackFile]
    package: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")] | None = None
    extends: str | None = None
    given: list[str] = []
    expects: str = ""
    """What a learner should know before the first kata; `kata init` shows it."""
    milestones: list[Milestone] = []
    borrow: bool = True
    training: Annotated[str, Meta(pattern=r"^[a-z_][a-z0-9_]*\.py$")] | None = None
    """The module next to course.toml that defines the stages of `kata train`."""
    whole: Annotated[str, Meta(pattern=r"^[a-z][a-z -]*$", max_length=30)] | None = None
    """A noun for all the modules together, such as "network"; by default "package"."""
    map: Slug | None = None
    """The kata whose pictures.py has `order(solution, needs)`, which lays out the course's map."""


class Kata(Struct, frozen=True):
    """One kata: the learner writes exactly one module of the reference package."""

    name: str
    course: str
    track: str
    folder: Path
    reference_root: Path
    file: KataFile

    @property
    def title(self) -> str:
        """The kata's title."""
        return self.file.title

    @property
    def module(self) -> str:
        """The module's path inside the package, `forward/softmax.py`."""
        return self.file.module

    @property
    def needs(self) -> list[str]:
        """The katas whose modules this one imports."""
        return self.file.needs

    @property
    def reference(self) -> Path:
        """The reference solution."""
        return self.reference_root / self.file.module

    @property
    def checks(self) -> Path:
        """The hidden checks."""
        return self.folder / "checks.py"

    @property
    def probes(self) -> Path:
        """Helper functions of the checks that run inside the worker; the file may be missing."""
        return self.folder / "probes.py"

    @property
    def stub(self) -> Path:
        """The module that a learner starts from."""
        return self.folder / "stub.py"

    @property
    def lesson(self) -> Path:
        """The lesson."""
        return self.folder / "README.md"

    def mistakes(self) -> list[Path]:
        """Return the documented wrong solutions, sorted by name."""
        return sorted((self.folder / "mistakes").glob("*.py"))

    def variants(self) -> list[Path]:
        """Return the other correct solutions, sorted by name."""
        return sorted((self.folder / "variants").glob("*.py"))


class Track(Struct, frozen=True):
    """A folder of katas that belong together."""

    name: str
    title: str
    katas: list[str]
    about: str = ""


class Course(Struct, frozen=True):
    """A course with the packs that extend it: katas in order, and given files."""

    name: str
    title: str
    package: str
    root: Path
    reference_root: Path
    tracks: list[Track]
    katas: dict[str, Kata]
    given: dict[str, Path]
    """Finished files in the learner's package: path inside it -> the file to copy."""
    borrow: bool = True
    expects: str = ""
    """What a learner should know before the first kata."""
    milestones: list[Milestone] = []
    training: Path | None = None
    """The module that defines the stages of `kata train`; without it, the package is run."""
    whole: str = "package"
    """A noun for all the modules together, for screens and pages, such as "network"."""
    map: str | None = None
    """The kata whose module, once it has passed, lays out the graph of all katas on the page."""

    def all_needs(self, name: str) -> list[str]:
        """Return the katas that `name` needs, directly or indirectly, in the course's order."""
        wanted: set[str] = set()
        stack = list(self.katas[name].needs)
        while stack:
            need = stack.pop()
            if need not in wanted:
                wanted.add(need)
                stack.extend(self.katas[need].needs)
        return [k for k in self.katas if k in wanted]

    def can_borrow(self, name: str) -> bool:
        """Return whether the reference may replace a kata's module."""
        return self.borrow and self.katas[name].reference.is_file()

    def can_borrow_needs(self, name: str) -> bool:
        """Return whether the reference may replace the modules of all katas that a kata needs."""
        return all(self.can_borrow(need) for need in self.all_needs(name))


class Protection(Struct, frozen=True):
    """The protection of the grader while a submission ran, as texts; the level is 0 to 2."""

    level: int
    files: str
    network: str
    processes: str
    memory: str
    paths_hidden: bool


class LoadFailure(Struct, frozen=True):
    """Why a module could not be loaded; no check was run then."""

    kind: Literal[
        "missing", "encoding", "syntax", "refused_import", "raised", "timeout", "crash", "limit"
    ]
    message: str
    file: str | None = None
    line: int | None = None
    source: str | None = None
    """The line that Python could not parse."""
    column: int | None = None
    """The column of the error in that line, from 1."""
    next_step: str | None = None
    """What to do about it, if known."""


class TracebackFrame(Struct, frozen=True):
    """One line of the learner's own code in a traceback."""

    file: str
    line: int
    function: str
    text: str = ""


class Outcome(Struct, omit_defaults=False, kw_only=True):
    """The result of one check."""

    check: str
    sentence: str
    outcome: OutcomeName
    points: int = 0
    max_points: int = 1
    seconds: float = 0.0
    slow: bool = False
    call: str | None = None
    got: str | None = None
    expected: str | None = None
    message: str | None = None
    rung: str | None = None
    """The step that failed first: missing, raised, type, shape, dtype, finite or values."""
    raised: str | None = None
    """The class of the learner's exception, if one ended the check."""
    frames: list[TracebackFrame] = []
    output: str | None = None
    behaviour: str | None = None
    """A hash of the module's answers, which `kata grade` writes for a quick check that failed. Two
    modules with the same hash gave the same answers, if seed and checks are the same."""

    @property
    def is_not_written(self) -> bool:
        """Whether the check called a function that is not written yet."""
        return self.raised == NOT_WRITTEN


class Diagnosis(Struct, frozen=True):
    """A documented mistake that gives exactly the same answers as the learner's module."""

    mistake: str
    text: str
    checks_matched: int
    checks: list[str] = []
    """The failing checks that the mistake explains, in the order of the kata."""

    def explains(self, outcome: Outcome) -> bool:
        """Return whether the mistake makes this check fail as it did."""
        return outcome.check in self.checks


class Verdict(Struct, kw_only=True):
    """Everything about one kata of one submission."""

    submission: str
    kata: str
    module: str
    passed: bool
    points: int
    max_points: int
    load: LoadFailure | None = None
    borrowed: list[str] = []
    blame: str | None = None
    """The prerequisite whose module causes the failures: with the reference's, the checks pass."""
    outcomes: list[Outcome] = []
    diagnoses: list[Diagnosis] = []
    score: float | None = None
    """The points after a policy, such as one for late submissions, if one was chosen."""
    score_reason: str | None = None
    seed: int | None = None
    sha256: dict[str, str] = {}
    broken_files: list[str] = []
    """Messages about broken files of the course, which are never the learner's fault."""
    search_ended: str | None = None
    """Why the search for the likely cause ended early, so that no cause is named."""

    @property
    def failures(self) -> list[Outcome]:
        """The outcomes of the checks that ran and did not pass."""
        return [o for o in self.outcomes if o.outcome not in ("passed", "not_run")]

    @property
    def first_failure(self) -> Outcome | None:
        """The failure that is shown first: of a function that is written, if there is one."""
        failures = self.failures
        return next((o for o in failures if not o.is_not_written), next(iter(failures), None))


class Rejection(Struct, frozen=True):
    """A file, or a whole submission, that was not read, and why."""

    name: str
    why: str
    submission: str = ""


class NeedsPerson(Struct, frozen=True):
    """A submission that could not be judged, so it has no verdict and no points."""

    submission: str
    reason: str
    place: str
    next_step: str


class Verdicts(Struct, kw_only=True):
    """The output of `kata check --json` and `kata grade --json`."""

    schema: Literal["nnkata/verdicts/v1"] = "nnkata/verdicts/v1"
    engine: str
    course: str
    seed: int
    protection: Protection
    verdicts: Sequence[Verdict]
    """In a result of `kata grade`, only one of them at a time may be in memory."""
    refused: list[Rejection] = []
    needs_person: list[NeedsPerson] = []
    """The submissions that a person has to look at; none of them has a verdict."""
    not_graded: list[str] = []
    """The submissions that were not reached, because the run was stopped."""
    policy_error: str | None = None
    """Why no verdict has a score although a policy was chosen: the policy failed."""
    package: str = ""
    """The folder that the modules' paths start from."""
    environment: dict[str, str] = {}
    """Versions that a verdict may depend on: python, numpy, pytest, platform."""


class ListedKata(Struct, kw_only=True):
    """One row of `kata list --json`."""

    kata: str
    track: str
    module: str
    title: str
    state: Literal["open", "passed", "recheck"]
    needs: list[str]
    points: int


class Listing(Struct, kw_only=True):
    """The output of `kata list --json`."""

    schema: Literal["nnkata/list/v1"] = "nnkata/list/v1"
    katas: list[ListedKata]
