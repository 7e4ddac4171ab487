"""Neurons, layers and training on scalars."""

import math
import random
import statistics
from collections.abc import Sequence

import numpy as np
import pytest

from refnn.autograd.gradcheck import numerical_gradient
from refnn.autograd.value import Value
from refnn.scalar.mlp import MLP, Layer
from refnn.scalar.neuron import Neuron
from refnn.scalar.training import mse_loss, sgd_step, train, zero_grad

XOR_X, XOR_Y = [(0, 0), (0, 1), (1, 0), (1, 1)], [-1, 1, 1, -1]


def data(values: Sequence[Value]) -> list[float]:
    return [v.data for v in values]


def test_a_neuron_is_tanh_of_the_weighted_sum_with_its_gradients() -> None:
    neuron, x = Neuron(3, random.Random(0)), [0.5, -1.0, 2.0]
    out = neuron(x)
    t = math.tanh(sum(w.data * x_i for w, x_i in zip(neuron.w, x, strict=True)) + neuron.b.data)
    assert out.data == pytest.approx(t, rel=1e-14)
    out.backward()
    for w, x_i in zip(neuron.w, x, strict=True):
        assert w.grad == pytest.approx((1 - t * t) * x_i)
    assert neuron.b.grad == pytest.approx(1 - t * t)


def test_a_neuron_hands_gradients_to_inputs_that_are_values() -> None:
    neuron, x = Neuron(2, random.Random(0)), [Value(0.3), Value(0.4)]
    out = neuron(x)
    out.backward()
    assert x[1].grad == pytest.approx((1 - out.data**2) * neuron.w[1].data)


def test_a_neuron_draws_weights_and_bias_evenly_from_minus_one_to_one() -> None:
    draws = data(Neuron(9_999, random.Random(3)).parameters())
    assert all(-1.0 <= w <= 1.0 for w in draws)
    assert abs(statistics.fmean(draws)) < 0.02
    assert statistics.pvariance(draws) == pytest.approx(1 / 3, abs=0.02)
    assert len({Neuron(1, random.Random(seed)).b.data for seed in range(10)}) == 10


def test_the_same_rng_gives_the_same_neuron_and_the_global_one_is_left_alone() -> None:
    state = random.getstate()
    a, b = Neuron(4, random.Random(5)), Neuron(4, random.Random(5))
    assert data(a.parameters()) == data(b.parameters())
    assert data(Neuron(4).parameters()) != data(Neuron(4).parameters())
    assert random.getstate() == state


def test_a_neurons_parameters_are_the_objects_themselves() -> None:
    neuron = Neuron(2, random.Random(0))
    assert neuron.parameters() == [*neuron.w, neuron.b]


@pytest.mark.parametrize("x", [[], [1.0], [1.0, 2.0, 3.0]])
def test_a_neuron_refuses_a_wrong_number_of_inputs(x: list[float]) -> None:
    with pytest.raises(ValueError, match="2 weights"):
        Neuron(2, random.Random(0))(x)


def test_a_layer_gives_a_list_also_for_one_neuron() -> None:
    out = Layer(2, 1, random.Random(0))([1.0, 2.0])
    assert isinstance(out, list)
    assert len(out) == 1


@pytest.mark.parametrize(
    ("n_in", "sizes", "count"), [(3, [4, 4, 1], 41), (4, [4, 4], 40), (2, [1, 3], 9), (5, [1], 6)]
)
def test_an_mlp_has_its_own_parameters_for_every_neuron(
    n_in: int, sizes: list[int], count: int
) -> None:
    model = MLP(n_in, sizes, random.Random(0))
    assert len({id(p) for p in model.parameters()}) == count == len(model.parameters())
    assert len(model.layers) == len(sizes)


def test_an_mlp_hands_each_layers_outputs_to_the_next() -> None:
    model, x = MLP(3, [4, 2], random.Random(1)), [0.1, 0.2, 0.3]
    out = model(x)
    assert isinstance(out, list)
    assert data(out) == data(model.layers[1](model.layers[0](x)))
    assert x == [0.1, 0.2, 0.3]


def test_an_mlp_with_one_output_gives_a_value() -> None:
    assert isinstance(MLP(2, [3, 1], random.Random(0))([1.0, 2.0]), Value)


def test_an_mlp_refuses_a_wrong_number_of_inputs() -> None:
    with pytest.raises(ValueError, match="2 weights"):
        MLP(2, [3, 1], random.Random(0))([1.0])


def test_gradients_of_the_loss_reach_every_parameter() -> None:
    model = MLP(2, [3, 1], random.Random(2))
    parameters = model.parameters()

    def loss_at(theta: Sequence[float]) -> float:
        for p, number in zip(parameters, theta, strict=True):
            p.data = float(number)
        return mse_loss(model, XOR_X, XOR_Y).data

    theta = np.array(data(parameters))
    measured = numerical_gradient(lambda v: loss_at(v.tolist()), theta)
    loss_at(theta.tolist())
    mse_loss(model, XOR_X, XOR_Y).backward()
    np.testing.assert_allclose([p.grad for p in parameters], measured, rtol=1e-6)


def test_the_loss_is_a_mean() -> None:
    model = MLP(2, [1], random.Random(0))
    once, twice = mse_loss(model, XOR_X, XOR_Y), mse_loss(model, XOR_X * 2, XOR_Y * 2)
    assert once.data == pytest.approx(twice.data)
    assert mse_loss(lambda x: Value(0.0) + x[0], [(3,), (5,)], [1, 1]).data == 10.0


def test_the_loss_refuses_what_it_cannot_average() -> None:
    model = MLP(2, [1], random.Random(0))
    with pytest.raises(ValueError, match="no samples"):
        mse_loss(model, [], [])
    with pytest.raises(ValueError, match="3 targets"):
        mse_loss(model, XOR_X, [1, 1, 1])
    with pytest.raises(ValueError, match="one output"):
        mse_loss(MLP(2, [2], random.Random(0)), XOR_X, XOR_Y)


def test_zero_grad_and_sgd_step_change_the_values_themselves() -> None:
    p = Value(1.0)
    p.grad = 4.0
    sgd_step([p], lr=0.25)
    assert (p.data, p.grad) == (0.0, 4.0)
    zero_grad([p])
    assert (p.data, p.grad) == (0.0, 0.0)


def test_training_walks_the_path_of_fresh_gradients() -> None:
    trained, by_hand = MLP(2, [3, 1], random.Random(4)), MLP(2, [3, 1], random.Random(4))
    losses = train(trained, XOR_X, XOR_Y, steps=5, lr=0.3)
    expected = []
    for _ in range(5):
        loss = mse_loss(by_hand, XOR_X, XOR_Y)
        expected.append(loss.data)
        for p in by_hand.parameters():
            p.grad = 0.0
        loss.backward()
        for p in by_hand.parameters():
            p.data = p.data - 0.3 * p.grad
    assert losses == pytest.approx(expected, rel=1e-12)
    np.testing.assert_allclose(data(trained.parameters()), data(by_hand.parameters()), rtol=1e-12)


def test_a_learning_rate_of_zero_changes_nothing() -> None:
    model = MLP(2, [3, 1], random.Random(4))
    before = data(model.parameters())
    losses = train(model, XOR_X, XOR_Y, steps=3, lr=0.0)
    assert data(model.parameters()) == before
    assert losses == [losses[0]] * 3
    assert all(type(loss) is float for loss in losses)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_four_hidden_neurons_learn_xor(seed: int) -> None:
    model = MLP(2, [4, 1], random.Random(seed))
    assert train(model, XOR_X, XOR_Y, steps=500, lr=0.4)[-1] < 0.05
