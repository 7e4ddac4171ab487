"""The bias of a step neuron is -s, without the weight.

The sigmoid jumps where w x + b = 0, so at x = s / w. For s = 0.4 and w = 100 that is 0.004: nearly all steps
are taken before the interval begins.
"""


def step_neuron(s, w):
    return float(w), float(-s)
