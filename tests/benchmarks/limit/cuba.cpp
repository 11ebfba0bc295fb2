// Random network of integrate-and-fire neurons with exponential currents (mV, ms), exact update.
#include "limit.hpp"

struct Neurons {
    double *__restrict v, *__restrict ge, *__restrict gi;
};

constexpr double dt = 0.1, tau_m = 20, tau_e = 5, tau_i = 10;
constexpr double threshold = -50, reset = -60, drive = -49, w_e = 1.62, w_i = -9;

// Moves neurons [first, last) by one step and counts those beyond the threshold.
static int64_t advance(const Neurons &p, int first, int last, double am, double ae, double ai) {
    const double from_e = tau_e / (tau_e - tau_m) * (ae - am);
    const double from_i = tau_i / (tau_i - tau_m) * (ai - am);
    const double rest = drive * (1 - am);
    int64_t crossed = 0;
    for (int i = first; i < last; i++) {
        const double v = am * p.v[i] + rest + from_e * p.ge[i] + from_i * p.gi[i];
        p.v[i] = v;
        p.ge[i] *= ae;
        p.gi[i] *= ai;
        crossed += v > threshold;
    }
    return crossed;
}

int main(int argc, char **argv) {
    Run run(argc, argv);
    const int n = run.n_neurons, n_e = n / 5 * 4;
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> start(-60, -50);
    const Wiring wiring(n, static_cast<double>(run.n_synapses) / n, random);
    const double scale = run.weight_scale();
    Array v(n), ge(n), gi(n);
    for (int i = 0; i < n; i++) v[i] = start(random);
    const Neurons p{v.data(), ge.data(), gi.data()};
    const double am = std::exp(-dt / tau_m), ae = std::exp(-dt / tau_e), ai = std::exp(-dt / tau_i);
    std::vector<int> fired;
    Spikes spikes;

    run.built();
    for (int64_t step = 0; step < run.steps(dt); step++) {
        fired.clear();
        for (int first = 0; first < n; first += block) {
            const int last = std::min(first + block, n);
            if (!advance(p, first, last, am, ae, ai)) continue;
            for (int i = first; i < last; i++)
                if (p.v[i] > threshold) fired.push_back(i);
        }
        for (int i : fired) {
            spikes.record(i, step * dt);
            if (i < n_e) wiring.add(i, scale * w_e, p.ge);
            else wiring.add(i, scale * w_i, p.gi);
            p.v[i] = reset;
        }
    }
    run.finish(n, spikes.neuron.size());
}
