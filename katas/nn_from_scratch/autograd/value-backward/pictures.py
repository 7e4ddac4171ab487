"""The backward pass through small graphs, push by push, beside the right gradients."""

from types import SimpleNamespace

from nnkata.pictures import Step, Walk, computation_graph

SHARED = {
    "x": (3.0, "", "", ()),
    "y": (2.0, "", "", ()),
    "s": (6.0, "xy", "*", (2.0, 3.0)),
    "t": (18.0, "sx", "*", (3.0, 6.0)),
    "z": (24.0, "st", "+", (1.0, 1.0)),
}
"""s = x y, t = s x, z = s + t: from z a short path and a long one lead to s."""
SHARED_RIGHT = {"x": 14.0, "y": 12.0, "s": 4.0, "t": 1.0, "z": 1.0}
POWER = {
    "x": (3.0, "", "", ()),
    "y": (9.0, "xx", "*", (3.0, 3.0)),
    "z": (81.0, "yy", "*", (9.0, 9.0)),
}
"""y = x x, z = y y."""
POWER_RIGHT = [{"x": 108.0, "y": 18.0, "z": 1.0}, {"x": 216.0, "y": 18.0, "z": 1.0}]


def picture_shared(solution):
    """Draw the backward pass from z = s + s x, where s = x y: s waits for both its children."""
    ((steps, grads),) = solution.probe.walks(as_lists(SHARED), 1)
    nodes = as_nodes(SHARED, grads)
    return computation_graph(
        nodes["z"],
        [(nodes[name], number) for name, number in SHARED_RIGHT.items()],
        nodes,
        walk=walked(nodes, steps),
        title="Back from z to s, along a short path and a long one",
    )


def picture_second_call(solution):
    """Draw the gradients of z = x⁴ after one call to backward, and after another."""
    (_, first), (_, second) = solution.probe.walks(as_lists(POWER), 2)
    nodes = as_nodes(POWER, second)
    once, twice = POWER_RIGHT
    states = [
        Step(None, [0.0] * 3, "Before any call: all gradients are 0."),
        Step(None, first, "After the first call.", list(once.values())),
    ]
    return computation_graph(
        nodes["z"],
        [(nodes[name], number) for name, number in twice.items()],
        nodes,
        walk=Walk(
            states, "After the second call: leaves accumulate, interior nodes start again from 0."
        ),
        title="backward(z) for z = x⁴ at 3, called a second time",
    )


def as_lists(graph):
    """Return a graph as the probe takes it."""
    numbers = {name: i for i, name in enumerate(graph)}
    return [
        [data, [numbers[parent] for parent in parents], op, list(slopes)]
        for data, parents, op, slopes in graph.values()
    ]


def as_nodes(graph, grads):
    """Return a graph's nodes by name, with these gradients."""
    nodes = {}
    for (name, (data, parents, op, slopes)), grad in zip(graph.items(), grads, strict=True):
        above = tuple(nodes[parent] for parent in parents)
        nodes[name] = SimpleNamespace(data=data, parents=above, op=op, slopes=slopes, grad=grad)
    return nodes


def walked(nodes, steps):
    """Return the steps that the probe recorded, with the nodes that pushed."""
    made = list(nodes.values())
    words = "Before the first push: each line shows its local derivative, and z has grad 1."
    begin = [None] * (len(made) - 1) + [1.0]
    return [
        Step(None, grads, words, begin) if number is None else Step(made[number], grads)
        for number, grads in steps
    ]
