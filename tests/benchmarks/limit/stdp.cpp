// Plastic synapses of 1000 Poisson inputs onto one neuron with a conductance, Euler steps (mV, ms).
// Source: Song et al. 2000, Nat. Neurosci. 3:919. Traces of the inputs are brought up to date at
// their spikes, by a table of exponentials; the one of the neuron decays in each step.
#include "limit.hpp"
#include "uniform.hpp"

constexpr double dt = 0.1, tau_m = 10, tau_e = 5, tau_trace = 20, rate_hz = 15;
constexpr double E_l = -74, threshold = -54, reset = -60, w_max = 0.01;
constexpr double d_pre = 0.01 * w_max, d_post = -0.0105 * w_max;
constexpr int n = 1000, n_padded = 1008, n_ages = 8192;  // exp(-40) is as good as nothing

static double bound(double w) { return w < 0 ? 0 : w > w_max ? w_max : w; }

// Inputs whose number is below the probability; looked for only in stretches that have one.
__attribute__((noinline)) static int draw(Uniform &random, double probability,
                                          double *__restrict uniform, int *__restrict found) {
    random.fill(n_padded, uniform);
    int n_found = 0;
    for (int first = 0; first < n; first += 64) {
        const int last = std::min(first + 64, n);
        int64_t any = 0;
        for (int i = first; i < last; i++) any += uniform[i] < probability;
        if (!any) continue;
        for (int i = first; i < last; i++)
            if (uniform[i] < probability) found[n_found++] = i;
    }
    return n_found;
}

int main(int argc, char **argv) {
    Run run(argc, argv);
    static_assert(n_padded % n_lanes == 0, "whole lanes");
    Uniform random(1);
    Array uniform(n_padded), w(n_padded), trace(n), decay(n_ages + 1);
    random.fill(n_padded, w.data());
    for (int i = 0; i < n; i++) w[i] *= w_max;
    for (int age = 0; age < n_ages; age++) decay[age] = std::exp(-age * dt / tau_trace);
    std::vector<int64_t> last(n, 0);
    std::vector<int> found(n);
    double v = reset, ge = 0, post = 0;
    const double post_decay = std::exp(-dt / tau_trace);
    Spikes inputs, spikes;

    run.built();
    for (int64_t step = 0; step < run.steps(dt); step++) {
        const auto trace_now = [&](int i) {
            return trace[i] * decay[static_cast<int>(std::min<int64_t>(step - last[i], n_ages))];
        };
        v += dt / tau_m * (-ge * v + E_l - v);
        ge -= dt / tau_e * ge;
        post *= post_decay;
        const int n_found = draw(random, rate_hz * dt / 1000, uniform.data(), found.data());
        for (int s = 0; s < n_found; s++) {
            const int i = found[s];
            inputs.record(i, step * dt);
            ge += w[i];
            trace[i] = trace_now(i) + d_pre;
            last[i] = step;
            w[i] = bound(w[i] + post);
        }
        if (v > threshold) {
            spikes.record(0, step * dt);
            post += d_post;
            for (int i = 0; i < n; i++) w[i] = bound(w[i] + trace_now(i));
            v = reset;
        }
    }
    run.finish(1, spikes.neuron.size());
}
