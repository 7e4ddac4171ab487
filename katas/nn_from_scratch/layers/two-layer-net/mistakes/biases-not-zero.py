"""The biases are drawn at random like the weights.

A random bias shifts the sum of each neuron before anything is learned: with a standard deviation of
1, by more than 0.67 for half of the neurons. The weights already make the neurons different, so
start the biases at zero.
"""

base = "variants/plain"


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, rng, hidden="tanh"):
        if hidden not in ("tanh", "relu"):
            raise ValueError(f'hidden must be "tanh" or "relu", got {hidden!r}')
        draw = xavier_normal if hidden == "tanh" else he_normal
        self.hidden = hidden
        self.W1 = draw(input_size, hidden_size, rng)
        self.b1 = rng.normal(size=hidden_size)
        self.W2 = draw(hidden_size, output_size, rng)
        self.b2 = rng.normal(size=output_size)
