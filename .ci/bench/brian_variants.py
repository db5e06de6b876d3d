"""brian_variants.py CASE [-n N] [-t SECONDS] [--threads K] [--seed S] [--keep FOLDER]: the cases of golgi bench, those of
CUBA's variants too, as C++ programs of Brian 2. Prints one JSON line with the keys of golgi bench: times in seconds of the
wall clock, memory in MiB.

The models are golgi's, in golgi's sizes; initial values are drawn, so that the seed decides them. With --keep the program
is left in FOLDER and not run: FOLDER/main runs it, with the seed in GOLGI_BENCH_SEED, and writes FOLDER/results. Without
--threads there is no OpenMP."""
import argparse
import json
import os
import sys
import tempfile
import time

from outside import count_in, finish

BEGUN = time.perf_counter()


def excitatory_and_inhibitory(neurons, model, excite, inhibit, **more):
    """Random synapses, 80 onto each neuron in the mean: four of five from the first four fifths of them."""
    n = len(neurons)
    border = n * 4 // 5
    for source, code in (neurons[:border], excite), (neurons[border:], inhibit):
        synapses = b2.Synapses(source, neurons, model, on_pre=code, **more)
        synapses.connect(p=min(1, 80 / n))
        yield synapses


def cuba(n, variant=""):
    """Balanced current-based integrate-and-fire neurons, and what the variants change in them."""
    names = dict(taum=20 * b2.ms, taue=5 * b2.ms, taui=10 * b2.ms, Vt=-50 * b2.mV, Vr=-60 * b2.mV, El=-49 * b2.mV)
    equations = """dv/dt = (ge + gi - (v - El)INPUT)/taum : volt (unless refractory)
                   dge/dt = -ge/taue : volt
                   dgi/dt = -gi/taui : volt"""
    threshold, model, more = "v > Vt", "", {}
    excite, inhibit = "ge += 1.62*mV", "gi -= 9*mV"
    if variant == "weights":
        model, excite, inhibit = "w : volt", "ge += w", "gi -= w"
    elif variant == "random":
        excite, inhibit = "ge += 3.24*mV*rand()", "gi -= 18*mV*rand()"
    elif variant == "delays":
        more = dict(delay=1.5 * b2.ms)
    elif variant == "thresholds":
        equations, threshold = equations + "\nvt : volt (constant)", "v > vt"
    elif variant == "drive":
        names["drive"] = b2.TimedArray(b2.np.sin(2 * b2.np.pi * b2.np.arange(12000) / 50) * b2.mV, dt=1 * b2.ms)
    neurons = b2.NeuronGroup(n, equations.replace("INPUT", " + drive(t)" if variant == "drive" else ""), threshold=threshold,
                             reset="v = Vr", refractory=5 * b2.ms, method="exact", namespace=names)
    neurons.v = "Vr + rand()*(Vt - Vr)"
    if variant == "thresholds":
        neurons.vt = "-50.5*mV + rand()*mV"
    synapses = list(excitatory_and_inhibitory(neurons, model, excite, inhibit, **more))
    if variant == "weights":
        synapses[0].w, synapses[1].w = "1.62*mV*(0.5 + rand())", "9*mV*(0.5 + rand())"
    watch = [b2.StateMonitor(neurons, "v", record=list(range(min(100, n))))] if variant == "recorded" else []
    return [neurons, *synapses, *watch], neurons


def cobahh(n):
    """Balanced conductance-based Hodgkin-Huxley neurons."""
    names = dict(Cm=200 * b2.pF, gl=10 * b2.nS, El=-60 * b2.mV, EK=-90 * b2.mV, ENa=50 * b2.mV, g_na=20 * b2.uS, g_kd=6 * b2.uS,
                 VT=-63 * b2.mV, taue=5 * b2.ms, taui=10 * b2.ms, Ee=0 * b2.mV, Ei=-80 * b2.mV, we=6 * b2.nS, wi=67 * b2.nS)
    neurons = b2.NeuronGroup(n, """
        dv/dt = (gl*(El-v) + ge*(Ee-v) + gi*(Ei-v) - g_na*(m*m*m)*h*(v-ENa) - g_kd*(n*n*n*n)*(v-EK))/Cm : volt
        dge/dt = -ge/taue : siemens
        dgi/dt = -gi/taui : siemens
        alpha_m = 0.32*(mV**-1)*4*mV/exprel((13*mV-v+VT)/(4*mV))/ms : Hz
        beta_m = 0.28*(mV**-1)*5*mV/exprel((v-VT-40*mV)/(5*mV))/ms : Hz
        alpha_h = 0.128*exp((17*mV-v+VT)/(18*mV))/ms : Hz
        beta_h = 4./(1+exp((40*mV-v+VT)/(5*mV)))/ms : Hz
        alpha_n = 0.032*(mV**-1)*5*mV/exprel((15*mV-v+VT)/(5*mV))/ms : Hz
        beta_n = .5*exp((10*mV-v+VT)/(40*mV))/ms : Hz
        dm/dt = alpha_m*(1-m) - beta_m*m : 1
        dn/dt = alpha_n*(1-n) - beta_n*n : 1
        dh/dt = alpha_h*(1-h) - beta_h*h : 1""",
                             threshold="v > -20*mV", refractory=3 * b2.ms, method="exponential_euler", namespace=names)
    neurons.v = "-60*mV + (randn()*5 - 5)*mV"
    neurons.ge = "(randn()*1.5 + 4)*10*nS"
    neurons.gi = "(randn()*12 + 20)*10*nS"
    return [neurons, *excitatory_and_inhibitory(neurons, "", "ge += we", "gi += wi", namespace=names)], neurons


def brunel(n):
    """Inhibitory integrate-and-fire neurons with white noise, a thousand delayed inputs each."""
    names = dict(tau=20 * b2.ms, muext=25 * b2.mV, sigmaext=1 * b2.mV, theta=20 * b2.mV, Vr=10 * b2.mV, J=0.1 * b2.mV)
    neurons = b2.NeuronGroup(n, "dV/dt = (-V + muext + sigmaext*sqrt(tau)*xi)/tau : volt", threshold="V > theta", reset="V = Vr",
                             refractory=2 * b2.ms, method="euler", namespace=names)
    neurons.V = 10 * b2.mV
    synapses = b2.Synapses(neurons, neurons, on_pre="V += -J", delay=2 * b2.ms, namespace=names)
    synapses.connect(p=min(1, 1000 / n))
    return [neurons, synapses, b2.PopulationRateMonitor(neurons)], neurons


def stdp(n):
    """One neuron whose Poisson inputs learn; the spikes counted are the inputs'."""
    names = dict(gmax=.01, taupre=20 * b2.ms, taupost=20 * b2.ms, dApre=.0001, dApost=-.000105, taum=10 * b2.ms, taue=5 * b2.ms,
                 Ee=0 * b2.mV, El=-74 * b2.mV, vt=-54 * b2.mV, vr=-60 * b2.mV)
    inputs = b2.PoissonGroup(n, rates=15 * b2.Hz)
    neuron = b2.NeuronGroup(1, """dv/dt = (ge*(Ee - v) + El - v)/taum : volt
                                  dge/dt = -ge/taue : 1""", threshold="v > vt", reset="v = vr", method="euler", namespace=names)
    synapses = b2.Synapses(inputs, neuron, """w : 1
                                              dApre/dt = -Apre/taupre : 1 (event-driven)
                                              dApost/dt = -Apost/taupost : 1 (event-driven)""",
                           on_pre="ge += w\nApre += dApre\nw = clip(w + Apost, 0, gmax)",
                           on_post="Apost += dApost\nw = clip(w + Apre, 0, gmax)", namespace=names)
    synapses.connect()
    synapses.w = "rand()*gmax"
    return [inputs, neuron, synapses], inputs


def synapses(n, weights=False):
    """A thousand synapses onto each of n neurons that never spike, a weight each that stays 0 unless weights are drawn."""
    neurons = b2.NeuronGroup(n, "v : volt", threshold="v > 1*volt", reset="")
    made = b2.Synapses(neurons, neurons, "w : 1", on_pre="v += w*mV")
    made.connect(p=min(1, 1000 / n))
    if weights:
        made.w = "rand()"
    return [neurons, made], neurons


CASES = {"cuba": (cuba, 4000, 1), "cobahh": (cobahh, 4000, 1), "brunel": (brunel, 5000, 1), "stdp": (stdp, 1000, 10),
         "synapses": (synapses, 20000, 1e-3), "synapses-weights": (lambda n: synapses(n, True), 20000, 1e-3)}
for change in "weights", "delays", "thresholds", "recorded", "drive", "random":
    CASES["cuba-" + change] = (lambda n, change=change: cuba(n, change), 4000, 1)


def arguments():
    parser = argparse.ArgumentParser(description="Run a case of golgi bench under Brian 2.")
    parser.add_argument("case", choices=CASES)
    parser.add_argument("-n", type=int)
    parser.add_argument("-t", type=float)
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--seed", type=int, default=4321)
    parser.add_argument("--keep")
    return parser.parse_args()


def seed_from_environment(fallback, threads):
    """Seeding as Brian's own seed() does it, but with a number that is read when the program starts."""
    b2.device.insert_code("main", f"""
        {{
            const char *given = std::getenv("GOLGI_BENCH_SEED");
            unsigned long first = given ? std::strtoul(given, NULL, 10) : {fallback}UL;
            for (int k = 0; k < {max(1, threads)}; k++)
                brian::_random_generators[k].seed(first * {max(1, threads)} + k);
        }}""")


def main(a):
    make, usual_n, usual_t = CASES[a.case]
    n, t = a.n or usual_n, a.t or usual_t
    b2.BrianLogger.log_level_error()
    with tempfile.TemporaryDirectory() as scratch:
        folder = a.keep or os.path.join(scratch, "project")
        b2.set_device("cpp_standalone", directory=folder, build_on_run=False)
        b2.prefs.devices.cpp_standalone.openmp_threads = a.threads
        imported = time.perf_counter()
        seed_from_environment(a.seed, a.threads)
        objects, counted = make(n)
        network = b2.Network(objects, b2.SpikeMonitor(counted, name="counted"))
        built = time.perf_counter()
        network.run(t * b2.second)
        described = time.perf_counter()
        b2.device.build(directory=folder, compile=True, run=False)
        compiled = time.perf_counter()
        line = dict(simulator="brian", case=a.case, target="standalone", N=n, T=t, threads=a.threads, seed=a.seed,
                    version=brian2.__version__, imported=imported - BEGUN, build_model=built - imported,
                    compile=compiled - described)
        if not a.keep:
            line.update(finish([os.path.join(folder, "main")], cwd=folder))
            line.update(count_in(folder))
    print(json.dumps({key: round(value, 6) if isinstance(value, float) else value for key, value in line.items()}))


if __name__ == "__main__":
    given = arguments()
    sys.stdout.flush()
    import brian2
    import brian2 as b2
    main(given)
