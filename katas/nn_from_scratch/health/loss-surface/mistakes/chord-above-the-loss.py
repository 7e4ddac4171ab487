"""The gap has the wrong sign: it finds pairs whose chord is above the loss.

Such pairs exist for every bowl, even for w1² + w2². A witness has the loss above its chord.
"""


def nonconvex_witness(loss, rng, box=8.0, tries=20_000):
    a, b = rng.uniform(-box, box, (2, tries, 2))
    gaps = (loss(*a.T) + loss(*b.T)) / 2 - loss(*((a + b) / 2).T)
    found = np.flatnonzero(gaps > 1e-3)
    if found.size == 0:
        return None
    first = found[0]
    return a[first].copy(), b[first].copy(), float(gaps[first])
