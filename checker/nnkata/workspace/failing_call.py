"""Write a failing call as a program that `kata run` runs."""

from __future__ import annotations

import ast
import re

from ..model import Course, Kata, Outcome


def failing_program(course: Course, kata: Kata, outcome: Outcome) -> str:
    """Return a program that repeats the failing call and prints the returned value."""
    call = outcome.call or ""
    imports = [
        f"import {line}"
        for name, line in (("math", "math"), ("random", "random"), ("np", "numpy as np"))
        if re.search(rf"\b{name}\.", call)
    ]
    for name in [*course.all_needs(kata.name), kata.name]:
        used = [e for e in course.katas[name].file.exports if re.search(rf"\b{e}\(", call)]
        if used:
            dotted = course.katas[name].module.removesuffix(".py").replace("/", ".")
            imports.append(f"from {course.package}.{dotted} import {', '.join(used)}")
    if "probe." in call:
        folder, _, file = kata.module.removesuffix(".py").rpartition("/")
        dotted = f"{course.package}.{folder.replace('/', '.')}".rstrip(".")
        imports.append(f"from {dotted} import _probes_{file} as probe")
    head = f"# {outcome.sentence}\n# kata run .kata/failing/{kata.name}.py\n\n"
    return head + "\n".join(imports) + "\n\n" + _print_last(call) + "\n"


def _print_last(call: str) -> str:
    """Return the call with its last expression wrapped in `print`."""
    try:
        last = ast.parse(call).body[-1]
    except (SyntaxError, IndexError):
        return call
    if not isinstance(last, ast.Expr):
        return call
    lines = call.splitlines()
    before, expression = lines[: last.lineno - 1], lines[last.lineno - 1 :]
    return "\n".join([*before, "print(", *("    " + line for line in expression), ")"])
