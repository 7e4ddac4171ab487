"""Right: tables of lambdas, and minus written as 0 - a."""

import math
import operator

BINARY = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
    "**": operator.pow,
}
UNARY = {"exp": math.exp, "log": math.log, "sin": math.sin, "cos": math.cos}
INNER = {
    "exp": lambda a: ("exp", a),
    "log": lambda a: ("**", a, -1),
    "sin": lambda a: ("cos", a),
    "cos": lambda a: ("-", 0, ("sin", a)),
}


class Memo:
    def __init__(self, f):
        self.f = f
        self.known = {}

    def __call__(self, expr):
        key = id(expr)
        if key not in self.known:
            self.known[key] = (expr, self.f(expr, self))
        return self.known[key][1]


def kind(expr):
    if isinstance(expr, str):
        return "name"
    if not isinstance(expr, tuple):
        return "number"
    if len(expr) == 3 and expr[0] in BINARY:
        return "binary"
    if len(expr) == 2 and expr[0] in UNARY:
        return "unary"
    raise ValueError("unknown operation: " + str(expr[0]))


def evaluate(expr, env):
    def f(e, again):
        k = kind(e)
        if k == "name":
            return float(env[e])
        if k == "number":
            return float(e)
        if k == "binary":
            return BINARY[e[0]](again(e[1]), again(e[2]))
        return UNARY[e[0]](again(e[1]))

    return Memo(f)(expr)


def diff(expr, var):
    def f(e, d):
        k = kind(e)
        if k == "name":
            return float(e == var)
        if k == "number":
            return 0.0
        if k == "unary":
            return ("*", INNER[e[0]](e[1]), d(e[1]))
        op, a, b = e
        da, db = d(a), d(b)
        if op in "+-":
            return (op, da, db)
        if op == "*":
            return ("+", ("*", da, b), ("*", a, db))
        if op == "/":
            return ("/", ("-", ("*", da, b), ("*", a, db)), ("**", b, 2))
        if kind(b) == "number":
            if b == 0:
                return 0.0
            return ("*", ("*", b, ("**", a, b - 1)), da)
        return ("*", e, d(("*", b, ("log", a))))

    return Memo(f)(expr)


def simplify(expr):
    def f(e, again):
        k = kind(e)
        if k in ("name", "number"):
            return e
        parts = tuple(again(p) for p in e[1:])
        if all(kind(p) == "number" for p in parts):
            table = BINARY if k == "binary" else UNARY
            try:
                value = table[e[0]](*map(float, parts))
            except Exception:
                return (e[0],) + parts
            if type(value) is complex or value in (math.inf, -math.inf) or value != value:
                return (e[0],) + parts
            return value
        if k == "unary":
            return (e[0],) + parts
        op, (a, b) = e[0], parts
        if op == "+":
            return b if a == 0 else a if b == 0 else (op, a, b)
        if op == "-":
            return a if b == 0 else (op, a, b)
        if op == "*":
            if a == 0 or b == 0:
                return 0
            return b if a == 1 else a if b == 1 else (op, a, b)
        if op == "/":
            return 0 if a == 0 else a if b == 1 else (op, a, b)
        return 1 if b == 0 else a if b == 1 else (op, a, b)

    return Memo(f)(expr)


def size(expr):
    return Memo(lambda e, again: 1 + sum(again(p) for p in e[1:]) if isinstance(e, tuple) else 1)(
        expr
    )
