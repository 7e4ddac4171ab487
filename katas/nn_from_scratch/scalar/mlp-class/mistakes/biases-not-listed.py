"""A layer's parameters() lists the weights of its neurons but not their biases.

A layer of 3 neurons with 4 inputs has 15 parameters, and 12 are listed; the biases are never
trained. Use the parameters() of each neuron.
"""

base = "variants/plain-loops"


class Layer:
    def parameters(self):
        return [w for neuron in self.neurons for w in neuron.w]
