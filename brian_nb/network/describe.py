"""A group of neurons as HTML: its equations typeset, its variables, and how it is integrated."""

import html

from brian_nb.equations.expressions import Compare, Name, to_source
from brian_nb.network.display import make_table
from brian_nb.network.neurons import count_neurons
from brian_nb.numerics.drives import find_fast_drives
from brian_nb.units import format_quantity, name_dimension

_SIDE_BY_SIDE = "display: flex; flex-wrap: wrap; gap: 2em; align-items: flex-start"


def group_to_html(group):
    """Describe a group for a notebook.

    Parameters
    ----------
    group : NeuronGroup

    Returns
    -------
    str
        HTML; what stands between ``$$`` is left for typesetting.
    """
    tables = _list_variables(group.system) + _list_constants(group)
    parts = [
        f"<p><b>{html.escape(_title(group))}</b></p>",
        _typeset(group.system),
        f'<div style="{_SIDE_BY_SIDE}">{tables}</div>',
        _describe_firing(group),
        _describe_inputs(group),
        _describe_integrator(group),
        _describe_python(group),
    ]
    return f'<div class="brian-nb-group">{"".join(parts)}</div>'


def _title(group):
    neurons = count_neurons(group.size)
    return f"{group.label}: {neurons}" if group.label else f"A group of {neurons}"


def _typeset(system):
    if not system.variables and not system.statics:
        return ""
    from brian_nb.equations.latex import system_to_latex

    return f"<div>{html.escape(system_to_latex(system))}</div>"


def _list_variables(system):
    kinds = (
        ("differential equation", system.differentials),
        ("static equation", system.statics),
        ("parameter", system.parameters),
    )
    rows = [
        (item.name, name_dimension(item.dimension), kind) for kind, items in kinds for item in items
    ]
    return make_table(("Variable", "Unit", "Kind"), rows) if rows else ""


def _list_constants(group):
    rows = [
        (name, format_quantity(value, group.system.dimension_of(name)))
        for name, value in group.values.constants.items()
    ]
    if not rows:
        return ""
    return f'<div class="brian-nb-constants">{make_table(("Constant", "Value"), rows)}</div>'


def _describe_firing(group):
    model = group.describe_model()
    if model.is_scheduled:
        return "<p>Fires at given times.</p>"
    if not model.fires:
        return "<p>It never fires.</p>" if group.system.variables else ""
    condition, assignments = group.written_rules
    parts = ["Fires when code in Python says so"]
    if condition is not None:
        parts = [f"Fires when {_write_code(_write(condition))}"]
    if assignments:
        parts += ["then " + "; ".join(_write_code(_write_assignment(item)) for item in assignments)]
    if model.held or model.gated:
        parts += [f"refractory for {html.escape(str(group.refractory))}"]
    return f"<p>{', '.join(parts)}.</p>"


def _describe_inputs(group):
    items = "".join(f"<li>{html.escape(item.describe())}</li>" for item in group.attached)
    return f"<p>In every step:</p><ul>{items}</ul>" if items else ""


def _describe_python(group):
    parts = group.python_parts
    if not parts:
        return ""
    names = html.escape(" and ".join(parts))
    return f"<p>In Python, at every step: {names}. The rest is compiled.</p>"


def _describe_integrator(group):
    reason = html.escape(group.reason)
    if not group.integrator:
        return f"<p>Nothing is integrated: {reason}.</p>"
    fast = "".join(map(_describe_drive, _find_drives(group)))
    return f"<p>Integrated with <b>{html.escape(group.integrator)}</b>: {reason}.{fast}</p>"


def _find_drives(group):
    values = group.values.constants | group.values.variables
    return find_fast_drives(group.system, values, float(group.clock.dt))


def _describe_drive(drive):
    text = _write_code(_write(drive.call))
    return f" {text} turns by {drive.turn:.2g} rad in a time step: a shorter one follows it better."


def _write_code(text):
    return f"<code>{html.escape(text)}</code>"


def _write_assignment(item):
    return f"{item.name} {item.op} {_write(item.expression)}"


def _write(expression):
    """An expression as its author typed it, so that units keep their names."""
    if isinstance(expression, Compare):
        return f"{_write(expression.left)} {expression.op} {_write(expression.right)}"
    if isinstance(expression, Name) or expression.span is None:
        return to_source(expression)
    return " ".join(expression.span.text.split())
