"""A group of neurons as HTML: its equations typeset, its variables, and how it is integrated."""

import html

from brian_nb.equations.expressions import to_source
from brian_nb.network.display import make_table
from brian_nb.units import format_quantity, name_dimension


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
    parts = [
        f"<p><b>{html.escape(_title(group))}</b></p>",
        _typeset(group.system),
        make_table(("Variable", "Unit", "Kind"), _list_variables(group.system)),
        _list_constants(group),
        _list_firing(group),
        f"<p>Integrated with <b>{html.escape(group.integrator)}</b>: "
        f"{html.escape(group.reason)}.</p>",
    ]
    return f'<div class="brian-nb-group">{"".join(parts)}</div>'


def _title(group):
    neurons = "1 neuron" if group.size == 1 else f"{group.size} neurons"
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
    return [
        (item.name, name_dimension(item.dimension), kind) for kind, items in kinds for item in items
    ]


def _list_constants(group):
    rows = [
        (name, format_quantity(value, group.system.dimension_of(name)))
        for name, value in group.values.constants.items()
    ]
    return make_table(("Constant", "Value"), rows) if rows else ""


def _list_firing(group):
    model = group.describe_model()
    rows = []
    if model.threshold is not None:
        rows.append(("Fires when", to_source(model.threshold)))
    if model.reset:
        rows.append(("Then", "; ".join(_write_assignment(item) for item in model.reset)))
    if group.values.refractory:
        rows.append(("Refractory for", repr(group.refractory)))
    return make_table(("Spikes", ""), rows) if rows else ""


def _write_assignment(item):
    return f"{item.name} {item.op} {to_source(item.expression)}"
