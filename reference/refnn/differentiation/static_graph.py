"""A graph that is built first, compiled once, and run many times.

A Node is a recipe: it contains no result. compile_graph makes a list of steps from it, a Program,
which computes values and gradients for any numbers. A program can be made shorter before it runs.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..autograd.topological_sort import topological_sort


class Node:
    """One operation, placeholder or constant of a graph. It contains no result.

    In all operators below, either operand may be a plain number (int or float); it becomes a
    constant. No operation computes anything: every result is a new Node.

    Attributes:
        op: the name of the operation.
        parents: the nodes of the operands, in their order, as ``topological_sort`` reads them.
        label: the name of a placeholder, the number of a constant, or the exponent of a power.
    """

    def __init__(
        self, op: str, parents: tuple["Node", ...] = (), label: "str | float" = ""
    ) -> None:
        """Store op, parents and label."""
        self.op = op
        self.parents = parents
        self.label = label

    def __add__(self, other: "Node | float") -> "Node":
        """Return the node of self + other."""
        return Node("+", (self, _lift(other)))

    def __radd__(self, other: float) -> "Node":
        """Return the node of other + self, where other is a number."""
        return Node("+", (_lift(other), self))

    def __sub__(self, other: "Node | float") -> "Node":
        """Return the node of self - other."""
        return Node("-", (self, _lift(other)))

    def __rsub__(self, other: float) -> "Node":
        """Return the node of other - self, where other is a number."""
        return Node("-", (_lift(other), self))

    def __mul__(self, other: "Node | float") -> "Node":
        """Return the node of self * other."""
        return Node("*", (self, _lift(other)))

    def __rmul__(self, other: float) -> "Node":
        """Return the node of other * self, where other is a number."""
        return Node("*", (_lift(other), self))

    def __truediv__(self, other: "Node | float") -> "Node":
        """Return the node of self / other."""
        return Node("/", (self, _lift(other)))

    def __rtruediv__(self, other: float) -> "Node":
        """Return the node of other / self, where other is a number."""
        return Node("/", (_lift(other), self))

    def __pow__(self, k: float) -> "Node":
        """Return the node of self ** k for a number k; it counts as one operation."""
        return Node("**", (self,), float(k))

    def __neg__(self) -> "Node":
        """Return the node of -self, one operation."""
        return Node("neg", (self,))

    def tanh(self) -> "Node":
        """Return the node of the hyperbolic tangent of self."""
        return Node("tanh", (self,))

    def __bool__(self) -> bool:
        """Raise a TypeError: there is no number yet, so ``if`` cannot decide."""
        raise TypeError("a node has no value while the graph is built")


class _Step(NamedTuple):
    """One step of a program: an operation on the results of earlier steps."""

    op: str
    operands: tuple[int, ...]
    label: str | float


class Program:
    """The steps of a compiled graph. It keeps nothing from one run to the next.

    Attributes:
        n_ops: the number of operations. Placeholders and constants do not count.
    """

    n_ops: int

    def __init__(self, steps: Sequence[tuple[str, tuple[int, ...], "str | float"]], output: int):
        """Store steps, and which one is the result; compile_graph and optimize call this.

        Args:
            steps: (op, numbers of the operands, label). Operands come first.
            output: the number of the step whose result is that of the program.
        """
        self._steps = [_Step(*step) for step in steps]
        self._output = output
        self.n_ops = sum(bool(step.operands) for step in self._steps)

    def run(self, feeds: Mapping[str, float]) -> float:
        """Return the value of the graph, a float.

        Args:
            feeds: a number for each placeholder, by name. Other names do not matter.

        Raises:
            KeyError: a placeholder of the graph is not in feeds.
            ZeroDivisionError: a division by 0, or 0 to a negative power.
        """
        return self._compute(feeds)[self._output]

    def grad(self, feeds: Mapping[str, float], wrt: Sequence[str]) -> dict[str, float]:
        """Return the derivatives of the value with respect to some placeholders.

        Args:
            feeds: as for ``run``, with the same errors.
            wrt: names of placeholders. The derivative with respect to a name that the graph does
                not contain is 0.0.

        Returns:
            A dict of floats, one per name in wrt.
        """
        values = self._compute(feeds)
        grads = [0.0] * len(values)
        grads[self._output] = 1.0
        result = dict.fromkeys(wrt, 0.0)
        for number in reversed(range(len(values))):
            step = self._steps[number]
            match step:
                case _Step("placeholder", _, str(name)) if name in result:
                    result[name] += grads[number]
            operands = [values[i] for i in step.operands]
            slopes = _slopes(step, operands, values[number])
            for i, slope in zip(step.operands, slopes, strict=True):
                grads[i] += slope * grads[number]
        return result

    def _compute(self, feeds: Mapping[str, float]) -> list[float]:
        """Return the result of every step."""
        values: list[float] = []
        for step in self._steps:
            match step.op:
                case "placeholder":
                    values.append(float(feeds[str(step.label)]))
                case _:
                    values.append(_apply(step, [values[i] for i in step.operands]))
        return values


def placeholder(name: str) -> Node:
    """Return a node whose number is given by this name when the program runs."""
    return Node("placeholder", (), name)


def constant(value: float) -> Node:
    """Return a node with a fixed number."""
    return Node("constant", (), float(value))


def compile_graph(node: Node) -> Program:
    """Return the program of a graph: every node that ``node`` needs, once, operands first.

    Nodes that ``node`` does not need are not in it. A graph may be 100 000 nodes deep.

    Args:
        node: the node whose value the program computes.
    """
    order = topological_sort(node)
    numbers = {id(each): number for number, each in enumerate(order)}
    steps = [(n.op, tuple(numbers[id(parent)] for parent in n.parents), n.label) for n in order]
    return Program(steps, len(steps) - 1)


def optimize(program: Program) -> Program:
    """Return a program with fewer operations and exactly the same results, errors included.

    - Constant folding: an operation whose operands are all constants becomes a constant. If it
      raises an error, it stays, and raises it when the program runs.
    - Common subexpressions: two operations of the same kind on the same operands in the same order
      become one, even if their operands became the same only by this rule. Two placeholders of the
      same name are the same, and so are equal constants.

    0 * x is not 0, because x may be infinite when the program runs. (x + 1) + 2 is not x + 3,
    because the rounding differs.

    Args:
        program: a program. It is not changed.
    """
    steps: list[_Step] = []
    known: dict[tuple[str, tuple[int, ...], str], int] = {}
    places: list[int] = []
    for old in program._steps:
        step = _fold(_Step(old.op, tuple(places[i] for i in old.operands), old.label), steps)
        key = (step.op, step.operands, repr(step.label))
        if key not in known:
            known[key] = len(steps)
            steps.append(step)
        places.append(known[key])
    return Program(steps, places[program._output])


def _fold(step: _Step, steps: list[_Step]) -> _Step:
    """Return a step as a constant, if it is an operation on constants that has a result."""
    operands = [steps[i] for i in step.operands]
    if {operand.op for operand in operands} != {"constant"}:
        return step
    try:
        return _Step("constant", (), _apply(step, [float(operand.label) for operand in operands]))
    except ArithmeticError:
        return step


def _lift(value: Node | float) -> Node:
    """Return a number as a constant, and a node as it is."""
    return value if isinstance(value, Node) else constant(value)


def _apply(step: _Step, operands: list[float]) -> float:
    """Return the result of a constant, or of an operation on numbers."""
    match step.op, operands:
        case "+", [a, b]:
            return a + b
        case "-", [a, b]:
            return a - b
        case "*", [a, b]:
            return a * b
        case "/", [a, b]:
            return a / b
        case "**", [a]:
            power: float = a ** float(step.label)
            return power
        case "neg", [a]:
            return -a
        case "tanh", [a]:
            return math.tanh(a)
        case _:
            return float(step.label)


def _slopes(step: _Step, operands: list[float], y: float) -> tuple[float, ...]:
    """Return the derivatives of the result y of a step by its operands."""
    match step.op, operands:
        case "+", _:
            return (1.0, 1.0)
        case "-", _:
            return (1.0, -1.0)
        case "*", [a, b]:
            return (b, a)
        case "/", [a, b]:
            return (1.0 / b, -y / b)
        case "**", [a]:
            k = float(step.label)
            return (k * a ** (k - 1.0) if k else 0.0,)
        case "neg", _:
            return (-1.0,)
        case "tanh", _:
            return (1.0 - y * y,)
        case _:
            return ()
