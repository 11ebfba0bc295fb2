"""Which words are offered inside a %%brian cell."""

from IPython.core.completer import provisionalcompleter


def complete(notebook, cell, line, column):
    offset = sum(len(text) + 1 for text in cell.split("\n")[:line]) + column
    with provisionalcompleter():
        return {item.text for item in notebook.shell.Completer.completions(cell, offset)}


def test_names_of_the_model_and_of_the_user_are_offered(notebook):
    cell = "%%brian P 40\ndv/dt = (El - g"
    words = complete(notebook, cell + "\ng_leak : 1", 1, len("dv/dt = (El - g"))
    assert "g_leak" in words


def test_constants_units_and_functions_are_offered(notebook):
    for start, word in (("ta", "tau"), ("mvo", "mvolt"), ("exp", "exprel"), ("V", "Vt")):
        cell = f"%%brian P 40\ndv/dt = {start}"
        assert word in complete(notebook, cell, 1, len(f"dv/dt = {start}"))


def test_sections_are_offered_at_the_start_of_a_line(notebook):
    cell = "%%brian P 40\ndv/dt = -v/tau : volt\nref"
    assert "refractory" in complete(notebook, cell, 2, 3)


def test_options_are_offered_on_the_first_line(notebook):
    cell = "%%brian P 40 --thr"
    assert "--threshold" in complete(notebook, cell + "\nv : 1", 0, len(cell))


def test_names_of_python_are_left_out(notebook):
    cell = "%%brian P 40\ndv/dt = im"
    assert "import" not in complete(notebook, cell, 1, len("dv/dt = im"))


def test_other_cells_are_left_alone(notebook):
    notebook.run("wide_name = 1")
    assert "wide_name" in complete(notebook, "wide_n", 0, 6)
    assert "refractory" not in complete(notebook, "refr", 0, 4)


def test_unloading_ends_the_completion(notebook):
    notebook.run("%unload_ext brian_nb")
    cell = "%%brian P 40\ndv/dt = -v/tau : volt\nref"
    assert "refractory" not in complete(notebook, cell, 2, 3)
    notebook.run("%load_ext brian_nb")
