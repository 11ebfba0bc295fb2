// One Hodgkin-Huxley neuron, exponential Euler (mV, ms, uF, mS, uA), v kept at every step.
#include "limit.hpp"

constexpr double dt = 0.01, C = 1, g_na = 120, g_k = 36, g_l = 0.3, I = 10, refractory = 3;
constexpr double E_na = 50, E_k = -77, E_l = -54.4, threshold = 0;
constexpr int n_lanes = 8;

// The exponentials of a stage side by side, so that one vector call computes them.
static inline void exponentiate(double *__restrict x) {
    for (int j = 0; j < n_lanes; j++) x[j] = std::exp(x[j]);
}

int main(int argc, char **argv) {
    Run run(argc, argv);
    const int64_t steps = run.steps(dt);
    double v = -65, m = 0.053, h = 0.596, k = 0.317, free_from = 0;
    Spikes spikes;

    run.built();
    Trace trace(steps);
    for (int64_t step = 0; step < steps; step++) {
        const double x_m = -(v + 40) / 10, x_k = -(v + 55) / 10;
        alignas(64) double e[n_lanes] = {x_m, -(v + 65) / 18, -(v + 65) / 20, -(v + 35) / 10,
                                         x_k, -(v + 65) / 80, 0, 0};
        exponentiate(e);
        const double alpha_m = -x_m / (1 - e[0]), beta_m = 4 * e[1];
        const double alpha_h = 0.07 * e[2], beta_h = 1 / (1 + e[3]);
        const double alpha_k = 0.1 * -x_k / (1 - e[4]), beta_k = 0.125 * e[5];
        const double na = g_na * m * m * m * h, kd = g_k * k * k * k * k, g = g_l + na + kd;
        const double limit = (I + g_l * E_l + na * E_na + kd * E_k) / g;
        const double sum_m = alpha_m + beta_m, sum_h = alpha_h + beta_h, sum_k = alpha_k + beta_k;
        alignas(64) double f[n_lanes] = {-dt * g / C, -dt * sum_m, -dt * sum_h, -dt * sum_k};
        exponentiate(f);
        v = limit + (v - limit) * f[0];
        m = alpha_m / sum_m + (m - alpha_m / sum_m) * f[1];
        h = alpha_h / sum_h + (h - alpha_h / sum_h) * f[2];
        k = alpha_k / sum_k + (k - alpha_k / sum_k) * f[3];
        if (v > threshold && step * dt >= free_from) {
            spikes.record(0, step * dt);
            free_from = (step + 0.5) * dt + refractory;
        }
        trace[step] = v;
    }
    run.finish(1, spikes.neuron.size());
}
