"""Looks that follow JupyterLab's light and dark themes."""

from ipywidgets import HTML, Layout

_CSS = """
.brian-nb-figure {
  --bq-content-font-color: var(--jp-ui-font-color1, #222);
  --bq-axislabel-fill: var(--jp-ui-font-color1, #222);
  --bq-axis-tick-text-fill: var(--jp-ui-font-color1, #222);
  --bq-axis-border-color: var(--jp-border-color0, #999);
  --bq-grid-color: var(--jp-border-color2, #ddd);
  --bq-plotarea-background-fill: transparent;
}
.brian-nb-figure .bqplot-toolbar, .brian-nb-figure .toolbar_div { display: none; }
.brian-nb-panel { max-width: 1200px; }
.brian-nb-panel .brian-nb-status { font-variant-numeric: tabular-nums; margin-right: 18px; }
.brian-nb-handle .brian-nb-constants { display: none; }
.brian-nb-knob .widget-readout { min-width: 56px; font-variant-numeric: tabular-nums; }
.brian-nb-panel pre.brian-nb-diagnostic {
  color: var(--jp-ui-font-color1, #222); background: var(--jp-rendermime-error-background, #fdd);
  padding: 8px; white-space: pre-wrap; margin: 4px 0;
}
"""


def make_style():
    """A widget that shows nothing and brings the style sheet along."""
    return HTML(f"<style>{_CSS}</style>", layout=Layout(display="none"))
