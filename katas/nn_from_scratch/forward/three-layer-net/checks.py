"""Hidden checks of the kata three-layer-net."""

import numpy as np

from nnkata.testing import CheckFailed, assert_close, assert_unchanged, points, raises

NETWORK = {
    "W1": np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]),
    "b1": np.array([0.1, 0.2, 0.3]),
    "W2": np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]),
    "b2": np.array([0.1, 0.2]),
    "W3": np.array([[0.1, 0.3], [0.2, 0.4]]),
    "b3": np.array([0.1, 0.2]),
}
SIZES = ((2, 2, 2, 2), (2, 3, 4, 1), (5, 2, 3, 4), (3, 6, 2, 5))
"""I, H, K and O."""


def some_network(rng, i, h, k, o):
    """Draw the arrays of a network."""
    shapes = {"W1": (i, h), "b1": h, "W2": (h, k), "b2": k, "W3": (k, o), "b3": o}
    return {name: rng.normal(size=shape) for name, shape in shapes.items()}


def squash(z):
    """Compute 1 / (1 + e^-z) through tanh."""
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def outputs(network, x):
    """Compute the outputs with sums over single products."""
    a = np.asarray(x, float)
    for layer in "123":
        W, b = network[f"W{layer}"].astype(float), network[f"b{layer}"].astype(float)
        a = (a[..., :, np.newaxis] * W).sum(axis=-2) + b
        if layer != "3":
            a = squash(a)
    return a


def assert_network(got):
    """Fail unless `got` is a dictionary with the arrays of the lesson."""
    if type(got) is not dict or set(map(str, got)) != set(NETWORK):
        raise CheckFailed("a dictionary with W1, b1, W2, b2, W3 and b3 was expected", rung="type")
    for name, array in NETWORK.items():
        assert_close(got[name], array)


def test_forward_of_the_example(solution):
    """forward gives the outputs of the example in the lesson, for one sample and for a batch."""
    x = np.array([1.0, 0.5])
    assert_close(solution.forward(NETWORK, x), np.array([0.3168270764, 0.6962790898]), rtol=1e-8)
    batch = np.array([[1.0, 0.5], [0.0, 0.0]])
    assert_close(solution.forward(NETWORK, batch), outputs(NETWORK, batch), atol=1e-12)


def test_init_network(solution):
    """init_network returns the six arrays of the lesson as float64."""
    assert_network(solution.init_network())


@points(4)
def test_output_is_not_limited(solution, rng):
    """No activation follows the third layer: outputs can be large, and they can be negative."""
    for sizes in SIZES:
        network = some_network(rng, *sizes)
        network["W3"] = network["W3"] * 100.0
        network["b3"] = network["b3"] * 10.0
        x = rng.normal(size=(4, sizes[0]))
        assert_close(solution.forward(network, x), outputs(network, x), atol=1e-10)


@points(5)
def test_hidden_layers_have_a_sigmoid(solution, rng):
    """The sigmoid follows the first and the second layer."""
    for sizes in SIZES:
        network = some_network(rng, *sizes)
        x = rng.normal(size=(4, sizes[0])) * 2.0
        assert_close(solution.forward(network, x), outputs(network, x), atol=1e-12)


@points(3)
def test_each_layer_adds_its_bias(solution, rng):
    """Each of the three layers adds its own bias."""
    for sizes in SIZES:
        for layer in "123":
            network = some_network(rng, *sizes)
            for other in "123":
                if other != layer:
                    network[f"b{other}"] = np.zeros_like(network[f"b{other}"])
            x = rng.normal(size=(2, sizes[0]))
            assert_close(solution.forward(network, x), outputs(network, x), atol=1e-12)


@points(3)
def test_one_sample(solution, rng):
    """One sample of shape (I,) gives outputs of shape (O,), and a batch of one gives (1, O)."""
    for sizes in SIZES:
        network, x = some_network(rng, *sizes), rng.normal(size=sizes[0])
        expected = outputs(network, x)
        assert_close(solution.forward(network, x), expected, atol=1e-12)
        assert_close(solution.forward(network, x[np.newaxis]), expected[np.newaxis], atol=1e-12)


def test_empty_batch(solution, rng):
    """forward of no samples gives an array of shape (0, O)."""
    network, x = some_network(rng, 3, 4, 2, 5), rng.normal(size=(2, 3))
    assert_close(solution.forward(network, x), outputs(network, x), atol=1e-12)
    assert_close(solution.forward(network, np.empty((0, 3))), np.empty((0, 5)))


@points(3)
def test_order_of_the_names_does_not_matter(solution, rng):
    """The same arrays give the same outputs, in whatever order the dictionary holds them."""
    for sizes in ((3, 3, 3, 3), (2, 3, 4, 5)):
        network, x = some_network(rng, *sizes), rng.normal(size=(4, sizes[0]))
        expected = outputs(network, x)
        for names in ("W1 b1 W2 b2 W3 b3", "W3 b3 W2 b2 W1 b1", "W1 W2 W3 b1 b2 b3"):
            shuffled = {name: network[name] for name in names.split()}
            assert_close(solution.forward(shuffled, x), expected, atol=1e-12)


def test_large_inputs(solution, rng):
    """Inputs of 1000 and of -1000 give the right outputs."""
    for sizes in SIZES:
        network, x = some_network(rng, *sizes), rng.choice([-1000.0, 1000.0], (4, sizes[0]))
        assert_close(solution.forward(network, x), outputs(network, x), atol=1e-10)


@points(2)
def test_identity_function(solution, rng):
    """identity_function returns the numbers it gets, in the same shape and float dtype."""
    for shape in ((3,), (4, 2), (1, 3), (0, 2), ()):
        x = np.asarray(rng.normal(size=shape) * 1000.0)
        assert_close(solution.identity_function(x), x)
        assert_close(solution.identity_function(x.astype(np.float32)), x.astype(np.float32))


def test_identity_of_integers(solution, rng):
    """identity_function of integers gives the same numbers in float64."""
    samples = rng.integers(-3, 4, (3, 2))
    assert_close(solution.forward(NETWORK, samples), outputs(NETWORK, samples), atol=1e-12)
    for shape in ((3,), (4, 2)):
        x = rng.integers(-99, 99, shape)
        assert_close(solution.identity_function(x), x.astype(float))


def test_identity_is_a_copy(solution, rng):
    """Changing what identity_function returned does not change its argument."""
    for size in (3, 5):
        x, amount = rng.normal(size=size), float(rng.uniform(1.0, 2.0))
        assert_close(solution.probe.change_a_copy(x, amount), np.array([x, x + amount]))


def test_each_network_is_new(solution, rng):
    """Changing a network that init_network returned does not change the next one."""
    x = rng.normal(size=(3, 2))
    assert_close(solution.forward(NETWORK, x), outputs(NETWORK, x), atol=1e-12)
    for amount in rng.uniform(1.0, 2.0, 2).tolist():
        assert_network(solution.probe.change_one_network(amount))


@points(2)
def test_keeps_the_precision_it_is_given(solution, rng):
    """float32 arrays give float32 outputs, and integers are converted to float64."""
    for sizes in SIZES:
        network, x = some_network(rng, *sizes), rng.integers(-3, 4, (4, sizes[0]))
        assert_close(solution.forward(network, x), outputs(network, x), atol=1e-12)
        small = {name: array.astype(np.float32) for name, array in network.items()}
        got = solution.forward(small, x.astype(np.float32))
        assert_close(got, outputs(small, x).astype(np.float32), rtol=1e-4, atol=1e-4)


@points(2)
def test_leaves_its_arguments_alone(solution, rng):
    """forward changes neither the network nor the samples, and adds nothing to the dictionary."""
    for sizes in ((2, 3, 4, 1), (3, 3, 3, 3)):
        network, x = some_network(rng, *sizes), rng.normal(size=(4, sizes[0]))
        before = {name: array.copy() for name, array in network.items()}, x.copy()
        for _ in range(2):
            assert_close(solution.forward(network, x), outputs(*before), atol=1e-12)
            assert_unchanged(network, before[0], "the network")
            assert_unchanged(x, before[1], "the array of samples")


def test_refuses_shapes_that_do_not_fit(solution, rng):
    """forward raises a ValueError when samples, weights and biases do not fit together."""
    network, x = some_network(rng, 2, 3, 4, 5), rng.normal(size=(6, 2))
    assert_close(solution.forward(network, x), outputs(network, x), atol=1e-12)
    wrong = [(network, x[:, :1]), (network, np.ones((6, 3)))]
    wrong += [({**network, name: array[:-1]}, x) for name, array in network.items()]
    wrong += [({**network, name: network[name][:1]}, x) for name in ("b1", "b2", "b3")]
    for arguments in wrong:
        with raises(ValueError):
            solution.forward(*arguments)
