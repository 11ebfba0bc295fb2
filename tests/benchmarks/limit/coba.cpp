// Random network of integrate-and-fire neurons with conductances, Euler steps (mV, ms).
// Source: Brette et al. 2007, J. Comput. Neurosci. 23:349, benchmark 1.
#include "limit.hpp"

constexpr double dt = 0.1, tau_m = 20, tau_e = 5, tau_i = 10, E_e = 60, E_i = -20;
constexpr double threshold = 10, reset = 0, refractory = 5, w_e = 0.6, w_i = 6.7;

// Moves neurons by one step; those that are refractory until later keep v. Counts crossings.
// Not inlined and restricted, so that GCC 12 makes a masked vector loop of it.
__attribute__((noinline)) static int64_t advance(int n, double *__restrict v, double *__restrict ge,
                                                 double *__restrict gi,
                                                 const double *__restrict free_from, double t) {
    int64_t crossed = 0;
    for (int i = 0; i < n; i++) {
        const double current = ge[i] * (E_e - v[i]) + gi[i] * (E_i - v[i]) - v[i];
        const double moved = v[i] + dt / tau_m * current;
        v[i] = free_from[i] <= t ? moved : v[i];
        ge[i] -= dt / tau_e * ge[i];
        gi[i] -= dt / tau_i * gi[i];
        crossed += v[i] > threshold;
    }
    return crossed;
}

int main(int argc, char **argv) {
    Run run(argc, argv);
    const int n = 4000, n_e = 3200;
    std::mt19937_64 random(1);
    std::normal_distribution<double> normal;
    const Wiring wiring(n, 0.02, random);
    Array v(n), ge(n), gi(n), free_from(n, -1);
    for (int i = 0; i < n; i++) {
        v[i] = -5 + 5 * normal(random);
        ge[i] = 4 + 1.5 * normal(random);
        gi[i] = 20 + 12 * normal(random);
    }
    std::vector<int> fired;
    Spikes spikes;

    run.built();
    for (int64_t step = 0; step < run.steps(dt); step++) {
        const double t = step * dt;
        fired.clear();
        for (int first = 0; first < n; first += block) {
            const int last = std::min(first + block, n), count = last - first;
            if (!advance(count, v.data() + first, ge.data() + first, gi.data() + first,
                         free_from.data() + first, t + dt / 2))
                continue;
            for (int i = first; i < last; i++)
                if (v[i] > threshold) fired.push_back(i);
        }
        for (int i : fired) {
            spikes.record(i, t);
            if (i < n_e) wiring.add(i, w_e, ge.data());
            else wiring.add(i, w_i, gi.data());
            v[i] = reset;
            free_from[i] = t + refractory;
        }
    }
    run.finish(n, spikes.neuron.size());
}
