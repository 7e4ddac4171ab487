"""forward returns the net input and does not decide.

For AND, (1, 1) gives 0.2 instead of 1. The decision is made from the net input: pass it to step.
"""


class Perceptron:
    def forward(self, x):
        return self.net(x)
