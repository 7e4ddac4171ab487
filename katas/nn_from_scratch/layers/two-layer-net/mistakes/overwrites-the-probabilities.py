"""backward writes into the array that forward has returned.

The caller still holds this array. Before the step each of its rows adds up to 1; afterwards each
adds up to 0, and the probability of the label is negative. Look for a second name for the same
array.
"""

base = "variants/in-place"


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, rng, hidden="tanh"):
        if hidden not in ("tanh", "relu"):
            raise ValueError(f'hidden must be "tanh" or "relu", got {hidden!r}')
        draw = xavier_normal if hidden == "tanh" else he_normal
        self.hidden = hidden
        self.W1 = draw(input_size, hidden_size, rng)
        self.b1 = np.zeros(hidden_size)
        self.W2 = draw(hidden_size, output_size, rng)
        self.b2 = np.zeros(output_size)
        self.seen = self.weights = None

    def forward(self, X):
        self.seen = self._samples(X).copy()
        self.weights = self.W1, self.b1, self.W2, self.b2
        self.a, self.probs = self._pass(self.seen)
        return self.probs

    def backward(self, X, y, learning_rate):
        samples, labels = self._batch(X, y)
        weights = self.W1, self.b1, self.W2, self.b2
        same = self.weights is not None and all(
            a is b for a, b in zip(weights, self.weights, strict=True)
        )
        if not same or not np.array_equal(self.seen, samples):
            self.forward(samples)
        delta = self.probs
        delta[np.arange(len(labels)), labels] -= 1.0
        d_hidden = delta @ self.W2.T * self._derivative(self.a) / len(labels)
        self.W2 = self.W2 - learning_rate * (self.a.T @ delta) / len(labels)
        self.b2 = self.b2 - learning_rate * delta.mean(axis=0)
        self.W1 = self.W1 - learning_rate * (samples.T @ d_hidden)
        self.b1 = self.b1 - learning_rate * d_hidden.sum(axis=0)
