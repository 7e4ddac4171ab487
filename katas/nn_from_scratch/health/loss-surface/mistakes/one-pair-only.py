"""Only one pair is drawn, and the result is None if it is not a witness.

If one pair in a hundred is a witness, the search fails 99 times out of 100. Draw up to `tries` pairs.
"""


def nonconvex_witness(loss, rng, box=8.0, tries=20_000):
    a, b = rng.uniform(-box, box, (2, min(tries, 1), 2))
    gaps = loss(*((a + b) / 2).T) - (loss(*a.T) + loss(*b.T)) / 2
    found = np.flatnonzero(gaps > 1e-3)
    if found.size == 0:
        return None
    first = found[0]
    return a[first].copy(), b[first].copy(), float(gaps[first])
