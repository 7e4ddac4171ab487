"""The boxes divide [0, 1], whatever a and b are.

Outside [0, 1] the output then stays at the height of the first or the last box. The edges run from a to b.
"""


def bump_network(f, a, b, n, sharpness):
    if not a < b:
        raise ValueError("a must be below b")
    if not sharpness > 0:
        raise ValueError("sharpness must be positive")
    edges = np.linspace(0, 1, n + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    heights = np.array([f(float(middle)) for middle in middles], dtype=np.float64)
    neurons = np.array([step_neuron(float(s), sharpness) for s in edges[1:-1]])
    return neurons[:, 0].reshape(1, -1), neurons[:, 1], np.diff(heights).reshape(-1, 1), heights[:1]
