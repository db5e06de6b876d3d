"""How long a kernel takes from its start to its first answer: kernel_ready.py KERNEL [RUNS]. Prints one JSON line; times in ms.

kernel_latency.py has a figure `ready` too, of wait_for_ready in jupyter_client, which ends with 200 ms of listening to
nothing: no kernel can be below that there."""
import json, statistics, sys, time
from jupyter_client.manager import KernelManager

name, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7
times = []
for _ in range(runs):
    km = KernelManager(kernel_name=name)
    start = time.time()
    km.start_kernel()
    kc = km.client()
    kc.start_channels()
    kc.kernel_info()
    kc.get_shell_msg(timeout=60)
    times.append((time.time() - start) * 1e3)
    kc.stop_channels()
    km.shutdown_kernel(now=True)
print(json.dumps(dict(kernel=name, runs=runs, first_answer_median_ms=round(statistics.median(times)), least_ms=round(min(times)), most_ms=round(max(times)))))
