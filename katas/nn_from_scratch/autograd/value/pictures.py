"""Graphs that the learner's Value builds, and its own pushes back along them."""

from nnkata.pictures import Walk, computation_graph, push_through

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
"""How z depends on each number while the others do not change."""
TINY = 1e-30


def derivative(function, at):
    """Return the derivative by a tiny imaginary step, so nothing is subtracted."""
    return function(complex(at, TINY)).imag / TINY


def picture_expression(solution):
    """Draw z = (x y / (6 - x))² as a graph, and let its nodes push one by one."""
    x, y = solution.Value(X), solution.Value(Y)
    p = x * y
    d = 6 - x
    q = p / d
    z = q**2
    nodes = {"x": x, "y": y, "p": p, "d": d, "q": q, "z": z}
    right = [(nodes[name], derivative(REST[name], RIGHT_DATA[name])) for name in nodes]
    title = "The graph of z = (x y / (6 - x))²"
    return computation_graph(z, names=nodes, data=RIGHT_DATA, title=title, **pushed(z, right))


def picture_used_twice(solution):
    """Draw z = x * x, where the gradient 2 of z goes back to x along two edges."""
    x = solution.Value(3.0)
    z = x * x
    back = pushed(z, [(x, 12.0), (z, 2.0)], 2.0)
    data = {"x": 3.0, "z": 9.0}
    title = "One number used twice"
    return computation_graph(z, names={"x": x, "z": z}, data=data, title=title, **back)


def pushed(z, right, upstream=1.0):
    """Return the walk back and the right gradients, or neither if push is not written yet."""
    try:
        return {"walk": push_through(z, upstream), "right": right}
    except NotImplementedError:
        return {"walk": Walk([], "push is not written yet, so no gradient flows back.")}
