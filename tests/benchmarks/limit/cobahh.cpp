// Random network of Hodgkin-Huxley neurons, exponential Euler (mV, ms, nS, pF).
// Source: Brette et al. 2007, J. Comput. Neurosci. 23:349, benchmark 3.
#include "limit.hpp"

constexpr double dt = 0.05, tau_e = 5, tau_i = 10, refractory = 3, threshold = -20;
constexpr double C = 200, g_l = 10, g_na = 20000, g_kd = 6000, w_e = 6, w_i = 67;
constexpr double E_l = -60, E_k = -90, E_na = 50, E_e = 0, E_i = -80, V_t = -63;

// x / (exp(x) - 1) for the gates: both branches are computed so that the loop stays a vector loop.
static inline double over_expm1(double x) {
    const double ratio = x / (std::exp(x) - 1.0);
    return std::fabs(x) < 1e-6 ? 1.0 - 0.5 * x : ratio;
}

static inline double relax(double value, double target, double exponent) {
    return target + (value - target) * std::exp(exponent);
}

// Restricted pointers as arguments of a function that is not inlined: GCC 12 needs both to put
// exp() into vector form. Every right-hand side takes the values of the step's start.
__attribute__((noinline)) static int64_t advance(int n, double *__restrict v, double *__restrict m,
                                                 double *__restrict h, double *__restrict k,
                                                 double *__restrict ge, double *__restrict gi,
                                                 double ae, double ai) {
    int64_t crossed = 0;
    for (int i = 0; i < n; i++) {
        const double u = v[i] - V_t;
        const double alpha_m = 0.32 * 4 * over_expm1((13 - u) / 4);
        const double beta_m = 0.28 * 5 * over_expm1((u - 40) / 5);
        const double alpha_h = 0.128 * std::exp((17 - u) / 18);
        const double beta_h = 4 / (1 + std::exp((40 - u) / 5));
        const double alpha_k = 0.032 * 5 * over_expm1((15 - u) / 5);
        const double beta_k = 0.5 * std::exp((10 - u) / 40);
        const double na = g_na * m[i] * m[i] * m[i] * h[i];
        const double kd = g_kd * k[i] * k[i] * k[i] * k[i];
        const double g = g_l + ge[i] + gi[i] + na + kd;
        const double current = g_l * E_l + ge[i] * E_e + gi[i] * E_i + na * E_na + kd * E_k;
        v[i] = relax(v[i], current / g, -dt * g / C);
        m[i] = relax(m[i], alpha_m / (alpha_m + beta_m), -dt * (alpha_m + beta_m));
        h[i] = relax(h[i], alpha_h / (alpha_h + beta_h), -dt * (alpha_h + beta_h));
        k[i] = relax(k[i], alpha_k / (alpha_k + beta_k), -dt * (alpha_k + beta_k));
        ge[i] *= ae;
        gi[i] *= ai;
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
    Array v(n), m(n), h(n), k(n), ge(n), gi(n), silent_until(n, -1.0);
    for (int i = 0; i < n; i++) {
        v[i] = E_l + 5 * normal(random) - 5;
        ge[i] = (1.5 * normal(random) + 4) * 10;
        gi[i] = (12 * normal(random) + 20) * 10;
    }
    const double ae = std::exp(-dt / tau_e), ai = std::exp(-dt / tau_i);
    std::vector<int> fired;
    Spikes spikes;

    run.built();
    for (int64_t step = 0; step < run.steps(dt); step++) {
        const double t = step * dt;
        fired.clear();
        for (int first = 0; first < n; first += block) {
            const int last = std::min(first + block, n);
            const int64_t crossed =
                advance(last - first, v.data() + first, m.data() + first, h.data() + first,
                        k.data() + first, ge.data() + first, gi.data() + first, ae, ai);
            if (!crossed) continue;
            for (int i = first; i < last; i++)
                if (v[i] > threshold && t > silent_until[i]) fired.push_back(i);
        }
        for (int i : fired) {
            spikes.record(i, t);
            silent_until[i] = t + refractory - dt / 2;
            if (i < n_e) wiring.add(i, w_e, ge.data());
            else wiring.add(i, w_i, gi.data());
        }
    }
    run.finish(n, spikes.neuron.size());
}
