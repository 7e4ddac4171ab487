"""The order that topological_sort gives, drawn on graphs with more than one path to a node."""

from nnkata.pictures import order_on_graph


def picture_lesson(solution):
    """Draw the order of c = a b and d = c + a, where a short path and a long one lead to a."""
    value = solution.need("value").Value
    a, b = value(2.0), value(3.0)
    c = a * b
    d = c + a
    return order_on_graph(
        d,
        solution.topological_sort,
        {"a": a, "b": b, "c": c, "d": d},
        title="An order of d = a b + a",
    )


def picture_diamond(solution):
    """Draw the order of a graph with two diamonds, one inside the other."""
    value = solution.need("value").Value
    x, y = value(2.0), value(2.0)
    s = x * y
    t = s * x
    u = s + y
    v = t - u
    w = v * s
    return order_on_graph(
        w,
        solution.topological_sort,
        {"x": x, "y": y, "s": s, "t": t, "u": u, "v": v, "w": w},
        title="Two paths lead from w to s, and more to x and y",
    )


def order(solution, needs):
    """Return the names of all katas in the order of the learner's sort: `map` in course.toml."""
    return solution.probe.names_in_order(needs)
