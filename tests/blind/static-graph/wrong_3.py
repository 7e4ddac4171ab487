"""Wrong: gradients replace each other."""

import math
import operator

from ..autograd.topological_sort import topological_sort

FORWARD = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "neg": operator.neg,
    "tanh": math.tanh,
    "pow": operator.pow,
}


def slopes(op, args, y):
    if op == "add":
        return [1.0, 1.0]
    if op == "sub":
        return [1.0, -1.0]
    if op == "mul":
        return [args[1], args[0]]
    if op == "div":
        return [1.0 / args[1], -y / args[1]]
    if op == "neg":
        return [-1.0]
    if op == "tanh":
        return [1.0 - y * y]
    base, k = args
    return [k * base ** (k - 1) if k else 0.0]


class Node:
    def __init__(self, op, *parents, name=None, value=None):
        self.op = op
        self.parents = list(parents)
        self.name = name
        self.value = value

    def __bool__(self):
        raise TypeError("this node is only a recipe")

    def __add__(self, other):
        return binary("add", self, other)

    def __radd__(self, other):
        return binary("add", other, self)

    def __sub__(self, other):
        return binary("sub", self, other)

    def __rsub__(self, other):
        return binary("sub", other, self)

    def __mul__(self, other):
        return binary("mul", self, other)

    def __rmul__(self, other):
        return binary("mul", other, self)

    def __truediv__(self, other):
        return binary("div", self, other)

    def __rtruediv__(self, other):
        return binary("div", other, self)

    def __neg__(self):
        return Node("neg", self)

    def __pow__(self, k):
        return Node("pow", self, value=k)

    def tanh(self):
        return Node("tanh", self)


def binary(op, a, b):
    a = a if isinstance(a, Node) else constant(a)
    b = b if isinstance(b, Node) else constant(b)
    return Node(op, a, b)


def placeholder(name):
    return Node("placeholder", name=name)


def constant(value):
    return Node("constant", value=float(value))


class Program:
    def __init__(self, order):
        self.order = order

    @property
    def n_ops(self):
        return sum(1 for node in self.order if node.op in FORWARD)

    def _forward(self, feeds):
        found = {}
        for node in self.order:
            if node.op == "placeholder":
                found[id(node)] = (float(feeds[node.name]), [])
            elif node.op == "constant":
                found[id(node)] = (node.value, [])
            else:
                args = [found[id(p)][0] for p in node.parents]
                if node.op == "pow":
                    args.append(node.value)
                found[id(node)] = (float(FORWARD[node.op](*args)), args)
        return found

    def run(self, feeds):
        return self._forward(feeds)[id(self.order[-1])][0]

    def grad(self, feeds, wrt):
        found = self._forward(feeds)
        grads = {id(node): 0.0 for node in self.order}
        grads[id(self.order[-1])] = 1.0
        answer = {name: 0.0 for name in wrt}
        for node in self.order[::-1]:
            if node.op == "placeholder":
                if node.name in answer:
                    answer[node.name] += grads[id(node)]
            elif node.op != "constant":
                value, args = found[id(node)]
                for parent, slope in zip(node.parents, slopes(node.op, args, value)):
                    grads[id(parent)] = slope * grads[id(node)]
        return answer


def compile_graph(node):
    return Program(topological_sort(node))


def optimize(program):
    replaced, known = {}, {}
    for node in program.order:
        parents = [replaced[id(p)] for p in node.parents]
        copy = Node(node.op, *parents, name=node.name, value=node.value)
        if parents and all(p.op == "constant" for p in parents):
            args = [p.value for p in parents] + ([node.value] if node.op == "pow" else [])
            try:
                copy = constant(FORWARD[node.op](*args))
            except ArithmeticError:
                pass
        key = (copy.op, tuple(id(p) for p in copy.parents), copy.name, repr(copy.value))
        replaced[id(node)] = known.setdefault(key, copy)
    return compile_graph(replaced[id(program.order[-1])])
