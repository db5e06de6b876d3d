"""fill.py LINES REPORT PAGE: puts what was measured into a page, between pairs of comments such as <!-- slope --> and
<!-- end -->. LINES are those of beside.py; REPORT is the bench.md that golgi bench -report made of them, whose tables stand
in the order and under the headings of TABLES; goals and machine are made here. What stands between other comments stays."""
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys

TABLES = {
    "slope": "A second of model time, whole process",
    "setup": "Synapses and one millisecond, whole process",
    "first_step": "From the text to the end of the first step, cold",
    "bytes": "Memory, bytes a synapse",
    "update": "A neuron of cuba one step further, threshold included",
    "event": "A spike at one synapse of cuba",
    "spikes": "Spikes over seeds",
}
# Each aim: what, quantity, case, N, must, goal, in which unit or against whom.
AIMS = [
    ("CUBA 4000", "slope", "cuba", 4000, 3, 4, "brian"),
    ("CUBA 100 000", "slope", "cuba", 100000, 3, 5, "brian"),
    ("COBAHH 4000", "slope", "cobahh", 4000, 8, 11, "brian"),
    ("Brunel-Hakim 5000", "slope", "brunel", 5000, 5, 7, "brian"),
    ("Brunel-Hakim 20 000", "slope", "brunel", 20000, 5, 7, "brian"),
    ("STDP, 1000 inputs", "slope", "stdp", 1000, 5, 8, "brian"),
    ("20 million synapses and 1 ms", "setup", "brunel", 20000, 4, 6, "brian"),
    ("two threads, CUBA 100 000", "threads", "cuba", 100000, 1.7, None, "golgi"),
    ("memory a synapse, one weight", "bytes", "brunel", 20000, 5, None, "bytes"),
    ("memory a synapse, own weight", "bytes", "synapses-weights", 20000, 13, None, "bytes"),
    ("an event at 100 000 neurons", "event", "cuba", 100000, 2e-9, None, "ns"),
] + [("text to first step, " + what, "first_step", case, n, 50e-3, None, "ms") for what, case, n in (
    ("CUBA 4000", "cuba", 4000), ("CUBA 100 000", "cuba", 100000), ("COBAHH 4000", "cobahh", 4000),
    ("Brunel-Hakim 5000", "brunel", 5000), ("Brunel-Hakim 20 000", "brunel", 20000), ("STDP, 1000 inputs", "stdp", 1000))
] + [("CUBA 4000, " + what, "slope", "cuba-" + case, 4000, 2, None, "brian") for what, case in (
    ("a weight per synapse", "weights"), ("delays of 1.5 ms", "delays"), ("a threshold per neuron", "thresholds"),
    ("100 recorded neurons", "recorded"), ("a TimedArray drive", "drive"), ("rand() in on_pre", "random"))]
UNITS = {"ms": 1e3, "ns": 1e9, "bytes": 1}


class Lines:
    """Measurements by quantity, case, size, simulator and threads."""

    def __init__(self, name):
        self.values, self.versions = {}, {}
        with open(name) as file:
            for line in map(json.loads, filter(str.strip, file)):
                quantity = line["quantity"]
                if quantity == "spikes":
                    quantity = "spikes", line["T"]
                key = quantity, line["case"], line["N"], line["simulator"], max(1, line.get("threads", 1))
                self.values.setdefault(key, []).append(line["value"])
                if "version" in line:
                    self.versions[line["simulator"]] = line["version"]

    def median(self, quantity, case, n, simulator="golgi", threads=1):
        values = self.values.get((quantity, case, n, simulator, threads))
        return statistics.median(values) if values else None

    def agreement(self, case, n):
        """Standard errors between the mean spike counts of golgi and Brian, the most of all durations; None where there are
        too few."""
        counts = {key[0]: values for key, values in self.values.items() if key[0][0] == "spikes" and key[1:] == (case, n, "golgi", 1)}
        found = [distance(ours, self.values.get((spikes, case, n, "brian", 1), [])) for spikes, ours in counts.items()]
        return max((x for x in found if x is not None), default=None)


def distance(ours, theirs):
    if len(ours) < 2 or len(theirs) < 2:
        return None
    error = sum(statistics.variance(x) / len(x) for x in (ours, theirs)) ** .5
    difference = abs(statistics.mean(ours) - statistics.mean(theirs))
    return difference / error if error else float("inf") if difference else 0.


def measured(lines, quantity, case, n, against):
    """The figure of an aim: a ratio, or an amount in the unit of the aim; None where it was not measured."""
    if quantity == "threads":
        one, two = (lines.median("slope", case, n, threads=k) for k in (1, 2))
        return one and two and one / two
    ours = lines.median(quantity, case, n)
    if against in UNITS:
        return ours and ours * UNITS[against]
    theirs = lines.median(quantity, case, n, "brian")
    return ours and theirs and theirs / ours


def goals(lines):
    out = ["| what | must | goal | measured | | spikes: standard errors from Brian's |", "|---|--:|--:|--:|---|--:|"]
    for what, quantity, case, n, must, goal, against in AIMS:
        figure, scale = measured(lines, quantity, case, n, against), UNITS.get(against, 1)
        sign = "" if against in UNITS else "×"
        unit = (" " + against if against in UNITS else "")
        agreement = lines.agreement(case, n) if quantity == "slope" else None
        out.append(f"| {what} | {must * scale:g}{sign}{unit} | {f'{goal * scale:g}{sign}{unit}' if goal else ''} | "
                   f"{f'{figure:.3g}{sign}{unit}' if figure else 'not measured'} | "
                   f"{verdict(figure, must * scale, goal and goal * scale, against in UNITS, agreement)} | "
                   f"{'' if agreement is None else f'{agreement:.1f}'} |")
    return "\n".join(out)


def verdict(figure, must, goal, least_is_best, agreement):
    if not figure:
        return ""
    if agreement is not None and agreement > 4:
        return "does not count"

    def reached(mark):
        return figure <= mark if least_is_best else figure >= mark
    if goal and reached(goal):
        return "goal met"
    return "met" if reached(must) else "missed"


def first_line(*command):
    if not shutil.which(command[0]):
        return command[0] + " unknown"
    return subprocess.run(command, stdout=subprocess.PIPE, text=True).stdout.splitlines()[0]


def machine(lines):
    model, flags = platform.processor() or platform.machine(), ""
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo") as file:
            text = file.read()
        if found := re.search(r"model name\s*: (.*)", text):
            model = found[1]
        flags = ", with " + ("AVX-512" if "avx512f" in text else "AVX2, without AVX-512" if "avx2" in text else "neither AVX2 nor AVX-512")
    simulators = ", ".join(f"{dict(brian='Brian', nest='NEST').get(name, name)} {version}" for name, version in lines.versions.items())
    return (f"{model}{flags}; {os.cpu_count()} processors; {platform.system()} {platform.release().split('-')[0]}. {simulators}; "
            f"{first_line('go', 'version').replace('go version ', '')}; {first_line('g++', '--version')}.")


def sections(report):
    """The tables of a report by their headings."""
    return {part.split("\n", 1)[0]: part.split("\n", 1)[1].split("\nVersions:")[0].strip() for part in report.split("### ")[1:]}


def main(lines_name, report_name, page_name):
    lines = Lines(lines_name)
    with open(report_name) as file:
        tables = sections(file.read())
    blocks = {name: tables.get(heading, "Not measured.") for name, heading in TABLES.items()}
    blocks.update(goals=goals(lines), machine=machine(lines))
    with open(page_name) as file:
        page = file.read()
    for name, block in blocks.items():
        pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.S)
        if not pattern.search(page):
            sys.exit(f"{page_name}: found no <!-- {name} --> followed by <!-- end -->")
        page = pattern.sub(lambda m, block=block: m[1] + block + "\n" + m[2], page, count=1)
    with open(page_name, "w") as file:
        file.write(page)


if __name__ == "__main__":
    main(*sys.argv[1:4])
