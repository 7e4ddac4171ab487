"""The first box begins with a step at a, and the last one ends with a step at b.

At the edge of a step the sigmoid is 1/2, so the output at a and at b is half of what it should be, and 0
outside. Leave these two steps out, and let the output bias be the height of the first box.
"""


def bump_network(f, a, b, n, sharpness):
    if not a < b:
        raise ValueError("a must be below b")
    if not sharpness > 0:
        raise ValueError("sharpness must be positive")
    edges = np.linspace(a, b, n + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    heights = np.array([f(float(middle)) for middle in middles], dtype=np.float64)
    neurons = np.array([step_neuron(float(s), sharpness) for s in edges])
    steps = np.diff(heights, prepend=0.0, append=0.0)
    return neurons[:, 0].reshape(1, -1), neurons[:, 1], steps.reshape(-1, 1), np.zeros(1)
