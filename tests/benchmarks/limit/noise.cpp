// Unconnected integrate-and-fire neurons with white noise, Euler-Maruyama (time in ms).
// Normal numbers: Box and Muller 1958 over 16 interleaved generators, so that all of it is vectors.
#include "limit.hpp"
#include "uniform.hpp"

constexpr double dt = 0.1, tau = 10, mean = 0.8, sigma = 0.3, threshold = 1, reset = 0;

// Turns 2 * half uniforms into as many normals and moves that many neurons; counts crossings.
// Not inlined and restricted, as in cobahh.cpp. sin is written as a shifted cos because GCC 12
// would join the pair into sincos, for which there is no vector form.
__attribute__((noinline)) static int64_t advance(int half, const double *__restrict uniform,
                                                 double *__restrict normal, double *__restrict v) {
    constexpr double pi = 3.14159265358979323846;
    for (int i = 0; i < half; i++) {
        const double radius = std::sqrt(-2 * std::log(uniform[i]));
        const double angle = 2 * pi * uniform[half + i];
        normal[i] = radius * std::cos(angle);
        normal[half + i] = radius * std::cos(angle - pi / 2);
    }
    const double step_noise = sigma * std::sqrt(2 / tau) * std::sqrt(dt);
    int64_t crossed = 0;
    for (int i = 0; i < 2 * half; i++) {
        v[i] += dt / tau * (mean - v[i]) + step_noise * normal[i];
        crossed += v[i] > threshold;
    }
    return crossed;
}

int main(int argc, char **argv) {
    Run run(argc, argv);
    const int n = 10000;
    static_assert(block % (2 * n_lanes) == 0 && 10000 % 16 == 0, "blocks hold whole lanes");
    Uniform random(1);
    Array v(n), uniform(block), normal(block);
    random.fill(n, v.data());
    Spikes spikes;

    run.built();
    for (int64_t step = 0; step < run.steps(dt); step++)
        for (int first = 0; first < n; first += block) {
            const int count = std::min(block, n - first);
            double *block_v = v.data() + first;
            random.fill(count, uniform.data());
            if (!advance(count / 2, uniform.data(), normal.data(), block_v)) continue;
            for (int i = 0; i < count; i++)
                if (block_v[i] > threshold) {
                    spikes.record(first + i, step * dt);
                    block_v[i] = reset;
                }
        }
    run.finish(n, spikes.neuron.size());
}
