"""Seven machines that read the same handwritten digits, each made of modules of this package.

Each machine learns from the training set of a split and reads its test set. How many numbers a
machine has learned, and how long that took, is part of the result. This file is given: you do not
have to write it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .attention.layernorm import sinusoidal_positions
from .attention.transformer import TransformerBlock
from .conv.cnn import param_count, train_cnn
from .digits.capstone import train_model
from .digits.data import Split
from .digits.training import train_digits
from .graph.gcn import GCNLayer, normalize_adjacency
from .layers.dense import Dense
from .layers.two_layer import NeuralNetwork
from .losses.softmax_cross_entropy import softmax_cross_entropy_grad
from .memory.hopfield import hebbian, recall
from .memory.rnn import train_on_rows
from .optim.adam import Adam

_Floats = NDArray[np.float64]
_Labels = NDArray[np.int64]

TEMPLATES = 3
"""How many digits the Hopfield network stores: Hebb's rule loses them all with a fourth."""
LABELS_PER_CLASS = 5
"""How many labels per digit the graph network is told."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What a machine made of a split.

    Attributes:
        parameters: how many numbers it has learned.
        read: the digit that it reads in each test image, (M,).
        labels: the digits that the images show, (M,).
        seconds: how long it learned and read.
    """

    parameters: int
    read: _Labels
    labels: _Labels
    seconds: float

    @property
    def accuracy(self) -> float:
        """The fraction of the test images that it classifies correctly, 0 to 1."""
        return float((self.read == self.labels).mean())


def read_with(machine: str, split: Split, seed: int = 0) -> Reading:
    """Let one of ``MACHINES`` learn from the training set of a split, and read its test set."""
    learn = MACHINES[machine]
    begun = time.perf_counter()
    parameters, read, labels = learn(split, np.random.default_rng(seed))
    return Reading(parameters, read, labels, time.perf_counter() - begun)


def mini_batches(split: Split, rng: np.random.Generator) -> tuple[int, _Labels, _Labels]:
    """Use a two-layer network, 64-64-10, with mini-batches, for 60 epochs."""
    network = train_digits(split, rng, epochs=60).network
    return _size(network), np.asarray(network.forward(split.X_test)).argmax(axis=1), split.y_test


def sequential(split: Split, rng: np.random.Generator) -> tuple[int, _Labels, _Labels]:
    """Use the model of the capstone, from the library that the package is by then."""
    model = train_model(split, rng, epochs=40).model
    return param_count(model), np.asarray(model.predict(split.X_test)).argmax(axis=1), split.y_test


def convolutional(split: Split, rng: np.random.Generator) -> tuple[int, _Labels, _Labels]:
    """Use a convolutional network for 16 epochs."""
    model = train_cnn(split.X_train, split.y_train, rng, epochs=16)
    return param_count(model), np.asarray(model.predict(split.X_test)).argmax(axis=1), split.y_test


def recurrent(split: Split, rng: np.random.Generator) -> tuple[int, _Labels, _Labels]:
    """Read each image row by row with a recurrent network, for 20 epochs."""
    rnn, head = train_on_rows(split.X_train, split.y_train, rng, epochs=20)
    states = rnn.forward(split.X_test.reshape(-1, 8, 8))
    read = np.asarray(head.forward(states[:, -1])).argmax(axis=1)
    return _count(rnn, head), read, split.y_test


def transformer(split: Split, rng: np.random.Generator) -> tuple[int, _Labels, _Labels]:
    """Take the rows of an image for 8 tokens of a Transformer block, for 40 epochs."""
    width = 32
    embed = Dense(8, width, rng, "xavier")
    block = TransformerBlock(width, 4, 2 * width, rng)
    head = Dense(width, 10, rng, "lecun")
    positions = np.asarray(sinusoidal_positions(8, width))

    def forward(images: _Floats, training: bool) -> Any:
        tokens = embed.forward(images.reshape(-1, 8), training).reshape(-1, 8, width) + positions
        return head.forward(block.forward(tokens, training).mean(axis=1), training)

    def backward(dout: Any) -> None:
        d_mean = np.asarray(head.backward(dout))
        d_tokens = block.backward(np.repeat(d_mean[:, np.newaxis] / 8, 8, axis=1))
        embed.backward(np.asarray(d_tokens).reshape(-1, width))

    _train((embed, block, head), forward, backward, split, rng, epochs=40, lr=0.004)
    return _count(embed, block, head), forward(split.X_test, False).argmax(axis=1), split.y_test


def graph(split: Split, rng: np.random.Generator) -> tuple[int, _Labels, _Labels]:
    """Spread a few labels over a graph in which each image is linked to its 8 nearest ones.

    The test images are nodes too, without their labels. Only ``LABELS_PER_CLASS`` labels per digit
    are used of the training set.
    """
    images = np.concatenate([split.X_train, split.X_test])
    squares = (images**2).sum(axis=1)
    distances = squares[:, np.newaxis] - 2.0 * images @ images.T + squares
    np.fill_diagonal(distances, np.inf)
    nearest = np.argpartition(distances, 8, axis=1)[:, :8]
    adjacency = np.zeros(distances.shape)
    adjacency[np.arange(len(images))[:, np.newaxis], nearest] = 1.0
    spread = normalize_adjacency(np.maximum(adjacency, adjacency.T))
    known = np.concatenate(
        [
            rng.choice(np.flatnonzero(split.y_train == digit), LABELS_PER_CLASS, replace=False)
            for digit in range(10)
        ]
    )
    first, second = GCNLayer(64, 32, rng), GCNLayer(32, 10, rng, relu=False)
    layers = (first, second)
    params, grads = _arrays(layers)
    optimizer = Adam(lr=0.02)
    for _ in range(100):
        for layer in layers:
            layer.zero_grad()
        scores = second.forward(first.forward(images, spread, True), spread, True)
        dout = np.zeros(scores.shape)
        dout[known] = softmax_cross_entropy_grad(scores[known], split.y_train[known])
        first.backward(second.backward(dout))
        optimizer.step(params, grads)
    scores = second.forward(first.forward(images, spread), spread)
    return _count(*layers), scores[len(split.X_train) :].argmax(axis=1), split.y_test


def hopfield(split: Split, rng: np.random.Generator) -> tuple[int, _Labels, _Labels]:
    """Store one template for each of three digits, and recall the nearest from each test image."""
    mean = split.X_train.mean(axis=0)
    signs = np.array(
        [
            np.where(split.X_train[split.y_train == digit].mean(axis=0) > mean, 1, -1)
            for digit in range(TEMPLATES)
        ]
    )
    weights = hebbian(signs)
    chosen = split.y_test < TEMPLATES
    read = [
        int((signs @ np.asarray(recall(weights, np.where(image > mean, 1, -1), rng))).argmax())
        for image in split.X_test[chosen]
    ]
    return 64 * 63 // 2, np.array(read, dtype=np.int64), split.y_test[chosen]


Machine = Callable[[Split, np.random.Generator], tuple[int, _Labels, _Labels]]

MACHINES: dict[str, Machine] = {
    "two layers, mini-batches": mini_batches,
    "three layers": sequential,
    "convolution": convolutional,
    "Transformer over rows": transformer,
    "recurrence over rows": recurrent,
    "Hopfield, digits 0 to 2": hopfield,
    "graph, 5 labels per digit": graph,
}
"""By name, in the order of the course."""


def _train(
    layers: tuple[Any, ...], forward: Callable[[_Floats, bool], Any],
    backward: Callable[[Any], None], split: Split, rng: np.random.Generator,
    epochs: int, lr: float,
) -> None:  # fmt: skip
    """Train with Adam and batches of 32; the last third of the epochs with a fifth of the rate."""
    params, grads = _arrays(layers)
    for rate, count in ((lr, epochs - epochs // 3), (lr / 5, epochs // 3)):
        optimizer = Adam(lr=rate)
        for _ in range(count):
            order = rng.permutation(len(split.X_train))
            for start in range(0, len(order), 32):
                rows = order[start : start + 32]
                for layer in layers:
                    layer.zero_grad()
                scores = forward(split.X_train[rows], True)
                backward(softmax_cross_entropy_grad(scores, split.y_train[rows]))
                optimizer.step(params, grads)


def _arrays(layers: tuple[Any, ...]) -> tuple[list[Any], list[Any]]:
    """Return the parameters and the gradients of layers, in the same order."""
    params = [array for layer in layers for array in layer.params.values()]
    return params, [array for layer in layers for array in layer.grads.values()]


def _count(*layers: Any) -> int:
    return sum(int(np.size(array)) for layer in layers for array in layer.params.values())


def _size(network: NeuralNetwork) -> int:
    arrays = (network.W1, network.b1, network.W2, network.b2)
    return sum(int(np.size(array)) for array in arrays)
