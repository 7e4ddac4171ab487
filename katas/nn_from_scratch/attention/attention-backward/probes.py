"""Functions that run beside the learner's module, and say how its results compare."""

import numpy as np

from .backward import attention_backward

NAMES = ("dQ", "dK", "dV")


def sizes_with_zero_columns(dout, Q, K, V, A, more) -> dict:
    """Return how large each gradient is, compared with that without `more` zero columns."""
    wider = [np.concatenate([a, np.zeros((len(a), more))], axis=1) for a in (Q, K)]
    plain = attention_backward(dout, Q, K, V, np.copy(A))
    padded = attention_backward(dout, *wider, V, np.copy(A))
    return {
        name: float(np.linalg.norm(new) / np.linalg.norm(old))
        for name, new, old in zip(NAMES, padded, plain, strict=True)
    }


def batch_beside_entries(dout, Q, K, V, A) -> dict:
    """Return dV of a batch, and in words whether dQ and dK are those of each entry alone."""
    arrays = (dout, Q, K, V, A)
    try:
        gradients = attention_backward(*map(np.copy, arrays))
    except ValueError:
        return {"a batch raises": "ValueError"}
    got = dict(zip(NAMES, gradients, strict=True))
    facts = {"dV": got["dV"]}
    for place, name in enumerate(NAMES[:2]):
        alone = np.zeros((Q, K)[place].shape)
        for entry in np.ndindex(Q.shape[:-2]):
            alone[entry] = attention_backward(*(np.copy(a[entry]) for a in arrays))[place]
        same = np.shape(got[name]) == alone.shape and np.allclose(got[name], alone, rtol=1e-9)
        facts[name] = "as for each entry alone" if same else "not as for each entry alone"
    return facts


def gradients_of_copies(dout, Q, K, V, A):
    """Call the module with arrays that nobody else holds."""
    return attention_backward(*map(np.copy, (dout, Q, K, V, A)))


def value_gradient_and_dtypes(dout, Q, K, V, A) -> dict:
    """Return dV, and the dtypes of all three gradients."""
    gradients = attention_backward(*map(np.copy, (dout, Q, K, V, A)))
    return {"dV": gradients[2], "dtypes": [str(np.asarray(g).dtype) for g in gradients]}


def value_gradient_and_changes(dout, Q, K, V, A) -> dict:
    """Return dV, and the names of the arguments that are not what they were."""
    arrays = {"dout": dout, "Q": Q, "K": K, "V": V, "A": A}
    given = {name: np.copy(array) for name, array in arrays.items()}
    gradients = attention_backward(*given.values())
    changed = [name for name, array in arrays.items() if not np.array_equal(given[name], array)]
    return {"dV": gradients[2], "changed": changed}


def gradients_or_error(dout, Q, K, V, A) -> dict:
    """Return the three gradients, or the name of the error."""
    try:
        return dict(zip(NAMES, attention_backward(*map(np.copy, (dout, Q, K, V, A))), strict=True))
    except Exception as error:  # the picture says which
        return {"error": type(error).__name__}
