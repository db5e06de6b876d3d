"""kernel_numbers.py BINARY [STARTS] [CELLS]: the numbers of the README's table, one line each as Markdown. BINARY kernel
FILE has to be a kernel. Measured from outside, through jupyter_client: the time from the start of the process to its
first kernel_info reply (median of STARTS, default 11), the time of the cell 1+1 from request to reply and idle (median of
CELLS, default 300), and the memory of the process after that (resident, Linux only)."""
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time

from jupyter_client import BlockingKernelClient
from jupyter_client.connect import write_connection_file


class Kernel:
    """One process and its client."""

    def __init__(self, binary, folder):
        self.file, settings = write_connection_file(os.path.join(folder, "kernel.json"), ip="127.0.0.1")
        begun = time.perf_counter()
        self.process = subprocess.Popen([binary, "kernel", self.file], env={**os.environ, "GOLGI_HISTORY": "off"})
        wait_for_port(settings["shell_port"])
        self.client = BlockingKernelClient()
        self.client.load_connection_file(self.file)
        self.client.start_channels(hb=False, stdin=False)
        self.client.kernel_info()
        self.client.get_shell_msg(timeout=30)
        self.ready = time.perf_counter() - begun

    def cell(self, source):
        """The time of a cell in seconds."""
        begun = time.perf_counter()
        request = self.client.execute(source)
        while not self.is_idle(request):
            pass
        while self.client.get_shell_msg(timeout=30)["parent_header"].get("msg_id") != request:
            pass
        return time.perf_counter() - begun

    def is_idle(self, request):
        m = self.client.get_iopub_msg(timeout=30)
        return m["parent_header"].get("msg_id") == request and m["content"].get("execution_state") == "idle"

    def memory(self):
        """Megabytes in memory."""
        with open(f"/proc/{self.process.pid}/statm") as f:
            return int(f.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def stop(self):
        self.client.shutdown()
        self.process.wait(timeout=10)
        self.client.stop_channels()


def wait_for_port(port):
    """A client that connects too early tries again only after 100 ms, which would be measured instead of the kernel."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except ConnectionRefusedError:
            time.sleep(.0005)


def main():
    binary = os.path.abspath(sys.argv[1])
    starts = int(sys.argv[2]) if len(sys.argv) > 2 else 11
    cells = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    ready = []
    for n in range(starts):
        with tempfile.TemporaryDirectory() as folder:
            kernel = Kernel(binary, folder)
            ready.append(kernel.ready)
            if n == starts - 1:
                kernel.cell("1+1")
                latency = statistics.median(kernel.cell("1+1") for _ in range(cells))
                memory = kernel.memory()
            kernel.stop()
    print("| what | goal | measured |")
    print("|---|---|---|")
    print(f"| start of the process to its first reply | 100 ms | {statistics.median(ready) * 1e3:.0f} ms |")
    print(f"| the cell `1+1`, median of {cells} | 1.5 ms | {latency * 1e3:.2f} ms |")
    print(f"| memory of the process after them | 60 MB | {memory:.0f} MB |")


if __name__ == "__main__":
    main()
