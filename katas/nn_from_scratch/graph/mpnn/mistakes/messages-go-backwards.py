"""Messages go from dst to src.

A row of edges is (src, dst): what message_fn computes for it arrives at dst, the second of the two. In the
example of the lesson, node 0 would get a message from node 2.
"""


def message_passing(h, edges, message_fn, update_fn, aggregate="sum", steps=1):
    states, ends = (_floats(h), _check_edges(edges))
    if aggregate not in _HOW:
        raise ValueError(f"aggregate must be one of {', '.join(_HOW)}, got {aggregate!r}")
    if states.ndim != 2:
        raise ValueError(f"h must be (n, d), got {states.shape}")
    if steps < 0:
        raise ValueError(f"steps must not be below 0, got {steps}")
    if not np.isin(ends, np.arange(len(states))).all():
        raise ValueError(f"edges must contain node numbers from 0 to {len(states) - 1}")
    dst, src = ends.T
    states = states.copy()
    for _ in range(steps):
        messages = _rows(message_fn(states[src], states[dst]), len(ends))
        gathered = _gather(messages, dst, len(states), aggregate)
        states = _rows(update_fn(states, gathered), len(states))
    return states
