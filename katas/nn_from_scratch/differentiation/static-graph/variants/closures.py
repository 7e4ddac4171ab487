"""A program is a list of functions that read and write one list of numbers; gradients are too."""

# ruff: noqa: ARG005

import math

from ..autograd.topological_sort import topological_sort


class Node:
    def __init__(self, kind, parents=(), number=None, name=None):
        self.kind = kind
        self.parents = tuple(parents)
        self.number = number
        self.name = name

    def __bool__(self):
        raise TypeError("no value yet")

    def __add__(self, other):
        return Node("add", (self, node_of(other)))

    def __radd__(self, other):
        return node_of(other) + self

    def __sub__(self, other):
        return Node("sub", (self, node_of(other)))

    def __rsub__(self, other):
        return node_of(other) - self

    def __mul__(self, other):
        return Node("mul", (self, node_of(other)))

    def __rmul__(self, other):
        return node_of(other) * self

    def __truediv__(self, other):
        return Node("div", (self, node_of(other)))

    def __rtruediv__(self, other):
        return node_of(other) / self

    def __pow__(self, k):
        return Node("pow", (self,), k)

    def __neg__(self):
        return Node("neg", (self,))

    def tanh(self):
        return Node("tanh", (self,))


def node_of(x):
    return x if isinstance(x, Node) else constant(x)


def placeholder(name):
    return Node("input", name=name)


def constant(value):
    return Node("number", number=float(value))


RULES = {
    "add": (lambda k, a, b: a + b, lambda k, y, a, b: (1.0, 1.0)),
    "sub": (lambda k, a, b: a - b, lambda k, y, a, b: (1.0, -1.0)),
    "mul": (lambda k, a, b: a * b, lambda k, y, a, b: (b, a)),
    "div": (lambda k, a, b: a / b, lambda k, y, a, b: (1 / b, -a / b / b)),
    "pow": (lambda k, a: a**k, lambda k, y, a: (k * a ** (k - 1) if k != 0 else 0.0,)),
    "neg": (lambda k, a: -a, lambda k, y, a: (-1.0,)),
    "tanh": (lambda k, a: math.tanh(a), lambda k, y, a: (1 - y**2,)),
}


class Program:
    def __init__(self, root):
        self.root = root
        self.order = list(topological_sort(root))
        self.n_ops = sum(node.kind in RULES for node in self.order)

    def values(self, feeds):
        memory = {}
        for node in self.order:
            if node.kind == "input":
                memory[node] = float(feeds[node.name])
            elif node.kind == "number":
                memory[node] = node.number
            else:
                operands = [memory[parent] for parent in node.parents]
                memory[node] = float(RULES[node.kind][0](node.number, *operands))
        return memory

    def run(self, feeds):
        return self.values(feeds)[self.root]

    def grad(self, feeds, wrt):
        memory = self.values(feeds)
        back = dict.fromkeys(self.order, 0.0)
        back[self.root] = 1.0
        for node in reversed(self.order):
            if node.kind in RULES:
                operands = [memory[parent] for parent in node.parents]
                slopes = RULES[node.kind][1](node.number, memory[node], *operands)
                for parent, slope in zip(node.parents, slopes, strict=True):
                    back[parent] += back[node] * slope
        inputs = [node for node in self.order if node.kind == "input"]
        return {name: sum((back[n] for n in inputs if n.name == name), 0.0) for name in wrt}


def compile_graph(node):
    return Program(node)


def optimize(program):
    new, unique = {}, {}
    for node in program.order:
        parents = [new[parent] for parent in node.parents]
        made = Node(node.kind, parents, node.number, node.name)
        if parents and all(parent.kind == "number" for parent in parents):
            try:
                result = RULES[node.kind][0](node.number, *(p.number for p in parents))
                made = constant(result)
            except (ZeroDivisionError, OverflowError):
                pass
        names = [id(parent) for parent in made.parents]
        if made.kind in ("add", "mul"):
            names.sort()
        key = (made.kind, tuple(names), str(made.number), made.name)
        new[node] = unique.setdefault(key, made)
    return Program(new[program.root])
