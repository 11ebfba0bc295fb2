// CUBA with a delay of each synapse's own, from 0 to 50 steps (mV, ms), exact update.
// What is on its way waits in a ring of sums: one row of all neurons for each step to come.
#include "limit.hpp"

constexpr double dt = 0.1, tau_m = 20, tau_e = 5, tau_i = 10;
constexpr double threshold = -50, reset = -60, drive = -49, w_e = 1.62, w_i = -9;
constexpr int n_rows = 51;

struct Neurons {
    double *__restrict v, *__restrict ge, *__restrict gi, *__restrict due_e, *__restrict due_i;
};

// Takes in what is due, moves neurons [first, last) by one step and counts crossings.
static int64_t advance(const Neurons &p, int first, int last, double am, double ae, double ai) {
    const double from_e = tau_e / (tau_e - tau_m) * (ae - am);
    const double from_i = tau_i / (tau_i - tau_m) * (ai - am);
    const double rest = drive * (1 - am);
    int64_t crossed = 0;
    for (int i = first; i < last; i++) {
        const double ge = p.ge[i] + p.due_e[i], gi = p.gi[i] + p.due_i[i];
        const double v = am * p.v[i] + rest + from_e * ge + from_i * gi;
        p.due_e[i] = p.due_i[i] = 0;
        p.v[i] = v;
        p.ge[i] = ge * ae;
        p.gi[i] = gi * ai;
        crossed += v > threshold;
    }
    return crossed;
}

int main(int argc, char **argv) {
    Run run(argc, argv);
    const int n = 4000, n_e = 3200;
    std::mt19937_64 random(1);
    std::uniform_real_distribution<double> start(-60, -50), delay_ms(0, 5);
    Wiring wiring(n, 0.02, random);
    for (auto &target : wiring.target) target += n * std::lround(delay_ms(random) / dt);
    Array v(n), ge(n), gi(n), ring_e(n_rows * n), ring_i(n_rows * n);
    for (int i = 0; i < n; i++) v[i] = start(random);
    const double am = std::exp(-dt / tau_m), ae = std::exp(-dt / tau_e), ai = std::exp(-dt / tau_i);
    std::vector<int> fired;
    Spikes spikes;

    run.built();
    uint32_t head = 0;  // where the row of the present step begins
    const uint32_t end = n_rows * n;
    for (int64_t step = 0; step < run.steps(dt); step++) {
        const uint32_t before = head ? head - n : end - n;
        const Neurons p{v.data(), ge.data(), gi.data(), ring_e.data() + before,
                        ring_i.data() + before};
        fired.clear();
        for (int first = 0; first < n; first += block) {
            const int last = std::min(first + block, n);
            if (!advance(p, first, last, am, ae, ai)) continue;
            for (int i = first; i < last; i++)
                if (v[i] > threshold) fired.push_back(i);
        }
        for (int i : fired) {
            spikes.record(i, step * dt);
            double *ring = i < n_e ? ring_e.data() : ring_i.data();
            const double weight = i < n_e ? w_e : w_i;
            for (uint64_t k = wiring.row[i]; k < wiring.row[i + 1]; k++) {
                const uint32_t place = head + wiring.target[k];
                ring[place < end ? place : place - end] += weight;
            }
            v[i] = reset;
        }
        head = head + n < end ? head + n : 0;
    }
    run.finish(n, spikes.neuron.size());
}
