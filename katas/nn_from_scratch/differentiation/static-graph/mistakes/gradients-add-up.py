"""The gradients of one call are added to those of the calls before.

The second call to grad with the same numbers returns twice the derivative. A program keeps nothing:
start each call with zeros.
"""


class Program:
    def grad(self, feeds, wrt):
        values = self._compute(feeds)
        if not hasattr(self, "_grads"):
            self._grads = {step.label: 0.0 for step in self._steps if step.op == "placeholder"}
        grads = [0.0] * len(values)
        grads[self._output] = 1.0
        for number in reversed(range(len(values))):
            step = self._steps[number]
            if step.op == "placeholder":
                self._grads[step.label] += grads[number]
            operands = [values[i] for i in step.operands]
            slopes = _slopes(step, operands, values[number])
            for i, slope in zip(step.operands, slopes, strict=True):
                grads[i] += slope * grads[number]
        return {name: self._grads.get(name, 0.0) for name in wrt}
