"""The oldest neuron: a weighted sum, a step, and a rule that learns the weights."""
