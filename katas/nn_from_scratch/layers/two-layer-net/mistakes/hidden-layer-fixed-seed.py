"""W1 is drawn from a generator with a fixed seed, and only W2 comes from rng.

Every network starts with the same hidden layer, whatever rng it gets: ten runs with ten seeds differ
in W2 only. Draw both matrices from the rng that is passed.
"""

base = "variants/plain"


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, rng, hidden="tanh"):
        if hidden not in ("tanh", "relu"):
            raise ValueError(f'hidden must be "tanh" or "relu", got {hidden!r}')
        draw = xavier_normal if hidden == "tanh" else he_normal
        self.hidden = hidden
        self.W1 = draw(input_size, hidden_size, np.random.default_rng(0))
        self.b1 = np.zeros(hidden_size)
        self.W2 = draw(hidden_size, output_size, rng)
        self.b2 = np.zeros(output_size)
