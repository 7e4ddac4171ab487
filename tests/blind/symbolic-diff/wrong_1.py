"""Wrong: slopes are multiplied in a product."""

import math

TWO = ("+", "-", "*", "/", "**")
ONE = ("exp", "log", "sin", "cos")


def check(expr):
    if expr[0] in TWO and len(expr) == 3:
        return
    if expr[0] in ONE and len(expr) == 2:
        return
    raise ValueError(f"not an operation: {expr[0]}")


def calc(op, a, b=None):
    if op == "+":
        return a + b
    elif op == "-":
        return a - b
    elif op == "*":
        return a * b
    elif op == "/":
        return a / b
    elif op == "**":
        return a**b
    elif op == "exp":
        return math.exp(a)
    elif op == "log":
        return math.log(a)
    elif op == "sin":
        return math.sin(a)
    return math.cos(a)


def evaluate(expr, env):
    return _evaluate(expr, env, {})


def _evaluate(expr, env, memo):
    if isinstance(expr, str):
        return float(env[expr])
    if isinstance(expr, (int, float)):
        return float(expr)
    if id(expr) in memo:
        return memo[id(expr)]
    check(expr)
    args = [_evaluate(e, env, memo) for e in expr[1:]]
    memo[id(expr)] = calc(expr[0], *args)
    return memo[id(expr)]


def diff(expr, var):
    return _diff(expr, var, {})


def _diff(expr, var, memo):
    if isinstance(expr, str):
        return 1 if expr == var else 0
    if isinstance(expr, (int, float)):
        return 0
    if id(expr) in memo:
        return memo[id(expr)]
    check(expr)
    op = expr[0]
    a = expr[1]
    da = _diff(a, var, memo)
    if len(expr) == 3:
        b = expr[2]
        db = _diff(b, var, memo)
    if op == "+":
        result = ("+", da, db)
    elif op == "-":
        result = ("-", da, db)
    elif op == "*":
        result = ("*", da, db)
    elif op == "/":
        result = ("/", ("-", da, ("*", ("/", a, b), db)), b)
    elif op == "**":
        if isinstance(b, (int, float)):
            if b == 0:
                result = 0
            else:
                result = ("*", ("*", b, ("**", a, b - 1)), da)
        else:
            inner = ("+", ("*", db, ("log", a)), ("/", ("*", b, da), a))
            result = ("*", ("**", a, b), inner)
    elif op == "exp":
        result = ("*", ("exp", a), da)
    elif op == "log":
        result = ("*", ("/", 1, a), da)
    elif op == "sin":
        result = ("*", ("cos", a), da)
    else:
        result = ("*", ("*", -1, ("sin", a)), da)
    memo[id(expr)] = result
    return result


def simplify(expr):
    return _simplify(expr, {})


def _is(expr, n):
    return isinstance(expr, (int, float)) and expr == n


def _simplify(expr, memo):
    if not isinstance(expr, tuple):
        return expr
    if id(expr) in memo:
        return memo[id(expr)]
    check(expr)
    op = expr[0]
    args = [_simplify(e, memo) for e in expr[1:]]
    result = (op, *args)
    if all(isinstance(x, (int, float)) for x in args):
        try:
            n = calc(op, *[float(x) for x in args])
            if isinstance(n, float) and math.isfinite(n):
                result = n
        except (ZeroDivisionError, ValueError, OverflowError):
            pass
    elif op == "+":
        if _is(args[0], 0):
            result = args[1]
        elif _is(args[1], 0):
            result = args[0]
    elif op == "-":
        if _is(args[1], 0):
            result = args[0]
    elif op == "*":
        if _is(args[0], 0) or _is(args[1], 0):
            result = 0
        elif _is(args[0], 1):
            result = args[1]
        elif _is(args[1], 1):
            result = args[0]
    elif op == "/":
        if _is(args[0], 0) and not _is(args[1], 0):
            result = 0
        elif _is(args[1], 1):
            result = args[0]
    elif op == "**":
        if _is(args[1], 1):
            result = args[0]
        elif _is(args[1], 0):
            result = 1
    memo[id(expr)] = result
    return result


def size(expr):
    return _size(expr, {})


def _size(expr, memo):
    if not isinstance(expr, tuple):
        return 1
    if id(expr) not in memo:
        memo[id(expr)] = 1 + sum(_size(e, memo) for e in expr[1:])
    return memo[id(expr)]
