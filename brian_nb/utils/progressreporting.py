"""Progress reports, in the place where the manual has them (8.14)."""

from brian_nb.network.report import ProgressReporter, make_text_report

__all__ = ["ProgressReporter", "make_text_report"]
