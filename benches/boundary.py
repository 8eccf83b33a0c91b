"""What crossing the boundary costs, in C and in Python, measured beside each other in one run.

It builds `boundary.c` against an installed prefix, lets it measure, and measures the Python package in rounds that alternate
with the bare ctypes call. Prints nanoseconds for one case: the least and the median of the rounds.
usage: boundary.py PREFIX PACK CASE_FILE      (a case file of examples/cases)
"""

import ctypes
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

prefix, pack_file, case_file = map(Path, sys.argv[1:4])
root = Path(__file__).resolve().parent.parent
library = prefix / "lib" / "libexequatur.so.1"
os.environ["EXEQUATUR_LIBRARY"] = str(library)
sys.path.insert(0, str(root / "python"))
import exequatur  # noqa: E402  (the library is named above)

ROUNDS, CALLS = 41, 50
file = json.loads(case_file.read_text(encoding="utf-8"))
case, now = file["case"], datetime.fromisoformat(file["now"])

with tempfile.TemporaryDirectory() as scratch:
    program, text = Path(scratch) / "boundary", Path(scratch) / "case.json"
    text.write_text(json.dumps(case), encoding="utf-8")
    subprocess.run(
        [os.environ.get("CC", "cc"), "-O2", "-std=c99", f"-I{prefix}/include", str(root / "benches/boundary.c"), f"-L{prefix}/lib",
         "-lexequatur", f"-Wl,-rpath,{prefix.resolve()}/lib", "-o", str(program)], check=True)
    measured = subprocess.run([program, pack_file, text, file["now"]], check=True, capture_output=True, text=True).stdout
    for line in measured.splitlines():
        name, least, median = line.split("\t")
        print(f"C: {name}\t{least}\t{median}")

bare = ctypes.CDLL(str(library)).exq_abi_version
pack = exequatur.Pack.load(pack_file)
ways = {
    "Python: an empty ctypes call": bare,
    "Python: dict in, decide, all dataclasses out": lambda: pack.decide(case, now),
}
BATCH = "Python: in a batch of 200: JSON lines in, decide, rows out"
lines = (json.dumps(case) + "\n") * 200
times = {name: [] for name in [*ways, BATCH]}
for _ in range(ROUNDS):
    for name, way in ways.items():
        start = time.perf_counter_ns()
        for _ in range(CALLS):
            way()
        times[name].append((time.perf_counter_ns() - start) / CALLS)
    start = time.perf_counter_ns()
    pack.batch(lines, now).rows  # the array of all rows, copied in one call
    times[BATCH].append((time.perf_counter_ns() - start) / 200)
for name, found in times.items():
    print(f"{name}\t{min(found):.0f}\t{statistics.median(found):.0f}")
