"""The derivative of tanh is computed as 1 - a instead of 1 - a².

At a = 0.5 this is 0.5 instead of 0.75, and at a = -0.9 it is 1.9 instead of 0.19. The network still
learns to classify about 90 % of the digits correctly, so the accuracy does not show it. Square the
value.
"""

base = "variants/plain"


class NeuralNetwork:
    def _derivative(self, a):
        return 1.0 - a if self.hidden == "tanh" else (a > 0.0).astype(a.dtype)
