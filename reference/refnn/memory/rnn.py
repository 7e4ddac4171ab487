"""A recurrent layer, trained by backpropagation through time, that reads images row by row.

The same weights are used at every step of a sequence. In the backward pass, each state gets a
gradient from two sides: from what is computed from it at its own step, and from the next state.

Sizes: N sequences of T steps with I numbers each; H hidden units.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..digits.pipeline import iterate_minibatches
from ..init.schemes import lecun_normal
from ..layers.dense import Dense
from ..losses.softmax_cross_entropy import softmax_cross_entropy_grad
from ..optim.adam import Adam

_Floats = NDArray[np.floating[Any]]


class RNN:
    """Compute one state after the other: ``h_t = tanh(x_t @ Wx + h_(t-1) @ Wh + b)``.

    Attributes:
        params: the arrays "Wx" (I, H), "Wh" (H, H) and "b" (H,). The layer computes with these
            arrays, so a change in place takes effect.
        grads: the gradients of "Wx", "Wh" and "b", in their shapes, zero at first. ``backward``
            adds to them.

    No method changes its arguments, or an array that it returned. Everything is computed in
    float64.
    """

    params: dict[str, _Floats]
    grads: dict[str, _Floats]

    def __init__(self, n_in: int, n_hidden: int, rng: np.random.Generator) -> None:
        """Draw the weights from ``rng``, and set the biases to zero.

        Wx is what ``lecun_normal(I, H, rng)`` returns, and then Wh is what
        ``lecun_normal(H, H, rng)`` returns.

        Args:
            n_in, n_hidden: I and H.
            rng: the only source of random numbers.
        """
        self.params = {
            "Wx": lecun_normal(n_in, n_hidden, rng),
            "Wh": lecun_normal(n_hidden, n_hidden, rng),
            "b": np.zeros(n_hidden),
        }
        self.grads = {name: np.zeros_like(array) for name, array in self.params.items()}
        self._inputs: _Floats | None = None
        self._states: _Floats  # with h0 first, (N, T + 1, H); forward sets it together with _inputs

    def forward(self, x: ArrayLike, training: bool = False, h0: ArrayLike | None = None) -> _Floats:
        """Return all states h_1 ... h_T, (N, T, H).

        Args:
            x: sequences, (N, T, I), T at least 1. N may be 0.
            training: remember for ``backward`` what it needs. A call without it does not change
                what an earlier call remembered.
            h0: the states before the first step, (N, H). By default they are zeros in every call:
                nothing is left from an earlier sequence.

        Raises:
            ValueError: ``x`` is not (N, T, I), or ``h0`` is not (N, H).
        """
        inputs = np.asarray(x, dtype=np.float64)
        n_in, n_hidden = self.params["Wx"].shape
        if inputs.shape[2:] != (n_in,):
            raise ValueError(f"x must be (N, T, {n_in}), got the shape {inputs.shape}")
        n, steps, _ = inputs.shape
        h = np.zeros((n, n_hidden)) if h0 is None else np.asarray(h0, dtype=np.float64)
        if h.shape != (n, n_hidden):
            raise ValueError(f"h0 must be {(n, n_hidden)}, got the shape {h.shape}")
        states = [h]
        for t in range(steps):
            h = np.tanh(inputs[:, t] @ self.params["Wx"] + h @ self.params["Wh"] + self.params["b"])
            states.append(h)
        if training:
            self._inputs = inputs
            self._states = np.stack(states, axis=1)
        return np.stack(states[1:], axis=1)

    def backward(self, dhs: ArrayLike) -> _Floats:
        """Return d(loss)/dx, (N, T, I), and add the gradients of Wx, Wh and b to ``grads``.

        From the last step to the first, with ``dh = 0`` after the last step:

            dz_t = (dhs_t + dh) · (1 - h_t²)
            dh = dz_t @ Wh.T,  the gradient that the next step back receives

        Args:
            dhs: the upstream gradients d(loss)/d(output), (N, T, H): the gradient that each state
                gets directly from the loss, for the sequences of the last call to ``forward`` with
                ``training=True``.

        Raises:
            RuntimeError: there was no such call to ``forward``.
            ValueError: ``dhs`` is not (N, T, H). ``grads`` are then unchanged.

        Source: P. Werbos, Backpropagation through time: what it does and how to do it, 1990.
        """
        if self._inputs is None:
            raise RuntimeError("backward needs a forward with training=True before it")
        upstream = np.asarray(dhs, dtype=np.float64)
        before, after = self._states[:, :-1], self._states[:, 1:]
        if upstream.shape != after.shape:
            raise ValueError(f"dhs must be {after.shape}, got the shape {upstream.shape}")
        dx = np.empty_like(self._inputs)
        dh = np.zeros_like(self.params["b"])  # nothing comes from after the last step
        for t in reversed(range(upstream.shape[1])):
            dz = (upstream[:, t] + dh) * (1.0 - after[:, t] ** 2)
            self.grads["Wx"] += self._inputs[:, t].T @ dz
            self.grads["Wh"] += before[:, t].T @ dz
            self.grads["b"] += dz.sum(axis=0)
            dx[:, t] = dz @ self.params["Wx"].T
            dh = dz @ self.params["Wh"].T
        return dx

    def zero_grad(self) -> None:
        """Set all gradients to zero, in the arrays that ``grads`` already contains."""
        for gradient in self.grads.values():
            gradient[...] = 0.0


def train_on_rows(
    X: ArrayLike, y: ArrayLike, rng: np.random.Generator, epochs: int = 8
) -> tuple[RNN, Dense]:
    """Return a recurrent layer and a dense layer that read images row by row, after training.

    An image is a sequence of 8 steps: its rows, from top to bottom. The state after the last row
    goes into the dense layer, and its ten outputs are the logits of the digits. The loss is the
    mean cross-entropy. Each epoch uses all images, each of them once, in a new order.

    Args:
        X: N images of 8 x 8 pixels from 0 to 1, row by row, (N, 64), N at least 1. It is not
            changed.
        y: the digit that each image shows, N integers 0 to 9. It is not changed.
        rng: the only source of random numbers. The same state gives the same layers.
        epochs: how often the images are used. With 0, the layers keep their initial weights. You
            choose the default, and the number of hidden units.
    """
    images = np.asarray(X, dtype=np.float64).reshape(len(np.asarray(X)), 8, 8)
    rnn, head = RNN(8, 64, rng), Dense(64, 10, rng, "lecun")
    layers = (rnn, head)
    named = [(layer, name) for layer in layers for name in layer.params]
    params = [layer.params[name] for layer, name in named]
    for lr, count in ((0.005, epochs - epochs // 3), (0.001, epochs // 3)):
        optimizer = Adam(lr=lr)
        for _ in range(count):
            for x, labels in iterate_minibatches(images, y, 32, rng):
                for layer in layers:
                    layer.zero_grad()
                states = rnn.forward(x, training=True)
                logits = head.forward(states[:, -1], training=True)
                dhs = np.zeros_like(states)
                dhs[:, -1] = head.backward(softmax_cross_entropy_grad(logits, labels))
                rnn.backward(dhs)
                optimizer.step(params, [layer.grads[name] for layer, name in named])
    return rnn, head
