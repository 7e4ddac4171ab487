"""The errors that nnkata reports: each has a message, a next step and an exit code."""

from __future__ import annotations

from collections.abc import Iterable

import click

OK, CHECKS_FAILED, USAGE, COURSE_BROKEN, NO_PROTECTION, MACHINERY, NEEDS_PERSON = range(7)
STOPPED = 130
"""The exit code after Ctrl-C or a termination signal; all results so far are saved."""


class KataError(click.ClickException):
    """An error for the person at the terminal: what happened, where, and what to do next.

    `exit_code` is one of the documented codes: 2 for a usage error, 3 for a broken course or
    configuration, 4 for a protection that is not available, 5 for a failure of the checker itself,
    6 for a result that a person has to look at.
    """

    def __init__(self, message: str, *, next_step: str = "", exit_code: int = USAGE) -> None:
        super().__init__(message)
        self.next_step = next_step
        self.screen_text: str | None = None
        """The message and next step as the screen formats them; None without a screen."""
        self.exit_code = exit_code  # type: ignore[misc]  # click has it on the class

    def format_message(self) -> str:
        """Return the message and, on its own line, the next step."""
        if self.screen_text is not None:
            return self.screen_text
        return f"{self.message}\n  → {self.next_step}" if self.next_step else self.message


class CourseError(KataError):
    """An error in a course, a kata or a plugin, which its author has to fix (exit code 3)."""

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message, next_step=next_step, exit_code=COURSE_BROKEN)


class MachineryError(KataError):
    """A failure of the checker itself (exit code 5; never a grade)."""

    def __init__(self, message: str, *, next_step: str = "") -> None:
        super().__init__(message, next_step=next_step, exit_code=MACHINERY)


def suggest(name: str, known: Iterable[str], form: str = "{}", cutoff: float = 0.5) -> str:
    """Return `did you mean X?` for the most similar known name, or an empty string.

    `form` is the format of X; `cutoff`, from 0 to 1, is the required similarity.
    """
    import difflib  # costs two milliseconds, which only errors should take

    near = difflib.get_close_matches(name, known, n=1, cutoff=cutoff)
    return f"did you mean {form.format(near[0])}?" if near else ""
