"""What a group tells about itself as HTML."""

from brian_nb import Hz, NeuronGroup, PoissonGroup, ms, mV


def test_group_tells_equations_units_constants_spikes_and_integrator():
    tau, El = 20 * ms, -49 * mV
    group = NeuronGroup(
        3,
        "dv/dt = (El - v + u)/tau : volt\nu = 2*mV : volt\nw : siemens",
        threshold="v > -50*mV",
        reset="v = -60*mV; w = 0*siemens",
        refractory=5 * ms,
    )
    page = group.to_html()
    for part in (r"\frac", "<td>static equation</td>", "<td>siemens</td>", "<td>-49. mV</td>"):
        assert part in page
    for part in ("v &gt; -50*mV", "w = 0*siemens", "refractory for 5. ms", group.reason):
        assert part in page


def test_group_without_a_threshold_says_that_it_never_fires():
    tau = 20 * ms
    assert "never fires" in NeuronGroup(3, "dv/dt = -v/tau : volt").to_html()


def test_group_without_equations_has_nothing_to_integrate():
    assert "Nothing is integrated" in PoissonGroup(3, 5 * Hz).to_html()
    assert "<table>" not in NeuronGroup(3, "").to_html()
