"""The same rules as plain Python code and through the Python package, timed beside each other in one run.

The plain code is generated from the text of the rules: one function that takes the facts out of a dict and has an
`if` for each rule, which is what a programmer writes who has no engine. Before anything is timed, both must name the
same rules for each case. The ways take turns, so that what else the machine does falls on all alike. Microseconds for
one case: the median of the turns and the least, and how often the time of the plain code.
usage: python.py PREFIX FOLDER [RULES]...    (where install.sh has put the library, where the peers have written packs)
"""

import json
import os
import re
import statistics
import sys
import time
from array import array
from ctypes import byref, sizeof
from datetime import datetime
from pathlib import Path

prefix, folder = map(Path, sys.argv[1:3])
sizes = [int(word) for word in sys.argv[3:]] or [10, 100, 1_000, 10_000]
os.environ["EXEQUATUR_LIBRARY"] = str(prefix / "lib" / "libexequatur.so.1")
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "python"))
import exequatur  # noqa: E402  (the library is named above)
from exequatur import _abi, _engine  # noqa: E402
from exequatur._library import library  # noqa: E402
from exequatur.words import Truth  # noqa: E402

# How long all turns of one size take, at least, how many there are, and how long one is.
PATIENCE, TURNS, TURN = 12.0, 7, 0.02
# How many cases a batch has.
BATCH = 640
NOW = datetime.fromisoformat("2026-09-04T15:30:00+02:00")
FACTS = [letter + str(number) for letter in "bei" for number in range(8)]


def plain(rules):
    """The rules as the text of a Python function."""
    lines = ["def applying(case):", '    made = case["made"]']
    lines += [f'    {fact} = made["{fact}"]' for fact in FACTS] + ["    found = []"]
    conditions = re.findall(r"^  when (.*)$", rules, re.MULTILINE)
    for number, condition in enumerate(conditions):
        condition = condition.replace("made.", "").replace(" is ", " == ")
        condition = re.sub(r"\b(m[0-7])\b", r'"\1"', condition)
        lines += [f"    if {condition}:", f"        found.append({number})"]
    return "\n".join([*lines, "    return found", ""])


def measure(size):
    """The turns of each way with so many rules."""
    rules = (folder / f"{size}.exq").read_text(encoding="utf-8")
    texts = (folder / f"{size}.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(text) for text in texts]
    names = {}
    exec(compile(plain(rules), f"{size} rules", "exec"), names)
    applying = names["applying"]
    pack = exequatur.Pack.load(folder / f"{size}.exqp")
    for case, text in zip(cases, texts):
        states = pack.decide(text, NOW).rules
        engine = [int(state.rule.removeprefix("made/r")) for state in states if state.applies == Truth.TRUE]
        assert engine == applying(case), (size, engine, applying(case))

    native = pack._native
    prepared = []
    for text in texts:
        prepared.append(native.new_case())
        _engine.set_json(prepared[-1], _engine.Document(text.encode()))
    with native.bench() as bench:
        decision = bench.decision.pointer
    terms = native.terms(NOW, None, (), _engine.ServiceLevels())
    options, error = terms.options(), _abi.ErrorP()
    options_at, length, error_at = byref(options), sizeof(options), byref(error)
    pointers = [case.pointer for case in prepared]

    def one_call():
        decide = library.exq_decide_with
        for case in pointers:
            if decide(decision, case, options_at, length, error_at) != _abi.OK:
                raise SystemExit("a case was refused")

    lines = "\n".join(texts * (BATCH // len(texts))) + "\n"
    many = cases * (BATCH // len(cases))
    columns = {f"made.{fact}": number_column([case["made"][fact] for case in many]) for fact in FACTS}
    received = int(datetime.fromisoformat(cases[0]["order"]["received"]).timestamp()) * 1_000_000
    columns["order.received"] = exequatur.Column(numbers([received] * len(many)))
    few, of_batch = len(cases), len(many)
    ways = {
        "plain Python code, dict in, list of rules out": (few, lambda: list(map(applying, cases))),
        "Exequatur: prepared case, one ctypes call, whole decision": (few, one_call),
        "Exequatur: `pack.batch`, columns in, whole decisions": (of_batch, lambda: pack.batch(columns, NOW)),
        "Exequatur: `pack.batch`, columns in, array of all rows out": (of_batch, lambda: pack.batch(columns, NOW).rows),
        "plain Python code, JSON text in": (few, lambda: [applying(json.loads(text)) for text in texts]),
        "Exequatur: `pack.batch`, JSON lines in, array of all rows out": (of_batch, lambda: pack.batch(lines, NOW).rows),
        "Exequatur: `pack.decide`, JSON text in, all dataclasses out": (
            few,
            lambda: [pack.decide(text, NOW) for text in texts],
        ),
    }
    batch = pack.batch(columns, NOW)
    assert not batch.refused and bytes(batch.rows) == bytes(pack.batch(lines, NOW).rows), size
    turns = {name: [] for name in ways}
    start = time.perf_counter()
    while len(next(iter(turns.values()))) < TURNS or time.perf_counter() - start < PATIENCE:
        for way, (count, work) in ways.items():
            work()
            begun, done = time.perf_counter(), 0
            while not done or time.perf_counter() - begun < TURN:
                work()
                done += count
            turns[way].append((time.perf_counter() - begun) / done * 1e6)
    return turns


def numbers(values):
    """A buffer of whole numbers."""
    return array("q", values)


def number_column(values):
    """A column: truth values as 0 and 1, members by their number."""
    return exequatur.Column(numbers(int(value[1:]) if isinstance(value, str) else int(value) for value in values))


def figure(value):
    """Three digits that say something."""
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


print("| | " + " | ".join(f"{size} rules" for size in sizes) + " |\n|---|" + "---|" * len(sizes))
table = {}
for size in sizes:
    found = measure(size)
    first = next(iter(found.values()))
    for name, turns in found.items():
        ratio = statistics.median(own / plain_one for own, plain_one in zip(turns, first))
        cell = f"{figure(statistics.median(turns))} ({figure(min(turns))}) ×{figure(ratio)}"
        table.setdefault(name, []).append(cell)
for name, cells in table.items():
    print(f"| {name} | " + " | ".join(cells) + " |")
