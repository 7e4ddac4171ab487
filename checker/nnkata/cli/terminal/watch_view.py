"""The two views of `kata watch`: a full screen with keys, or lines of text."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ...workspace.hints import take_hint
from ...workspace.next_step import FIX, HINT, MISSING, next_step
from ..messages import show_hint, show_list, show_next, show_verdict
from .pager import Pager, Painter

if TYPE_CHECKING:
    from ...model import Kata, Verdict
    from ...watch.checker import VerdictStage
    from ...watch.session import WatchSession
    from .screen import Screen

BUSY_SECONDS = 0.3
"""A check that takes longer than this is announced."""
SAVE = "save   the verdict is shown here"
FIX_AND_SAVE = "fix that, and save"
SAVE_AGAIN = "save it again, or run kata init to write the stub; it is still watched"
KEYS = "r run  h hint  n next  l list  q quit  ? keys"
HELP = (
    ("r", "run the checks now"),
    ("h", "show a hint; the next one if the module has changed"),
    ("n", "go to the next kata after a pass (so does Enter)"),
    ("l", "list the katas"),
    ("v", "show the verdict"),
    ("m", "show the lines that did not fit"),
    ("q", "quit (so does Ctrl-C)"),
)


class WatchView:
    """Shows a watch session to a person; the base class shows nothing."""

    def __init__(self, screen: Screen, session: WatchSession) -> None:
        """Show `session` on `screen`."""
        self.screen = screen
        self.session = session
        self.workspace = session.workspace
        self.page = ""
        """The address of the served page, or empty."""

    @contextmanager
    def display(self) -> Iterator[None]:
        """Show the session inside the `with` block; restore the terminal at its end."""
        yield

    def on_verdict(self, kata: Kata, verdict: Verdict, stage: VerdictStage) -> None:
        """Show a verdict."""
        raise NotImplementedError

    def on_current_changed(self) -> None:
        """Show the kata that the page has moved to."""
        raise NotImplementedError

    def on_tick(self) -> None:
        """Show what changes with time, such as a check that takes long."""

    def draw(self) -> None:
        """Draw the current content again, for example after a resize."""

    def resume(self) -> None:
        """Show the session again after Ctrl-Z and `fg`."""

    def timeout(self) -> float | None:
        """Return the seconds until `on_tick` must be called, or None if no call is needed."""
        return None

    def on_key(self, key: str) -> bool:
        """Run the action of a key; return True if it ends the session."""
        del key
        return False

    def show_introduction(self, screen: Screen) -> None:
        """Write which kata is next, and that saving its module checks it."""
        show_next(screen, self.workspace, self.session.current, self.workspace.states(), third=SAVE)

    def polling_note(self) -> str:
        """Return a sentence about polling, if files are polled; otherwise an empty string."""
        reason = self.session.polling_reason
        return f"Files are checked for changes twice a second: {reason}." if reason else ""

    def on_prerequisite(self, kata: Kata, verdict: Verdict) -> None:
        """Show that a prerequisite of the current kata no longer passes."""
        raise NotImplementedError

    def prerequisite_note(self, kata: Kata, verdict: Verdict) -> str:
        """Return a sentence on a prerequisite that no longer passes, or an empty string."""
        current = self.session.current
        if verdict.passed or current is None:
            return ""
        return (
            f"{kata.name}, which {current.name} needs, passed before and does not pass now: "
            f"{_count_failing(verdict)}. To see why: `kata check {kata.name}`."
        )

    def break_note(self, kata: Kata, verdict: Verdict) -> str:
        """Return a sentence if a solved kata fails now, with the solved katas that need it."""
        solved, course = self.workspace.solved_katas(), self.workspace.course
        if verdict.passed or kata.name not in solved:
            return ""
        users = [n for n in course.katas if n in solved and kata.name in course.all_needs(n)]
        rest = f" These solved katas need it: {', '.join(users)}." if users else ""
        return f"{kata.name} passed before, and does not pass now.{rest}"

    def trigger_note(self, kata: Kata) -> str:
        """Return a sentence on other saved modules that caused this check, or an empty string."""
        saved = [name for name in self.session.saved_katas if name != kata.name]
        if not saved:
            return ""
        return (
            f"Checked again because you saved {', '.join(saved)}. To check that: "
            f"`kata check {saved[0]}`."
        )

    def next_step(self, kata: Kata, verdict: Verdict, texts: dict[str, str]) -> str:
        """Return what to do after a failure; `texts` maps some steps to their wording in watch."""
        step = next_step(self.workspace, kata, verdict, self.workspace.solved_katas())
        return texts.get(step, step)


class PlainWatchView(WatchView):
    """Prints verdicts one below the other, for a pipe, a log or --plain."""

    @contextmanager
    def display(self) -> Iterator[None]:
        """Print what is watched."""
        if not self.session.checking:
            self.show_introduction(self.screen)
            self.screen.echo()
        self.screen.paragraph(
            f"Watching {self.workspace.course.package}/ until Ctrl-C: save a module, and it is "
            "checked."
        )
        if self.polling_note():
            self.screen.paragraph(self.polling_note())
        if self.page:
            self.screen.paragraph(f"The page: {self.page}")
        yield

    def on_verdict(self, kata: Kata, verdict: Verdict, stage: VerdictStage) -> None:
        """Print a verdict, and later its diagnosis and the next step."""
        from ...reporters.terminal import Detail, write_causes, write_verdict

        screen = self.screen
        if stage == "verdict":
            screen.echo()
            screen.echo(time.strftime("%H:%M:%S"), dim=True)
            if self.break_note(kata, verdict):
                screen.paragraph(self.break_note(kata, verdict))
            if self.trigger_note(kata):
                screen.paragraph(self.trigger_note(kata))
            if verdict.passed:
                show_verdict(screen, self.workspace, kata, verdict)
            else:
                file = f".kata/failing/{kata.name}.py"
                write_verdict(screen, verdict, Detail(file, self.workspace.course.package))
            return
        if not verdict.passed:
            write_causes(screen, verdict)
            screen.echo()
        step = "kata next names the next kata: save its module to check it here"
        if not verdict.passed:
            step = self.next_step(kata, verdict, {FIX: FIX_AND_SAVE, MISSING: SAVE_AGAIN})
        screen.paragraph(f"→ {step}", hang=2, bold=True)

    def on_prerequisite(self, kata: Kata, verdict: Verdict) -> None:
        """Print that a prerequisite of the current kata no longer passes."""
        if note := self.prerequisite_note(kata, verdict):
            self.screen.echo()
            self.screen.paragraph(note)

    def on_current_changed(self) -> None:
        """Print the kata that the page has moved to."""
        self.screen.echo()
        self.show_introduction(self.screen)


class TerminalWatchView(WatchView):
    """Shows the latest verdict on the whole terminal, and reacts to keys."""

    def __init__(self, screen: Screen, session: WatchSession) -> None:
        """Begin with the introduction of the current kata."""
        super().__init__(screen, session)
        self.pager = Pager(screen)
        self.content: Painter = self.show_introduction
        self.notice = ""
        self.busy = False
        """Whether the running check is announced, because it takes long."""
        self.checked_at = ""
        """The time of the latest verdict, `14:03:59`, or empty."""

    @contextmanager
    def display(self) -> Iterator[None]:
        """Use the whole terminal; at the end, leave the latest verdict on it, without the keys."""
        self.notice = self.polling_note()
        self.pager.scroll_up()
        if not self.session.checking:
            self.draw()
        try:
            yield
        finally:
            self.notice, self.busy = "", False
            self.show(self.show_latest_verdict)
            self.pager.paint(self.content, self.show_status)

    def on_verdict(self, kata: Kata, verdict: Verdict, stage: VerdictStage) -> None:
        """Show a verdict, and show it again when it is diagnosed."""
        if stage == "verdict":
            self.checked_at = time.strftime("%H:%M:%S")
            notes = (self.break_note(kata, verdict), self.trigger_note(kata))
            self.notice, self.busy = " ".join(filter(None, notes)), False
            self.show(self.show_latest_verdict)
        elif self.content == self.show_latest_verdict and not (
            verdict.diagnoses or verdict.blame or verdict.search_ended
        ):
            return  # the diagnosis adds nothing to the verdict; other content may have changed
        self.draw()

    def show_latest_verdict(self, screen: Screen) -> None:
        """Write the latest verdict on the current kata, or the introduction if there is none."""
        kata = self.session.current
        verdict = self.session.last_verdicts.get(kata.name) if kata else None
        if kata is None or verdict is None:
            self.show_introduction(screen)
            return
        course = self.workspace.course
        show_verdict(screen, self.workspace, kata, verdict)
        step = "n or Enter: the next kata"
        if not verdict.passed:
            texts = {FIX: FIX_AND_SAVE, MISSING: SAVE_AGAIN, HINT: "h: a hint"}
            step = self.next_step(kata, verdict, texts)
        elif course.training:
            step += f" (kata train runs the {course.whole})"
        screen.paragraph(f"→ {step}", hang=2, bold=True)

    def show_footer(self, screen: Screen) -> None:
        """Write the status, the address of the page, and the keys."""
        self.show_status(screen)
        if self.page:
            screen.paragraph(f"page   {self.page}", hang=7, dim=True)
        screen.echo(KEYS, dim=True)

    def show_status(self, screen: Screen) -> None:
        """Write the notice, and the time of the verdict or how long a check has been running."""
        screen.echo()
        if self.notice:
            screen.paragraph(self.notice)
        current = self.session.current
        if self.busy and current is not None:
            seconds = time.monotonic() - self.session.requested_at
            above = "; the verdict above is the previous one" if self.checked_at else ""
            screen.paragraph(f"checking {current.name} for {seconds:.0f} s{above}")
        elif self.checked_at and self.content == self.show_latest_verdict:
            screen.echo(f"checked at {self.checked_at}", dim=True)

    def draw(self) -> None:
        """Draw the content and the footer."""
        self.pager.paint(self.content, self.show_footer)

    def resume(self) -> None:
        """Draw again; repeat a check that was running, because it was suspended too."""
        self.pager.scroll_up()
        if self.session.checking:
            self.session.run()
        self.draw()

    def timeout(self) -> float | None:
        """Return the seconds until a check counts as long, then 1; None if no check is running."""
        if not self.session.checking:
            return None
        left = self.session.requested_at + BUSY_SECONDS - time.monotonic()
        return max(left, 0.0) if not self.busy else 1.0

    def on_tick(self) -> None:
        """Announce a check that takes long."""
        if self.session.checking and time.monotonic() - self.session.requested_at >= BUSY_SECONDS:
            self.busy = True
            self.draw()

    def on_key(self, key: str) -> bool:
        """Run the action of a key; return True if it ends the session."""
        session, current = self.session, self.session.current
        verdict = session.last_verdicts.get(current.name) if current is not None else None
        self.notice = ""
        if key in "qQ":
            return True
        if key in "rR":
            if current is not None:
                session.run()
                return False  # its verdict is drawn soon
            self.notice = "There is nothing to run: all katas are solved."
        elif key in "nN" or (key in "\r\n" and verdict is not None and verdict.passed):
            self.go_to_next(current, verdict)
        elif key in "hH":
            self.show_hint(current)
        elif key in "lL":
            self.show(lambda screen: show_list(screen, self.workspace, self.workspace.states()))
        elif key in "vV\x1b":
            self.show(self.show_latest_verdict)
        elif key in "mM ":
            self.pager.next_page()
        elif key == "?":
            self.show(self.show_help)
        else:
            return False
        self.draw()
        return False

    def show(self, content: Painter) -> None:
        """Change the content, from its first line; `draw` draws it."""
        self.content, self.pager.offset = content, 0

    def go_to_next(self, current: Kata | None, verdict: Verdict | None) -> None:
        """Go to the next kata if the current one has passed; otherwise set a notice."""
        if current is not None and not (verdict is not None and verdict.passed):
            self.notice = (
                f"{current.name} has not passed yet. To work on another kata, save its module."
            )
            return
        self.session.go_to_next()
        self.show_next_kata()

    def on_prerequisite(self, kata: Kata, verdict: Verdict) -> None:
        """Show that a prerequisite of the current kata no longer passes."""
        if note := self.prerequisite_note(kata, verdict):
            self.notice = note
            self.draw()

    def on_current_changed(self) -> None:
        """Show the kata that the page has moved to."""
        self.notice = ""
        self.show_next_kata()
        self.draw()

    def show_next_kata(self) -> None:
        """Show the introduction of the kata that has become the current one."""
        self.checked_at = ""
        self.show(self.show_introduction)

    def show_hint(self, current: Kata | None) -> None:
        """Show a hint; drawing the screen again does not count as asking again."""
        if current is None:
            self.notice = "All katas are solved, so there is no hint to show."
            return
        hint = take_hint(self.workspace, current)
        self.show(lambda screen: show_hint(screen, hint))

    def show_help(self, screen: Screen) -> None:
        """Write what the keys do."""
        screen.echo("Keys", bold=True)
        for key, words in HELP:
            screen.paragraph(f"{key}  {words}", indent=2, hang=3)
        screen.echo()
        screen.paragraph(
            "Save a module to check it; save another kata's module to watch that one instead."
        )
        screen.paragraph("To use breakpoint(), run `kata check --debug`: it needs the terminal.")
        if self.polling_note():
            screen.paragraph(self.polling_note())


def _count_failing(verdict: Verdict) -> str:
    """Return how many checks fail, or that the module cannot be loaded."""
    if verdict.load is not None:
        return "it cannot be loaded"
    failing = sum(o.outcome != "passed" for o in verdict.outcomes)
    return f"{failing} of {len(verdict.outcomes)} checks fail"
