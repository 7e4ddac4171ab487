"""Hidden checks of the kata value-backward."""

import operator

from nnkata.testing import assert_close, points, raises, slow


def leaf(solution, number):
    """Make a Value of a plain number."""
    return solution.need("value").Value(float(number))


def leaves(solution, rng, count):
    """Make some leaves, and return them with their numbers."""
    numbers = [round(float(rng.uniform(0.5, 2.0) * rng.choice([-1, 1])), 4) for _ in range(count)]
    return [leaf(solution, number) for number in numbers], numbers


def assert_grads(solution, nodes, expected):
    """Fail unless the nodes have these gradients."""
    assert_close(solution.probe.grads(nodes), [float(grad) for grad in expected])


def test_differentiates_a_square(solution, rng):
    """For y = x * x the gradient of x is 2x and that of y is 1."""
    for number in (3.0, round(float(rng.uniform(-2.0, -1.0)), 4)):
        x = leaf(solution, number)
        y = x * x
        solution.backward(y)
        assert_grads(solution, [x, y], [2 * number, 1.0])
        assert_close(y.data, number * number)


@points(2)
def test_goes_back_more_than_one_step(solution, rng):
    """For (a + b) * (a * b) every node has the gradient of the formula."""
    (a, b), (p, q) = leaves(solution, rng, 2)
    c, d = a + b, a * b
    e = c * d
    solution.backward(e)
    grads = [p * q + (p + q) * q, p * q + (p + q) * p, p * q, p + q, 1.0]
    assert_grads(solution, [a, b, c, d, e], grads)
    assert_close([v.data for v in (a, b, c, d, e)], [p, q, p + q, p * q, (p + q) * (p * q)])


@points(3)
def test_waits_for_both_arms(solution, rng):
    """A node that two others were computed from pushes the sum of both gradients, once."""
    (a, b, c, d), (p, q, r, s) = leaves(solution, rng, 4)
    shared = a * b
    left, right = shared * c, shared * d
    solution.backward(left + right)
    grads = [q * (r + s), p * (r + s), p * q, p * q, r + s, 1.0, 1.0]
    assert_grads(solution, [a, b, c, d, shared, left, right], grads)


@points(10)
def test_waits_for_the_longer_arm(solution, rng):
    """A node pushes only after its gradient has arrived along the long path too."""
    for long_path_first in (False, True):
        (a, b, c, d), (p, q, r, s) = leaves(solution, rng, 4)
        shared = a * b
        step = shared * c
        longer = step * d
        root = longer + shared if long_path_first else shared + longer
        solution.backward(root)
        both = 1 + r * s
        grads = [q * both, p * both, p * q * s, p * q * r, both, s, 1.0]
        assert_grads(solution, [a, b, c, d, shared, step, longer], grads)


@points(2)
def test_calls_push_of_every_node(solution, rng):
    """Each node's own method push is used, once, and not its slopes."""
    assert_close(solution.probe.back_through_own_pushes([0.5], 0.5), [0.5, 1.0])
    assert_close(solution.probe.back_through_own_pushes([7.0], 0.5), [7.0, 1.0])
    assert_close(solution.probe.back_through_own_pushes([-3.0, 5.0], 2.0), [-15.0, 5.0, 1.0])
    a, b = (round(float(n), 4) for n in rng.uniform(2.0, 5.0, 2))
    assert_close(solution.probe.back_through_own_pushes([a, b], 2.0), [a * b, b, 1.0])


@points(2)
def test_drops_what_interior_nodes_held(solution, rng):
    """What the root and the interior nodes held before is dropped, however far they are."""
    for stale in (0.0, 5.0):
        number = float(rng.integers(2, 99))
        x = leaf(solution, number)
        y = x * x
        z = y * y
        y.grad, z.grad = stale, stale
        solution.backward(z)
        assert_grads(solution, [x, y, z], [4.0 * number**3, 2.0 * number**2, 1.0])
    value = solution.need("value").Value
    for stale in (0.0, 6.0):
        x = value(1.0)
        y = value(5.0, (x,), "step", (5.0,))
        z = value(15.0, (y,), "step", (3.0,))
        w = value(30.0, (z,), "step", (2.0,))
        y.grad, z.grad, w.grad = stale, stale, stale
        solution.backward(w)
        assert_grads(solution, [x, y, z, w], [30.0, 6.0, 2.0, 1.0])


@points(2)
def test_knows_a_leaf_by_its_parents(solution, rng):
    """A leaf is a node without parents, with or without an op; its gradient accumulates."""
    value = solution.need("value").Value
    for op in ("step", ""):
        slope = float(rng.integers(2, 99))
        x = value(3.0)
        y = value(3.0 * slope, (x,), op, (slope,))
        z = value(4.5 * slope, (y,), op, (1.5,))
        x.grad, y.grad, z.grad = 10.0, 5.0, 5.0
        solution.backward(z)
        assert_grads(solution, [x, y, z], [10.0 + 1.5 * slope, 1.5, 1.0])
    for op in ("", "weight"):
        x = value(3.0, (), op)
        y = value(6.0, (x,), "step", (2.0,))
        x.grad = 10.0
        solution.backward(y)
        assert_grads(solution, [x, y], [12.0, 1.0])
        solution.backward(x)
        assert_grads(solution, [x, y], [13.0, 1.0])


@points(3)
def test_accumulates_over_calls(solution, rng):
    """A second call doubles the gradients of the leaves only: for x⁴ at 3, 108 and then 216."""
    for number in (3.0, float(rng.integers(4, 99))):
        x = leaf(solution, number)
        y = x * x
        z = y * y
        for calls in (1, 2, 3):
            solution.backward(z)
            expected = [calls * 4.0 * number**3, 2.0 * number**2, 1.0]
            assert_grads(solution, [x, y, z], expected)


@points(3)
def test_accumulates_over_losses(solution, rng):
    """Two results that share leaves add their gradients to what the leaves hold."""
    (a, b, c), (p, q, r) = leaves(solution, rng, 3)
    first, second = a * b, b * c
    b.grad = 10.0
    solution.backward(first)
    assert_grads(solution, [a, b, c], [q, 10.0 + p, 0.0])
    solution.backward(second)
    assert_grads(solution, [a, b, c], [q, 10.0 + p + r, q])
    (a, b), (p, q) = leaves(solution, rng, 2)
    for calls in (1, 2):
        shared = a * a
        solution.backward(shared + (shared * b) * b)
        assert_grads(solution, [a, b], [calls * 2 * p * (1 + q * q), calls * 2 * p * p * q])


def test_counts_a_leaf_as_its_own_root(solution):
    """Backward on a leaf adds 1 to its gradient."""
    x = leaf(solution, -2.0)
    solution.backward(x)
    assert_grads(solution, [x], [1.0])
    solution.backward(x)
    assert_grads(solution, [x], [2.0])


@points(2)
def test_leaves_other_nodes_alone(solution, rng):
    """Nodes that the root does not depend on keep their gradients, even if they share a leaf."""
    (x, y, other), (a, b, _) = leaves(solution, rng, 3)
    root, elsewhere = x * y, x * other
    later = root * other
    for node, grad in ((other, 4.0), (elsewhere, 2.0), (later, 3.0)):
        node.grad = grad
    solution.backward(root)
    assert_grads(solution, [x, y, other, elsewhere, later], [b, a, 4.0, 2.0, 3.0])
    shared = x * y
    elsewhere, root = shared * other, shared + (shared * y) * y
    elsewhere.grad = 2.0
    solution.backward(root)
    assert_grads(solution, [x, y, shared, other, elsewhere], [
        b + b * (1 + b * b), a + a * (1 + b * b) + 2 * a * b * b, 1 + b * b, 4.0, 2.0,
    ])  # fmt: skip


def test_goes_through_plain_numbers(solution, rng):
    """Plain numbers in a formula are allowed: for 2 * x + 1 the gradient of x is 2."""
    x = leaf(solution, 3.0)
    solution.backward(2 * x + 1)
    assert_grads(solution, [x], [2.0])
    (y, factor), (a, b) = leaves(solution, rng, 2)
    solution.backward(3 * (factor * y) - 1)
    assert_grads(solution, [y, factor], [3 * b, 3 * a])


def test_refuses_a_cycle(solution):
    """If a node is its own ancestor, backward raises a ValueError, as topological_sort does."""
    a = leaf(solution, 1.0)
    b = solution.need("value").Value(2.0, (a,), "step", (1.0,))
    solution.backward(b)
    assert_grads(solution, [a], [1.0])
    a.parents, a.slopes = (b,), (1.0,)
    with raises(ValueError):
        solution.backward(b)


@points(2)
def test_goes_back_along_a_long_chain(solution, rng):
    """Along a chain of 10 000 steps with the slope 1 the gradient 1 arrives at the first node."""
    assert_close(solution.probe.ends_of_chain(50), [1.0, 1.0])
    slope = float(rng.integers(2, 99))
    assert_close(solution.probe.ends_of_chain(10_000, slope), [1.0, slope])


@slow
def test_goes_back_along_a_very_long_chain(solution, rng):
    """Along a chain of 100 000 steps the gradient arrives as well."""
    slope = float(rng.integers(2, 99))
    assert_close(solution.probe.ends_of_chain(100_000, slope), [1.0, slope])


@slow
@points(7)
def test_gets_random_graphs_right(solution, rng):
    """In 20 random graphs of sums, differences and products every leaf has the right gradient."""
    for _ in range(20):
        numbers = [float(rng.uniform(0.5, 1.5) * rng.choice([-1, 1])) for _ in range(3)]
        steps = random_steps(rng, numbers)
        made = [leaf(solution, number) for number in numbers]
        computed(steps, made)
        solution.backward(made[-1])
        assert_close(
            solution.probe.grads(made[:3]), exact_derivatives(steps, numbers), rtol=1e-9, atol=1e-9
        )


OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def random_steps(rng, numbers):
    """Return (operation, left, right) for each step, by indices of earlier nodes."""
    values, steps = list(numbers), []
    for _ in range(int(rng.integers(4, 14))):
        i, j = (int(rng.integers(0, len(values))) for _ in range(2))
        symbol = str(rng.choice(list(OPERATIONS)))
        if abs(values[i] * values[j]) > 10.0 or abs(values[i] + values[j]) > 10.0:
            symbol = "-"
        steps.append((symbol, i, j))
        values.append(OPERATIONS[symbol](values[i], values[j]))
    return [*steps, ("+", len(values) - 1, len(values) - 2)]


def computed(steps, made):
    """Add the result of each step to the list, and return the last."""
    for symbol, i, j in steps:
        made.append(OPERATIONS[symbol](made[i], made[j]))
    return made[-1]


def exact_derivatives(steps, numbers):
    """Return the partial derivatives by a step so small that nothing is subtracted.

    For an analytic f, f(x + ih) = f(x) + ih f'(x) + …, so the imaginary part divided by h is the
    derivative, without the rounding error of a difference.
    """
    step = 1e-30
    return [
        computed(steps, [complex(x, step if i == j else 0.0) for j, x in enumerate(numbers)]).imag
        / step
        for i in range(len(numbers))
    ]
