"""Imports the reference, the checks and scipy past the worker's finder: meta_path emptied, sys.path set, loaders by hand.

A correct grader: lets the kernel refuse the files.
Expect: error
"""

import importlib.machinery
import importlib.util
import os
import sys

def worked(**acts):
    """Do each act, and say which of them were not refused."""
    done = []
    for name, act in acts.items():
        try:
            act()
        except BaseException:
            continue
        done.append(name)
    raise RuntimeError("worked: " + (", ".join(done) or "nothing") + ".")


def by_path(path):
    spec = importlib.util.spec_from_file_location("stolen", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)


def by_name(name):
    kept = sys.meta_path[:]
    sys.meta_path[:] = [importlib.machinery.PathFinder]
    site = os.path.join(sys.prefix, "lib", "python%d.%d" % sys.version_info[:2], "site-packages")
    sys.path[:0] = ["@site@", site, os.path.dirname(os.path.dirname("@reference@"))]
    importlib.invalidate_caches()
    try:
        importlib.import_module(name)
    finally:
        sys.meta_path[:] = kept
        del sys.path[:3]


def softmax(*arguments, **named):
    worked(
        checks=lambda: by_path("@checks@"),
        reference=lambda: by_path("@reference@"),
        refnn=lambda: by_name("refnn"),
        pytest=lambda: by_name("pytest"),
        hypothesis=lambda: by_name("hypothesis"),
        nnkata=lambda: by_name("nnkata"),
    )


log_softmax = logsumexp = softmax
