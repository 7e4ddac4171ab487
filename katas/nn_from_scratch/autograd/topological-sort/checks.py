"""Hidden checks of the kata topological-sort."""

from nnkata.testing import Handle
from nnkata.testing import CheckFailed, assert_close, points, shown, slow


def right(listed):
    """Return what is true of a right answer that lists so many nodes."""
    return {"listed": listed, "each once": True, "parents first": True, "root last": True}


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


@points(2)
def test_lists_a_chain_from_its_beginning(solution):
    """The list starts with what was there first and ends with the root; a single node is alone."""
    a = solution.need("value").Value(1.0)
    assert solution.probe.sorted_values(a) == (a,)
    b = solution.need("value").Value(2.0, (a,), "step", (1.0,))
    c = solution.need("value").Value(3.0, (b,), "step", (1.0,))
    assert solution.probe.sorted_values(c) == (a, b, c)


def test_lists_a_repeated_parent_once(solution):
    """For y = x * x, whose parents are (x, x), the list is x and y."""
    assert solution.probe.facts({"x": [], "y": ["x", "x"]}) == right(2)
    assert solution.probe.facts({"x": [], "y": ["x", "x", "x"], "z": ["y", "y"]}) == right(3)


@points(2)
def test_sorts_a_diamond(solution):
    """A node that two others were computed from comes before both, once."""
    assert solution.probe.facts({"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]}) == right(4)
    graph = {"a": [], "b": ["a"], "c": ["a"], "d": ["a"], "e": ["b", "c", "d"]}
    assert solution.probe.facts(graph) == right(5)


@points(3)
def test_sorts_a_diamond_with_unequal_arms(solution):
    """A parent comes first also where a short way and a long way lead to it."""
    graph = {"a": [], "b": [], "c": ["a", "b"], "d": ["a", "c", "b"]}
    assert solution.probe.facts(graph) == right(4)
    graph = {"a": [], "b": ["a"], "c": ["b"], "d": ["c"], "e": ["a", "d", "a"]}
    assert solution.probe.facts(graph) == right(5)


@points(2)
def test_sorts_what_shares_a_part(solution, rng):
    """In graphs that share whole parts, each node comes once and after all its parents."""
    graph = {"a": [], "b": [], "c": ["a", "b"], "d": ["a", "c", "b"], "e": ["c", "d", "c"]}
    assert solution.probe.facts(graph) == right(5)
    for size in range(3, 18):
        assert solution.probe.facts(random_graph(rng, size)) == right(size)


@points(3)
def test_visits_no_path_twice(solution):
    """With a = a + a thirty times there are 2³⁰ paths, and still no node is asked for each."""
    assert solution.probe.facts({"a": [], "b": ["a"], "c": ["b"]}) == right(3)
    reads = solution.probe.most_reads(30)
    assert_close(reads, 0, atol=10)


@points(2)
def test_sorts_a_long_chain(solution):
    """A chain of 10 000 nodes is sorted like any other."""
    assert solution.probe.facts_of_chain(50) == right(50)
    assert solution.probe.facts_of_chain(10_000) == right(10_000)


@points(2)
def test_goes_down_a_chain_without_calls_in_calls(solution):
    """Along a chain, calls do not pile up inside calls: no limit for recursion has to be raised."""
    assert solution.probe.facts_of_chain(2_000) == right(2_000)
    assert solution.probe.piling_of_calls(50) == "they stay few"
    assert solution.probe.piling_of_calls(2_000) == "they stay few"


@points(2)
def test_keeps_nodes_of_equal_data_apart(solution):
    """Nodes are told apart by identity: two of equal data are two, without a hash as well."""
    graph, data = {"a": [], "b": [], "c": ["a", "b"]}, {"a": 1.0, "b": 1.0, "c": 2.0}
    assert solution.probe.facts(graph) == right(3)
    assert solution.probe.facts(graph, data, kind="equal") == right(3)
    assert solution.probe.facts(graph, data, kind="unhashable") == right(3)


@points(2)
def test_keeps_apart_by_more_than_data(solution):
    """Two nodes that hold the same number are both listed."""
    graph, data = {"a": [], "b": [], "c": ["a", "b"]}, {"a": 1.0, "b": 1.0, "c": 2.0}
    assert solution.probe.facts(graph) == right(3)
    assert solution.probe.facts(graph, data) == right(3)


@points(2)
def test_refuses_a_cycle(solution):
    """A graph in which a node is its own ancestor has no order: that is a ValueError."""
    assert solution.probe.facts({"a": [], "b": ["a"], "c": ["b"]}) == right(3)
    assert solution.probe.facts({"a": ["a"]}) == "ValueError"
    assert solution.probe.facts({"a": ["c"], "b": ["a"], "c": ["b"]}) == "ValueError"
    assert solution.probe.facts({"a": ["b"], "b": ["a"], "c": ["b"]}) == "ValueError"
    graph = {"a": [], "b": ["a", "c"], "c": ["b", "a"], "d": ["a", "c"], "e": ["d"]}
    assert solution.probe.facts(graph) == "ValueError"


@points(2)
def test_only_reads_the_graph(solution):
    """Afterwards the nodes are as before: no parent is gone, and nothing is written on them."""
    as_before = {"parents changed": False, "attributes added": False}
    assert solution.probe.changes({"a": [], "b": ["a"], "c": ["b"]}) == as_before
    graph = {"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]}
    assert solution.probe.changes(graph) == as_before
    a = solution.need("value").Value(1.0)
    b = solution.need("value").Value(2.0, (a,), "step", (1.0,))
    assert solution.probe.sorted_values(b) == (a, b)
    assert solution.probe.sorted_values(b) == (a, b)


@slow
def test_sorts_a_very_long_chain(solution):
    """A chain of 100 000 nodes is sorted as well, in a time that grows with its length only."""
    assert solution.probe.facts_of_chain(100_000) == right(100_000)


@slow
@points(3)
def test_sorts_values(solution, rng):
    """In 30 random graphs of Values each parent stands before its children, and the root last."""
    for _ in range(30):
        graph = random_graph(rng, int(rng.integers(4, 12)))
        nodes = {}
        for name, parents in graph.items():
            above = tuple(nodes[parent] for parent in parents)
            nodes[name] = solution.need("value").Value(0.0, above, "step", (1.0,) * len(above))
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
            f"{shown(order)} came back, a list of nodes of the graph was expected",
            rung="type",
            got=shown(order),
            expected="a list of nodes of the graph",
        )
    return [names[node] for node in order]
