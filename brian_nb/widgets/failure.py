"""What a panel shows of an error."""

import html
import traceback

from brian_nb.diagnostics import render_html
from brian_nb.errors import BrianError


def error_to_html(error):
    """An error as HTML: its diagnostics, or its traceback folded away if it carries none."""
    if isinstance(error, BrianError):
        kind = type(error).__name__
        return "".join(render_html(item, f"{kind}:") for item in error.diagnostics)
    text = "".join(traceback.format_exception(error))
    title = html.escape(f"{type(error).__name__}: {error}")
    return (
        f'<pre class="brian-nb-diagnostic"><details><summary>{title}</summary>'
        f"{html.escape(text)}</details></pre>"
    )
