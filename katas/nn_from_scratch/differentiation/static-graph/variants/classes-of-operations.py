"""Each operation is a class with its value and its slopes; a program is a list of instructions."""

# ruff: noqa: ARG002, SIM105

import math

from ..autograd.topological_sort import topological_sort


class Node:
    arguments = 0
    parents = ()

    def key(self, operands):
        return (type(self).__name__, operands)

    def __bool__(self):
        raise TypeError("nodes cannot decide an if")

    def __add__(self, other):
        return Sum(self, other)

    def __radd__(self, other):
        return Sum(other, self)

    def __sub__(self, other):
        return Difference(self, other)

    def __rsub__(self, other):
        return Difference(other, self)

    def __mul__(self, other):
        return Product(self, other)

    def __rmul__(self, other):
        return Product(other, self)

    def __truediv__(self, other):
        return Quotient(self, other)

    def __rtruediv__(self, other):
        return Quotient(other, self)

    def __pow__(self, k):
        return Power(self, k)

    def __neg__(self):
        return Minus(self)

    def tanh(self):
        return Tanh(self)


class Placeholder(Node):
    def __init__(self, name):
        self.name = name

    def key(self, operands):
        return ("placeholder", self.name)


class Constant(Node):
    def __init__(self, value):
        self.number = float(value)

    def key(self, operands):
        return ("constant", self.number.hex())


class Operation(Node):
    def __init__(self, *operands):
        self.parents = tuple(o if isinstance(o, Node) else Constant(o) for o in operands)


class Sum(Operation):
    def value(self, a, b):
        return a + b

    def slopes(self, a, b):
        return 1.0, 1.0


class Difference(Operation):
    def value(self, a, b):
        return a - b

    def slopes(self, a, b):
        return 1.0, -1.0


class Product(Operation):
    def value(self, a, b):
        return a * b

    def slopes(self, a, b):
        return b, a


class Quotient(Operation):
    def value(self, a, b):
        return a / b

    def slopes(self, a, b):
        return 1 / b, -(a / b) / b


class Minus(Operation):
    def value(self, a):
        return -a

    def slopes(self, a):
        return (-1.0,)


class Tanh(Operation):
    def value(self, a):
        return math.tanh(a)

    def slopes(self, a):
        return (1 - math.tanh(a) ** 2,)


class Power(Operation):
    def __init__(self, base, k):
        super().__init__(base)
        self.k = k

    def key(self, operands):
        return ("power", operands, float(self.k))

    def value(self, a):
        return a**self.k

    def slopes(self, a):
        return (self.k * a ** (self.k - 1) if self.k else 0.0,)


def placeholder(name):
    return Placeholder(name)


def constant(value):
    return Constant(value)


class Program:
    def __init__(self, instructions, last):
        self.instructions = tuple(instructions)
        self.last = last
        self.n_ops = sum(isinstance(node, Operation) for node, _ in instructions)

    def compute(self, feeds):
        results = []
        for node, operands in self.instructions:
            if isinstance(node, Placeholder):
                results.append(float(feeds[node.name]))
            elif isinstance(node, Constant):
                results.append(node.number)
            else:
                results.append(node.value(*(results[i] for i in operands)))
        return results

    def run(self, feeds):
        return float(self.compute(feeds)[self.last])

    def grad(self, feeds, wrt):
        results = self.compute(feeds)
        arriving = {self.last: 1.0}
        answer = dict.fromkeys(wrt, 0.0)
        for i in range(self.last, -1, -1):
            if i not in arriving:
                continue
            node, operands = self.instructions[i]
            if isinstance(node, Placeholder) and node.name in answer:
                answer[node.name] += arriving[i]
            if isinstance(node, Operation):
                slopes = node.slopes(*(results[j] for j in operands))
                for j, slope in zip(operands, slopes, strict=True):
                    arriving[j] = arriving.get(j, 0.0) + slope * arriving[i]
        return answer


def compile_graph(node):
    index, instructions = {}, []
    for each in topological_sort(node):
        index[id(each)] = len(instructions)
        instructions.append((each, tuple(index[id(parent)] for parent in each.parents)))
    return Program(instructions, len(instructions) - 1)


def optimize(program):
    instructions, index, moved = [], {}, {}
    for i, (node, operands) in enumerate(program.instructions):
        operands = tuple(moved[j] for j in operands)
        numbers = [instructions[j][0] for j in operands]
        if operands and all(isinstance(number, Constant) for number in numbers):
            try:
                node, operands = Constant(node.value(*(n.number for n in numbers))), ()
            except ArithmeticError:
                pass
        key = node.key(operands)
        if key not in index:
            index[key] = len(instructions)
            instructions.append((node, operands))
        moved[i] = index[key]
    return Program(instructions, moved[program.last])
