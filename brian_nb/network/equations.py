"""Equations as a user writes them, with the names they were written among."""

from brian_nb.diagnostics import Source
from brian_nb.equations import combine_texts, parse_equations, rename_names, resolve_equations
from brian_nb.equations.dimensions import check_dimensions
from brian_nb.errors import ModelError
from brian_nb.network.scope import as_source, caller_namespace


class Equations:
    """The equations of a model.

    Each line is one of ``dx/dt = f : unit`` (differential equation), ``x = f : unit`` (static
    equation), ``x = y`` (alias) or ``x : unit`` (parameter). External names take the values that
    they have in the caller's namespace when the object is made.

    Parameters
    ----------
    expr : str, Source, Equations, or list of them
        A `Source` is a text that knows where it was typed.
    level : int
        How many calls further up the namespace is.
    namespace : mapping of str to object, optional
        Names around the equations; those of the caller if omitted.
    **keywords
        Values for external names, used instead of the namespace; a string gives a variable
        another name, None a name that nothing else has.

    Raises
    ------
    EquationError
        The text is no set of equations.
    """

    def __init__(self, expr="", level=0, namespace=None, **keywords):
        self._namespace = None
        self._text = None
        parts = expr if isinstance(expr, (list, tuple)) else [expr]
        for part in parts:
            self._extend(self._read(part, level, namespace, keywords))

    def _read(self, part, level, namespace, keywords):
        if isinstance(part, Equations):
            return part._text, part._namespace
        if not isinstance(part, (str, Source)):
            raise ModelError(f"equations are a string or an Equations object, not {part!r}")
        text = parse_equations(as_source(part, "equations", level))
        renamed = {old: new for old, new in keywords.items() if new is None or isinstance(new, str)}
        if renamed:
            text = rename_names(
                text, {old: new or f"{old}_{id(self):x}" for old, new in renamed.items()}
            )
        if keywords:
            return text, {name: value for name, value in keywords.items() if name not in renamed}
        return text, caller_namespace(level) if namespace is None else namespace

    def _extend(self, part):
        text, namespace = part
        if self._text is None:
            self._text, self._namespace = text, namespace
        else:
            self._text = combine_texts(self._text, text)
            self._namespace = {**namespace, **self._namespace}

    def __add__(self, other):
        total = Equations.__new__(Equations)
        total._text = total._namespace = None
        total._extend((self._text, self._namespace))
        other = other if isinstance(other, Equations) else Equations(other)
        total._extend((other._text, other._namespace))
        return total

    @property
    def text(self):
        """The parsed equations, names not yet resolved."""
        return self._text

    @property
    def namespace(self):
        """Names and values among which the equations were written."""
        return self._namespace

    def resolve(self, unit_checking=True):
        """Resolve all names and check all units.

        Returns
        -------
        EquationSystem

        Raises
        ------
        UnknownNameError, DimensionMismatchError, EquationError
        """
        system = resolve_equations(self._text, self._namespace)
        if unit_checking:
            check_dimensions(system)
        return system

    def __repr__(self):
        return f"Equations({self._text.source.text!r})"

    def _repr_latex_(self):
        from brian_nb.equations.latex import system_to_latex

        return system_to_latex(self.resolve())
