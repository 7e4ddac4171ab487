"""Functions that run in the process of the learner's model."""

from typing import Any

import numpy as np

from .char_model import CharModel


def write_params(model: Any, arrays: dict[str, np.ndarray]) -> None:
    """Write numbers into the arrays of the model, as an optimizer does."""
    params = model.params
    for name, array in arrays.items():
        params[name][...] = array


def model_with(arrays: dict[str, np.ndarray], *sizes: Any) -> Any:
    """Make a model with these parameters."""
    model = CharModel(*sizes, np.random.default_rng(4))
    write_params(model, arrays)
    return model


def gradients(model: Any, ids: Any) -> dict[str, np.ndarray]:
    """Return the gradients. Those of the keys' biases are 0 but for rounding, which is removed."""
    return {
        name: np.where(np.abs(array) < 1e-12, 0.0, array) if name.endswith("key.b") else array
        for name, array in model.gradients(ids).items()
    }


def changed_by_the_next_call(model: Any, ids: Any, other: Any) -> list[str]:
    """Compute the gradients of two batches; return the names of the first that have changed."""
    first = model.gradients(ids)
    before = {name: np.array(array) for name, array in first.items()}
    model.gradients(other)
    return sorted(name for name, array in before.items() if not np.array_equal(first[name], array))


def nearest_shares(model, prompt, character, shares, temperatures, n, seed) -> list[int]:
    """Sample with each temperature; return which of the shares the character's is nearest to."""
    rng = np.random.default_rng(seed)
    found = []
    for temperature in temperatures:
        text = model.sample(prompt, n, rng, temperature=temperature)
        share = text.count(character) / n
        found.append(int(np.argmin([abs(share - other) for other in shares])))
    return found


def sampling_facts(model, prompt, n, seed) -> dict[str, Any]:
    """Sample several times; return which texts are equal, and how long they are.

    The temperature is given for the second text only.
    """
    texts = [
        model.sample(prompt, n, np.random.default_rng(seed)),
        model.sample(prompt, n, np.random.default_rng(seed), temperature=1.0),
        model.sample(prompt, n, np.random.default_rng(seed + 1)),
    ]
    rng = np.random.default_rng(seed)
    texts += [model.sample(prompt, n, rng) for _ in range(2)]
    return {
        "lengths": [len(text) for text in texts],
        "equal to the first": [text == texts[0] for text in texts],
    }


def places_of_rows(model, text, windows, seed) -> dict[str, Any]:
    """Compute the loss of two windows of a text, and of a batch that train draws from it.

    The learning rate is 0. The loss of the batch says how many of its 32 rows are the second
    window: return which windows were drawn, and how far their number is from an integer.
    """
    losses = [float(model.loss(window)) for window in windows]
    rng = np.random.default_rng(seed)
    mean = float(model.train(text, 1, rng, learning_rate=0.0)[0])
    second = 32 * (mean - losses[0]) / (losses[1] - losses[0])
    return {
        "losses": np.array(losses),
        "drawn": [second < 31.5, second > 0.5],
        "distance from an integer": round(abs(second - round(second)), 3),
    }


def training_facts(sizes, text, steps, seeds) -> dict[str, Any]:
    """Train a new model per seed; return how many losses, and which results are as the first."""
    results = []
    for seed in seeds:
        model = CharModel(*sizes, np.random.default_rng(0))
        history = model.train(text, steps, np.random.default_rng(seed), batch_size=2)
        arrays = [np.asarray(array).tobytes() for array in model.params.values()]
        results.append((len(history), [float(loss) for loss in history], arrays))
    return {
        "losses": [count for count, _, _ in results],
        "losses as the first": [losses == results[0][1] for _, losses, _ in results],
        "weights as the first": [arrays == results[0][2] for _, _, arrays in results],
    }


def trained(sizes, first_seed, text, steps, seed, batch_size, rate) -> dict[str, Any]:
    """Train a new model; return its parameters, and the losses."""
    model = CharModel(*sizes, np.random.default_rng(first_seed))
    rng = np.random.default_rng(seed)
    history = model.train(text, steps, rng, batch_size=batch_size, learning_rate=rate)
    return {"params": dict(model.params), "history": [float(loss) for loss in history]}
