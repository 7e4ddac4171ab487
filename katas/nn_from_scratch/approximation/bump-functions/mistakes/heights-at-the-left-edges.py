"""The height of a box is f at its left edge.

The error then grows over the whole width of the box, and is about twice as large as with the
middle: from the middle x moves by at most half a box, and from the left edge by a whole box.
"""


def bump_network(f, a, b, n, sharpness):
    if not a < b:
        raise ValueError("a must be below b")
    if not sharpness > 0:
        raise ValueError("sharpness must be positive")
    edges = np.linspace(a, b, n + 1)
    heights = np.array([f(float(edge)) for edge in edges[:-1]], dtype=np.float64)
    neurons = np.array([step_neuron(float(s), sharpness) for s in edges[1:-1]])
    return neurons[:, 0].reshape(1, -1), neurons[:, 1], np.diff(heights).reshape(-1, 1), heights[:1]
