"""A Sphinx extension: puts what is generated from the code into the pages that ask for it.

A page asks with a comment on a line of its own, `<!-- generated: NAME -->`. What is generated is
Markdown, so it is read as if it had been written in the page. It is never committed.
"""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import components
import docstrings
from sphinx.application import Sphinx

import nnkata.cli
import refnn

SCHEMAS = Path(__file__).parents[1] / "schemas"
ASKED = re.compile(r"^<!-- generated: (.+) -->$", re.MULTILINE)
PRINTED = {
    "verdicts": "`kata check --json`, `kata grade --json` and the reporter `json`",
    "verify": "`kata verify --json`",
    "classmap": "`kata classmap --json`",
    "list": "`kata list --json`",
    "gradebook": "`kata gradebook show --json`",
    "gradebook-diff": "`kata gradebook diff --json`",
}
"""Where each schema of something printed is printed; the others are files that authors write."""


def command_line() -> click.Group:
    """Return the command `kata`, in whichever module of the command line it is."""
    for module in pkgutil.iter_modules(nnkata.cli.__path__):
        if not module.ispkg:
            found = getattr(importlib.import_module(f"nnkata.cli.{module.name}"), "kata", None)
            if isinstance(found, click.Group):
                return found
    raise LookupError("no module of nnkata.cli holds the group `kata`")


def commands() -> str:
    """Return a section for the options of `kata` and one for each command."""
    group = command_line()
    top = context_of(group, "kata")
    parts = [described(group, top)]
    for name in group.list_commands(top):
        command = group.get_command(top, name)
        assert command is not None
        parts.append(f"## kata {name}\n")
        parts += sections(command, context_of(command, name, top), 3)
    return "\n".join(parts)


def context_of(
    command: click.Command, name: str, parent: click.Context | None = None
) -> click.Context:
    """Return the context in which click shows the help of a command."""
    return click.Context(command, info_name=name, parent=parent, **command.context_settings)


def sections(command: click.Command, context: click.Context, depth: int) -> Iterator[str]:
    """Yield what a command does, then the same for each of its subcommands."""
    yield described(command, context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            path = f"{context.command_path} {name}"
            yield f"{'#' * depth} {path}\n"
            yield from sections(below, context_of(below, name, context), depth + 1)


def described(command: click.Command, context: click.Context) -> str:
    """Return the usage, the help and the options of one command."""
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    lines = ["```text", usage, "```", "", inspect.cleandoc(command.help or ""), ""]
    options = [p for p in command.get_params(context) if isinstance(p, click.Option)]
    rows = [record for option in options if (record := option.get_help_record(context))]
    if rows:
        lines += ["| option | meaning |", "|---|---|"]
        lines += [f"| `{_cell(name)}` | {_cell(text)} |" for name, text in rows]
    return "\n".join([*lines, ""])


def schema(name: str) -> str:
    """Return a section for each kind of object in a JSON Schema, with a row per key."""
    whole = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    where = f"Printed by {PRINTED[name]}. " if name in PRINTED else ""
    lines = [f"{where}The schema: {{download}}`{name}.json <../schemas/{name}.json>`.", ""]
    for kind, part in whole["$defs"].items():
        required = [] if name in PRINTED else part.get("required", [])
        lines += [f"**{kind}**: {part.get('description', '')}", "", "| key | value |", "|---|---|"]
        for key, value in part["properties"].items():
            must = " (required)" if key in required else ""
            lines.append(f"| `{key}`{must} | {_cell(value_words(value))} |")
        lines.append("")
    return "\n".join(lines)


def value_words(value: dict[str, Any]) -> str:
    """Return what a value may be, in words."""
    if "$ref" in value:
        words = str(value["$ref"]).rpartition("/")[2]
    elif "anyOf" in value:
        words = " or ".join(value_words(part) for part in value["anyOf"])
    elif "enum" in value:
        words = ", ".join(f"`{json.dumps(one)}`" for one in value["enum"])
    elif value.get("type") == "array":
        words = f"array of {value_words(value['items'])}" if "items" in value else "array"
    elif isinstance(value.get("additionalProperties"), dict):
        words = f"object, each value: {value_words(value['additionalProperties'])}"
    else:
        words = str(value.get("type", "any value"))
    limits = {"minimum": "≥", "exclusiveMinimum": ">", "maximum": "≤", "minItems": "items: ≥"}
    words += "".join(f", {sign} {value[key]}" for key, sign in limits.items() if key in value)
    if "pattern" in value:
        words += f", matches `{value['pattern']}`"
    if value.get("default") not in (None, "", [], {}):
        words += f"; default `{json.dumps(value['default'])}`"
    return words


def reference_network() -> str:
    """Return a section for each module of the reference network."""
    names = sorted(
        m.name
        for m in pkgutil.walk_packages(refnn.__path__, "refnn.")
        if not m.ispkg and not m.name.endswith("__main__")
    )
    return "\n".join(
        f"## {name}\n\n```{{eval-rst}}\n.. automodule:: {name}\n   :members:\n```\n"
        for name in names
    )


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def generate(name: str) -> str:
    """Return what a page asks for."""
    makers = {
        "commands": commands,
        "reference network": reference_network,
        "picture of the components": components.svg,
        "table of the components": components.table,
    }
    kind, _, rest = name.partition(" ")
    return schema(rest) if kind == "schema" else makers[name]()


def fill(app: Sphinx, document: str, content: list[str]) -> None:
    """Replace each comment of a page that asks for something generated."""
    del app, document
    content[0] = ASKED.sub(lambda found: generate(found[1]), content[0])


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect to Sphinx."""
    app.connect("source-read", fill)
    app.connect("autodoc-process-docstring", docstrings.as_restructured_text)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
