"""A placeholder that is not in feeds gets the number 0.

A misspelled name then gives a wrong result without a message. A missing placeholder should raise a
KeyError.
"""


class Program:
    def _compute(self, feeds):
        values = []
        for step in self._steps:
            if step.op == "placeholder":
                values.append(float(feeds.get(str(step.label), 0.0)))
            else:
                values.append(_apply(step, [values[i] for i in step.operands]))
        return values
