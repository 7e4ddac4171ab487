"""The network draws its weights from its own random generator with a fixed seed.

Every network then starts with the same weights, whatever rng it gets: ten runs with ten seeds are the
same run ten times. Draw from the rng that is passed.
"""

base = "variants/plain"


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, rng, hidden="tanh"):
        if hidden not in ("tanh", "relu"):
            raise ValueError(f'hidden must be "tanh" or "relu", got {hidden!r}')
        draw = xavier_normal if hidden == "tanh" else he_normal
        self.hidden = hidden
        rng = np.random.default_rng(0)
        self.W1 = draw(input_size, hidden_size, rng)
        self.b1 = np.zeros(hidden_size)
        self.W2 = draw(hidden_size, output_size, rng)
        self.b2 = np.zeros(output_size)
