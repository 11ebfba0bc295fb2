"""The IPython extension: ``%load_ext brian_nb``.

Takes: the text of a cell and the user's names.
Gives: the ``%%brian`` magic, completion inside it, and the display of objects in notebooks.
Must not know: how anything is parsed, computed or drawn; a magic calls one public function.
"""


def load_ipython_extension(shell):
    """Register the magic, the completion and the display."""
    from brian_nb.magics.brian import BrianMagics
    from brian_nb.magics.completion import add_matcher
    from brian_nb.magics.empty import add_transform
    from brian_nb.widgets import register_display

    shell.register_magics(BrianMagics)
    add_matcher(shell)
    add_transform(shell)
    register_display()


def unload_ipython_extension(shell):
    """Take back what loading registered."""
    from brian_nb.magics.completion import remove_matcher
    from brian_nb.magics.empty import remove_transform
    from brian_nb.widgets import unregister_display

    shell.magics_manager.magics["cell"].pop("brian", None)
    remove_matcher(shell)
    remove_transform(shell)
    unregister_display()
