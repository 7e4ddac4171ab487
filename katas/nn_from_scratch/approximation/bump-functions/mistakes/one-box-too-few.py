"""The interval has n edges, and so n - 1 boxes.

n boxes have n + 1 edges, with both ends counted. With n = 4 on [0, 2] the boxes are 0.667 wide instead
of 0.5.
"""


def bump_network(f, a, b, n, sharpness):
    if not a < b:
        raise ValueError("a must be below b")
    if not sharpness > 0:
        raise ValueError("sharpness must be positive")
    edges = np.linspace(a, b, n)
    middles = (edges[:-1] + edges[1:]) / 2
    heights = np.array([f(float(middle)) for middle in middles], dtype=np.float64)
    neurons = np.array([step_neuron(float(s), sharpness) for s in edges[1:-1]])
    return neurons[:, 0].reshape(1, -1), neurons[:, 1], np.diff(heights).reshape(-1, 1), heights[:1]
