// One leaky integrate-and-fire neuron (mV, ms), exact update, v kept at every step.
#include "limit.hpp"

int main(int argc, char **argv) {
    Run run(argc, argv);
    const double dt = 0.1, decay = std::exp(-dt / 10), rest = -45 * (1 - decay);
    const int64_t steps = run.steps(dt);
    Array trace(static_cast<int>(steps));
    Spikes spikes;
    double v = -70;

    run.built();
    for (int64_t step = 0; step < steps; step++) {
        v = decay * v + rest;
        if (v > -50) {
            spikes.record(0, step * dt);
            v = -60;
        }
        trace[static_cast<int>(step)] = v;
    }
    run.finish(1, spikes.neuron.size());
    return trace[static_cast<int>(steps / 2)] > -50 ? 1 : 0;  // so that the trace is not optimised away
}
