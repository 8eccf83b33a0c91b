"""The converter of the copyright backtest: one line of cases for each line of facts, and the odd ones named.

The odd sample has a date after the day of the question, an id that comes twice, a day that no calendar has, and lines
that are no rows; the facts are the committed ones, of which none is odd.
"""

from __future__ import annotations

import json
import subprocess
import sys

from .support import TREE, Test

FOLDER = TREE / "examples" / "python" / "dmca_backtest"


class Backtest(Test):
    def convert(self, name: str) -> "subprocess.CompletedProcess[str]":
        call = [sys.executable, str(FOLDER / "convert.py"), str(FOLDER / name)]
        return subprocess.run(call, capture_output=True, check=False, encoding="utf-8")

    def test_odd_lines_are_named_and_passed_on(self) -> None:
        done = self.convert("odd.jsonl")
        self.assertEqual(done.returncode, 1)
        self.assertEqual(done.stdout, (FOLDER / "expected" / "odd.jsonl").read_text("utf-8"))
        self.assertEqual(done.stderr, (FOLDER / "expected" / "odd.txt").read_text("utf-8"))

    def test_each_row_of_the_facts_is_a_case(self) -> None:
        done = self.convert("facts.jsonl")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        rows = [json.loads(line) for line in (FOLDER / "facts.jsonl").read_text("utf-8").splitlines()]
        cases = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([row["blob"] for row in rows], [case["id"] for case in cases])
        for row, case in zip(rows, cases):
            # A column that is absent from the facts has no fact in the case.
            said = case["case"].get("dmca", {})
            self.assertEqual("signature_given" in row, bool({"signed", "counter_signed"} & said.keys()))
            located = bool({"material_located", "counter_material_located"} & said.keys())
            self.assertEqual(row.get("located_urls", 0) > 0, located)

    def test_what_is_no_file_is_a_wrong_call(self) -> None:
        done = self.convert("absent.jsonl")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
