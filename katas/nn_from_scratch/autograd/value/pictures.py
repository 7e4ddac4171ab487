"""Graphs that the Value draws by itself while it computes, and its own pushes back along them."""

from nnkata.pictures import computation_graph, push_through

X, Y = 4.0, 2.0
RIGHT_DATA = {"x": X, "y": Y, "p": X * Y, "d": 6 - X, "q": X * Y / (6 - X)}
RIGHT_DATA["z"] = RIGHT_DATA["q"] ** 2
REST = {
    "x": lambda x: (x * Y / (6 - x)) ** 2,
    "y": lambda y: (X * y / (6 - X)) ** 2,
    "p": lambda p: (p / (6 - X)) ** 2,
    "d": lambda d: (X * Y / d) ** 2,
    "q": lambda q: q**2,
    "z": lambda z: z,
}
"""How z comes of each of the numbers, with the others as they are."""
TINY = 1e-30


def slope(function, at):
    """Return the slope by a step so small, and sideways, that nothing is subtracted."""
    return function(complex(at, TINY)).imag / TINY


def picture_expression(solution):
    """Draw z = (x y / (6 - x))² as a graph, and let its nodes push, one by one."""
    x, y = solution.Value(X), solution.Value(Y)
    p = x * y
    d = 6 - x
    q = p / d
    z = q**2
    nodes = {"x": x, "y": y, "p": p, "d": d, "q": q, "z": z}
    right = [(nodes[name], slope(REST[name], RIGHT_DATA[name])) for name in nodes]
    return computation_graph(
        z,
        right,
        nodes,
        data=RIGHT_DATA,
        walk=pushed(z),
        title="What z = (x y / (6 - x))² remembers",
    )


def picture_used_twice(solution):
    """Draw z = x * x, where the gradient 2 that arrives at z goes back to x on two ways."""
    x = solution.Value(3.0)
    z = x * x
    return computation_graph(
        z,
        [(x, 12.0), (z, 2.0)],
        {"x": x, "z": z},
        data={"x": 3.0, "z": 9.0},
        walk=pushed(z, 2.0),
        title="One number, used twice",
    )


def pushed(z, upstream=1.0):
    """Return the steps of the walk back, or none where push is not written yet."""
    try:
        return push_through(z, upstream)
    except NotImplementedError:
        return []
