"""What the front end says of source that it does not know."""

import ast


def refuse(node):
    """Raise for a part of generated source that has no meaning here.

    Raises
    ------
    NotImplementedError
        Always; with line and text. It is an error of brian_nb, not of the user's.
    """
    raise NotImplementedError(f"generated source, line {node.lineno}: `{ast.unparse(node)}`")
