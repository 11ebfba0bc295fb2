// What the hand-written loops share: aligned arrays, random wiring, a stopwatch and the JSON line.
#pragma once
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>
#include <random>
#include <vector>

// Neurons handled before crossings are looked for: 256 doubles of a few variables stay in L1.
constexpr int block = 256;

// Doubles on a cache-line boundary: a vector load that straddles two lines costs a third more.
class Array {
  public:
    explicit Array(int size, double value = 0.0) : values_(allocate(size)) {
        for (int i = 0; i < size; i++) values_[i] = value;
    }
    double *data() { return values_.get(); }
    double &operator[](int i) { return values_[i]; }

  private:
    struct Free {
        void operator()(double *values) const { std::free(values); }
    };
    static double *allocate(int size) {
        const size_t bytes = (size * sizeof(double) + 63) / 64 * 64;
        if (void *memory = std::aligned_alloc(64, bytes)) return static_cast<double *>(memory);
        throw std::bad_alloc();
    }
    std::unique_ptr<double[], Free> values_;
};

// Targets of every neuron, row after row (CSR without weights: they depend on the source alone).
struct Wiring {
    std::vector<uint64_t> row{0};
    std::vector<uint32_t> target;

    // Each ordered pair with the given probability, by jumping over the pairs left out.
    Wiring(int n, double probability, std::mt19937_64 &random) {
        std::geometric_distribution<int64_t> gap(probability);
        for (int source = 0; source < n; source++) {
            for (int64_t t = gap(random); t < n; t += 1 + gap(random)) target.push_back(t);
            row.push_back(target.size());
        }
    }
    void add(int source, double weight, double *__restrict values) const {
        for (uint64_t k = row[source]; k < row[source + 1]; k++) values[target[k]] += weight;
    }
};

struct Spikes {
    std::vector<int32_t> neuron;
    std::vector<double> time_ms;

    void record(int i, double t) {
        neuron.push_back(i);
        time_ms.push_back(t);
    }
};

// Times the two phases of a program: up to built(), and from there to finish().
class Run {
  public:
    Run(int argc, char **argv) : duration_s(argc > 1 ? std::atof(argv[1]) : 1.0),
                                 n_neurons(argc > 2 ? std::atoi(argv[2]) : 4000), begin_(now()) {}

    const double duration_s;
    const int n_neurons;  // for programs that work at any size

    int64_t steps(double dt_ms) const { return std::llround(duration_s * 1000 / dt_ms); }
    void built() { built_ = now(); }
    void finish(int n_neurons, size_t spikes) const {
        const double end = now();
        rusage usage;
        getrusage(RUSAGE_SELF, &usage);
        std::printf("{\"n_neurons\": %d, \"duration_s\": %g, \"build_s\": %.6f, \"run_s\": %.9f, "
                    "\"spikes\": %zu, \"peak_mb\": %.1f}\n",
                    n_neurons, duration_s, built_ - begin_, end - built_, spikes,
                    usage.ru_maxrss / 1024.0);
    }

  private:
    static double now() {
        using namespace std::chrono;
        return duration<double>(steady_clock::now().time_since_epoch()).count();
    }
    double begin_, built_ = 0;
};
