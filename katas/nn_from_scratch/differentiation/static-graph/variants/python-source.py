"""A program is Python source, one line per step, that is compiled once."""

# ruff: noqa: SIM105

import math

from ..autograd.topological_sort import topological_sort

TEXT = {"+": "{} + {}", "-": "{} - {}", "*": "{} * {}", "/": "{} / {}", "neg": "-{}"}


class Node:
    def __init__(self, op, parents=(), extra=None):
        self.op, self.parents, self.extra = op, list(parents), extra

    def __bool__(self):
        raise TypeError("a Node is neither true nor false")

    def tanh(self):
        return Node("tanh", [self])

    def __neg__(self):
        return Node("neg", [self])

    def __pow__(self, k):
        return Node("**", [self], float(k))


def _operator(symbol):
    def forward(self, other):
        return Node(symbol, [self, other if isinstance(other, Node) else constant(other)])

    def backward(self, other):
        return Node(symbol, [other if isinstance(other, Node) else constant(other), self])

    return forward, backward


Node.__add__, Node.__radd__ = _operator("+")
Node.__sub__, Node.__rsub__ = _operator("-")
Node.__mul__, Node.__rmul__ = _operator("*")
Node.__truediv__, Node.__rtruediv__ = _operator("/")


def placeholder(name):
    return Node("input", extra=name)


def constant(value):
    return Node("number", extra=float(value))


def compile_graph(node):
    lines, number = [], {}
    for place, each in enumerate(topological_sort(node)):
        number[id(each)] = place
        lines.append((each.op, [number[id(parent)] for parent in each.parents], each.extra))
    return Program(lines)


class Program:
    def __init__(self, lines):
        self.lines = lines
        self.n_ops = len([op for op, _, _ in lines if op not in ("input", "number")])
        source = ["def program(feeds, v):"]
        for op, operands, extra in lines:
            source.append(f" v.append(float({self.text(op, operands, extra)}))")
        scope = {"tanh": math.tanh, "inf": math.inf, "nan": math.nan}
        exec("\n".join(source), scope)
        self.program = scope["program"]

    def text(self, op, operands, extra):
        words = [f"v[{place}]" for place in operands]
        if op == "input":
            return f"feeds[{extra!r}]"
        if op == "number":
            return repr(extra)
        if op == "tanh":
            return f"tanh({words[0]})"
        if op == "**":
            return f"{words[0]} ** {extra!r}"
        return TEXT[op].format(*words)

    def trace(self, feeds):
        v = []
        self.program(feeds, v)
        return v

    def run(self, feeds):
        return self.trace(feeds)[-1]

    def grad(self, feeds, wrt):
        v = self.trace(feeds)
        g = [0.0 for _ in v]
        g[-1] = 1.0
        found = {}
        for place in range(len(v) - 1, -1, -1):
            op, operands, extra = self.lines[place]
            up, y = g[place], v[place]
            if op == "input":
                found[extra] = found.get(extra, 0.0) + up
            elif op in "+-":
                g[operands[0]] += up
                g[operands[1]] += up if op == "+" else -up
            elif op == "*":
                g[operands[0]] += up * v[operands[1]]
                g[operands[1]] += up * v[operands[0]]
            elif op == "/":
                g[operands[0]] += up / v[operands[1]]
                g[operands[1]] -= up * y / v[operands[1]]
            elif op == "**":
                if extra != 0:
                    g[operands[0]] += up * extra * v[operands[0]] ** (extra - 1)
            elif op == "neg":
                g[operands[0]] -= up
            elif op == "tanh":
                g[operands[0]] += up * (1 - y) * (1 + y)
        return {name: found.get(name, 0.0) for name in wrt}


def optimize(program):
    lines, seen, moved = [], {}, []
    for op, operands, extra in program.lines:
        operands = [moved[place] for place in operands]
        if operands and all(lines[place][0] == "number" for place in operands):
            small = [lines[place] for place in operands] + [(op, list(range(len(operands))), extra)]
            try:
                op, operands, extra = "number", [], Program(small).run({})
            except (ZeroDivisionError, OverflowError):
                pass
        key = repr((op, operands, extra))
        if key not in seen:
            seen[key] = len(lines)
            lines.append((op, operands, extra))
        moved.append(seen[key])
    if moved[-1] != len(lines) - 1:
        lines = [lines[moved[-1]]]
    return Program(lines)
