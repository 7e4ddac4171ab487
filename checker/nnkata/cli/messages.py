"""Texts that several commands show: a verdict, the next kata, a hint, the list of katas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..model import Course, Kata, Prediction, Verdict
    from ..workspace.hints import Hint, Reason
    from ..workspace.workspace import State, Workspace
    from .terminal.screen import Screen


def show_meter(screen: Screen, course: Course, solved: int) -> None:
    """Write how many modules of the course's package the learner has written."""
    count = len(course.katas)
    screen.echo(
        f"{screen.meter(solved, count)} {solved} of {count} modules of the {course.whole} "
        f"{'is' if solved == 1 else 'are'} yours"
    )


def show_task(screen: Screen, workspace: Workspace, kata: Kata) -> None:
    """Write what the learner has to do with the kata's module: write it, or repair it."""
    verb = "repair" if kata.file.repair else "write"
    if kata.file.repair:
        screen.paragraph(
            "Points: the unchanged program earns none, because the checks that it passes give 0 "
            f"points. The other checks give {kata.file.points} points in total. The kata passes "
            "when all checks pass."
        )
    screen.echo(f"→ {verb} {workspace.display_path(kata)}", bold=True)


def show_verdict(
    screen: Screen, workspace: Workspace, kata: Kata, verdict: Verdict, whole: bool = False
) -> None:
    """Write a verdict, and after a pass how many modules are solved.

    With `whole`, every failing check is written, and not only the first.
    """
    from ..reporters.terminal import Detail, write_verdict

    file = f".kata/failing/{kata.name}.py"
    write_verdict(screen, verdict, Detail(file, workspace.course.package, whole))
    misnamed = [] if verdict.passed else workspace.misnamed_files(kata)
    if misnamed and (verdict.load is not None or workspace.is_untouched(kata)):
        for name in misnamed:
            screen.paragraph(
                f"{name} is in the same folder: if that is your module, rename it to "
                f"{workspace.path_of(kata).name}."
            )
    if not verdict.passed and kata.file.repair:
        from ..checking.repair import is_as_given

        text = workspace.read(kata.module)
        if isinstance(text, str) and is_as_given(kata, text):
            screen.echo()
            screen.paragraph("You have not changed the program yet: start from the first symptom.")
    if not verdict.passed and not verdict.blame:
        show_changed_needs(screen, workspace, kata)
    screen.echo()
    if verdict.passed:
        show_outcome(screen, workspace, kata)
        solved = workspace.solved_katas() | {kata.name}
        show_milestones(screen, workspace.course, kata, solved)
        show_meter(screen, workspace.course, len(solved))


def show_changed_needs(screen: Screen, workspace: Workspace, kata: Kata) -> None:
    """Write which prerequisites have changed since they passed: they may cause the failure."""
    states = workspace.states()
    changed = [name for name in workspace.course.all_needs(kata.name) if states[name] == "recheck"]
    if changed:
        screen.echo()
        screen.paragraph(
            f"Changed since {'it' if len(changed) == 1 else 'they'} passed: {', '.join(changed)}. "
            f"To check that: `kata check {' '.join(changed)}`."
        )


LETTERS = "abcd"


def show_question(screen: Screen, prediction: Prediction) -> None:
    """Write the question of a kata and its choices, each with a letter."""
    screen.paragraph(prediction.question)
    for letter, choice in zip(LETTERS, prediction.choices, strict=False):
        screen.paragraph(f"{letter}  {choice}", indent=2)


def show_outcome(screen: Screen, workspace: Workspace, kata: Kata) -> None:
    """Write what the learner predicted before the kata, the right answer, and why."""
    prediction, chosen = kata.file.prediction, workspace.progress.prediction(kata.name)
    if prediction is None or chosen is None or chosen > len(prediction.choices):
        return
    right = prediction.answer
    screen.paragraph(prediction.question)
    if chosen == right:
        screen.paragraph(f"You predicted: {prediction.choices[chosen - 1]}. That is right.")
    else:
        screen.paragraph(
            f"You predicted: {prediction.choices[chosen - 1]}. It is: "
            f"{prediction.choices[right - 1]}."
        )
    screen.paragraph(prediction.because)
    screen.echo()


def show_milestones(screen: Screen, course: Course, kata: Kata, solved: frozenset[str]) -> None:
    """Write each milestone that is reached with this kata."""
    for milestone in course.milestones:
        if kata.name in milestone.katas and solved.issuperset(milestone.katas):
            screen.echo(f"{milestone.year} · {milestone.title}", bold=True)
            screen.paragraph(milestone.text)
            screen.echo()


def show_next(
    screen: Screen, workspace: Workspace, kata: Kata | None, states: Mapping[str, State],
    third: str = "check  kata check",
) -> None:  # fmt: skip
    """Write which kata is next and its three steps; `third` is the step after writing."""
    course = workspace.course
    show_meter(screen, course, sum(state != "open" for state in states.values()))
    screen.echo()
    if kata is None:
        screen.echo(f"All katas are solved, and the {course.whole} is yours.", fg="green")
        if course.training:
            screen.echo("→ kata train runs it", bold=True)
        if "__main__.py" in course.given:
            screen.echo(f"→ python -m {course.package} runs it without nnkata", bold=True)
        elif not course.training:
            screen.echo("→ kata check --every checks them again", bold=True)
        return
    track = next(t for t in course.tracks if kata.name in t.katas)
    if track.about and kata.name == track.katas[0]:
        screen.paragraph(f"{track.title}: {track.about}")
        screen.echo()
    screen.echo(f"{kata.name} · {kata.title}", bold=True)
    screen.paragraph(
        f"{kata.file.minutes} minutes, difficulty {kata.file.difficulty} of 5, "
        f"{kata.file.points} points"
    )
    if states[kata.name] == "recheck":
        screen.paragraph("It passed before. The module or its checks have changed since then.")
    unwritten = [n for n in course.all_needs(kata.name) if states[n] == "open"]
    if unwritten:
        borrows = course.can_borrow_needs(kata.name)
        names = ", ".join(unwritten)
        screen.paragraph(
            f"Until you write them, the reference is used for: {names}"
            if borrows
            else f"Needs these katas, not passed yet: {names}"
        )
    if workspace.is_outdated(kata):
        screen.paragraph(
            "Its stub is of an earlier version of the course: kata init updates it, and changes "
            "nothing that you wrote."
        )
    screen.echo()
    screen.echo(f"1. read   kata show {kata.name}")
    screen.echo(f"2. write  {workspace.display_path(kata)}")
    checked = kata.checks.is_file()
    screen.echo(f"3. {third}" if checked else "3. hand it in: this installation has no checks")


SHORT_COURSE = 20
"""A course with at most this many katas fits on a screen."""


def show_list(
    screen: Screen, workspace: Workspace, states: Mapping[str, State], whole: bool = False
) -> None:
    """Write the katas, track by track, with their states.

    In a long course, a track takes one line unless the learner is working on it: it has the next
    kata, or some of its katas are solved, or a kata must be checked again. With `whole`, the katas
    of every track are listed.
    """
    course, current = workspace.course, workspace.current()
    aside = workspace.set_aside_katas()
    wide = max((len(name) for name in course.katas), default=0)
    marks = {"passed": screen.symbols["passed"], "open": screen.symbols["open"], "recheck": "?"}
    whole = whole or len(course.katas) <= SHORT_COURSE
    folded = 0
    for track in course.tracks:
        own = [states[name] for name in track.katas]
        is_here = current is not None and current.name in track.katas
        if not whole and not is_here and len(set(own)) == 1 and "recheck" not in own:
            folded += 1
            is_solved = own[0] == "passed"
            words = f"{len(own)} solved" if is_solved else f"{len(own)} open"
            line = f"{track.title}  {screen.symbols['dot']} {words}"
            screen.echo(line, **({"fg": "green"} if is_solved else {}))
            continue
        screen.echo(track.title, bold=True)
        for name in track.katas:
            state = states[name]
            here = "  ← next" if current is not None and name == current.name else ""
            words = {"passed": "solved", "open": "open", "recheck": "check again"}[state]
            if state == "open" and name in aside:
                words = "set aside"
            line = f"  {marks[state]} {name:<{wide}}  {words}{here}"
            screen.echo(line, **({"fg": "green"} if state == "passed" else {}))
    solved = sum(state != "open" for state in states.values())
    screen.echo()
    screen.echo(f"{solved} of {len(states)} modules {'is' if solved == 1 else 'are'} yours")
    if folded:
        screen.echo("all katas: kata list --all", dim=True)
    last = "kata train" if workspace.course.training else "kata check --every"
    screen.echo("→ kata next" if current is not None else f"→ {last}", bold=True)


REASONS: dict[Reason, str] = {
    "cause": "chosen for the likely cause",
    "check": "chosen for the first failing check",
}


def show_hint(screen: Screen, hint: Hint) -> None:
    """Write a hint."""
    kata, hints = hint.kata, hint.kata.file.hints
    if not hints:  # a draft
        screen.echo(f"there is no hint for {kata.name} yet")
        screen.echo(f"→ the lesson explains more: kata show {kata.name}", dim=True)
        return
    why = f", {REASONS[hint.reason]}" if hint.reason else ""
    screen.echo(f"{kata.name} · hint {hint.level} of {len(hints)}{why}", bold=True)
    screen.paragraph(hints[hint.level - 1], indent=2)
    screen.echo()
    if hint.level < len(hints):
        screen.echo("→ kata hint (after your next change)", dim=True)
    else:
        screen.echo(f"→ the lesson explains more: kata show {kata.name}", dim=True)
