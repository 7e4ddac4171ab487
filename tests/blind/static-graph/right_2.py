"""A static graph. What an operation does stands in one table: its function and its slopes."""

import math
import operator
from dataclasses import dataclass
from typing import Callable

from ..autograd.topological_sort import topological_sort


def _tanh_slope(a):
    return (1.0 - math.tanh(a) ** 2,)


@dataclass(frozen=True)
class Op:
    value: Callable
    slopes: Callable


OPS = {
    "add": Op(operator.add, lambda a, b: (1.0, 1.0)),
    "sub": Op(operator.sub, lambda a, b: (1.0, -1.0)),
    "mul": Op(operator.mul, lambda a, b: (b, a)),
    "div": Op(operator.truediv, lambda a, b: (1.0 / b, -a / b / b)),
    "neg": Op(operator.neg, lambda a: (-1.0,)),
    "tanh": Op(math.tanh, _tanh_slope),
}


def _op(name, label):
    if name != "pow":
        return OPS[name]
    return Op(
        lambda a: float(a**label),
        lambda a: (label * a ** (label - 1) if label else 0.0,),
    )


def _binary(name, swapped=False):
    def method(self, other):
        if isinstance(other, (int, float)):
            other = constant(other)
        elif not isinstance(other, Node):
            return NotImplemented
        return Node(name, (other, self) if swapped else (self, other))

    return method


class Node:
    def __init__(self, op, parents=(), label=""):
        self.op, self.parents, self.label = op, parents, label

    __add__, __radd__ = _binary("add"), _binary("add", True)
    __sub__, __rsub__ = _binary("sub"), _binary("sub", True)
    __mul__, __rmul__ = _binary("mul"), _binary("mul", True)
    __truediv__, __rtruediv__ = _binary("div"), _binary("div", True)

    def __pow__(self, k):
        return Node("pow", (self,), float(k)) if isinstance(k, (int, float)) else NotImplemented

    def __neg__(self):
        return Node("neg", (self,))

    def tanh(self):
        return Node("tanh", (self,))

    def __bool__(self):
        raise TypeError("a node has no number while the graph is built")


def placeholder(name):
    return Node("placeholder", label=name)


def constant(value):
    return Node("constant", label=float(value))


class Program:
    def __init__(self, steps, output):
        self.steps, self.output = tuple(steps), output
        self.n_ops = sum(len(operands) > 0 for _, operands, _ in self.steps)

    def _values(self, feeds):
        values = []
        for op, operands, label in self.steps:
            if op == "constant":
                values.append(label)
            elif op == "placeholder":
                values.append(float(feeds[label]))
            else:
                values.append(_op(op, label).value(*(values[i] for i in operands)))
        return values

    def run(self, feeds):
        return self._values(feeds)[self.output]

    def grad(self, feeds, wrt):
        values = self._values(feeds)
        # parts of constants alone need no gradient
        varies = []
        for op, operands, _ in self.steps:
            varies.append(op == "placeholder" or any(varies[i] for i in operands))
        sensitivity = [0.0] * len(values)
        sensitivity[self.output] = 1.0
        result = dict.fromkeys(wrt, 0.0)
        for number in reversed(range(len(values))):
            op, operands, label = self.steps[number]
            if op == "placeholder" and label in result:
                result[label] += sensitivity[number]
            elif operands and varies[number]:
                slopes = _op(op, label).slopes(*(values[i] for i in operands))
                for i, slope in zip(operands, slopes):
                    sensitivity[i] += slope * sensitivity[number]
        return result


def compile_graph(node):
    order = topological_sort(node)
    place = {id(n): i for i, n in enumerate(order)}
    steps = [(n.op, tuple(place[id(p)] for p in n.parents), n.label) for n in order]
    return Program(steps, len(steps) - 1)


def optimize(program):
    steps, known, moved = [], {}, []
    for op, operands, label in program.steps:
        operands = tuple(moved[i] for i in operands)
        if operands and all(steps[i][0] == "constant" for i in operands):
            try:
                folded = _op(op, label).value(*(steps[i][2] for i in operands))
                op, operands, label = "constant", (), folded
            except (ArithmeticError, TypeError):
                pass  # it fails when the program runs
        key = op, operands, label.hex() if isinstance(label, float) else label
        if key not in known:
            known[key] = len(steps)
            steps.append((op, operands, label))
        moved.append(known[key])
    return Program(steps, moved[program.output])
