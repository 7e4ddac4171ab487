"""The weights are sharpness times the number of boxes per unit.

The caller then cannot say how sharp the steps are: sharpness 100 with 4 boxes on [0, 2] gives the
weights 200. Each weight in W1 is sharpness itself.
"""


def bump_network(f, a, b, n, sharpness):
    if not a < b:
        raise ValueError("a must be below b")
    if not sharpness > 0:
        raise ValueError("sharpness must be positive")
    edges = np.linspace(a, b, n + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    heights = np.array([f(float(middle)) for middle in middles], dtype=np.float64)
    neurons = np.array([step_neuron(float(s), sharpness * n / (b - a)) for s in edges[1:-1]])
    return neurons[:, 0].reshape(1, -1), neurons[:, 1], np.diff(heights).reshape(-1, 1), heights[:1]
