"""W2 is drawn as 0.01 times standard normal numbers and not by the scheme of the activation.

The scheme is meant for both matrices. With such a small W2 hardly any error gets back to the hidden
layer: for 32 hidden neurons and 10 classes it starts 22 times too small.
"""

base = "variants/plain"


class NeuralNetwork:
    def __init__(self, input_size, hidden_size, output_size, rng, hidden="tanh"):
        if hidden not in ("tanh", "relu"):
            raise ValueError(f'hidden must be "tanh" or "relu", got {hidden!r}')
        draw = xavier_normal if hidden == "tanh" else he_normal
        self.hidden = hidden
        self.W1 = draw(input_size, hidden_size, rng)
        self.b1 = np.zeros(hidden_size)
        self.W2 = 0.01 * rng.normal(size=(hidden_size, output_size))
        self.b2 = np.zeros(output_size)
