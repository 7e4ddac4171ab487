"""The derivative of tanh is computed as 1 - tanh(a)², although a is already a value of tanh.

With a the result of tanh, the derivative is 1 - a². With tanh applied twice, a = 0.9 gives 0.487
instead of 0.19. The accuracy on the digits stays the same, and only a numerical gradient shows the
difference.
"""

base = "variants/plain"


class NeuralNetwork:
    def _derivative(self, a):
        return 1.0 - np.tanh(a) ** 2 if self.hidden == "tanh" else (a > 0.0).astype(a.dtype)
