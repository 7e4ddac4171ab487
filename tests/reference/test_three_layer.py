"""The three-layer network, compared with onnx.reference and with the numbers of the lesson."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper
from onnx.reference import ReferenceEvaluator

from refnn.forward.three_layer import forward, identity_function, init_network

Floats = NDArray[np.floating[Any]]


def by_onnx(network: Mapping[str, Floats], x: Floats) -> Floats:
    """Run the network as an ONNX graph of Gemm and Sigmoid."""
    nodes, name = [], "x"
    for layer in "123":
        nodes.append(helper.make_node("Gemm", [name, f"W{layer}", f"b{layer}"], [f"z{layer}"]))
        nodes.append(helper.make_node("Sigmoid", [f"z{layer}"], [f"a{layer}"]))
        name = f"a{layer}"
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.DOUBLE, None) for name in ("x", *network)
    ]
    output = helper.make_tensor_value_info("z3", TensorProto.DOUBLE, None)
    model = helper.make_model(helper.make_graph(nodes, "net", inputs, [output]))
    evaluator: Any = ReferenceEvaluator(model)
    result: Floats = evaluator.run(["z3"], {"x": x, **network})[0]
    return result


def test_the_numbers_of_the_lesson() -> None:
    network = init_network()
    assert forward(network, [1.0, 0.5]).tolist() == pytest.approx([0.3168, 0.6963], abs=5e-5)
    a = 1 / (1 + np.exp(-(np.array([1.0, 0.5]) @ network["W1"] + network["b1"])))
    assert a.tolist() == pytest.approx([0.5744, 0.6682, 0.7503], abs=5e-5)
    z = a @ network["W2"] + network["b2"]
    assert z.tolist() == pytest.approx([0.5162, 1.2140], abs=5e-5)
    squashed = 1 / (1 + np.exp(-forward(network, [1.0, 0.5])))
    assert squashed.tolist() == pytest.approx([0.5785, 0.6674], abs=6e-5)


@pytest.mark.parametrize("sizes", [(2, 3, 2, 2), (4, 4, 4, 4), (5, 2, 7, 3)])
@pytest.mark.parametrize("n", [0, 1, 6])
def test_forward_is_what_onnx_computes(n: int, sizes: tuple[int, int, int, int]) -> None:
    rng = np.random.default_rng(1)
    i, h, k, o = sizes
    shapes = {"W1": (i, h), "b1": (h,), "W2": (h, k), "b2": (k,), "W3": (k, o), "b3": (o,)}
    network = {name: rng.normal(size=shape) for name, shape in shapes.items()}
    x = rng.normal(size=(n, i)) * 3.0
    np.testing.assert_allclose(forward(network, x), by_onnx(network, x), rtol=1e-12, atol=1e-12)
    for row in x:
        expected = by_onnx(network, row[np.newaxis])[0]
        np.testing.assert_allclose(forward(network, row), expected, rtol=1e-12, atol=1e-12)


def test_dtypes() -> None:
    network = {name: array.astype(np.float32) for name, array in init_network().items()}
    assert forward(network, np.ones((3, 2), np.float32)).dtype == np.float32
    assert forward(network, [[1, 2]]).dtype == np.float64
    assert identity_function([1, 2]).dtype == np.float64
    assert identity_function(np.array([1], np.float32)).dtype == np.float32


def test_nothing_is_shared() -> None:
    x = np.ones(3)
    assert not np.shares_memory(identity_function(x), x)
    init_network()["W1"][...] = 7.0
    assert init_network()["W1"][0, 0] == 0.1


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="matmul"):
        forward(init_network(), np.ones((4, 3)))
    with pytest.raises(ValueError, match="b "):
        forward({**init_network(), "b2": np.ones(3)}, np.ones((4, 2)))
