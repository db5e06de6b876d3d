"""nest_cases.py CASE [-n N] [--short S] [--long S] [--threads K] [--seed S]: cuba, brunel and cobahh of golgi bench as nearly
as NEST 3.10 has them. Prints one JSON line: run_short and run_long are the seconds that nest.Run took up to so many seconds
of model time, so that (run_long - run_short)/(long - short) is what a second costs.

NEST is a library in a Python process whose set-up of a large network takes longer than the run; so it is measured by a
clock around nest.Run, one set-up for both durations, not by whole processes as the others are.

What is not the same:
- connections: each pair with a probability up to 20000 neurons; beyond, where drawing for every pair would take minutes,
  a fixed number of inputs.
- cuba: exact, with 16.2 and -90 pA into 0.1 GOhm for 1.62 and -9 mV; a delay of a step, as NEST has none shorter.
- brunel: a noise current that is constant during a step, then exact; V stands still while refractory.
- cobahh: Runge-Kutta with its own steps; a spike is a maximum of V more than 30 mV above VT; the initial conductances are
  one event for each neuron in the first step; a delay of a step."""
import argparse
import json
import math
import os
import resource
import sys
import time

STEP = 0.1  # ms


def connect(source, target, probability, weight, delay):
    rule = {"rule": "pairwise_bernoulli", "p": probability}
    if len(target) > 20000:
        rule = {"rule": "fixed_indegree", "indegree": round(probability * len(source))}
    rule["allow_autapses"] = True
    nest.Connect(source, target, rule, {"synapse_model": "static_synapse", "weight": weight, "delay": delay})


def halves(neurons, excite, inhibit):
    """80 inputs each, from the first four fifths excitatory ones."""
    n = len(neurons)
    connect(neurons[:n * 4 // 5], neurons, min(1, 80 / n), excite, STEP)
    connect(neurons[n * 4 // 5:], neurons, min(1, 80 / n), inhibit, STEP)


def cuba(n, draw):
    neurons = nest.Create("iaf_psc_exp", n, {"C_m": 200., "tau_m": 20., "tau_syn_ex": 5., "tau_syn_in": 10., "E_L": -49.,
                                             "V_th": -50., "V_reset": -60., "t_ref": 5., "I_e": 0.})
    neurons.V_m = -60 + 10 * draw.random(n)
    halves(neurons, 16.2, -90.)
    return neurons


def cobahh(n, draw):
    neurons = nest.Create("hh_cond_exp_traub", n, {
        "C_m": 200., "g_L": 10., "E_L": -60., "E_K": -90., "E_Na": 50., "g_Na": 20000., "g_K": 6000., "V_T": -63.,
        "tau_syn_ex": 5., "tau_syn_in": 10., "E_ex": 0., "E_in": -80., "t_ref": 3., "Act_m": 0., "Act_n": 0., "Inact_h": 0.})
    neurons.V_m = -65 + 5 * draw.standard_normal(n)
    at_start = nest.Create("spike_generator", params={"spike_times": [STEP]})
    for mean, deviation, sign in (40, 15, 1), (200, 120, -1):
        weights = sign * (mean + deviation * draw.standard_normal(n)).clip(0)
        nest.Connect(at_start, neurons, "all_to_all", {"weight": weights.reshape(n, 1), "delay": STEP})
    halves(neurons, 6., -67.)
    return neurons


def brunel(n, draw):
    tau = 20.
    neurons = nest.Create("iaf_psc_delta", n, {"C_m": tau, "tau_m": tau, "E_L": 0., "V_m": 10., "V_th": 20., "V_reset": 10.,
                                               "t_ref": 2., "I_e": 25.})
    noise = nest.Create("noise_generator", params={"mean": 0., "std": math.sqrt(tau / STEP), "dt": STEP})
    nest.Connect(noise, neurons, "all_to_all", {"delay": STEP})
    connect(neurons, neurons, min(1, 1000 / n), -.1, 2.)
    return neurons


CASES = {"cuba": (cuba, 4000), "brunel": (brunel, 5000), "cobahh": (cobahh, 4000)}


def main(a, out):
    make, usual = CASES[a.case]
    n = a.n or usual
    nest.ResetKernel()
    nest.set(resolution=STEP, local_num_threads=a.threads, rng_seed=a.seed, print_time=False)
    begun = time.perf_counter()
    neurons = make(n, np.random.default_rng(a.seed))
    recorder = nest.Create("spike_recorder")
    nest.Connect(neurons, recorder)
    built = time.perf_counter()
    nest.Prepare()
    prepared = time.perf_counter()
    nest.Run(a.short * 1e3)
    short, spikes = time.perf_counter(), int(recorder.n_events)
    nest.Run((a.long - a.short) * 1e3)
    long = time.perf_counter()
    nest.Cleanup()
    line = dict(simulator="nest", case=a.case, target="nest", N=n, T=a.short, threads=a.threads, seed=a.seed,
                version=nest.__version__, build_model=built - begun, compile=prepared - built, run=short - prepared, spikes=spikes,
                synapses=int(nest.num_connections), run_short=short - prepared, run_long=long - prepared, T_short=a.short,
                T_long=a.long, peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps({key: round(value, 6) if isinstance(value, float) else value for key, value in line.items()}), file=out)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Run a case of golgi bench under NEST.")
    parser.add_argument("case", choices=CASES)
    parser.add_argument("-n", type=int)
    parser.add_argument("--short", type=float, default=1)
    parser.add_argument("--long", type=float, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=4321)
    given = parser.parse_args()
    # What the library prints goes to stderr, so that stdout has the line alone.
    out = os.fdopen(os.dup(1), "w")
    sys.stdout.flush()
    os.dup2(2, 1)
    import nest
    import numpy as np
    nest.verbosity = nest.VerbosityLevel.ERROR
    main(given, out)
