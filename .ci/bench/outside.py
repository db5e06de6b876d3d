"""Processes as they look from outside: how long they take and how much memory they have at most. No library but Python's
own, and little memory, since Linux lets a child inherit the peak of the process that started it."""
import glob
import os
import struct
import subprocess
import time


class Failed(Exception):
    """A process that ended with an error; says what it printed."""


def finish(command, cwd=None, seed=None, stdout=subprocess.DEVNULL):
    """Runs a command to its end: process is its time from start to end [s], peak_mb its most memory [MiB], other_cpus how
    many processors everything else kept busy meanwhile (near 0: a clean timing)."""
    environment = dict(os.environ) if seed is None else dict(os.environ, GOLGI_BENCH_SEED=str(seed))
    busy, begun = busy_seconds(), time.perf_counter()
    child = subprocess.Popen(command, cwd=cwd, env=environment, stdout=stdout)
    _, status, usage = os.wait4(child.pid, 0)
    took = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise Failed(f"{os.path.basename(command[0])} {' '.join(command[1:])}: exit status {child.returncode}")
    others = busy_seconds() - busy - usage.ru_utime - usage.ru_stime
    return dict(process=took, peak_mb=usage.ru_maxrss / 1024, other_cpus=round(max(0, others / took), 2))


def busy_seconds():
    """What all processors have worked since the machine started [s]; 0 where that is not told."""
    try:
        with open("/proc/stat") as file:
            ticks = [int(x) for x in file.readline().split()[1:9]]
    except OSError:
        return 0
    return (sum(ticks) - ticks[3] - ticks[4]) / os.sysconf("SC_CLK_TCK")


def count_in(folder):
    """What a program of Brian left in its folder: run is its own figure for the steps [s], spikes and synapses are counts."""
    results = os.path.join(folder, "results")
    with open(os.path.join(results, "last_run_info.txt")) as file:
        found = dict(run=float(file.read().split()[0]), spikes=0, synapses=0)
    for key, pattern in ("spikes", "_array_counted_N_*"), ("synapses", "_array_synapses*_N_[0-9]*"):
        for name in glob.glob(os.path.join(results, pattern)):
            with open(name, "rb") as file:
                found[key] += struct.unpack("=i", file.read(4))[0]
    return found
