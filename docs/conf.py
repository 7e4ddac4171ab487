"""Configuration of the documentation site: `sphinx-build -W -b html docs docs/_build`."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "extensions"))  # where Sphinx finds our extension

from nnkata import __version__

project = "nnkata"
release = version = __version__
author = "the nnkata maintainers"
copyright = "the nnkata maintainers, MIT licence"  # noqa: A001 # Sphinx asks for this name

extensions = ["myst_parser", "sphinx.ext.autodoc", "generated"]
exclude_patterns = ["_build", "extensions"]
html_theme = "furo"
html_title = "nnkata"
html_show_sphinx = False

myst_enable_extensions = ["attrs_inline"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
python_maximum_signature_line_length = 90
suppress_warnings = ["config.cache"]
