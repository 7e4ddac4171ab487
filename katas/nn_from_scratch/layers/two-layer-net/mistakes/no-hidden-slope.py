"""The error goes back to the hidden layer without the derivative of the activation.

Each path from W1 to the loss goes through the activation, so the chain rule multiplies by its
derivative: 1 - a² for tanh, 1 or 0 for ReLU. The weights of a neuron with a = 0.99 should hardly
change, because its derivative is 0.02.
"""

base = "variants/plain"


class NeuralNetwork:
    def gradients(self, X, y):
        samples, labels = self._batch(X, y)
        a, delta = self._pass(samples)
        delta[np.arange(len(labels)), labels] -= 1.0
        delta /= len(labels)
        d_hidden = delta @ self.W2.T
        return {
            "W1": samples.T @ d_hidden,
            "b1": d_hidden.sum(axis=0),
            "W2": a.T @ delta,
            "b2": delta.sum(axis=0),
        }
