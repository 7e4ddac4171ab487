"""The error terms, compared with complex steps and with onnx, and the numbers of the lesson."""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

from refnn.layers.delta import deltas, forward_all, gradients

Array = NDArray[Any]
Network = tuple[Array, list[Array], list[Array]]
widths_of_nets = pytest.mark.parametrize(
    "widths", [(3, 2), (1, 1), (4, 4, 4), (5, 2, 4, 3), (2, 6, 3, 5, 4)]
)


def tanh(z: Array) -> Array:
    return np.asarray(np.tanh(z))


def tanh_grad(z: Array) -> Array:
    return np.asarray(1 / np.cosh(z) ** 2)


def same(z: Array) -> Array:
    return z


def draw(widths: tuple[int, ...]) -> Network:
    rng = np.random.default_rng(sum(widths))
    Ws = [rng.normal(size=(o, i)) for i, o in pairwise(widths)]
    return rng.normal(size=widths[0]), Ws, [rng.normal(size=o) for o in widths[1:]]


def complex_step(f: Callable[[Array], Array], array: Array) -> Array:
    """Return the gradient of an analytic function; there is no difference that could cancel."""
    gradient = np.empty(array.shape)
    for index in np.ndindex(array.shape):
        moved = array.astype(complex)
        moved[index] += 1e-30j
        gradient[index] = f(moved).imag / 1e-30
    return gradient


def test_the_numbers_of_the_lesson() -> None:
    x, Ws = [1, 2], [[[1, 0], [1, -1], [-1, 1]], [[1, 2, 1]]]
    zs, as_ = forward_all(x, Ws, [[0, 0, 1], [-2]], lambda z: z * z, same)
    assert [z.tolist() for z in zs] == [[1, -1, 2], [5]]
    assert [a.tolist() for a in as_] == [[1, 2], [1, 1, 4], [5]]
    found = deltas(np.array([3]), zs, as_, Ws, lambda z: 2 * z, lambda _z, a, y: a - y)
    assert [d.tolist() for d in found] == [[4, -8, 8], [2]]
    dWs, dbs = gradients(found, as_)
    assert [dW.tolist() for dW in dWs] == [[[4, 8], [-8, -16], [8, 16]], [[2, 2, 8]]]
    assert [db.tolist() for db in dbs] == [[4, -8, 8], [2]]


def test_the_numbers_of_the_misconceptions() -> None:
    p = 1 / (1 + math.exp(6))
    assert p - 1 == pytest.approx(-0.9975, abs=5e-5)
    assert (p - 1) * p * (1 - p) == pytest.approx(-0.0025, abs=5e-5)
    a = math.tanh(2)
    assert (a, 1 - a * a) == pytest.approx((0.964, 0.071), abs=5e-4)
    assert 1 - math.tanh(a) ** 2 == pytest.approx(0.443, abs=5e-4)
    assert (1 - math.tanh(a) ** 2) / (1 - a * a) == pytest.approx(6, abs=0.5)


@widths_of_nets
def test_forward_is_what_onnx_computes(widths: tuple[int, ...]) -> None:
    x, Ws, bs = draw(widths)
    nodes, constants, last = [], [], "a0"
    for n, (W, b) in enumerate(zip(Ws, bs, strict=True), 1):
        for name, array in ((f"W{n}", W), (f"b{n}", b)):
            constants.append(onnx.numpy_helper.from_array(array, name))
        nodes.append(helper.make_node("Gemm", [last, f"W{n}", f"b{n}"], [f"z{n}"], transB=1))
        nodes.append(helper.make_node("Tanh", [f"z{n}"], [f"a{n}"]))
        last = f"a{n}"
    names = [f"{kind}{n}" for kind in "za" for n in range(1, len(Ws) + 1)]
    info = [helper.make_tensor_value_info(name, TensorProto.DOUBLE, None) for name in names]
    given = helper.make_tensor_value_info("a0", TensorProto.DOUBLE, [1, len(x)])
    model = helper.make_model(helper.make_graph(nodes, "net", [given], info, constants))
    outputs: Any = ReferenceEvaluator(model).run(None, {"a0": x[np.newaxis]})
    zs, as_ = forward_all(x, Ws, bs, tanh)
    np.testing.assert_array_equal(as_[0], x)
    for got, row in zip([*zs, *as_[1:]], outputs, strict=True):
        np.testing.assert_allclose(got, row[0], rtol=1e-12, atol=1e-12)


@widths_of_nets
def test_gradients_are_those_of_complex_steps(widths: tuple[int, ...]) -> None:
    x, Ws, bs = draw(widths)
    y = np.random.default_rng(1).dirichlet(np.ones(widths[-1]))

    def loss(Ws: list[Array], bs: list[Array]) -> Array:
        a = x
        for W, b in zip(Ws[:-1], bs[:-1], strict=True):
            a = np.tanh(W @ a + b)
        z = Ws[-1] @ a + bs[-1]
        return np.asarray(np.log(np.exp(z).sum()) - y @ z)

    def softmax(z: Array) -> Array:
        return np.asarray(np.exp(z) / np.exp(z).sum())

    zs, as_ = forward_all(x, Ws, bs, tanh, softmax)
    found = deltas(y, zs, as_, Ws, tanh_grad, lambda _z, a, y: a - y)
    dWs, dbs = gradients(found, as_)
    for n in range(len(Ws)):

        def by_weights(v: Array, n: int = n) -> Array:
            return loss([*Ws[:n], v, *Ws[n + 1 :]], bs)

        def by_biases(v: Array, n: int = n) -> Array:
            return loss(Ws, [*bs[:n], v, *bs[n + 1 :]])

        np.testing.assert_allclose(dWs[n], complex_step(by_weights, Ws[n]), rtol=1e-9, atol=1e-13)
        np.testing.assert_allclose(dbs[n], complex_step(by_biases, bs[n]), rtol=1e-9, atol=1e-13)
        np.testing.assert_array_equal(found[n], dbs[n])
        assert not np.shares_memory(found[n], dbs[n])


def test_the_precision_is_kept() -> None:
    x, Ws, bs = draw((3, 4, 2))
    small = x.astype("f4"), [W.astype("f4") for W in Ws], [b.astype("f4") for b in bs]
    zs, as_ = forward_all(*small, tanh)
    found = deltas(np.ones(2, "f4"), zs, as_, small[1], tanh_grad, lambda _z, a, y: a - y)
    dWs, dbs = gradients(found, as_)
    assert {array.dtype.name for part in (zs, as_, found, dWs, dbs) for array in part} == {
        "float32"
    }


def test_many_layers_need_no_recursion() -> None:
    Ws, bs = [np.eye(2)] * 3000, [np.zeros(2)] * 3000
    zs, as_ = forward_all(np.array([1.0, 2.0]), Ws, bs, same)
    found = deltas(np.zeros(2), zs, as_, Ws, np.ones_like, lambda _z, a, _y: a)
    assert len(found) == 3000
    assert found[0].tolist() == [1.0, 2.0]


def test_what_is_refused() -> None:
    x, Ws, bs = draw((3, 4, 2))
    for wrong in (
        (x, Ws, bs[:1]),
        (x, [], []),
        (x[:2], Ws, bs),
        (x, Ws, [bs[0], bs[1][:1]]),
        (x, Ws, [bs[0], np.ones((2, 2))]),
    ):
        with pytest.raises(ValueError, match=r"is needed|does not match|one axis"):
            forward_all(*wrong, tanh)
    zs, as_ = forward_all(x, Ws, bs, tanh)
    for lists in ((zs, as_[1:], Ws), (zs[1:], as_, Ws), (zs, as_, [Ws[0], Ws[1].T])):
        with pytest.raises(ValueError, match=r"are needed|does not match"):
            deltas(0, *lists, tanh_grad, lambda _z, a, _y: a)
    for result in (np.ones((2, 1)), np.ones(1), np.ones(())):
        with pytest.raises(ValueError, match="output_delta"):
            deltas(result, zs, as_, Ws, tanh_grad, lambda _z, _a, y: np.asarray(y))
    for lists_of_gradients in ((bs, as_[1:]), (bs[1:], as_), (bs, [x[np.newaxis], *as_[1:]])):
        with pytest.raises(ValueError, match=r"one longer|one axis"):
            gradients(*lists_of_gradients)
