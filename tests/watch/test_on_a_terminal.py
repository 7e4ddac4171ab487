"""`kata watch` at a terminal: what is seen after a save, and what the keys do."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from nnkata.course.hashes import text_sha256
from nnkata.workspace.workspace import Workspace

from .conftest import Start
from .terminal import COURSE, ESCAPES, FOOT, KATA, Terminal, mistake, module, reference, save

Watching = Callable[..., Terminal]

RIGHT = reference("softmax")
WRONG = mistake("softmax", "global-max")
ENDLESS = "def softmax(z, axis=-1):\n    while True:\n        pass\n"
PASSES = "→ n or Enter: the next kata"
NAMED = "Likely cause:"
FIRST_KATA, SECOND_KATA, *_ = COURSE.katas.values()
FIRST = f"{FIRST_KATA.name} · {FIRST_KATA.title}"
ALL = f"{len(COURSE.katas)} modules"


def test_it_begins_with_what_to_do_and_checks_no_stub(
    watching: Watching, workspace: Workspace
) -> None:
    frame = watching().frame
    assert FIRST in frame
    assert f"2. write  {COURSE.package}/{FIRST_KATA.module}" in frame
    assert "r run  h hint  n next  l list  q quit" in frame
    assert workspace.progress.attempts(FIRST_KATA.name) == 0


def test_a_save_shows_the_verdict_and_then_the_likely_cause(
    watching: Watching, workspace: Workspace
) -> None:
    terminal = watching()
    save(module(workspace.root, "softmax"), WRONG)
    frame = terminal.shows(NAMED)
    assert frame.startswith("softmax · mynn/forward/softmax.py\n✗ ")
    assert "→ h: a hint" in frame
    first = next(f for f in terminal.news.split("\x1b[H") if "✗ " in f)
    assert "Likely cause" not in first, "the verdict waited for its diagnosis"


def test_what_is_stored_is_what_kata_check_stores(watching: Watching, workspace: Workspace) -> None:
    terminal = watching()
    path = module(workspace.root, "softmax")
    save(path, WRONG)
    terminal.shows(NAMED)
    terminal.press("?")
    terminal.shows("To use breakpoint(), run `kata check --debug`")
    attempt = workspace.progress.last_attempt("softmax")
    assert attempt is not None
    assert attempt.mistakes == ["global-max"]
    assert attempt.module == text_sha256(WRONG)
    assert (workspace.state / "failing" / "softmax.py").is_file()
    save(path, RIGHT)
    terminal.shows(PASSES, f"1 of {ALL}")
    terminal.press("l")
    terminal.shows("softmax solved")
    assert workspace.states()["softmax"] == "passed"
    assert workspace.progress.attempts("softmax") == 2
    assert not (workspace.state / "failing" / "softmax.py").exists()


def test_a_file_that_is_written_in_place_or_moved_aside_is_seen_too(
    watching: Watching, workspace: Workspace
) -> None:
    terminal = watching()
    path = module(workspace.root, "softmax")
    with path.open("w", encoding="utf-8") as file:  # as nano does
        file.flush()
        file.write(WRONG)
    terminal.shows("✗", "checks pass")
    path.rename(path.with_name("softmax.py~"))  # as vim does
    path.write_text(RIGHT, encoding="utf-8")
    terminal.shows(PASSES)
    assert "could not be loaded" not in terminal.seen


def test_of_a_burst_of_saves_the_last_wins(watching: Watching, workspace: Workspace) -> None:
    terminal = watching()
    path = module(workspace.root, "softmax")
    for number in range(40):
        save(path, f"{WRONG if number % 2 else ENDLESS}\n# {number}\n")
    save(path, RIGHT)
    terminal.shows(PASSES)
    terminal.press("q")
    assert terminal.end() == 0
    assert PASSES in terminal.seen.rpartition("\x1b[H")[2]
    attempt = workspace.progress.last_attempt("softmax")
    assert attempt is not None
    assert attempt.module == text_sha256(RIGHT)


def test_the_check_of_an_older_text_is_abandoned(watching: Watching, workspace: Workspace) -> None:
    terminal = watching()
    path = module(workspace.root, "softmax")
    save(path, WRONG)
    terminal.shows(NAMED)
    save(path, ENDLESS)
    terminal.shows("checking softmax for", "the verdict above is the previous one")
    save(path, RIGHT)
    terminal.shows(PASSES)
    assert "it was stopped after" not in terminal.seen
    terminal.press("l")
    terminal.shows("softmax solved")
    assert workspace.progress.attempts("softmax") == 2  # nothing of the endless one


def test_keys_work_while_a_check_runs(watching: Watching, workspace: Workspace) -> None:
    terminal = watching()
    save(module(workspace.root, "softmax"), ENDLESS)
    terminal.shows("checking softmax for")
    terminal.press("?")
    terminal.shows("show a hint")
    terminal.press("q")
    assert terminal.end() == 0


def test_a_deleted_file_is_reported_and_still_watched(
    watching: Watching, workspace: Workspace
) -> None:
    path = module(workspace.root, "softmax")
    save(path, WRONG)
    terminal = watching("softmax")
    terminal.shows(NAMED)
    path.unlink()
    terminal.shows(
        "there is no file mynn/forward/softmax.py",
        "save it again, or run kata init",
        "still watched",
    )
    save(path, RIGHT)
    terminal.shows(PASSES)


def test_a_folder_that_is_removed_and_made_again_is_watched_again(
    watching: Watching, workspace: Workspace
) -> None:
    path = module(workspace.root, "softmax")
    save(path, WRONG)
    terminal = watching("softmax")
    terminal.shows(NAMED)
    aside = workspace.root / "aside"
    workspace.package.rename(aside)
    terminal.shows("The module could not be loaded")
    aside.rename(workspace.package)
    terminal.shows(NAMED)
    save(path, RIGHT)
    terminal.shows(PASSES)


def test_enter_goes_to_the_next_kata_only_after_a_pass(
    watching: Watching, workspace: Workspace
) -> None:
    path = module(workspace.root, "softmax")
    save(path, WRONG)
    terminal = watching()
    terminal.shows(NAMED)
    terminal.press("n")
    terminal.shows("softmax has not passed yet. To work on another kata, save its module.")
    save(path, RIGHT)
    terminal.shows(PASSES)
    terminal.press("\r")
    terminal.shows(FIRST, "3. save")
    path = module(workspace.root, FIRST_KATA.name)
    save(path, reference(FIRST_KATA.name))
    terminal.shows(PASSES, f"2 of {ALL}")
    terminal.press("n")
    terminal.shows(f"{SECOND_KATA.name} · ")


def test_another_module_that_is_saved_becomes_the_one_that_is_watched(
    watching: Watching, workspace: Workspace
) -> None:
    terminal = watching("softmax")
    save(module(workspace.root, "he-init"), reference("he-init"))
    terminal.shows("he-init · mynn/", "✓")
    terminal.press("r")
    terminal.shows("he-init · mynn/", "checks pass")


def test_a_saved_module_that_the_kata_needs_has_it_checked_again(
    watching: Watching, workspace: Workspace
) -> None:
    value, sort = (module(workspace.root, k) for k in ("value", "topological-sort"))
    save(value, reference("value"))
    terminal = watching("value")
    terminal.shows("checks pass", f"1 of {ALL}")
    save(sort, mistake("topological-sort", "root-first"))
    terminal.shows("topological-sort · mynn/", "Likely cause:")
    terminal.forget()
    save(value, reference("value") + "\n# fixed\n")
    terminal.shows(
        "topological-sort · mynn/",
        "Checked again because you saved value. To check that: `kata check value`.",
    )
    save(sort, reference("topological-sort"))
    terminal.shows("topological-sort · mynn/", f"2 of {ALL}")
    terminal.forget()
    save(value, reference("value") + "\n# on its own\n")
    terminal.shows("value · mynn/", "checks pass")  # the other one is done


def test_run_hint_list_help_and_paging_have_keys(watching: Watching, workspace: Workspace) -> None:
    save(module(workspace.root, "softmax"), WRONG)
    terminal = watching(rows=20)
    terminal.shows("✗", "checks pass", "more lines (m)")
    terminal.press("m")
    assert "checks pass" not in terminal.shows(NAMED, "the end (m)")
    terminal.press("r")
    terminal.shows("✗", "checks pass")
    terminal.press("h")
    terminal.shows("softmax · hint 2 of 4")
    terminal.press("h")
    terminal.shows("softmax · hint 2 of 4")
    assert workspace.progress.hints("softmax") == 2
    terminal.press("l")
    terminal.shows("softmax open ← next")
    terminal.press("v")
    terminal.shows("✗", "checks pass")
    terminal.press("\x1b[A")  # an arrow key is ignored, and so is the Escape in it
    terminal.press("?")
    terminal.shows("quit (so does Ctrl-C)")
    terminal.press("\x04q")
    assert terminal.end() == 0


def test_a_breakpoint_does_not_take_the_terminal_and_names_kata_check_debug(
    watching: Watching, workspace: Workspace
) -> None:
    terminal = watching()
    head, found, rest = RIGHT.partition('    """\n')
    assert found
    save(module(workspace.root, "softmax"), f"{head}{found}    breakpoint()\n{rest}")
    frame = terminal.shows("BdbQuit")
    assert "`kata check --debug` runs the checks" in " ".join(frame.split())
    terminal.press("l")
    terminal.shows("softmax open ← next")
    save(module(workspace.root, "softmax"), RIGHT)
    terminal.shows(PASSES)


def test_sixty_columns_are_enough(watching: Watching, workspace: Workspace) -> None:
    terminal = watching(columns=60, NO_COLOR="1")
    frames = [terminal.frame]
    save(module(workspace.root, "softmax"), WRONG)
    frames.append(terminal.shows(NAMED))
    for key, words in (("h", "hint 2 of 4"), ("l", "← next"), ("?", "quit"), ("n", "not passed")):
        terminal.press(key)
        frames.append(terminal.shows(words))
    assert max(len(line) for frame in frames for line in frame.splitlines()) <= 60


def test_without_colour_nothing_but_places_is_sent(
    watching: Watching, workspace: Workspace
) -> None:
    terminal = watching(NO_COLOR="1")
    save(module(workspace.root, "softmax"), WRONG)
    terminal.shows(NAMED)
    assert {found[0] for found in ESCAPES.finditer(terminal.seen)} == {"\x1b[H", "\x1b[K", "\x1b[J"}


def test_with_colour_the_verdict_has_it(watching: Watching, workspace: Workspace) -> None:
    terminal = watching()
    save(module(workspace.root, "softmax"), RIGHT)
    terminal.shows(PASSES)
    assert "\x1b[32m✓ " in terminal.seen


def test_a_terminal_that_changes_its_size_is_drawn_again(
    watching: Watching, workspace: Workspace
) -> None:
    save(module(workspace.root, "softmax"), WRONG)
    terminal = watching(columns=100)
    assert "they are." in terminal.shows(NAMED).splitlines()[3]
    terminal.forget()
    terminal.size(60, 60)
    frame = terminal.shows(NAMED)
    assert max(map(len, frame.splitlines())) <= 60
    assert "they are." in frame.splitlines()[4]


@pytest.mark.parametrize(
    ("ending", "code"),
    [
        (signal.SIGINT, 0),
        (signal.SIGTERM, 128 + signal.SIGTERM),
        (signal.SIGHUP, 128 + signal.SIGHUP),
    ],
)
def test_a_signal_ends_it_and_the_terminal_is_as_before(
    watching: Watching, workspace: Workspace, ending: signal.Signals, code: int
) -> None:
    save(module(workspace.root, "softmax"), ENDLESS)
    terminal = watching()
    terminal.shows("checking softmax for")
    assert terminal.is_raw()
    terminal.signal(ending)
    assert terminal.end() == code
    assert terminal.is_as_before()


@pytest.mark.parametrize("key", ["q", "\x03"])
def test_a_key_ends_it_and_the_last_verdict_stays(
    watching: Watching, workspace: Workspace, key: str
) -> None:
    terminal = watching()
    assert terminal.is_raw()
    save(module(workspace.root, "softmax"), WRONG)
    terminal.shows(NAMED)
    terminal.press("l")
    terminal.shows("← next")
    terminal.press(key)
    assert terminal.end() == 0
    assert terminal.is_as_before()
    last = terminal.frame
    assert NAMED in last
    assert FOOT not in last


def test_a_killed_terminal_ends_it(watching: Watching, workspace: Workspace) -> None:
    terminal = watching()
    os.close(terminal.tty)
    os.close(terminal.ours)  # the system hangs up
    try:
        assert terminal.process.wait(timeout=60) == 128 + signal.SIGHUP
    finally:
        terminal.ours, terminal.tty = os.pipe()


def test_it_can_be_stopped_and_goes_on(start: Start, workspace: Workspace) -> None:
    save(module(workspace.root, "softmax"), WRONG)
    shell = start(command=("bash", "--norc", "--noprofile", "-i"), PS1="shell> ")
    shell.says("shell>")
    shell.press(f"{KATA} watch\n")
    shell.shows(NAMED)
    assert shell.is_raw()
    shell.press("\x1a")
    shell.says("Stopped", "shell>")
    shell.press("stty -a | tr ' ' '\\n' | grep -e icanon -e '^-*echo$'\n")
    shell.until(lambda: "icanon\r\n" in shell.news and "echo\r\n" in shell.news, "its settings")
    assert "-icanon\r\n" not in shell.news
    assert "-echo\r\n" not in shell.news
    save(module(workspace.root, "softmax"), RIGHT)
    shell.press("fg\n")
    shell.shows(PASSES)
    shell.press("q")
    shell.says("shell>")
    shell.press("exit\n")
    assert shell.end() == 0
