// What the hand-written loops share: aligned arrays, random wiring, a stopwatch and the JSON line.
#pragma once
#include <sys/mman.h>
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

struct Free {
    void operator()(double *values) const { std::free(values); }
};

// Doubles on a cache-line boundary: a vector load that straddles two lines costs a third more.
class Array {
  public:
    explicit Array(int size, double value = 0.0) : values_(allocate(size)) {
        for (int i = 0; i < size; i++) values_[i] = value;
    }
    double *data() { return values_.get(); }
    double &operator[](int i) { return values_[i]; }

  private:
    static double *allocate(int size) {
        const size_t bytes = (size * sizeof(double) + 63) / 64 * 64;
        if (void *memory = std::aligned_alloc(64, bytes)) return static_cast<double *>(memory);
        throw std::bad_alloc();
    }
    std::unique_ptr<double[], Free> values_;
};

// Room for all values of a run. Made within the timed part and never touched before, as a monitor
// has to do it: the system hands out its pages while the loop fills them, large ones if asked to.
class Trace {
  public:
    explicit Trace(int64_t size) : values_(allocate(size * sizeof(double))) {}
    ~Trace() { asm volatile("" : : "r"(values_.get()) : "memory"); }  // every value counts as read
    double *data() { return values_.get(); }
    double &operator[](int64_t i) { return values_[i]; }

  private:
    static constexpr size_t large_page = 1 << 21;
    static double *allocate(size_t bytes) {
        const size_t unit = bytes < 2 * large_page ? 64 : large_page;
        const size_t rounded = (bytes + unit - 1) / unit * unit;
        void *memory = std::aligned_alloc(unit, rounded);
        if (!memory) throw std::bad_alloc();
        if (unit == large_page) madvise(memory, rounded, MADV_HUGEPAGE);
        return static_cast<double *>(memory);
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
                                 n_neurons(argc > 2 ? std::atoi(argv[2]) : 4000),
                                 n_synapses(argc > 3 ? std::atoi(argv[3]) : 80), begin_(now()) {}

    const double duration_s;
    const int n_neurons, n_synapses;  // of the network, of each neuron: for any size

    // Factor of the weights with which the rate stays alike for other numbers than 80 synapses.
    double weight_scale() const { return std::min(1.0, std::pow(80.0 / n_synapses, 1.6)); }
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
