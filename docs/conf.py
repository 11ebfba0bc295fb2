"""Sphinx configuration."""

import sys
from importlib.metadata import version as read_version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

project = "brian_nb"
author = "brian_nb contributors"
copyright = "brian_nb contributors"  # noqa: A001 - Sphinx's name
release = read_version("brian_nb")

extensions = [
    "myst_nb",
    "notebook_gallery",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
]
myst_enable_extensions = ["dollarmath", "deflist", "colon_fence"]
nb_execution_mode = "off"
nb_execution_timeout = 120
nb_execution_in_temp = True
nb_execution_raise_on_error = True
autodoc_member_order = "bysource"
autodoc_typehints = "none"
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_custom_sections = [("Source", "notes_style")]
exclude_patterns = ["_build"]
suppress_warnings = ["ref.python"]  # in float64[n_synapses] the name is a length, not a reference

html_theme = "furo"
html_title = "brian_nb"
