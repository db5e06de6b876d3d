"""beside.py [options]: golgi, Brian 2 and NEST side by side on this machine, in turn, and a JSON line for each measurement
appended to a file that golgi bench -report reads.

Quantities:
  slope       seconds of a process for a second of model time: (time for LONG seconds - time for SHORT)/(LONG - SHORT), of
              golgi and of Brian's compiled program as whole processes, from outside; of NEST by a clock around nest.Run
  setup       a process that makes 20 million synapses and simulates a millisecond [s]
  bytes       the most memory of such a process a synapse; brunel has one weight for all, synapses-weights one for each
  first_step  from the start of a process that knows only the text of a model to the end of the first step [s], without the
              time that golgi needs for making synapses; Brian's includes its compiler
  spikes      spikes of SHORT seconds with each of ten seeds
  update      of a neuron of cuba by one step [s], and event, of a synapse by one spike [s]: of golgi by its benchmarks of
              these names, beside programs that say what hand-written loops need

Nothing else should run meanwhile: other_cpus of a line says how many processors others kept busy."""
import argparse
import json
import os
import subprocess
import sys
import tempfile

from outside import Failed, count_in, finish

HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = [("cuba", 4000), ("cuba", 100000), ("cobahh", 4000), ("brunel", 5000), ("brunel", 20000), ("stdp", 1000)]
VARIANTS = [("cuba-" + change, 4000) for change in ("weights", "delays", "thresholds", "recorded", "drive", "random")]
NEST = [("cuba", 4000), ("brunel", 5000), ("cobahh", 4000)]
ONE_STEP = 1e-4
MILLISECOND = 1e-3


class Golgi:
    """The program golgi. Measuring gives its line, the time and the peak being those seen from outside."""
    name = "golgi"

    def __init__(self, a):
        self.binary = os.path.abspath(a.golgi)

    def run(self, case, n, t, threads=1, seed=4321):
        with tempfile.TemporaryFile("w+") as out:
            seen = finish([self.binary, "bench", case, "-n", str(n), "-t", str(t), "-threads", str(threads), "-seed", str(seed)],
                          stdout=out)
            out.seek(0)
            return dict(json.loads(out.read()), **seen)

    def first_step(self, case, n):
        line = self.run(case, n, ONE_STEP)
        return line["process"] - line["connect"], line


class Brian:
    """Brian's compiled programs, one for each case, size, duration and number of threads."""
    name = "brian"

    def __init__(self, a):
        self.python, self.folder, self.made = a.brian, a.work, {}

    def command(self, case, n, t, threads, *more):
        return [self.python, os.path.join(HERE, "brian_variants.py"), case, "-n", str(n), "-t", str(t), "--threads",
                str(threads if threads > 1 else 0), *more]

    def program(self, case, n, t, threads):
        """The folder of a program, made if need be, and the line of its making."""
        key = f"{case}-{n}-{t:g}-{threads}"
        if key not in self.made:
            folder = os.path.join(self.folder, key)
            say("compiling", key)
            out = subprocess.run(self.command(case, n, t, threads, "--keep", folder), stdout=subprocess.PIPE, text=True)
            if out.returncode:
                raise Failed(f"brian_variants.py {case}: exit status {out.returncode}")
            self.made[key] = folder, json.loads(out.stdout.splitlines()[-1])
        return self.made[key]

    def run(self, case, n, t, threads=1, seed=4321):
        folder, line = self.program(case, n, t, threads)
        seen = finish([os.path.join(folder, "main")], cwd=folder, seed=seed)
        return {**line, "seed": seed, **seen, **count_in(folder)}

    def first_step(self, case, n):
        with tempfile.TemporaryFile("w+") as out:
            seen = finish(self.command(case, n, ONE_STEP, 1), stdout=out)
            out.seek(0)
            line = {**json.loads(out.read().splitlines()[-1]), **seen}
        return line["process"], line


class Recorder:
    """Appends measurements to the file of lines."""
    keys = "simulator case target N threads seed version imported build_model compile connect run spikes synapses other_cpus".split()

    def __init__(self, a):
        self.file = open(a.output, "a")

    def add(self, line, quantity, value, rep, **more):
        if not value > 0 and quantity != "spikes":
            raise Failed(f"{line['case']} {line['N']}: a {quantity} of {value:g}, as other work disturbed it")
        kept = {key: line[key] for key in self.keys if key in line}
        kept.update(quantity=quantity, value=value, rep=rep, **more)
        text = json.dumps({key: float(f"{x:.6g}") if isinstance(x, float) else x for key, x in kept.items()})
        print(text, file=self.file, flush=True)
        say(f"{line['simulator']:6} {line['case']} {line['N']}: {quantity} {value:.4g}")


def say(*words):
    print(*words, file=sys.stderr, flush=True)


def slope(simulator, record, a, case, n, threads, rep):
    short = simulator.run(case, n, a.short, threads)
    long = simulator.run(case, n, a.long, threads)
    value = (long["process"] - short["process"]) / (a.long - a.short)
    long["other_cpus"] = max(short["other_cpus"], long["other_cpus"])
    record.add(long, "slope", value, rep, T_short=a.short, T_long=a.long, process_short=short["process"],
               process_long=long["process"])


def slopes(simulators, record, a, rows, threads=1):
    for case, n in rows:
        for rep in range(a.repeats):
            for simulator in simulators:
                attempt(slope, simulator, record, a, case, n, threads, rep)


def nest_slopes(record, a):
    for case, n in chosen(NEST, a):
        for rep in range(a.nest_repeats):
            attempt(nest_slope, record, a, case, n, rep)


def nest_slope(record, a, case, n, rep):
    with tempfile.TemporaryFile("w+") as out:
        seen = finish([a.nest, os.path.join(HERE, "nest_cases.py"), case, "-n", str(n), "--short", str(a.short), "--long",
                       str(a.nest_long)], stdout=out)
        out.seek(0)
        line = {**json.loads(out.read().splitlines()[-1]), "other_cpus": seen["other_cpus"]}
    value = (line["run_long"] - line["run_short"]) / (a.nest_long - a.short)
    record.add(line, "slope", value, rep, T_short=a.short, T_long=a.nest_long, run_short=line["run_short"],
               run_long=line["run_long"])


def setup(simulator, record, case, n, rep):
    line = simulator.run(case, n, MILLISECOND)
    if case == "brunel":
        record.add(line, "setup", line["process"], rep)
    record.add(line, "bytes", line["peak_mb"] * 2**20 / line["synapses"], rep)


def setups(simulators, record, a):
    for case, n in chosen([("brunel", 20000), ("synapses-weights", 20000)], a):
        for rep in range(a.repeats):
            for simulator in simulators:
                attempt(setup, simulator, record, case, n, rep)


def first(simulator, record, case, n, rep):
    value, line = simulator.first_step(case, n)
    record.add(line, "first_step", value, rep, process=line["process"])


def first_steps(simulators, record, a):
    for case, n in chosen(TABLE, a):
        for rep in range(a.repeats):
            for simulator in simulators:
                if simulator.name == "golgi" or rep < a.compiles:
                    attempt(first, simulator, record, case, n, rep)


def count(simulator, record, a, case, n, seed):
    line = simulator.run(case, n, a.short, seed=seed)
    record.add(line, "spikes", line["spikes"], seed, T=a.short)


def counts(simulators, record, a):
    for case, n in chosen(TABLE + VARIANTS, a):
        for seed in range(1, a.seeds + 1):
            for simulator in simulators:
                attempt(count, simulator, record, a, case, n, seed)


def limits(simulators, record, a):
    for rep in range(a.repeats):
        for name, _, program in (limit.partition("=") for limit in a.limit):
            attempt(limit, record, name, program, rep)
        if a.benchmarks:
            attempt(limit_of_golgi, record, a, rep)


def limit(record, name, program, rep):
    with tempfile.TemporaryFile("w+") as out:
        seen = finish([program], stdout=out)
        out.seek(0)
        for line in map(json.loads, out.read().splitlines()):
            for quantity in "update", "event":
                record.add(dict(simulator=name, case="cuba", N=line["neurons"], other_cpus=seen["other_cpus"]), quantity,
                           line[quantity + "_ns"] * 1e-9, rep)


def limit_of_golgi(record, a, rep):
    with tempfile.TemporaryFile("w+") as out:
        seen = finish([a.benchmarks, "-test.run", "^$", "-test.bench", "Limit", "-test.benchtime", "7x"], stdout=out)
        out.seek(0)
        for words in (line.split() for line in out.read().splitlines() if line.startswith("BenchmarkLimit")):
            n = int(words[0].split("/")[1].split("-")[0])
            for value, unit in zip(words, words[1:]):
                if unit in ("ns/update", "ns/event"):
                    record.add(dict(simulator="golgi", case="cuba", N=n, other_cpus=seen["other_cpus"]), unit[3:], float(value) * 1e-9,
                               rep)


def attempt(measure, *arguments):
    """A row that fails is said and left out; the others go on."""
    try:
        measure(*arguments)
    except Failed as failure:
        say("left out:", failure)


def chosen(rows, a):
    return [row for row in rows if not a.cases or row[0] in a.cases]


PARTS = {
    "table": lambda simulators, record, a: slopes(simulators, record, a, chosen(TABLE, a)),
    "variants": lambda simulators, record, a: slopes(simulators, record, a, chosen(VARIANTS, a)),
    "threads": lambda simulators, record, a: slopes(simulators, record, a, chosen([("cuba", 100000)], a), 2),
    "setup": setups,
    "first": first_steps,
    "seeds": counts,
    "limit": limits,
    "nest": lambda simulators, record, a: nest_slopes(record, a) if a.nest else say("left out: NEST, without --nest"),
}


def options():
    parser = argparse.ArgumentParser(description="Measure golgi, Brian 2 and NEST side by side.")
    parser.add_argument("--golgi", required=True, help="the program golgi")
    parser.add_argument("--brian", help="a Python with brian2; without it Brian is left out")
    parser.add_argument("--nest", help="a Python with nest; without it NEST is left out")
    parser.add_argument("--limit", action="append", default=[], metavar="NAME=PROGRAM", help="a program such as limit_avx2")
    parser.add_argument("--benchmarks", help="golgi's tests as a program (go test -c), for what they say beside the limits")
    parser.add_argument("--output", default="lines.jsonl", help="where lines are appended")
    parser.add_argument("--work", help="folder of the compiled programs of Brian, which is new and removed at the end unless given")
    parser.add_argument("--parts", default=",".join(PARTS), help="which of " + ", ".join(PARTS))
    parser.add_argument("--cases", type=lambda text: text.split(","), help="only these cases")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--compiles", type=int, default=1, help="of Brian from text to first step")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--short", type=float, default=1, help="seconds of model time")
    parser.add_argument("--long", type=float, default=11)
    parser.add_argument("--nest-long", type=float, default=3)
    parser.add_argument("--nest-repeats", type=int, default=3)
    a = parser.parse_args()
    a.parts = [part for part in a.parts.split(",") if part]
    if unknown := set(a.parts) - set(PARTS):
        parser.error(f"found the parts {', '.join(sorted(unknown))}, expected {', '.join(PARTS)}")
    if not 0 < a.short < min(a.long, a.nest_long):
        parser.error("expected 0 < --short < --long and --nest-long")
    return a


def main():
    a = options()
    with tempfile.TemporaryDirectory() as scratch:
        a.work = a.work or scratch
        simulators = [Golgi(a)] + ([Brian(a)] if a.brian else [])
        record = Recorder(a)
        for part in a.parts:
            PARTS[part](simulators, record, a)


if __name__ == "__main__":
    main()
