"""The one error class: it knows its sentence, the next step and its exit code."""

from __future__ import annotations

import click

OK, CHECKS_FAILED, USAGE, COURSE_BROKEN, NO_PROTECTION, MACHINERY, NEEDS_PERSON = range(7)
STOPPED = 130
"""Ctrl-C, or a signal that asked for the end; everything so far is kept."""


class KataError(click.ClickException):
    """An error that a person can meet: what happened, where, and what to do next.

    `exit_code` is one of the documented codes: 2 for usage, 3 for a course or a
    configuration that is broken, 4 for a protection that cannot be had, 5 for
    machinery that failed.
    """

    def __init__(self, message: str, *, next_step: str = "", exit_code: int = USAGE) -> None:
        super().__init__(message)
        self.next_step = next_step
        self.screen_text: str | None = None
        """The same as the screen writes it, where there is one."""
        self.exit_code = exit_code  # type: ignore[misc]  # click has it on the class

    def format_message(self) -> str:
        """Return the sentence and, on a line of its own, the next step."""
        if self.screen_text is not None:
            return self.screen_text
        return f"{self.message}\n  → {self.next_step}" if self.next_step else self.message


class CourseError(KataError):
    """A course, a kata or a plugin that its author has to mend (exit code 3)."""

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message, next_step=next_step, exit_code=COURSE_BROKEN)


class MachineryError(KataError):
    """The checker itself could not do its work (exit code 5; never a grade)."""

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message, next_step=next_step, exit_code=MACHINERY)
