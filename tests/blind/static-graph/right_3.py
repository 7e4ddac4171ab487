import math
from numbers import Real

from ..autograd.backward import backward
from ..autograd.topological_sort import topological_sort
from ..autograd.value import Value

LEAVES = ("input", "number")


def apply(op, label, args):
    """Do one operation, with floats or with Values."""
    match op, args:
        case "+", (a, b):
            return a + b
        case "-", (a, b):
            return a - b
        case "*", (a, b):
            return a * b
        case "/", (a, b):
            return a / b
        case "-x", (a,):
            return -a
        case "**", (a,):
            power = a**label
            if isinstance(power, complex):
                raise ValueError(f"{a} ** {label} is not real")
            return power
        case "tanh", (a,):
            return a.tanh() if isinstance(a, Value) else math.tanh(a)
    raise ValueError(f"unknown operation {op}")


class Node:
    def __init__(self, op, parents=(), label=""):
        self.op = op
        self.parents = parents
        self.label = label

    def __add__(self, other):
        return join("+", self, other)

    def __radd__(self, other):
        return join("+", other, self)

    def __sub__(self, other):
        return join("-", self, other)

    def __rsub__(self, other):
        return join("-", other, self)

    def __mul__(self, other):
        return join("*", self, other)

    def __rmul__(self, other):
        return join("*", other, self)

    def __truediv__(self, other):
        return join("/", self, other)

    def __rtruediv__(self, other):
        return join("/", other, self)

    def __pow__(self, k):
        if isinstance(k, Node):
            raise TypeError("the exponent is a number")
        return Node("**", (self,), k)

    def __neg__(self):
        return Node("-x", (self,))

    def tanh(self):
        return Node("tanh", (self,))

    def __bool__(self):
        raise TypeError("no number yet: is this an if on a node?")


def join(op, left, right):
    both = []
    for side in (left, right):
        if isinstance(side, Real):
            side = constant(side)
        if not isinstance(side, Node):
            return NotImplemented
        both.append(side)
    return Node(op, tuple(both))


def placeholder(name):
    return Node("input", (), name)


def constant(value):
    return Node("number", (), value)


class Program:
    def __init__(self, steps, output):
        self.steps = list(steps)
        self.output = output
        self.n_ops = len([s for s in self.steps if s[0] not in LEAVES])

    def evaluate(self, number_of):
        """The result, where number_of gives what stands for a placeholder."""
        results = {}
        for i, (op, operands, label) in enumerate(self.steps):
            if op == "input":
                results[i] = number_of(label)
            elif op == "number":
                results[i] = float(label)
            else:
                results[i] = apply(op, label, [results[j] for j in operands])
        return results[self.output]

    def run(self, feeds):
        return self.evaluate(lambda name: float(feeds[name]))

    def grad(self, feeds, wrt):
        self.run(feeds)  # raises what run raises
        leaves = {}

        def leaf(name):
            if name not in leaves:
                leaves[name] = Value(float(feeds[name]))
            return leaves[name]

        result = self.evaluate(leaf)
        if isinstance(result, Value):  # else it is made of constants
            backward(result)
        return {name: leaves[name].grad if name in leaves else 0.0 for name in wrt}


def compile_graph(node):
    numbers = {}
    steps = []
    for part in topological_sort(node):
        numbers[part] = len(steps)
        steps.append((part.op, tuple(map(numbers.get, part.parents)), part.label))
    return Program(steps, numbers[node])


def fold(step, steps):
    """The constant that a step always gives, or the step itself."""
    op, operands, label = step
    if op in LEAVES or any(steps[i][0] != "number" for i in operands):
        return step
    try:
        return "number", (), apply(op, label, [float(steps[i][2]) for i in operands])
    except Exception:
        return step


def same(step):
    """Equal for two steps that always have the same result."""
    op, operands, label = step
    if op == "number":
        label = repr(float(label))  # tells 0.0 from -0.0
    if op in "+*":
        operands = tuple(sorted(operands))
    return op, operands, label


def optimize(program):
    shorter, first, new = [], {}, {}
    for i, (op, operands, label) in enumerate(program.steps):
        step = fold((op, tuple(new[j] for j in operands), label), shorter)
        new[i] = first.setdefault(same(step), len(shorter))
        if new[i] == len(shorter):
            shorter.append(step)
    return Program(shorter, new[program.output])
