#!/usr/bin/env python3
"""Seeds for the fuzz targets, from the rules, the suite and the cases of the tree: `seeds.py FOLDER [EXQ]`.

A folder for each target, one file for each seed. Invariant: the same tree gives the same seeds, and none is committed. Why
a script: what stands in the tree is text, and a corpus of binary files would say nothing to its readers. `EXQ` is the
command that builds packs; without it the seeds of `pack_load` are left out.
"""

import random
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Longer inputs are slower, and say little that shorter ones do not.
TEXT_MAX = 6_000
RULES = ["core", "tco", "plan"]


def texts():
    """Rules of the suite and of the tree; a long file gives its declarations in pieces, each with the header."""
    for folder in ["tests/suite", "tests/conformance", "examples"]:
        for path in sorted((ROOT / folder).rglob("*.exq")):
            yield path.read_bytes()[:TEXT_MAX]
    for path in sorted((ROOT / "rules").rglob("*.exq")):
        text = path.read_text(encoding="utf-8")
        head, *items = text.split("\n\n")
        for at in range(0, len(items), 4):
            yield "\n\n".join([head, *items[at : at + 4]]).encode()[:TEXT_MAX]


def links():
    """Files of one link, divided by zeros."""
    rules = ROOT / "tests/suite/run/rules"
    yield b"\0".join((rules / f"{name}.exq").read_bytes() for name in RULES)
    for path in sorted((ROOT / "tests/suite/check").rglob("*")):
        if path.is_dir():
            files = sorted(path.glob("*.exq"))
            if len(files) > 1:
                yield b"\0".join(file.read_bytes() for file in files)[:TEXT_MAX]


def cases():
    """Cases, each behind the byte that tells the pack."""
    for path in sorted(ROOT.glob("tests/conformance/*/case.json")):
        for choice in (0, 1, 2):
            yield bytes([choice]) + path.read_bytes()[:TEXT_MAX]
    for path in sorted(ROOT.glob("examples/cases/*.json")):
        for choice in (0x40, 0x41):
            yield bytes([choice]) + path.read_bytes()[:TEXT_MAX]


def packs(exq):
    """Small packs, as they are."""
    rules = ROOT / "tests/suite/run/rules"
    links = [[rules / f"{name}.exq" for name in RULES], [rules / "readings.exq"], [rules / "prompt.exq"]]
    links += [[path] for path in sorted(ROOT.glob("tests/conformance/*/rules.exq"))]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "seed.exqp"
        for sources in links:
            made = subprocess.run([exq, "build", *map(str, sources), "-o", str(out)], capture_output=True)
            if made.returncode == 0:
                yield out.read_bytes()


def noise(count, length):
    """Bytes that say something to a body that reads structure out of them: the same in every run."""
    numbers = random.Random(7)
    for _ in range(count):
        yield numbers.randbytes(numbers.randrange(8, length))


def main():
    folder, *exq = sys.argv[1:]
    rules = list(texts())
    seeds = {
        "parse": rules,
        "print_round_trip": rules,
        "check_compile": [*links(), *(text for text in rules if len(text) < 3_000)],
        "pack_load": list(packs(exq[0])) if exq else [],
        "pack_resealed": list(noise(200, 160)),
        "case_json": list(cases()),
        "capi_calls": list(noise(400, 400)),
    }
    for target, inputs in seeds.items():
        into = Path(folder) / target
        into.mkdir(parents=True, exist_ok=True)
        for number, data in enumerate(inputs):
            (into / f"seed-{number:04}").write_bytes(data)
        print(f"{target}: {len(inputs)} seeds")


if __name__ == "__main__":
    main()
