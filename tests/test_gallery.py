"""The gallery in the documentation: a page made of the notebooks themselves."""

import json
import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GALLERY = ROOT / "notebooks" / "gallery"
pages = runpy.run_path(str(ROOT / "docs" / "_extensions" / "notebook_gallery.py"))


def write_notebook(path, *cells):
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [{"cell_type": kind, "source": text.splitlines(True)} for kind, text in cells]
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


def describe(tmp_path, text):
    cell = ("markdown", f"# A title\n\n{text}")
    return pages["read_entry"](write_notebook(tmp_path / "misc" / "x.ipynb", cell)).description


def test_index_lists_every_notebook_of_the_gallery():
    index = pages["render_index"](pages["list_entries"](GALLERY))
    paths = [path.relative_to(GALLERY).as_posix() for path in GALLERY.glob("*/*.ipynb")]
    assert len(paths) > 20
    assert [path for path in paths if f"]({path})" not in index] == []


def test_links_between_notebooks_stay_within_the_gallery():
    for path in GALLERY.glob("*/*.ipynb"):
        for target in re.findall(r"\]\(([^):]+\.ipynb)\)", path.read_text(encoding="utf-8")):
            place = (path.parent / target).resolve()
            assert place.exists() and GALLERY in place.parents, (path.name, target)


def test_entries_stand_in_their_category_by_title(tmp_path):
    for place, title in (("plasticity/b", "A zebra"), ("misc/a", "Bees"), ("misc/c", "An ant")):
        write_notebook(tmp_path / f"{place}.ipynb", ("markdown", f"# {title}\n\nText."))
    write_notebook(tmp_path / "novel/d.ipynb", ("markdown", "# News\n\nText."))
    index = pages["render_index"](pages["list_entries"](tmp_path))
    titles = [
        "## Neurons",
        "[An ant]",
        "[Bees]",
        "## Plasticity",
        "[A zebra]",
        "## Novel",
        "[News]",
    ]
    assert [index.index(title) for title in titles] == sorted(map(index.index, titles))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One thing\nthat is. Another.\n\nMore.", "One thing that is."),
        ("It lasts 20 ms. *Then* it ends.", "It lasts 20 ms."),
        ("A formula:\n\n$$x$$", "A formula"),
        ("Known (see *J. Comput. Neurosci.* 1:313) for long. More.",)
        + ("Known (see *J. Comput. Neurosci.* 1:313) for long.",),
        ("What is a [chain](x.ipynb)? $a$ changes.", "What is a chain?"),
        ("No full stop", "No full stop"),
    ],
)
def test_description_is_the_first_sentence(tmp_path, text, sentence):
    assert describe(tmp_path, text) == sentence


@pytest.mark.parametrize(
    "cell", [("code", "# A title\n\nx = 1"), ("markdown", "Text."), ("markdown", "# A title")]
)
def test_notebook_without_title_or_text_is_refused(tmp_path, cell):
    with pytest.raises(ValueError, match="must begin with a title"):
        pages["read_entry"](write_notebook(tmp_path / "misc" / "x.ipynb", cell))
