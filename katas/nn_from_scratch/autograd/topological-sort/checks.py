"""Hidden checks of the kata topological-sort."""

from nnkata.testing import CheckFailed, Handle, points, shown, slow

LONG_ARM_AND_DIAMOND = {
    "a": [], "b": ["a"], "c": ["b"], "d": ["c"],
    "x": [], "p": ["x"], "q": ["x"], "r": ["p", "q"],
    "s": ["a", "d", "r"],
}  # fmt: skip
"""From s a short path and a long one lead to a, and two of equal length from r to x.

Every walk by distance, and every list of nodes as they are met, is wrong here in the same way.
"""


def right(count):
    """Return what is true of a right result that lists so many nodes."""
    return {"listed": count, "listed again": 0, "parents first": True, "behind the root": 0}


def assert_facts(got, expected):
    """Fail unless these are the facts of a right result; say so if it is not a list."""
    if type(got) is str and " than " in got:
        raise CheckFailed(got, got=got, expected="a few reads per node")
    if type(got) is str and got != "ValueError":
        raise CheckFailed(
            f"got {got}, expected a list of nodes", rung="type", got=got, expected="a list"
        )
    assert got == expected


def renamed(rng, graph):
    """Return the graph with random names, which no table of answers holds."""
    numbers = rng.permutation(900)[: len(graph)] + 100
    names = {name: f"{name}{number}" for name, number in zip(graph, numbers, strict=True)}
    return {names[name]: [names[p] for p in parents] for name, parents in graph.items()}


def facts_of(order, graph):
    """Return what is true of a list of names; anything else is returned as it is."""
    if type(order) is not list:
        return order
    names = list(graph)
    places = {name: order.index(name) for name in set(order)}
    return {
        "listed": len(order),
        "listed again": len(order) - len(places),
        "parents first": all(
            places.get(parent, len(order)) < places[name]
            for name in places
            for parent in graph.get(name, ())
        ),
        "behind the root": len(order) - 1 - places.get(names[-1], -1),
    }


def facts(solution, graph, **options):
    """Let a graph be sorted; return what is true of the list of names that came back."""
    return facts_of(solution.probe.names(graph, **options), graph)


def first_fault(order, graph):
    """Return in words what is wrong with a list of names, or nothing."""
    seen = set()
    for name in order:
        if name in seen:
            return f"{name} is listed again"
        seen.add(name)
        for parent in graph.get(name, ()):
            if parent not in seen and parent != name:
                return f"{name} comes before its parent {parent}"
    missing = [name for name in graph if name not in seen]
    if missing:
        return f"{missing[0]} is missing"
    if order[-1] != list(graph)[-1]:
        return f"the root, {list(graph)[-1]}, is not the last"
    return "" if len(order) == len(graph) else "there is something that is no node of the graph"


def assert_sorted(solution, rng, *graphs):
    """Fail unless all these graphs are sorted; all are sorted before the first is judged."""
    graphs = [renamed(rng, graph) for graph in graphs]
    orders = [solution.probe.names(graph) for graph in graphs]
    for order, graph in zip(orders, graphs, strict=True):
        fault = first_fault(order, graph) if type(order) is list else ""
        if fault:
            raise CheckFailed(
                fault, got=f"the order {', '.join(order)}",
                expected="each node once, after all its parents",
            )  # fmt: skip
        assert_facts(facts_of(order, graph), right(len(graph)))


def assert_deep(solution, rng, shape, length):
    """Fail unless a deep graph of about this length is sorted, without calls that pile up."""
    length += int(rng.integers(1, 1 + length // 8))
    got = solution.probe.deep_facts(shape, length)
    assert_facts(got, right(length) | {"calls pile up": False})


def random_graph(rng, size):
    """Return node -> parents for a graph whose last node depends on all others."""
    names = [chr(ord("a") + i) for i in range(size)]
    graph = {name: [] for name in names}
    for i, name in enumerate(names[1:], 1):
        count = int(rng.integers(1, 4))
        graph[name] = [names[int(rng.integers(0, i))] for _ in range(count)]
    used = {parent for parents in graph.values() for parent in parents}
    graph[names[-1]] += [name for name in names[:-1] if name not in used]
    return graph


def assert_order(solution, numbers):
    """Fail unless Values, given as node -> data with the root last, come back in this order."""
    *_, root = numbers
    got = solution.probe.sorted_values(root)
    if type(got) is not tuple:
        assert_facts(got, "a tuple")
    if got != tuple(numbers):
        data = [numbers.get(v, "?") if isinstance(v, Handle) else "?" for v in got]
        raise CheckFailed(
            got=f"the Values {', '.join(map(str, data)) or 'of an empty list'}",
            expected=f"the Values {', '.join(map(str, numbers.values()))}",
            value=got,
        )


def test_lists_a_chain_from_its_beginning(solution):
    """The list starts with the node without parents and ends with the root."""
    a = solution.need("value").Value(2.0)
    assert_order(solution, {a: 2.0})
    b = solution.need("value").Value(3.0, (a,), "step", (1.0,))
    c = solution.need("value").Value(1.0, (b,), "step", (1.0,))
    assert_order(solution, {a: 2.0, b: 3.0, c: 1.0})


def test_lists_a_repeated_parent_once(solution, rng):
    """For y = x * x, whose parents are (x, x), the list is x and y."""
    assert_sorted(solution, rng, {"x": [], "y": ["x", "x"]})
    assert_sorted(solution, rng, {"x": [], "y": ["x", "x", "x"], "z": ["y", "y"]})


def test_sorts_a_diamond(solution, rng):
    """A node that two others were computed from comes before both, once."""
    assert_sorted(solution, rng, {"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]})
    assert_sorted(
        solution, rng, {"a": [], "b": ["a"], "c": ["a"], "d": ["a"], "e": ["b", "c", "d"]}
    )


@points(8)
def test_sorts_a_diamond_with_unequal_arms(solution, rng):
    """A parent also comes first if a short path and a long path lead to it."""
    assert_sorted(
        solution,
        rng,
        {"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]},
        LONG_ARM_AND_DIAMOND,
    )
    assert_sorted(solution, rng, {"a": [], "b": [], "c": ["a", "b"], "d": ["a", "c", "b"]})
    assert_sorted(
        solution, rng, {"a": [], "b": ["a"], "c": ["b"], "d": ["c"], "e": ["a", "d", "a"]}
    )
    assert_sorted(solution, rng, {"a": [], "b": ["a"], "c": ["b"], "d": ["c", "a"]})
    assert_sorted(solution, rng, {"a": [], "b": ["a"], "c": ["b"], "d": ["a", "c"], "e": ["d"]})


@points(4)
def test_sorts_a_long_chain(solution, rng):
    """A chain of 3 000 nodes is sorted like any other, without recursion."""
    assert_deep(solution, rng, "chain", 50)
    assert_deep(solution, rng, "chain", 3_000)


@points(3)
def test_goes_down_a_chain_without_calls_in_calls(solution, rng):
    """Along a chain, calls do not pile up inside calls: no recursion limit has to be raised."""
    assert solution.probe.piling_of_calls(50) == "they stay few"
    assert solution.probe.piling_of_calls(2_000) == "they stay few"
    assert_sorted(solution, rng, {"a": [], "b": ["a"], "c": ["b"]})


@points(9)
def test_sorts_what_shares_a_part(solution, rng):
    """In graphs that share whole parts, each node comes once and after all its parents."""
    assert_sorted(solution, rng, LONG_ARM_AND_DIAMOND)
    assert_sorted(
        solution,
        rng,
        {"a": [], "b": [], "c": ["a", "b"], "d": ["a", "c", "b"], "e": ["c", "d", "c"]},
    )
    for size in range(3, 18):
        assert_sorted(solution, rng, random_graph(rng, size))
    assert_deep(solution, rng, "ladder", 2_000)


@points(3)
def test_visits_no_path_twice(solution, rng):
    """With a = a + a thirty times there are 2³⁰ paths, but each node is read a few times only."""
    assert_sorted(solution, rng, {"a": [], "b": ["a"], "c": ["b"]})
    assert_deep(solution, rng, "doublings", 31)
    assert_deep(solution, rng, "doublings", 2_000)


@points(2)
def test_searches_no_list_for_a_node(solution, rng):
    """The work grows with the number of nodes, not its square: nodes are not searched in a list."""
    assert_sorted(solution, rng, {"a": [], "b": ["a"], "c": ["b"]})
    for length in (30, 900):
        got = solution.probe.most_comparisons(length)
        if type(got) is not int or got > 20:
            raise CheckFailed(
                f"how often one node, or its id, is compared in a chain of {length} nodes",
                got=shown(got), expected="at most 20", value=got,
            )  # fmt: skip


def test_keeps_apart_by_more_than_data(solution, rng):
    """Two nodes that hold the same number are both listed."""
    graph, data = {"a": [], "b": [], "c": ["a", "b"]}, {"a": 1.0, "b": 1.0, "c": 2.0}
    assert_sorted(solution, rng, graph)
    assert_facts(facts(solution, graph, data=data), right(3))


def test_keeps_nodes_of_equal_data_apart(solution, rng):
    """Nodes are told apart by identity: two of equal data are two, even if they have no hash."""
    graph, data = {"a": [], "b": [], "c": ["a", "b"]}, {"a": 1.0, "b": 1.0, "c": 2.0}
    assert_sorted(solution, rng, graph)
    assert_facts(facts(solution, graph, data=data, kind="equal"), right(3))
    assert_facts(facts(solution, graph, data=data, kind="unhashable"), right(3))


@points(2)
def test_refuses_a_cycle(solution, rng):
    """If a node is its own ancestor, the graph has no order: that raises ValueError."""
    assert_sorted(solution, rng, {"a": [], "b": ["a"], "c": ["b"]})
    behind = {"a": [], "b": ["a", "c"], "c": ["b", "a"], "d": ["a", "c"], "e": ["d"]}
    graphs = [
        {"a": ["a"]},
        {"a": ["c"], "b": ["a"], "c": ["b"]},
        {"a": ["b"], "b": ["a"], "c": ["b"]},
        behind,
    ]
    for order in [solution.probe.names(graph) for graph in graphs]:
        if type(order) is list:
            raise CheckFailed(
                got=f"the order {', '.join(order)}", expected="ValueError", value=order
            )
        assert_facts(order, "ValueError")
    assert solution.probe.deep_facts("ring", 2_000) == "ValueError"


def test_only_reads_the_graph(solution, rng):
    """Afterwards the nodes are as before: no parent is removed, and no attribute is added."""
    assert_sorted(solution, rng, {"a": [], "b": ["a"], "c": ["b"]})
    as_before = {"nodes with other parents": 0, "nodes with new attributes": 0}
    assert solution.probe.changes({"a": [], "b": ["a"], "c": ["b"]}) == as_before
    graph = {"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]}
    assert solution.probe.changes(graph) == as_before
    a = solution.need("value").Value(2.0)
    b = solution.need("value").Value(1.0, (a,), "step", (1.0,))
    assert_order(solution, {a: 2.0, b: 1.0})
    assert_order(solution, {a: 2.0, b: 1.0})


@slow
@points(3)
def test_sorts_a_very_long_chain(solution, rng):
    """A chain of 100 000 nodes is sorted too, in a time that grows with its length only."""
    assert_deep(solution, rng, "chain", 100_000)


@slow
@points(7)
def test_sorts_values(solution, rng):
    """In 12 random graphs of Values each parent is before its children, and the root is last."""
    for _ in range(12):
        graph = random_graph(rng, int(rng.integers(4, 12)))
        nodes = {}
        for name, parents in graph.items():
            above = tuple(nodes[parent] for parent in parents)
            data = float(rng.integers(-9, 10))
            nodes[name] = solution.need("value").Value(data, above, "step", (1.0,) * len(above))
        names = {node: name for name, node in nodes.items()}
        root = list(nodes.values())[-1]
        order = in_names(solution.probe.sorted_values(root), names)
        assert sorted(order) == sorted(names.values())
        for name, parents in graph.items():
            for parent in parents:
                assert order.index(parent) < order.index(name), (
                    f"the order {order} has {name} before its parent {parent}"
                )
        assert order[-1] == names[root]


def in_names(order, names):
    """Return the names of the nodes in a list that came back."""
    if type(order) is not tuple or not all(isinstance(v, Handle) and v in names for v in order):
        raise CheckFailed(
            f"got {shown(order)}, expected a list of nodes of the graph",
            rung="type",
            got=shown(order),
            expected="a list of nodes of the graph",
        )
    return [names[node] for node in order]
