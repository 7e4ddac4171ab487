"""What `kata watch --page` says, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from nnkata.workspace.workspace import Workspace

from .conftest import Kata

SHOW_ARGUMENT = """#!/bin/sh
echo "$1" > {0}/opened.new
path=${{1#file://}}
/bin/cp "$path" {0}/page
/usr/bin/stat -c %a "$path" > {0}/mode
/bin/mv {0}/opened.new {0}/opened
"""
PROGRAM = str(Path(sys.executable).with_name("kata"))


def watch(
    workspace: Workspace, folder: Path, browser: str, *options: str, **more: str
) -> subprocess.Popen[str]:
    """Start `kata watch` with a browser that writes the address into the file `opened`."""
    script = folder / "browser"
    script.write_text(f'#!/bin/sh\nprintf %s "$1" > {folder / "opened"}\n')
    script.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "KATA_"))}
    return subprocess.Popen(
        [PROGRAM, "watch", *options], cwd=workspace.root, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=kept | {"BROWSER": browser.format(folder=folder), "PATH": "/nowhere", "DISPLAY": "",
                    "COLUMNS": "100"} | more,
    )  # fmt: skip


def said_about_the_page(process: subprocess.Popen[str]) -> str:
    """Wait for the line with the address, end the process, and return the line."""
    assert process.stdout is not None
    line = next(line for line in process.stdout if line.startswith("The page: "))
    while line.count("(") > line.count(")"):
        line = f"{line.strip()} {process.stdout.readline()}"
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, "")
    return line.strip()


@pytest.mark.parametrize("option", ["--no-open", "--forwarded"])
def test_no_browser_is_opened_where_that_is_not_wanted(
    option: str, workspace: Workspace, tmp_path: Path
) -> None:
    line = said_about_the_page(watch(workspace, tmp_path, "{folder}/browser %s", "--page", option))
    assert not (tmp_path / "opened").exists()
    if option == "--forwarded":
        assert re.fullmatch(
            r"The page: (http://127\.0\.0\.1:\d+)/[\w-]+/ "
            r"\(put the address of the forwarded port in place of \1\)", line
        )  # fmt: skip


def test_a_browser_that_needs_the_terminal_is_not_started(
    workspace: Workspace, tmp_path: Path
) -> None:
    lynx = tmp_path / "lynx"
    lynx.write_text(f"#!/bin/sh\ntouch {tmp_path / 'opened'}\n")
    lynx.chmod(0o755)
    line = said_about_the_page(watch(workspace, tmp_path, str(lynx), "--page"))
    assert line.endswith("(no browser could be started: open it yourself)")
    assert not (tmp_path / "opened").exists()


def test_in_a_codespace_the_forwarded_address_is_told(workspace: Workspace, tmp_path: Path) -> None:
    domain = {"GITHUB_CODESPACES_PORT_FORWARDING_DOMAIN": "app.github.dev"}
    process = watch(
        workspace, tmp_path, "{folder}/browser %s", "--forwarded", CODESPACE_NAME="x", **domain
    )
    line = said_about_the_page(process)
    assert re.fullmatch(r"The page: https://x-\d+\.app\.github\.dev/[\w-]+/", line)


def test_a_port_that_is_taken_is_an_error_with_a_next_step(kata: Kata) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = kata("watch", "--port", str(port))
    assert done.returncode == 2
    assert f"the page cannot be served on port {port} of 127.0.0.1" in done.stderr
    assert "leave out --port" in done.stderr


@pytest.mark.parametrize("option", ["--page", "--open"])
@pytest.mark.parametrize("browser", ["{folder}/browser %s", "/nowhere/browser %s"])
def test_the_address_is_told_served_until_the_end_and_opened(
    browser: str, option: str, workspace: Workspace, tmp_path: Path
) -> None:
    opened = tmp_path / "opened"
    process = watch(workspace, tmp_path, browser, option)
    assert process.stdout is not None
    found = None
    for line in process.stdout:
        if found := re.match(r"The page: (http://127\.0\.0\.1:\d+/[\w-]+/)(.*)", line):
            break
    assert found is not None
    if "nowhere" not in browser:
        assert found[2] == ""
        # The browser gets a file that leads to the page: the address is a secret, and every user
        # can read a command line.
        leads = Path(urllib.request.url2pathname(urlsplit(opened.read_text()).path))
        assert found[1] in leads.read_text(encoding="utf-8")
    else:
        assert found[2] == " (no browser could be started: open it yourself)"
    with urllib.request.urlopen(found[1], timeout=30) as answer:
        assert b"A neural network from scratch" in answer.read()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (0, "")


def test_the_secret_of_the_page_is_in_no_command_line(workspace: Workspace, tmp_path: Path) -> None:
    """Every user of a machine can read the command line of a browser."""
    browser = tmp_path / "browser"
    browser.write_text(SHOW_ARGUMENT.format(tmp_path), encoding="utf-8")
    browser.chmod(0o755)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTEST", "KATA_"))}
    process = subprocess.Popen(
        [PROGRAM, "watch", "--open"], cwd=workspace.root, text=True, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=kept | {"BROWSER": f"{browser} %s"},
    )  # fmt: skip
    assert process.stdout is not None
    lines = iter(process.stdout.readline, "")
    found = next(
        m for line in lines if (m := re.match(r"The page: (http://[^/]+/([\w-]+)/)", line))
    )
    address, secret = found[1], found[2]
    opened = (tmp_path / "opened").read_text(encoding="utf-8").strip()
    assert opened.startswith("file:///")
    assert secret not in opened
    assert f"url={address}" in (tmp_path / "page").read_text(encoding="utf-8")
    assert (tmp_path / "mode").read_text(encoding="utf-8").strip() == "600"
    assert Path(opened.removeprefix("file://")).is_file()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert not Path(opened.removeprefix("file://")).exists()
