#!/usr/bin/env bash
# Question: how do golgi and ipykernel compare for one client on this machine? Both run in turn; python is that of an
# environment with jupyter_client, ipykernel, matplotlib and golgi's kernelspec (golgi install --prefix …).
set -euo pipefail
cd "$(dirname "$0")"
plot=$'%matplotlib inline\nimport matplotlib.pyplot as plt; plt.plot(range(1000));None'
for kernel in python3 golgi; do
	python kernel_ready.py "$kernel" 7
done
for kernel in python3 golgi python3 golgi python3 golgi; do
	python kernel_latency.py "$kernel" 1+1 300
done
python kernel_latency.py python3 "$plot" 20
python kernel_latency.py golgi 'Plot(Linspace(0, 999, 1000))' 20
for cell in 'for {}' 'g := NeuronGroup(100, "dv/dt = -v/(10*ms) : 1"); Run(10000*second)' 'time.Sleep(100*time.Second)' '<-make(chan int)'; do
	python kernel_interrupt.py golgi "$cell" 20
done
python kernel_interrupt.py python3 'while True: pass' 20
