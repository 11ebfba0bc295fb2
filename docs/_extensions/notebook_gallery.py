"""Sphinx extension: the notebooks of the gallery as pages, and a page that lists them.

Takes the folders of `notebooks/gallery`, each of them a category; gives `gallery/index.md` and a
copy of each notebook beside it. Title and description are those of the notebook's first cell. What
is written is no part of the repository, and only what has changed is written again.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

HEADINGS = {
    "misc": "Neurons, synapses and networks",
    "plasticity": "Plasticity",
    "frompapers": "From papers",
    "audition": "Audition",
    "electrophysiology": "Electrophysiology",
}
"""What categories are called, in their order; others follow under the name of their folder."""

_INTRODUCTION = """# Gallery

Each of these notebooks models one thing, shows it, and asserts in its last cell what its text says.
They lie in `notebooks/gallery`: open them in JupyterLab to run them and to turn their sliders.
`make docs` shows them as they are stored, without figures, `make docs-figures` runs them all.
"""
_SENTENCE_END = re.compile(r"(?<=[^A-Z\s][.?!])\s+(?=[^\Wa-z\d_]|[$*\[])")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_ARTICLE = re.compile(r"^(a|an|the) ")


@dataclass(frozen=True)
class Entry:
    """A notebook of the gallery; `name` is that of its file, without its ending."""

    category: str
    name: str
    title: str
    description: str


def setup(app):
    """Register the extension."""
    app.add_config_value("notebook_gallery", "../notebooks/gallery", "env")
    app.connect("builder-inited", _write_pages)
    return {"parallel_read_safe": True}


def read_entry(path):
    """Title and first sentence of a notebook.

    Raises
    ------
    ValueError
        The first cell is no text that begins with a title and goes on with a paragraph.
    """
    first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]
    title, _, rest = "".join(first["source"]).strip().partition("\n")
    paragraph = " ".join(rest.strip().split("\n\n")[0].split())
    if first["cell_type"] != "markdown" or not title.startswith("# ") or not paragraph:
        raise ValueError(f"{path} must begin with a title, an empty line and a paragraph")
    description = _take_sentence(_LINK.sub(r"\1", paragraph)).rstrip(":")
    return Entry(path.parent.name, path.stem, title.removeprefix("# ").strip(), description)


def _take_sentence(text):
    """The first sentence; a full stop within parentheses or emphasis ends none."""
    for end in _SENTENCE_END.finditer(text):
        sentence = text[: end.start()]
        if sentence.count("(") == sentence.count(")") and sentence.count("*") % 2 == 0:
            return sentence
    return text


def list_entries(folder):
    """All notebooks of a gallery, by category and title."""
    places = {category: place for place, category in enumerate(HEADINGS)}

    def find_place(entry):
        title = _ARTICLE.sub("", entry.title.lower())
        return places.get(entry.category, len(places)), entry.category, title

    return sorted((read_entry(path) for path in folder.glob("*/*.ipynb")), key=find_place)


def render_index(entries):
    """The page that lists notebooks, in MyST Markdown."""
    parts = [_INTRODUCTION]
    for category in dict.fromkeys(entry.category for entry in entries):
        own = [entry for entry in entries if entry.category == category]
        parts.append(f"## {HEADINGS.get(category, category.capitalize())}\n")
        parts.append("\n".join(_render_entry(entry) for entry in own) + "\n")
        paths = "\n".join(f"{category}/{entry.name}" for entry in own)
        parts.append(f"```{{toctree}}\n:hidden:\n\n{paths}\n```\n")
    return "\n".join(parts)


def _render_entry(entry):
    return f"- [{entry.title}]({entry.category}/{entry.name}.ipynb) \\\n  {entry.description}"


def _write_pages(app):
    source = (Path(app.srcdir) / app.config.notebook_gallery).resolve()
    target = Path(app.srcdir) / "gallery"
    entries = list_entries(source)
    pages = {target / "index.md": render_index(entries)}
    for entry in entries:
        place = Path(entry.category, f"{entry.name}.ipynb")
        pages[target / place] = (source / place).read_text(encoding="utf-8")
    for path in target.rglob("*.ipynb"):
        if path not in pages:
            path.unlink()
    for path, text in pages.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
