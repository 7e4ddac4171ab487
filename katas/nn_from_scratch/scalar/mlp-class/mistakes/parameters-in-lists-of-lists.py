"""A layer's parameters() returns a list of lists, one per neuron.

A training step goes through the list and expects Values; a list has no data and no grad. A layer
of 3 neurons with 4 inputs should list 15 Values, and lists 3 lists. Put all parameters into one
flat list.
"""

base = "variants/plain-loops"


class Layer:
    def parameters(self):
        return [neuron.parameters() for neuron in self.neurons]
