"""compare.py KERNEL NOTEBOOK EXECUTED: runs NOTEBOOK through nbclient with the installed kernel KERNEL and says where
the result differs from EXECUTED, the file that `golgi run -o` wrote. Exit status 0: nowhere."""
import json
import os
import sys

import nbformat
from nbclient import NotebookClient


def main():
    kernel, name, executed = sys.argv[1:]
    nb = nbformat.read(name, as_version=4)
    folder = os.path.dirname(os.path.abspath(name))
    NotebookClient(nb, kernel_name=kernel, timeout=120, coalesce_streams=True, record_timing=False,
                   resources={"metadata": {"path": folder}}).execute()
    theirs = json.loads(nbformat.writes(nb))
    with open(executed, encoding="utf-8") as f:
        ours = json.load(f)
    nbformat.validate(nbformat.read(executed, as_version=4))
    found = list(differences("", theirs, ours))
    for place, a, b in found:
        print(f"{place}:\n  nbclient   {shown(a)}\n  golgi run  {shown(b)}")
    cells = sum(cell["cell_type"] == "code" for cell in ours["cells"])
    print(f"{os.path.basename(name)}: {cells} code cells, {len(found)} differences between nbclient and golgi run")
    sys.exit(bool(found))


def differences(place, a, b):
    """Gives (place, a, b) of every smallest part that differs."""
    if isinstance(a, dict) and isinstance(b, dict):
        for key in sorted({*a, *b}):
            yield from differences(f"{place}.{key}", a.get(key, "(absent)"), b.get(key, "(absent)"))
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        for i, (x, y) in enumerate(zip(a, b)):
            yield from differences(f"{place}[{i}]", x, y)
    elif a != b:
        yield place, a, b


def shown(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:200] + "…"


if __name__ == "__main__":
    main()
