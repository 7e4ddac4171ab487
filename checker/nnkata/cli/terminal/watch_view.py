"""What a person sees of `kata watch`: a screen with keys, or lines."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ...workspace.next_step import HINT, MEND, MISSING, PASSED, next_step
from ..messages import take_hint, tell_hint, tell_list, tell_next, tell_verdict
from .pager import View, Window

if TYPE_CHECKING:
    from ...model import Kata, Verdict
    from ...watch.session import Session, Stage
    from .screen import Screen

BUSY_SECONDS = 0.3
"""A check that takes longer is spoken of."""
SAVE = "save   the verdict then stands here"
SAVE_AGAIN = "mend that, and save"
GONE = "save it again, or let kata init write the stub: it is watched all the same"
KEYS = "r run  h hint  n next  l list  q quit  ? keys"
HELP = (
    ("r", "run the checks now"),
    ("h", "show a hint; another one when the module has changed"),
    ("n", "go on to the next kata after a pass (Enter does too)"),
    ("l", "list the katas"),
    ("v", "show the verdict again"),
    ("m", "show the lines that did not fit"),
    ("q", "quit (Ctrl-C does too)"),
)


class Face:
    """What a person sees of a session."""

    def __init__(self, screen: Screen, session: Session) -> None:
        """Show `session` on `screen`."""
        self.screen = screen
        self.session = session
        self.workspace = session.workspace
        self.page = ""
        """Where the page is, if there is one."""

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Begin, and at the end leave the terminal ready for what comes after."""
        yield

    def heard(self, kata: Kata, verdict: Verdict, stage: Stage) -> None:
        """Show a verdict."""
        raise NotImplementedError

    def look(self) -> None:
        """Look whether there is something to show that nobody told."""

    def draw(self) -> None:
        """Draw what is shown once more."""

    def back(self) -> None:
        """Go on after having been stopped."""

    def patience(self) -> float | None:
        """Return after how many seconds to look again; None when there is no need."""
        return None

    def press(self, key: str) -> bool:
        """Do what a key asks for; return whether that is to end."""
        del key
        return False

    def introduce(self, screen: Screen) -> None:
        """Write which kata is next, and that it is saved to be checked."""
        tell_next(screen, self.workspace, self.session.current, self.workspace.states(), third=SAVE)

    def looks(self) -> str:
        """Say how saves are noticed, where that is not at once."""
        why = self.session.why_poll
        return f"Files are looked at twice a second: {why}." if why else ""

    def beside(self, kata: Kata) -> str:
        """Say which other module was saved, where a kata was checked because of it."""
        saved = [name for name in self.session.saved if name != kata.name]
        if not saved:
            return ""
        return (
            f"Checked again with the {', '.join(saved)} that you saved; its own checks: "
            f"`kata check {saved[0]}`."
        )


class InLines(Face):
    """Verdicts one below the other, for a pipe, a log, or whoever prefers it."""

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Say what is watched."""
        if not self.session.checking:
            self.introduce(self.screen)
            self.screen.echo()
        self.screen.paragraph(
            f"Watching {self.workspace.course.package}/ until Ctrl-C: save a module, and it is "
            "checked."
        )
        if self.looks():
            self.screen.paragraph(self.looks())
        if self.page:
            self.screen.paragraph(f"The page: {self.page}")
        yield

    def heard(self, kata: Kata, verdict: Verdict, stage: Stage) -> None:
        """Write a verdict, and its diagnosis when that comes."""
        from ...reporters.terminal import tell, tell_reasons

        screen, solved = self.screen, self.workspace.solved()
        if stage == "verdict":
            screen.echo()
            screen.echo(time.strftime("%H:%M:%S"), dim=True)
            if self.beside(kata):
                screen.paragraph(self.beside(kata))
            if verdict.passed:
                tell_verdict(screen, self.workspace, kata, verdict, solved)
            else:
                file = f".kata/failing/{kata.name}.py"
                tell(screen, verdict, file, self.workspace.course.package)
            return
        if not verdict.passed:
            tell_reasons(screen, verdict)
            screen.echo()
        step = next_step(self.workspace, kata, verdict, solved)
        words = {
            PASSED: "kata next names the next kata: save its module, and it is checked here",
            MEND: SAVE_AGAIN,
            MISSING: GONE,
        }
        screen.paragraph(f"→ {words.get(step, step)}", hang=2, bold=True)


class OnScreen(Face):
    """The latest verdict on a screen of its own, and keys."""

    def __init__(self, screen: Screen, session: Session) -> None:
        """Show the current kata first."""
        super().__init__(screen, session)
        self.window = Window(screen)
        self.view: View = self.introduce
        self.notice = ""
        self.busy = False
        self.clock = ""

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Take the screen, and leave the last verdict on it without the keys."""
        self.notice = self.looks()
        self.window.fresh()
        if not self.session.checking:
            self.draw()
        try:
            yield
        finally:
            self.notice, self.busy = "", False
            self.show(self.verdict)
            self.window.paint(self.view, self.status)

    def heard(self, kata: Kata, verdict: Verdict, stage: Stage) -> None:
        """Show a verdict, and show it again when it is diagnosed."""
        if stage == "verdict":
            self.clock = time.strftime("%H:%M:%S")
            self.notice, self.busy, self.window.offset = self.beside(kata), False, 0
            self.view = self.verdict
        elif self.view == self.verdict and not (verdict.diagnoses or verdict.blame):
            return  # nothing more is known; another view may show what is stored by now
        self.draw()

    def verdict(self, screen: Screen) -> None:
        """Write the latest verdict of the current kata."""
        kata = self.session.current
        verdict = self.session.last.get(kata.name) if kata else None
        if kata is None or verdict is None:
            self.introduce(screen)
            return
        solved = self.workspace.solved()
        tell_verdict(screen, self.workspace, kata, verdict, solved)
        step = next_step(self.workspace, kata, verdict, solved)
        words = {
            PASSED: "n or Enter: on to the next kata (kata train runs the network)",
            MEND: SAVE_AGAIN,
            MISSING: GONE,
            HINT: "h: a hint",
        }
        screen.paragraph(f"→ {words.get(step, step)}", hang=2, bold=True)

    def foot(self, screen: Screen) -> None:
        """Write what goes on, and the keys."""
        self.status(screen)
        if self.page:
            screen.paragraph(f"page   {self.page}", hang=7, dim=True)
        screen.echo(KEYS, dim=True)

    def status(self, screen: Screen) -> None:
        """Write a notice and when the verdict was made, or what goes on."""
        screen.echo()
        if self.notice:
            screen.paragraph(self.notice)
        current = self.session.current
        if self.busy and current is not None:
            seconds = time.monotonic() - self.session.asked
            above = ", and above is the last verdict" if self.clock else ""
            screen.paragraph(f"checking {current.name} since {seconds:.0f} s{above}")
        elif self.clock and self.view == self.verdict:
            screen.echo(f"checked at {self.clock}", dim=True)

    def draw(self) -> None:
        """Draw everything."""
        self.window.paint(self.view, self.foot)

    def back(self) -> None:
        """Take the screen again; what was being checked was held up, and is checked afresh."""
        self.window.fresh()
        if self.session.checking:
            self.session.run()
        self.draw()

    def patience(self) -> float | None:
        """Look again when a check begins to take long, and each second from then on."""
        if not self.session.checking:
            return None
        left = self.session.asked + BUSY_SECONDS - time.monotonic()
        return max(left, 0.0) if not self.busy else 1.0

    def look(self) -> None:
        """Say that a check takes long."""
        if self.session.checking and time.monotonic() - self.session.asked >= BUSY_SECONDS:
            self.busy = True
            self.draw()

    def press(self, key: str) -> bool:
        """Do what a key asks for."""
        session, current = self.session, self.session.current
        verdict = session.last.get(current.name) if current is not None else None
        self.notice = ""
        if key in "qQ":
            return True
        if key in "rR":
            if current is not None:
                session.run()
                return False  # its verdict is about to be drawn
            self.notice = "Nothing is left to be run: all katas are solved."
        elif key in "nN" or (key in "\r\n" and verdict is not None and verdict.passed):
            self.go_on(current, verdict)
        elif key in "hH":
            self.hint(current)
        elif key in "lL":
            self.show(self.list)
        elif key in "vV\x1b":
            self.show(self.verdict)
        elif key in "mM ":
            self.window.leaf()
        elif key == "?":
            self.show(self.help)
        else:
            return False
        self.draw()
        return False

    def show(self, view: View) -> None:
        """Show something else, from its beginning."""
        self.view, self.window.offset = view, 0

    def go_on(self, current: Kata | None, verdict: Verdict | None) -> None:
        """Go on to the next kata, after a pass."""
        if current is not None and not (verdict is not None and verdict.passed):
            self.notice = (
                f"{current.name} has not passed yet. To work on another kata, save its module."
            )
            return
        self.session.move_on()
        self.clock = ""
        self.show(self.introduce)

    def hint(self, current: Kata | None) -> None:
        """Show a hint; it is given once, however often the screen is drawn."""
        if current is None:
            self.notice = "No kata is open, so there is nothing to give a hint for."
            return
        hint = take_hint(self.workspace, current)
        self.show(lambda screen: tell_hint(screen, hint))

    def list(self, screen: Screen) -> None:
        """Write the list of katas."""
        tell_list(screen, self.workspace, self.workspace.states())

    def help(self, screen: Screen) -> None:
        """Write what the keys do."""
        screen.echo("Keys", bold=True)
        for key, words in HELP:
            screen.paragraph(f"{key}  {words}", indent=2, hang=3)
        screen.echo()
        screen.paragraph(
            "Save a module, and it is checked; save another kata's, and that one is watched."
        )
        screen.paragraph("breakpoint() needs the terminal: `kata check --debug` gives it to you.")
        if self.looks():
            screen.paragraph(self.looks())
