"""Read and compare the source of Python modules: names, signatures, docstrings, imports."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from msgspec import Struct

from ..course.definitions import is_import


class OutlineItem(Struct, frozen=True):
    """A public function, class or method: its signature as text, and its docstring."""

    kind: str
    signature: str
    doc: str


def outline(text: str) -> dict[str, OutlineItem]:
    """Return the public functions, classes and methods of a module, by dotted name."""
    return dict(_items(ast.parse(text).body, ""))


def _items(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, OutlineItem]]:
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            bases = ", ".join(ast.unparse(b) for b in node.bases)
            yield prefix + node.name, OutlineItem("class", bases, ast.get_docstring(node) or "")
            yield from _items(node.body, f"{prefix}{node.name}.")
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _is_public(
            node.name, bool(prefix)
        ):
            returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
            signature = f"({ast.unparse(node.args)}){returns}"
            yield (
                prefix + node.name,
                OutlineItem("function", signature, ast.get_docstring(node) or ""),
            )


def _is_public(name: str, is_method: bool) -> bool:
    if is_method and name.startswith("__") and name.endswith("__"):
        return True
    return not name.startswith("_")


def imported_modules(text: str, module: str, package: str) -> Iterator[tuple[int, str]]:
    """Yield (line, name) of every import: a path inside the package, or a top-level name.

    A relative import in `layers/two_layer.py` of `..forward.softmax` is `forward/softmax.py`.
    `from ..forward import softmax` is treated as an import of the module `forward/softmax.py`.
    """
    here = module.removesuffix(".py").split("/")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, _inside(alias.name.split("."), package)
        elif isinstance(node, ast.ImportFrom):
            if node.level == 0:
                yield node.lineno, _inside((node.module or "").split("."), package)
                continue
            base = here[: len(here) - node.level]
            parts = base + (node.module.split(".") if node.module else [])
            if node.module:
                yield node.lineno, "/".join(parts) + ".py"
            else:
                for alias in node.names:
                    yield node.lineno, "/".join([*parts, alias.name]) + ".py"


def _inside(parts: list[str], package: str) -> str:
    return "/".join(parts[1:]) + ".py" if parts[0] == package and len(parts) > 1 else parts[0]


def is_always_allowed(name: str) -> bool:
    """Return whether a top-level name may be imported by any kata."""
    return name == "numpy" or name in sys.stdlib_module_names


def sources_by_name(text: str) -> dict[str, str]:
    """Return a mistake's top-level functions and classes by name, as source without docstrings."""
    sources = {}
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if ast.get_docstring(node) is not None:
                node.body = node.body[1:] or [ast.Pass()]
            sources[node.name] = ast.unparse(node)
    return sources


def with_definition(text: str, name: str, other: str) -> str:
    """Return `text` with its top-level definition of `name`, and its imports, from `other`."""
    tree, source = ast.parse(text), ast.parse(other)
    kinds = (ast.FunctionDef, ast.ClassDef)
    new = next(n for n in source.body if isinstance(n, kinds) and n.name == name)
    known = {ast.unparse(n) for n in tree.body}
    body: list[ast.stmt] = []
    for node in tree.body:
        if isinstance(node, kinds) and node.name == name:
            body += [n for n in source.body if is_import(n) and ast.unparse(n) not in known]
            body.append(new)
        else:
            body.append(node)
    tree.body = body
    return ast.unparse(tree)


JUNK = {
    "returns None": "return None",
    "returns a str": "return 'junk'",
    "returns its argument": "return (args or (None,))[-1]",
    "returns a wrong shape": "import numpy; return numpy.zeros((2, 1, 3))",
    "raises": "raise RuntimeError('junk')",
}


def make_junk_modules(text: str, exports: list[str]) -> Iterator[tuple[str, str]]:
    """Yield (behaviour, module text) for modules that define `exports` but do nonsense."""
    known = outline(text)
    for behaviour, body in JUNK.items():
        yield behaviour, _junk(known, exports, "*args, **keywords", body, "def")
    yield "takes no arguments", _junk(known, exports, "", "return 1.0", "def")
    yield "is async", _junk(known, exports, "*args, **keywords", "return 1.0", "async def")
    functions = "\n".join(f"def {name}(*args, **keywords): return 1.0" for name in exports)
    yield "has functions in place of classes", functions


def constant_module(text: str, exports: list[str], answer: str) -> str:
    """Return a module that defines `exports` and answers every call with an expression."""
    return _junk(outline(text), exports, "*args, **keywords", f"return {answer}", "def")


def _junk(
    known: dict[str, OutlineItem], exports: list[str], args: str, body: str, word: str
) -> str:
    lines: list[str] = []
    for name in exports:
        item = known.get(name)
        if item is None or item.kind == "function":
            lines += [f"{word} {name}({args}):", f"    {body}"]
            continue
        lines.append(f"class {name}:")
        lines += ["    def __init__(self, *args, **keywords): pass"]
        for method in known:
            owner, _, short = method.rpartition(".")
            if owner == name and short != "__init__":
                inner = ", ".join(["self", args] if args else ["self"])
                lines += [f"    {word} {short}({inner}):", f"        {body}"]
    return "\n".join(lines) + "\n"
