// What hand-written AVX2 with FMA reaches on one thread for the two loops of a current-based network (cuba of golgi bench):
// the mark to hold a simulator against on a processor without AVX-512.
//
//   update   v, ge and gi one exact step further, v held while refractory, and the threshold looked at: ns a neuron and step
//   event    ge[target] += weight for rows of 80 ascending targets, of sources in random order, the row three spikes ahead
//            on its way into the cache: ns a target
//
// The least of seven tries; one JSON line a size. Build: gcc -O3 -mavx2 -mfma -o limit_avx2 limit_avx2.c
#include <immintrin.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { TRIES = 7, FAN = 80, AHEAD = 3, REFILL = 500 };

struct neurons {
	long count;
	double *v, *ge, *gi; // [V]
	int32_t *free_from;  // the first step after refractoriness
};

static double seconds(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

// SplitMix64 (Steele, Lea and Flood 2014).
static uint64_t next_random(uint64_t *state) {
	uint64_t z = *state += 0x9E3779B97F4A7C15u;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return z ^ z >> 31;
}

static void *aligned(size_t bytes) {
	void *p = aligned_alloc(64, (bytes + 63) & ~(size_t)63);
	if (p == NULL) {
		fputs("limit_avx2: found too little memory\n", stderr);
		exit(1);
	}
	return p;
}

// One step of four neurons; the bits of the result say which are above the threshold and not refractory.
static inline int step_of_four(struct neurons *p, long i, __m128i step) {
	const __m256d own = _mm256_set1_pd(0.995), from_ge = _mm256_set1_pd(0.0049), from_gi = _mm256_set1_pd(0.0048);
	const __m256d rest = _mm256_set1_pd(-52e-3 * 0.005), threshold = _mm256_set1_pd(-50e-3);
	const __m256d left_of_ge = _mm256_set1_pd(0.98), left_of_gi = _mm256_set1_pd(0.99);
	__m256d v = _mm256_load_pd(p->v + i), ge = _mm256_load_pd(p->ge + i), gi = _mm256_load_pd(p->gi + i);
	__m128i still = _mm_cmpgt_epi32(_mm_load_si128((const __m128i *)(p->free_from + i)), step);
	__m256d held = _mm256_castsi256_pd(_mm256_cvtepi32_epi64(still));
	__m256d moved = _mm256_fmadd_pd(own, v, _mm256_fmadd_pd(from_ge, ge, _mm256_fmadd_pd(from_gi, gi, rest)));
	v = _mm256_blendv_pd(moved, v, held);
	_mm256_store_pd(p->v + i, v);
	_mm256_store_pd(p->ge + i, _mm256_mul_pd(ge, left_of_ge));
	_mm256_store_pd(p->gi + i, _mm256_mul_pd(gi, left_of_gi));
	return _mm256_movemask_pd(_mm256_andnot_pd(held, _mm256_cmp_pd(v, threshold, _CMP_GT_OQ)));
}

// Inputs that decay for too long become subnormal numbers, which are slow.
static void refill(struct neurons *p) {
	for (long i = 0; i < p->count; i++) {
		p->ge[i] = 1e-4;
		p->gi[i] = -1e-4;
	}
}

static double time_update(long count, long steps) {
	struct neurons p = {count, aligned(8 * (size_t)count), aligned(8 * (size_t)count), aligned(8 * (size_t)count), aligned(4 * (size_t)count)};
	volatile long spikes = 0;
	double least = 1e9;
	for (long i = 0; i < count; i++) {
		p.v[i] = -60e-3 + 1e-2 * (double)i / (double)count;
		p.free_from[i] = 0;
	}
	for (int try = 0; try < TRIES; try++) {
		double took = 0;
		for (long from = 0; from < steps; from += REFILL) {
			refill(&p);
			double begun = seconds();
			for (long s = from; s < from + REFILL; s++) {
				const __m128i step = _mm_set1_epi32((int32_t)s + 1);
				long found = 0;
				for (long i = 0; i < count; i += 4) {
					int above = step_of_four(&p, i, step);
					if (above)
						found += __builtin_popcount((unsigned)above);
				}
				spikes += found;
			}
			took += seconds() - begun;
		}
		long done = (steps + REFILL - 1) / REFILL * REFILL;
		double ns = took / ((double)count * (double)done) * 1e9;
		least = ns < least ? ns : least;
	}
	free(p.v), free(p.ge), free(p.gi), free(p.free_from);
	return least;
}

// Targets of each source, ascending, a random one in each of FAN equal ranges.
static int32_t *draw_targets(long count, uint64_t *random) {
	int32_t *targets = aligned(4 * (size_t)count * FAN);
	long range = count / FAN;
	for (long i = 0; i < count; i++)
		for (long k = 0; k < FAN; k++)
			targets[i * FAN + k] = (int32_t)(k * range + (long)(next_random(random) % (uint64_t)range));
	return targets;
}

static void deliver(double *ge, const int32_t *targets, const int32_t *ahead) {
	for (int k = 0; k < FAN; k += 16)
		_mm_prefetch((const char *)(ahead + k), _MM_HINT_T0);
	for (int k = 0; k < FAN; k++)
		ge[targets[k]] += 1.62e-3;
}

static double time_event(long count, long steps) {
	long spikes = count / 1750 < 2 ? 2 : count / 1750; // 5.7 Hz in steps of 0.1 ms
	uint64_t random = 1;
	int32_t *targets = draw_targets(count, &random), *source = aligned(4 * (size_t)(spikes + AHEAD));
	double *ge = aligned(8 * (size_t)count), least = 1e9;
	for (long i = 0; i < count; i++)
		ge[i] = 0;
	for (int try = 0; try < TRIES; try++) {
		double begun = seconds();
		for (long s = 0; s < steps; s++) {
			for (long k = 0; k < spikes + AHEAD; k++)
				source[k] = (int32_t)(next_random(&random) % (uint64_t)count);
			for (long k = 0; k < spikes; k++)
				deliver(ge, targets + (long)source[k] * FAN, targets + (long)source[k + AHEAD] * FAN);
		}
		double ns = (seconds() - begun) / ((double)steps * (double)spikes * FAN) * 1e9;
		least = ns < least ? ns : least;
	}
	free(targets), free(source), free(ge);
	return least;
}

int main(void) {
	const long sizes[] = {4000, 100000};
	for (int k = 0; k < 2; k++) {
		long n = sizes[k], spikes = n / 1750 < 2 ? 2 : n / 1750;
		printf("{\"neurons\": %ld, \"update_ns\": %.3f, \"event_ns\": %.2f}\n", n, time_update(n, 20000000 / n), time_event(n, 2000000 / (spikes * FAN)));
		fflush(stdout);
	}
	return 0;
}
