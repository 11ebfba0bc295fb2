// Uniform numbers as vectors: 16 interleaved generators.
#pragma once
#include "limit.hpp"

constexpr int n_lanes = 16;

// xoshiro256+, one state per lane. Source: Blackman and Vigna 2021, ACM TOMS 47:36.
class Uniform {
  public:
    explicit Uniform(uint64_t seed) {
        std::mt19937_64 random(seed);
        for (auto &word : state_)
            for (auto &lane : word) lane = random();
    }
    // Numbers in (0, 1]; count is a multiple of n_lanes.
    void fill(int count, double *__restrict out) {
        auto &s = state_;
        for (int first = 0; first < count; first += n_lanes)
            for (int j = 0; j < n_lanes; j++) {
                const uint64_t sum = s[0][j] + s[3][j], shifted = s[1][j] << 17;
                s[2][j] ^= s[0][j];
                s[3][j] ^= s[1][j];
                s[1][j] ^= s[2][j];
                s[0][j] ^= s[3][j];
                s[2][j] ^= shifted;
                s[3][j] = (s[3][j] << 45) | (s[3][j] >> 19);
                out[first + j] = ((sum >> 11) + 1) * 0x1.0p-53;
            }
    }

  private:
    alignas(64) uint64_t state_[4][n_lanes];
};
