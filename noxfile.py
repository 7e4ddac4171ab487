"""What can be run on a working copy: `nox -l` lists it, `nox -s tests-3.13` runs one session."""

from __future__ import annotations

import nox

PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
PROJECT = nox.project.load_toml()

nox.options.sessions = ["lint", "tests"]
nox.options.error_on_missing_interpreters = False


def install(session: nox.Session, *groups: str) -> None:
    """Install the working copy and some of its dependency groups."""
    session.install("--editable", ".", *nox.project.dependency_groups(PROJECT, *groups))


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the tests on each Python that is installed; arguments go to pytest."""
    install(session, "dev")
    session.run("tests/browser/get_axe.sh", external=True)
    session.run(
        "python", "-m", "pytest", *(session.posargs or ["-q", "-n", "auto", "--dist", "loadfile"])
    )


@nox.session
def lint(session: nox.Session) -> None:
    """Run ruff, mypy and codespell."""
    install(session, "dev")
    session.run("python", "-m", "pytest", "-q", "tests/test_lint.py", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation site in docs/_build."""
    install(session, "docs")
    session.run("sphinx-build", "-W", "-b", "html", "docs", "docs/_build", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Run measurements: `nox -s bench -- cold_check --quiet`."""
    install(session, "test")
    name, *options = session.posargs or ["cold_check", "--quiet"]
    session.run("python", f"bench/{name}.py", *options)
