"""The parts are listed once, operands first, and every function is a loop over this list."""

import math

ARITY = {"+": 2, "-": 2, "*": 2, "/": 2, "**": 2, "exp": 1, "log": 1, "sin": 1, "cos": 1}


def order(expr):
    listed, seen, stack = [], set(), [(expr, False)]
    while stack:
        node, ready = stack.pop()
        if ready:
            listed.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            stack.append((node, True))
            if isinstance(node, tuple):
                stack.extend((operand, False) for operand in node[1:])
    return listed


def checked(node):
    if ARITY.get(node[0]) != len(node) - 1:
        raise ValueError(node[0])
    return node


def compute(name, a, b=0.0):
    if name == "+":
        return a + b
    if name == "-":
        return a - b
    if name == "*":
        return a * b
    if name == "/":
        return a / b
    if name == "**":
        return a**b
    return getattr(math, name)(a)


def evaluate(expr, env):
    values = {}
    for node in order(expr):
        if isinstance(node, tuple):
            name, *operands = checked(node)
            values[id(node)] = compute(name, *(values[id(operand)] for operand in operands))
        else:
            values[id(node)] = float(env[node]) if isinstance(node, str) else float(node)
    return values[id(expr)]


def diff(expr, var):
    slopes = {}
    for node in order(expr):
        if not isinstance(node, tuple):
            slopes[id(node)] = int(node == var)
            continue
        name, a, b = (*checked(node), None)[:3]
        da, db = slopes[id(a)], slopes.get(id(b))
        if name in ("+", "-"):
            slope = (name, da, db)
        elif name == "*":
            slope = ("+", ("*", a, db), ("*", da, b))
        elif name == "/":
            slope = ("-", ("/", da, b), ("*", ("/", node, b), db))
        elif name == "**" and not isinstance(b, tuple | str):
            slope = 0 if b == 0 else ("*", da, ("*", ("**", a, b - 1), b))
        elif name == "**":
            slope = ("+", ("*", ("*", node, ("log", a)), db), ("*", ("*", node, ("/", b, a)), da))
        elif name == "log":
            slope = ("/", da, a)
        elif name == "exp":
            slope = ("*", da, node)
        elif name == "sin":
            slope = ("*", da, ("cos", a))
        else:
            slope = ("-", 0, ("*", da, ("sin", a)))
        slopes[id(node)] = slope
    return slopes[id(expr)]


def simplify(expr):
    simple = {}
    for node in order(expr):
        if isinstance(node, tuple):
            name, *operands = checked(node)
            simple[id(node)] = shorten(name, [simple[id(operand)] for operand in operands])
        else:
            simple[id(node)] = node
    return simple[id(expr)]


def shorten(name, operands):
    same = (name, *operands)
    if not any(isinstance(operand, tuple | str) for operand in operands):
        try:
            number = compute(name, *[float(operand) for operand in operands])
        except (ZeroDivisionError, OverflowError, ValueError):
            return same
        if isinstance(number, complex) or math.isinf(number) or math.isnan(number):
            return same
        return number
    if len(operands) == 1:
        return same
    a, b = operands
    if name == "*" and 0 in (
        a if isinstance(a, int | float) else 1,
        b if isinstance(b, int | float) else 1,
    ):
        return 0
    if name == "/" and a == 0:
        return 0
    if name == "**" and b == 0:
        return 1
    neutral = {"+": 0, "-": 0, "*": 1, "/": 1, "**": 1}[name]
    if b == neutral:
        return a
    if name in "+*" and a == neutral:
        return b
    return same


def size(expr):
    sizes = {}
    for node in order(expr):
        operands = node[1:] if isinstance(node, tuple) else ()
        sizes[id(node)] = 1 + sum(sizes[id(operand)] for operand in operands)
    return sizes[id(expr)]
