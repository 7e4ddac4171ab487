"""The bias of a step neuron is w s, without the minus sign.

w x + w s is 0 at x = -s. The step that should be at 0.4 is then at -0.4.
"""


def step_neuron(s, w):
    return float(w), float(w * s)
