"""Real Jupyter clients against a kernel: client_test.py BINARY [unittest arguments].

BINARY kernel CONNECTION_FILE has to be a kernel. It is asked for cells of plain Go that the stand-in of the Go tests
knows too; with GOLGI_REAL=1 in the environment, BINARY is golgi itself and more is asked of it.
Needs: pip install -r requirements.txt
"""
import json
import os
import queue
import signal
import sys
import tempfile
import time
import unittest

import jupyter_kernel_test as conformance
from jupyter_client.manager import KernelManager

BINARY = None
REAL = os.environ.get("GOLGI_REAL") == "1"
HELLO = 'fmt.Println("hello, world")'
STDERR = 'fmt.Fprintln(os.Stderr, "test")'
RESULT = "6*7"
FAILING = 'panic("boom")'
ENDLESS = "for {\n}"
ASKING = 'name := ""; fmt.Scanln(&name); name' if REAL else "ask"
FOLDER = tempfile.mkdtemp(prefix="golgi-clients-")


def setUpModule():
    spec = os.path.join(FOLDER, "kernels", "golgi-tried")
    os.makedirs(spec)
    with open(os.path.join(spec, "kernel.json"), "w") as f:
        json.dump({"argv": [BINARY, "kernel", "{connection_file}"], "display_name": "tried", "language": "go",
                   "interrupt_mode": "message", "env": {"GOLGI_HISTORY": "off"}}, f)
    os.environ["JUPYTER_PATH"] = FOLDER


class Client(unittest.TestCase):
    transport = "tcp"

    def setUp(self):
        self.km = KernelManager(kernel_name="golgi-tried", transport=self.transport)
        self.km.start_kernel()
        self.kc = self.km.client()
        self.kc.start_channels()
        self.kc.wait_for_ready(timeout=20)

    def tearDown(self):
        self.kc.stop_channels()
        self.km.shutdown_kernel(now=True)

    def until_idle(self, mid, kc=None):
        came = []
        while True:
            m = (kc or self.kc).get_iopub_msg(timeout=10)
            if m["parent_header"].get("msg_id") == mid:
                came.append(m)
                if m["msg_type"] == "status" and m["content"]["execution_state"] == "idle":
                    return came

    def until_busy(self, mid):
        while True:
            m = self.kc.get_iopub_msg(timeout=10)
            if m["parent_header"].get("msg_id") == mid:
                return

    def reply(self, mid):
        while True:
            m = self.kc.get_shell_msg(timeout=10)
            if m["parent_header"].get("msg_id") == mid:
                return m["content"]

    def run_cell(self, code, **options):
        mid = self.kc.execute(code, **options)
        return self.until_idle(mid), self.reply(mid)

    def kinds(self, messages):
        return [m["msg_type"] for m in messages]


class OverTCP(Client):
    def test_output_result_and_error(self):
        came, reply = self.run_cell(HELLO)
        self.assertEqual(self.kinds(came), ["status", "execute_input", "stream", "status"])
        self.assertEqual(came[2]["content"], {"name": "stdout", "text": "hello, world\n"})
        self.assertEqual((reply["status"], reply["execution_count"]), ("ok", 1))
        came, reply = self.run_cell(STDERR)
        self.assertEqual(came[2]["content"]["name"], "stderr")
        came, reply = self.run_cell(RESULT)
        self.assertEqual(came[2]["msg_type"], "execute_result")
        self.assertEqual(came[2]["content"]["data"]["text/plain"], "42")
        came, reply = self.run_cell(FAILING)
        self.assertEqual(self.kinds(came), ["status", "execute_input", "error", "status"])
        self.assertEqual(reply["status"], "error")
        self.assertEqual(reply["traceback"], came[2]["content"]["traceback"])
        self.assertIn("boom", "\n".join(reply["traceback"]))
        came, reply = self.run_cell(RESULT)
        self.assertEqual(reply["status"], "ok")

    def test_a_run_of_cells_ends_at_its_error(self):
        first = self.kc.execute(FAILING)
        rest = [self.kc.execute(RESULT) for _ in range(5)]
        self.assertEqual(self.reply(first)["status"], "error")
        self.assertEqual({self.reply(mid)["status"] for mid in rest}, {"aborted"})
        self.assertEqual(self.run_cell(RESULT)[1]["status"], "ok")

    def test_an_error_met_one_cell_at_a_time_stops_nothing(self):
        for _ in range(50):
            self.assertEqual(self.run_cell(FAILING)[1]["status"], "error")
            self.assertEqual(self.run_cell(RESULT)[1]["status"], "ok")

    def test_a_hundred_cells_come_in_order(self):
        mids = [self.kc.execute(RESULT) for _ in range(100)]
        for n, mid in enumerate(mids, 1):
            m = self.kc.get_shell_msg(timeout=10)
            self.assertEqual((m["parent_header"]["msg_id"], m["content"]["execution_count"]), (mid, n))

    def test_interrupt_by_message_and_signal(self):
        for way in "message", "signal":
            mid = self.kc.execute(ENDLESS)
            self.until_busy(mid)
            began = time.time()
            if way == "message":
                self.km.interrupt_kernel()
            else:
                self.km.signal_kernel(signal.SIGINT)
            came = self.until_idle(mid)
            self.assertLess(time.time() - began, 1)
            self.assertEqual(came[-2]["msg_type"], "error")
            self.assertEqual(self.reply(mid)["status"], "error")
            self.assertEqual(self.run_cell(RESULT)[1]["status"], "ok")
            self.assertTrue(self.km.is_alive())

    def test_requests_are_answered_while_a_cell_runs(self):
        mid = self.kc.execute(ENDLESS)
        self.until_busy(mid)
        for ask in (lambda: self.kc.complete("fmt.Prin"), lambda: self.kc.inspect("fmt.Println"), lambda: self.kc.is_complete("x"),
                    lambda: self.kc.history(hist_access_type="tail", n=3), lambda: self.kc.comm_info(), lambda: self.kc.kernel_info()):
            self.assertIn(self.reply(ask())["status"], ("ok", "complete"))
        self.km.interrupt_kernel()
        self.reply(mid)

    def test_input(self):
        mid = self.kc.execute(ASKING, allow_stdin=True)
        m = self.kc.get_stdin_msg(timeout=10)
        self.assertEqual(m["msg_type"], "input_request")
        self.kc.input("Camillo")
        came = self.until_idle(mid)
        self.assertIn("Camillo", json.dumps([m["content"] for m in came[2:]]))

    def test_a_forged_message_is_dropped(self):
        right = self.kc.session.key
        self.kc.session.key = b"wrong"
        self.kc.execute(HELLO)
        self.kc.session.key = right
        came, reply = self.run_cell(RESULT)
        self.assertEqual(reply["execution_count"], 1)

    def test_every_client_hears_everything(self):
        other = self.km.client()
        other.start_channels()
        other.wait_for_ready(timeout=10)
        mid = self.kc.execute(HELLO)
        self.assertIn("stream", self.kinds(self.until_idle(mid, other)))
        other.stop_channels()

    def test_the_heart_beats_while_a_cell_runs(self):
        mid = self.kc.execute(ENDLESS)
        self.until_busy(mid)
        self.kc.hb_channel.unpause()
        time.sleep(1.5)
        self.assertTrue(self.kc.hb_channel.is_beating())
        self.km.interrupt_kernel()
        self.reply(mid)

    def test_shutdown_while_a_cell_runs(self):
        mid = self.kc.execute(ENDLESS)
        self.until_busy(mid)
        began = time.time()
        self.kc.shutdown()
        while self.km.is_alive() and time.time() - began < 5:
            time.sleep(.01)
        self.assertLess(time.time() - began, 2)

    def test_restart_on_the_same_ports(self):
        self.run_cell(RESULT)
        ports = self.km.ports
        self.km.restart_kernel(now=False)
        self.assertEqual(self.km.ports, ports)
        self.kc.wait_for_ready(timeout=20)
        self.assertEqual(self.run_cell(RESULT)[1]["execution_count"], 1)

    def test_first_request_needs_no_second(self):
        km = KernelManager(kernel_name="golgi-tried")
        km.start_kernel()
        kc = km.client()
        kc.start_channels()
        mid = kc.kernel_info()
        kinds = [m["msg_type"] for m in self.until_idle(mid, kc)]
        self.assertEqual(kinds, ["status", "status"])
        kc.stop_channels()
        km.shutdown_kernel(now=True)

    def test_welcome_comes_first(self):
        kc = self.km.client()
        kc.start_channels(shell=False, stdin=False, hb=False, control=False)
        m = kc.get_iopub_msg(timeout=5)
        self.assertEqual((m["msg_type"], m["content"]), ("iopub_welcome", {"subscription": ""}))
        kc.stop_channels()


class OverIPC(Client):
    transport = "ipc"

    def test_output(self):
        came, reply = self.run_cell(HELLO)
        self.assertEqual(self.kinds(came), ["status", "execute_input", "stream", "status"])


class Headless(unittest.TestCase):
    def test_a_notebook_is_run(self):
        import nbformat
        from nbclient import NotebookClient
        from nbclient.exceptions import CellExecutionError
        v4 = nbformat.v4
        nb = v4.new_notebook(cells=[v4.new_code_cell(c) for c in (HELLO, RESULT, STDERR)])
        NotebookClient(nb, kernel_name="golgi-tried", timeout=20).execute()
        kinds = [[o.output_type for o in cell.outputs] for cell in nb.cells]
        self.assertEqual(kinds, [["stream"], ["execute_result"], ["stream"]])
        self.assertEqual([cell.execution_count for cell in nb.cells], [1, 2, 3])
        bad = v4.new_notebook(cells=[v4.new_code_cell(FAILING), v4.new_code_cell(RESULT)])
        with self.assertRaises(CellExecutionError):
            NotebookClient(bad, kernel_name="golgi-tried", timeout=20).execute()
        NotebookClient(bad, kernel_name="golgi-tried", timeout=20, allow_errors=True).execute()
        self.assertEqual(bad.cells[1].outputs[0].data["text/plain"], "42")

    def test_a_cell_over_its_time_is_interrupted(self):
        import nbformat
        from nbclient import NotebookClient
        v4 = nbformat.v4
        nb = v4.new_notebook(cells=[v4.new_code_cell(ENDLESS), v4.new_code_cell(RESULT)])
        NotebookClient(nb, kernel_name="golgi-tried", timeout=1, interrupt_on_timeout=True, allow_errors=True).execute()
        self.assertEqual(nb.cells[1].outputs[0].data["text/plain"], "42")


class Conformance(conformance.KernelTests):
    """The public suite of Jupyter, with none of its tests left out."""
    kernel_name = "golgi-tried"
    language_name = "go"
    file_extension = ".go"
    code_hello_world = HELLO
    code_stderr = STDERR
    completion_samples = [{"text": "fmt.Prin", "matches": ["Print", "Printf", "Println"]}]
    complete_code_samples = ["x := 1", RESULT, ""]
    incomplete_code_samples = ["for i := 0; i < 3; i++ {", "func f() int {"]
    invalid_code_samples = ["x := := 1"]
    code_page_something = "?fmt.Println"
    code_generate_error = FAILING
    code_execute_result = [{"code": RESULT, "result": "42"}]
    code_display_data = [{"code": 'Show(HTML("<b>x</b>"))' if REAL else "show", "mime": "text/html"}]
    code_history_pattern = "6[*]7"
    supported_history_operations = ["tail", "range", "search"]
    code_inspect_sample = "fmt.Println"
    code_clear_output = "ClearOutput()"


class Welcome(conformance.IopubWelcomeTests):
    kernel_name = "golgi-tried"
    support_iopub_welcome = True


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
