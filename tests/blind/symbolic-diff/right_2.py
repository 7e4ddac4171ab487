"""Symbolic differentiation. One class per set of rules visits each tuple of an expression once."""

import math
import operator

ARITIES = {**dict.fromkeys(("+", "-", "*", "/", "**"), 2), **dict.fromkeys(("exp", "log", "sin", "cos"), 1)}


class Visitor:
    """Calls leaf(x) for numbers and names, and part(expr, results of the operands) for tuples."""

    def __init__(self):
        self.memo = {}

    def visit(self, expr):
        if not isinstance(expr, tuple):
            return self.leaf(expr)
        key = id(expr)
        if key not in self.memo:
            self.check(expr)
            self.memo[key] = self.part(expr, [self.visit(operand) for operand in expr[1:]])
        return self.memo[key]

    def check(self, expr):
        name = expr[0] if expr and isinstance(expr[0], str) else None
        if ARITIES.get(name) != len(expr) - 1:
            raise ValueError(f"not an operation: {expr[:1]} with {len(expr) - 1} operands")


class Size(Visitor):
    def check(self, expr):
        pass

    def leaf(self, leaf):
        return 1

    def part(self, expr, sizes):
        return sum(sizes, start=1)


class Evaluator(Visitor):
    FUNCTIONS = {
        "+": operator.add,
        "-": operator.sub,
        "*": operator.mul,
        "/": operator.truediv,
        "**": operator.pow,
        "exp": math.exp,
        "log": math.log,
        "sin": math.sin,
        "cos": math.cos,
    }

    def __init__(self, env):
        super().__init__()
        self.env = env

    def leaf(self, leaf):
        return float(self.env[leaf] if isinstance(leaf, str) else leaf)

    def part(self, expr, values):
        result = self.FUNCTIONS[expr[0]](*values)
        if isinstance(result, complex):
            raise ValueError("a root of a negative number")
        return result


class Differentiator(Visitor):
    def __init__(self, var):
        super().__init__()
        self.var = var

    def leaf(self, leaf):
        return 1 if leaf == self.var else 0

    def part(self, expr, derivatives):
        if all(d == 0 for d in derivatives):
            return 0  # var is not in it
        op, a = expr[:2]
        da = derivatives[0]
        b, db = (expr[-1], derivatives[-1])
        if op in ("+", "-"):
            return (op, da, db)
        if op == "*":
            return ("+", ("*", da, b), ("*", a, db))
        if op == "/":
            return ("/", ("-", da, ("*", expr, db)), b)
        if op == "**":
            if isinstance(b, (int, float)):
                return ("*", ("*", b, ("**", a, b - 1)), da) if b else 0
            return ("*", expr, ("+", ("*", db, ("log", a)), ("/", ("*", b, da), a)))
        outer = {
            "exp": expr,
            "log": ("/", 1, a),
            "sin": ("cos", a),
            "cos": ("-", 0, ("sin", a)),
        }
        return ("*", outer[op], da)


class Simplifier(Visitor):
    def leaf(self, leaf):
        return leaf

    def part(self, expr, operands):
        short = (expr[0], *operands)
        if all(isinstance(x, (int, float)) for x in operands):
            try:
                value = evaluate(short, {})
            except (ArithmeticError, ValueError):
                return short
            return value if math.isfinite(value) else short
        return self.rules(*short) if len(operands) == 2 else short

    def rules(self, op, a, b):
        zero, one = (lambda x: isinstance(x, (int, float)) and x == 0), lambda x: x == 1
        if (op in "+-" and zero(b)) or (op in ("*", "/", "**") and one(b)):
            return a
        if (op == "+" and zero(a)) or (op == "*" and one(a)):
            return b
        if op == "*" and (zero(a) or zero(b)):
            return 0
        if op == "/" and zero(a):
            return 0
        if op == "**" and zero(b):
            return 1
        return (op, a, b)


def evaluate(expr, env):
    return Evaluator(env).visit(expr)


def diff(expr, var):
    return Differentiator(var).visit(expr)


def simplify(expr):
    return Simplifier().visit(expr)


def size(expr):
    return Size().visit(expr)
