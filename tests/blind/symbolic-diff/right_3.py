import math

UNARY = {"exp": math.exp, "log": math.log, "sin": math.sin, "cos": math.cos}
BINARY = ("+", "-", "*", "/", "**")


def is_number(x):
    return isinstance(x, (int, float))


def tuples_of(expr, check=True):
    """All tuples in an expression, each object once, operands before what is made of them."""
    found, seen, stack = [], set(), [(expr, False)]
    while stack:
        part, operands_done = stack.pop()
        if operands_done:
            found.append(part)
        elif isinstance(part, tuple) and id(part) not in seen:
            seen.add(id(part))
            if check and not well_formed(part):
                raise ValueError(f"no such operation: {part[:1]}")
            stack.append((part, True))
            stack.extend((operand, False) for operand in part[1:])
    return found


def well_formed(part):
    match part:
        case (str(op), _):
            return op in UNARY
        case (str(op), _, _):
            return op in BINARY
    return False


def compute(op, a, b=None):
    match op:
        case "+":
            return a + b
        case "-":
            return a - b
        case "*":
            return a * b
        case "/":
            return a / b
        case "**":
            power = a**b
            if isinstance(power, complex):
                raise ValueError("the power is not real")
            return power
    return UNARY[op](a)


def evaluate(expr, env):
    done = {}

    def value(x):
        if isinstance(x, tuple):
            return done[id(x)]
        return float(x) if is_number(x) else float(env[x])

    for part in tuples_of(expr):
        done[id(part)] = compute(part[0], *map(value, part[1:]))
    return value(expr)


def diff(expr, var):
    done = {}

    def d(x):
        if isinstance(x, tuple):
            return done[id(x)]
        return int(isinstance(x, str) and x == var)

    for part in tuples_of(expr):
        slopes = tuple(map(d, part[1:]))
        done[id(part)] = derivative(part, *slopes) if any(s != 0 for s in slopes) else 0
    return d(expr)


def derivative(part, da, db=None):
    match part:
        case ("+" | "-" as op, _, _):
            return (op, da, db)
        case ("*", a, b):
            return ("+", ("*", da, b), ("*", a, db))
        case ("/", _, b):
            return ("/", ("-", da, ("*", part, db)), b)
        case ("**", _, 0):
            return 0
        case ("**", a, int() | float() as k):
            return ("*", k, ("*", ("**", a, k - 1), da))
        case ("**", a, b):
            return ("*", part, ("+", ("*", db, ("log", a)), ("*", b, ("/", da, a))))
        case ("exp", _):
            return ("*", part, da)
        case ("log", a):
            return ("/", da, a)
        case ("sin", a):
            return ("*", ("cos", a), da)
        case ("cos", a):
            return ("*", ("*", -1, ("sin", a)), da)


def simplify(expr):
    done = {}

    def short(x):
        return done[id(x)] if isinstance(x, tuple) else x

    for part in tuples_of(expr):
        done[id(part)] = shorten((part[0], *map(short, part[1:])))
    return short(expr)


def shorten(part):
    if all(map(is_number, part[1:])):
        try:
            number = compute(part[0], *map(float, part[1:]))
        except (ValueError, ArithmeticError):
            return part
        return part if math.isinf(number) or math.isnan(number) else number
    match part:  # not both operands are numbers, so 0 / 0 does not come here
        case ("+" | "-", a, 0) | ("*" | "/" | "**", a, 1):
            return a
        case ("+", 0, b) | ("*", 1, b):
            return b
        case ("*", 0, _) | ("*", _, 0) | ("/", 0, _):
            return 0
        case ("**", _, 0):
            return 1
    return part


def size(expr):
    done = {}
    for part in tuples_of(expr, check=False):
        done[id(part)] = 1 + sum(done.get(id(x), 1) if isinstance(x, tuple) else 1 for x in part[1:])
    return done.get(id(expr), 1)
