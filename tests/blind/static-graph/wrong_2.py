"""Wrong: operands are sorted for all operations."""

import math

from ..autograd.topological_sort import topological_sort


class Node:
    def __init__(self, op, parents=(), label=None):
        self.op = op
        self.parents = tuple(parents)
        self.label = label

    def __add__(self, other):
        return Node("+", (self, to_node(other)))

    def __radd__(self, other):
        return Node("+", (to_node(other), self))

    def __sub__(self, other):
        return Node("-", (self, to_node(other)))

    def __rsub__(self, other):
        return Node("-", (to_node(other), self))

    def __mul__(self, other):
        return Node("*", (self, to_node(other)))

    def __rmul__(self, other):
        return Node("*", (to_node(other), self))

    def __truediv__(self, other):
        return Node("/", (self, to_node(other)))

    def __rtruediv__(self, other):
        return Node("/", (to_node(other), self))

    def __pow__(self, k):
        return Node("**", (self,), k)

    def __neg__(self):
        return Node("neg", (self,))

    def tanh(self):
        return Node("tanh", (self,))

    def __bool__(self):
        raise TypeError("a Node has no value yet")


def to_node(x):
    if isinstance(x, Node):
        return x
    return constant(x)


def placeholder(name):
    return Node("placeholder", (), name)


def constant(value):
    return Node("constant", (), float(value))


def apply(op, label, args):
    if op == "+":
        return args[0] + args[1]
    if op == "-":
        return args[0] - args[1]
    if op == "*":
        return args[0] * args[1]
    if op == "/":
        return args[0] / args[1]
    if op == "**":
        return args[0] ** label
    if op == "neg":
        return -args[0]
    if op == "tanh":
        return math.tanh(args[0])
    raise ValueError(op)


class Program:
    n_ops = 0

    def __init__(self, steps, out):
        self.steps = steps
        self.out = out
        self.n_ops = sum(1 for op, _, _ in steps if op not in ("placeholder", "constant"))

    def values(self, feeds):
        values = []
        for op, args, label in self.steps:
            if op == "placeholder":
                values.append(float(feeds[label]))
            elif op == "constant":
                values.append(label)
            else:
                values.append(float(apply(op, label, [values[i] for i in args])))
        return values

    def run(self, feeds):
        return self.values(feeds)[self.out]

    def grad(self, feeds, wrt):
        values = self.values(feeds)
        g = [0.0] * len(values)
        g[self.out] = 1.0
        for n in range(len(self.steps) - 1, -1, -1):
            op, args, label = self.steps[n]
            if op == "+":
                g[args[0]] += g[n]
                g[args[1]] += g[n]
            elif op == "-":
                g[args[0]] += g[n]
                g[args[1]] -= g[n]
            elif op == "*":
                g[args[0]] += g[n] * values[args[1]]
                g[args[1]] += g[n] * values[args[0]]
            elif op == "/":
                g[args[0]] += g[n] / values[args[1]]
                g[args[1]] -= g[n] * values[n] / values[args[1]]
            elif op == "**":
                if label != 0:
                    g[args[0]] += g[n] * label * values[args[0]] ** (label - 1)
            elif op == "neg":
                g[args[0]] -= g[n]
            elif op == "tanh":
                g[args[0]] += g[n] * (1 - values[n] ** 2)
        found = {}
        for (op, _, label), gradient in zip(self.steps, g):
            if op == "placeholder":
                found[label] = found.get(label, 0.0) + gradient
        return {name: found.get(name, 0.0) for name in wrt}


def compile_graph(node):
    index = {}
    steps = []
    for n in topological_sort(node):
        index[id(n)] = len(steps)
        steps.append((n.op, [index[id(p)] for p in n.parents], n.label))
    return Program(steps, index[id(node)])


def optimize(program):
    steps = []
    new = {}
    seen = {}
    for i, (op, args, label) in enumerate(program.steps):
        args = [new[j] for j in args]
        if args and all(steps[j][0] == "constant" for j in args):
            try:
                value = apply(op, label, [steps[j][2] for j in args])
                op, args, label = "constant", [], value
            except (ZeroDivisionError, OverflowError):
                pass
        operands = tuple(sorted(args))
        key = f"{op} {operands} {label!r}"
        if key not in seen:
            seen[key] = len(steps)
            steps.append((op, args, label))
        new[i] = seen[key]
    return Program(steps, new[program.out])
