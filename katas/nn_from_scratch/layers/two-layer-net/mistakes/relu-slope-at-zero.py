"""The derivative of ReLU is 1 everywhere, because the value of ReLU is compared with >= 0.

ReLU gives exactly 0 for each negative sum, and there its derivative is 0: a neuron that is switched
off does not change in the step. With >= a switched-off neuron changes as much as one that is on. In
terms of the value a, the derivative is 1 only where a is above 0.
"""

base = "variants/plain"


class NeuralNetwork:
    def _derivative(self, a):
        return 1.0 - a * a if self.hidden == "tanh" else (a >= 0.0).astype(a.dtype)
