"""Draw the three gradients of a layer beside the right ones, entry by entry."""

import numpy as np

from nnkata.pictures import Canvas, Frame, Picture, describe_errors, draw_gradient_check

N, INPUTS, OUTPUTS = 7, 5, 3


def picture_gradients(solution):
    """Draw the relative errors of dW, db and dX, with ones and with random numbers upstream."""
    rng = np.random.default_rng(4)
    x = rng.normal(size=(N, INPUTS))
    upstream = {
        "upstream gradient of ones": np.ones((N, OUTPUTS)),
        "random upstream gradient": rng.normal(size=(N, OUTPUTS)),
    }
    frames, numbers, told = [], {}, []
    for name, dout in upstream.items():
        layer = solution.Dense(INPUTS, OUTPUTS, solution.rng(1))
        W = np.asarray(layer.params["W"], float)
        layer.forward(x, training=True)
        dX = layer.backward(dout)
        grads = layer.grads
        got = {"dW": grads["W"], "db": grads["b"], "dX": dX}
        right = {"dW": x.T @ dout, "db": dout.sum(axis=0), "dX": dout @ W.T}
        canvas = Canvas(640, 300)
        errors = draw_gradient_check(canvas, got, right)
        canvas.text(624, 18, name, "strong", "end")
        words = describe_errors(errors)
        told.append(f"With an {name}: {words}" if "ones" in name else f"With a {name}: {words}")
        frames.append(Frame(canvas, f"{name.capitalize()}. {words}"))
        numbers[name] = errors
    return Picture(
        title="The gradients of one layer",
        description=(
            "The gradients of the weights, the biases and the inputs, compared with the right "
            f"ones. {' '.join(told)} A mistake can hide behind an upstream gradient of ones."
        ),
        frames=frames,
        numbers=numbers,
        shown=1,
    )
