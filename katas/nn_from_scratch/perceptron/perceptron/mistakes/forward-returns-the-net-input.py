"""forward returns the net input and does not decide.

For AND, (1, 1) gives 0.2, where 1 is right: the net input is what the decision is made from. Pass it
to step.
"""


class Perceptron:
    def forward(self, x):
        return self.net(x)
