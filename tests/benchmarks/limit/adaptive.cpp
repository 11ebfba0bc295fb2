// Ten adaptive integrate-and-fire neurons (mV, ms), exact update, all v kept at every step.
#include "limit.hpp"

constexpr int n = 10, width = 16;  // padded to whole vectors with neurons that never fire
constexpr double dt = 0.1, tau_v = 10, tau_w = 100, threshold = -50, reset = -60, kick = 2;

int main(int argc, char **argv) {
    Run run(argc, argv);
    const double av = std::exp(-dt / tau_v), aw = std::exp(-dt / tau_w);
    const double from_w = tau_w / (tau_w - tau_v) * (av - aw);
    const int64_t steps = run.steps(dt);
    Array v(width, -70), w(width), rest(width);
    for (int i = 0; i < width; i++) rest[i] = (i < n ? -45 + 2 * i : -70) * (1 - av);
    double *__restrict values = v.data(), *__restrict adaptation = w.data();
    Spikes spikes;

    run.built();
    Trace trace(steps * n + width);
    for (int64_t step = 0; step < steps; step++) {
        int64_t crossed = 0;
        for (int i = 0; i < width; i++) {
            values[i] = av * values[i] + rest[i] + from_w * adaptation[i];
            adaptation[i] *= aw;
            crossed += values[i] > threshold;
        }
        if (crossed)
            for (int i = 0; i < n; i++)
                if (values[i] > threshold) {
                    spikes.record(i, step * dt);
                    values[i] = reset;
                    adaptation[i] += kick;
                }
        double *__restrict row = trace.data() + step * n;
        for (int i = 0; i < width; i++) row[i] = values[i];  // the next row covers the padding
    }
    run.finish(n, spikes.neuron.size());
}
