"""XML: the end of a CDATA section, entities, characters that no XML file may hold.

A correct grader: shows it as text: escaped, cut, and in its place.
Expect: error
"""

TEXT = "]]></failure></testcase><testcase name=\"x\"/><![CDATA[ &xxe; \x00\x08\uffff"


def softmax(*arguments, **named):
    print(TEXT[:1000].encode("utf-8", "replace").decode())
    raise ValueError(TEXT)


def log_softmax(*arguments, **named):
    raise type("Error", (RuntimeError,), {})(TEXT)


def logsumexp(*arguments, **named):
    raise KeyError(TEXT)
