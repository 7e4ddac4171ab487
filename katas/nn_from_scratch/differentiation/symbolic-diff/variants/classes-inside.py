"""Tuples are turned into objects of one class per operation, and back at the end."""

import math


class Node:
    def __init__(self, name, *operands):
        self.name, self.operands = name, operands


FUNCTIONS = {"exp": math.exp, "log": math.log, "sin": math.sin, "cos": math.cos}
BINARY = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "**": lambda a, b: a**b,
}


def parse(expr, seen):
    if type(expr) is not tuple:
        return expr
    if id(expr) not in seen:
        name, *operands = expr
        if (name in BINARY and len(operands) == 2) or (name in FUNCTIONS and len(operands) == 1):
            seen[id(expr)] = Node(name, *(parse(operand, seen) for operand in operands))
        else:
            raise ValueError(f"unknown operation {name}")
    return seen[id(expr)]


def unparse(node, seen):
    if not isinstance(node, Node):
        return node
    if node not in seen:
        seen[node] = (node.name, *(unparse(operand, seen) for operand in node.operands))
    return seen[node]


def evaluate(expr, env):
    values = {}

    def value(node):
        if isinstance(node, str):
            return float(env[node])
        if not isinstance(node, Node):
            return float(node)
        if node not in values:
            rule = BINARY.get(node.name) or FUNCTIONS[node.name]
            values[node] = rule(*(value(operand) for operand in node.operands))
        return values[node]

    return float(value(parse(expr, {})))


def diff(expr, var):
    slopes = {}

    def slope(node):
        if not isinstance(node, Node):
            return 1.0 if node == var else 0.0
        if node not in slopes:
            slopes[node] = rule(node, *(slope(operand) for operand in node.operands))
        return slopes[node]

    def rule(node, da, db=None):
        a, b = node.operands[0], node.operands[-1]
        if node.name in "+-":
            return Node(node.name, da, db)
        if node.name == "*":
            return Node("+", Node("*", da, b), Node("*", a, db))
        if node.name == "/":
            return Node("-", Node("/", da, b), Node("/", Node("*", node, db), b))
        if node.name == "**":
            if isinstance(b, int | float):
                if b == 0:
                    return 0.0
                return Node("*", Node("*", b, Node("**", a, b - 1)), da)
            exponent = Node("*", b, Node("/", da, a))
            return Node("*", node, Node("+", Node("*", db, Node("log", a)), exponent))
        factor = {
            "exp": node,
            "log": Node("/", 1, a),
            "sin": Node("cos", a),
            "cos": Node("-", 0, Node("sin", a)),
        }[node.name]
        return Node("*", factor, da)

    return unparse(slope(parse(expr, {})), {})


def simplify(expr):
    done = {}

    def simple(node):
        if not isinstance(node, Node):
            return node
        if node not in done:
            operands = [simple(operand) for operand in node.operands]
            done[node] = shrink(node.name, *operands)
        return done[node]

    return unparse(simple(parse(expr, {})), {})


def shrink(name, *operands):
    if all(isinstance(operand, int | float) for operand in operands):
        try:
            result = (BINARY.get(name) or FUNCTIONS[name])(*map(float, operands))
        except (ArithmeticError, ValueError):
            return Node(name, *operands)
        fine = isinstance(result, float) and math.isfinite(result)
        return result if fine else Node(name, *operands)
    if len(operands) == 1:
        return Node(name, *operands)
    a, b = ("?" if isinstance(operand, Node) else operand for operand in operands)
    left, right = operands
    table = {
        "+": [(a == 0, right), (b == 0, left)],
        "-": [(b == 0, left)],
        "*": [(a == 0 or b == 0, 0), (a == 1, right), (b == 1, left)],
        "/": [(a == 0, 0), (b == 1, left)],
        "**": [(b == 0, 1), (b == 1, left)],
    }
    for applies, result in table[name]:
        if applies:
            return result
    return Node(name, left, right)


def size(expr):
    sizes = {}

    def count(node):
        if type(node) is not tuple:
            return 1
        if id(node) not in sizes:
            sizes[id(node)] = 1 + sum(count(operand) for operand in node[1:])
        return sizes[id(node)]

    return count(expr)
