"""Where a submission runs: a bare process of its own, and the wire to it.

`wire`, `limits`, `zygote` and `worker` run in that process too: they import nothing but the
standard library, numpy and msgspec, and each other relatively. `parent` is the grader's side.
"""
