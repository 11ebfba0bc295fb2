"""Going through expressions: their parts and names, and the same with parts replaced."""

from brian_nb.equations.functions import FUNCTIONS
from brian_nb.equations.nodes import Binary, Call, Choice, Compare, Logical, Name, Number, Unary

_PAIRS = (Binary, Compare, Logical)


def children(expression):
    """The direct parts of an expression, in the order of its text."""
    kind = type(expression)
    if kind in _PAIRS:
        return (expression.left, expression.right)
    if kind is Unary:
        return (expression.operand,)
    if kind is Call:
        return expression.args
    if kind is Choice:
        return (expression.yes, expression.condition, expression.no)
    return ()


def walk(expression):
    """Give the expression and all its parts, each part after the whole it belongs to."""
    stack = [expression]
    while stack:
        item = stack.pop()
        yield item
        stack.extend(reversed(children(item)))


def names_in(expression):
    """Names that an expression uses.

    Returns
    -------
    dict of str to None
        A set in the order of first use.
    """
    return dict.fromkeys(item.name for item in walk(expression) if type(item) is Name)


def functions_in(expression):
    """Names of the functions that an expression calls, a set of str."""
    return {item.function for item in walk(expression) if type(item) is Call}


def find_externals(expressions):
    """The user's functions that expressions call, also within routines.

    Returns
    -------
    dict of str to External
        In the order of first use.
    """
    found = {}
    for expression in expressions:
        for item in walk(expression):
            if type(item) is Call and item.external is not None:
                found[item.function] = item.external
                found |= find_externals(item.external.expressions)
    return found


def varies(expression):
    """Whether it has a call that may give another value each time, whatever its arguments are."""
    return any(_varies_itself(item) for item in walk(expression) if isinstance(item, Call))


def draws(expression):
    """Whether an expression draws random numbers of the neuron or the synapse, as ``rand()``."""
    return any(
        type(item) is Call and item.external is None and FUNCTIONS[item.function].is_random
        for item in walk(expression)
    )


def _varies_itself(call):
    if call.external:
        return call.external.varies
    return FUNCTIONS[call.function].is_random


def is_condition(expression):
    """Whether an expression is true or false, rather than a number."""
    kind = type(expression)
    if kind is Choice:
        return is_condition(expression.yes) and is_condition(expression.no)
    return kind in (Compare, Logical) or (kind is Unary and expression.op == "not")


def read_product(expression):
    """The same expression, but a product of conditions is both of them, as with truth values."""
    if type(expression) is not Binary or expression.op != "*":
        return expression
    left, right = read_product(expression.left), read_product(expression.right)
    if is_condition(left) and is_condition(right):
        return Logical("and", left, right, expression.span)
    return expression


def substitute(expression, replacements):
    """Put expressions in the place of names, all at once.

    Parameters
    ----------
    expression : Expression
    replacements : mapping of str to Expression

    Returns
    -------
    Expression
        The same object where nothing was replaced.
    """

    def replace_name(item):
        return replacements.get(item.name, item) if type(item) is Name else item

    return transform(expression, replace_name)


def transform(expression, replace_leaf):
    """Rebuild an expression with each of its names and numbers passed through a function.

    Parameters
    ----------
    expression : Expression
    replace_leaf : callable
        Maps a `Name` or a `Number` to an expression.

    Returns
    -------
    Expression
        Parts that did not change are the same objects; spans are kept.
    """
    if type(expression) in (Name, Number):
        return replace_leaf(expression)
    return change_parts(expression, lambda part: transform(part, replace_leaf))


def rebuild(expression, change):
    """Rebuild an expression with each of its parts passed through a function, innermost first.

    Parameters
    ----------
    expression : Expression
    change : callable
        Maps an expression, whose own parts are changed already, to an expression.

    Returns
    -------
    Expression
    """
    return change(change_parts(expression, lambda part: rebuild(part, change)))


def change_parts(expression, change):
    """The expression with its direct parts changed; the same object where none was."""
    kind = type(expression)
    if kind in _PAIRS:
        left, right = change(expression.left), change(expression.right)
        if left is expression.left and right is expression.right:
            return expression
        return kind(expression.op, left, right, expression.span)
    if kind is Unary:
        operand = change(expression.operand)
        same = operand is expression.operand
        return expression if same else Unary(expression.op, operand, expression.span)
    if kind is Call:
        args = tuple(map(change, expression.args))
        if _same(args, expression.args):
            return expression
        return Call(expression.function, args, expression.span, expression.external)
    if kind is Choice:
        parts = [change(item) for item in (expression.condition, expression.yes, expression.no)]
        return Choice(*parts, expression.span)
    return expression


def measure(expression):
    """Number of parts and depth of an expression.

    Returns
    -------
    tuple of int
    """
    size, depth, level = 0, 0, [expression]
    while level:
        size, depth = size + len(level), depth + 1
        level = [part for item in level for part in children(item)]
    return size, depth


def _same(items, others):
    return all(a is b for a, b in zip(items, others, strict=True))
