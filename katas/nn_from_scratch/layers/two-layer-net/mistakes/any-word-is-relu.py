"""Every value of hidden other than "tanh" gives a ReLU network.

hidden="sigmoid" or hidden="Tanh" gives a ReLU network without a message. Raise a ValueError that
names the two allowed values.
"""

base = "variants/plain"


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, rng, hidden="tanh"):
        draw = xavier_normal if hidden == "tanh" else he_normal
        self.hidden = hidden
        self.W1 = draw(input_size, hidden_size, rng)
        self.b1 = np.zeros(hidden_size)
        self.W2 = draw(hidden_size, output_size, rng)
        self.b2 = np.zeros(output_size)
