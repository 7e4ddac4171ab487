"""Functions that run beside the learner's module: they build graphs from functions."""

from collections.abc import Callable
from typing import Any

from ..autograd.value import Value
from . import static_graph as module


def program(f: Callable[..., Any], names: list) -> Any:
    """Return the program of a function of placeholders with these names.

    A number in the text of the function that is written c(2) becomes a constant node.
    """
    return module.compile_graph(f(module.constant, *map(module.placeholder, names)))


def optimized(f: Callable[..., Any], names: list) -> Any:
    """Return the optimized program of a function of placeholders."""
    return module.optimize(program(f, names))


def runs(program: Any, feeds: list) -> list:
    """Return the result of a program for each of several feeds."""
    return [program.run(numbers) for numbers in feeds]


def grads(program: Any, feeds: list, wrt: list) -> list:
    """Return the gradients of a program for each of several feeds, in the order of wrt."""
    found = [program.grad(numbers, wrt) for numbers in feeds]
    return [[g.get(name) if type(g) is dict else None for name in wrt] for g in found]


def gradients_of_values(f: Callable[..., Any], numbers: list) -> list:
    """Return the gradients that Values of these numbers get from a function of them."""
    values = [Value(number) for number in numbers]
    f(0, *values).backward()
    return [value.grad for value in values]


def operations(functions: list, names: list) -> list:
    """Return n_ops of the programs of several functions of placeholders."""
    return [program(f, names).n_ops for f in functions]


def build_later(f: Callable[..., Any], names: list) -> Any:
    """Return the program of a graph that is used in a larger graph afterwards."""
    nodes = [*map(module.placeholder, names)]
    node = f(module.constant, *nodes)
    result = module.compile_graph(node)
    larger = node * module.placeholder("later") + nodes[0]
    module.compile_graph(larger)
    return result


def deep(count: int, x: float) -> list:
    """Return what y ← 0.5 · y + x, so many times, starting with x, gives.

    These are its value and derivative, and value and n_ops of the optimized program.
    """
    node = start = module.placeholder("x")
    for _ in range(count):
        node = 0.5 * node + start
    program = module.compile_graph(node)
    shorter = module.optimize(program)
    feeds = {"x": x}
    return [
        program.run(feeds), program.grad(feeds, ["x"]).get("x"), shorter.run(feeds), shorter.n_ops,
    ]  # fmt: skip


def doubled(count: int) -> Any:
    """Return the program of y ← y + y, so many times, starting with x."""
    y = module.placeholder("x")
    for _ in range(count):
        y = y + y
    return module.compile_graph(y)


def twice_built(count: int) -> list:
    """Return n_ops of the product of two equal chains, and its optimized program.

    The chains share no node but the placeholder.
    """
    x = module.placeholder("x")
    ends = []
    for _ in range(2):
        y = x
        for _ in range(count):
            y = (y + 1.5).tanh()
        ends.append(y)
    program = module.compile_graph(ends[0] * ends[1])
    operations = program.n_ops
    return [operations, module.optimize(program)]
