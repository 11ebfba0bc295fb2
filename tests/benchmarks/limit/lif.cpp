// One leaky integrate-and-fire neuron (mV, ms), exact update, v kept at every step.
#include "limit.hpp"

int main(int argc, char **argv) {
    Run run(argc, argv);
    const double dt = 0.1, decay = std::exp(-dt / 10), rest = -45 * (1 - decay);
    const int64_t steps = run.steps(dt);
    Spikes spikes;
    double v = -70;

    run.built();
    Trace trace(steps);
    for (int64_t step = 0; step < steps; step++) {
        v = decay * v + rest;
        if (v > -50) {
            spikes.record(0, step * dt);
            v = -60;
        }
        trace[step] = v;
    }
    run.finish(1, spikes.neuron.size());
}
