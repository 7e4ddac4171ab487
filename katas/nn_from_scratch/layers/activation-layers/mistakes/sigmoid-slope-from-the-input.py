"""Sigmoid multiplies by x (1 - x), with x the input of the layer.

The formula s (1 - s) belongs to the output s = sigmoid(x). At x = 0 it gives 0 instead of 1/4, and at
x = 2 it is -2.
"""


class Sigmoid(Activation):
    def __init__(self):
        super().__init__("sigmoid")
        self._f_grad = lambda x: x * (1 - x)
