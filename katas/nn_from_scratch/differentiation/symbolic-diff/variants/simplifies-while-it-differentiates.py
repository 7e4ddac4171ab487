"""make simplifies at once; diff uses it too, so its result is short from the beginning."""

import math


def number(x):
    return isinstance(x, int | float)


def known(name, count):
    if count == 2 and name in ("+", "-", "*", "/", "**"):
        return
    if count == 1 and name in ("exp", "log", "sin", "cos"):
        return
    raise ValueError(f"no operation {name!r} of {count} operands")


def value(name, *args):
    match name:
        case "+":
            return args[0] + args[1]
        case "-":
            return args[0] - args[1]
        case "*":
            return args[0] * args[1]
        case "/":
            return args[0] / args[1]
        case "**":
            return args[0] ** args[1]
    return {"exp": math.exp, "log": math.log, "sin": math.sin, "cos": math.cos}[name](args[0])


def make(name, *parts):
    known(name, len(parts))
    if all(map(number, parts)):
        try:
            result = value(name, *map(float, parts))
            if not isinstance(result, complex) and math.isfinite(result):
                return result
        except (ValueError, ArithmeticError):
            pass
        return (name, *parts)
    if name == "+":
        if parts[0] == 0:
            return parts[1]
        if parts[1] == 0:
            return parts[0]
    if name == "-" and parts[1] == 0:
        return parts[0]
    if name == "*":
        if parts[0] == 0 or parts[1] == 0:
            return 0
        if parts[0] == 1:
            return parts[1]
        if parts[1] == 1:
            return parts[0]
    if name == "/":
        if parts[0] == 0:
            return 0
        if parts[1] == 1:
            return parts[0]
    if name == "**":
        if parts[1] == 0:
            return 1
        if parts[1] == 1:
            return parts[0]
    return (name, *parts)


def once(function):
    def outer(expr, *args):
        results = {}

        def inner(node):
            if id(node) not in results:
                results[id(node)] = function(node, inner, *args)
            return results[id(node)]

        return inner(expr)

    return outer


@once
def evaluate(expr, again, env):
    if isinstance(expr, str):
        return float(env[expr])
    if number(expr):
        return float(expr)
    known(expr[0], len(expr) - 1)
    return value(expr[0], *[again(part) for part in expr[1:]])


@once
def diff(expr, again, var):
    if isinstance(expr, str):
        return 1 if expr == var else 0
    if number(expr):
        return 0
    known(expr[0], len(expr) - 1)
    match expr:
        case ("+" | "-" as sign, a, b):
            return make(sign, again(a), again(b))
        case ("*", a, b):
            return make("+", make("*", again(a), b), make("*", a, again(b)))
        case ("/", a, b):
            top = make("-", make("*", again(a), b), make("*", a, again(b)))
            return make("/", top, make("*", b, b))
        case ("**", a, b) if number(b):
            return 0 if b == 0 else make("*", make("*", b, make("**", a, b - 1)), again(a))
        case ("**", a, b):
            return make("*", expr, again(("*", b, ("log", a))))
        case ("exp", a):
            return make("*", expr, again(a))
        case ("log", a):
            return make("*", make("/", 1, a), again(a))
        case ("sin", a):
            return make("*", make("cos", a), again(a))
        case ("cos", a):
            return make("*", make("*", -1, make("sin", a)), again(a))


@once
def simplify(expr, again):
    return make(expr[0], *[again(part) for part in expr[1:]]) if isinstance(expr, tuple) else expr


@once
def size(expr, again):
    return 1 + sum(again(part) for part in expr[1:]) if isinstance(expr, tuple) else 1
