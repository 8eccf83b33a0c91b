"""Facts of published copyright notices, one JSON object a line → cases for `us.dmca_512`, one JSON object a line.

    python3 convert.py facts.jsonl > cases.jsonl
    exq eval rules/core rules/calendars/us_federal.exq rules/us/dmca_512.exq --batch cases.jsonl --at 2026-08-22T00:00:00Z

A line of the cases is `{"id": BLOB, "case": {…}}`, and stands for the line of the facts with the same number. What a row
does not say is no fact of its case, and so unknown to the engine; no default is put in its place. What is taken as given
of the whole file, and why noon stands for the hour, is said in the README beside this program.

Invariant: there are as many lines of cases as of facts. A line that is no row is passed on as it is, for the engine to
refuse it by its number; a day that no calendar has or that lies after the question, and an `id` that came before, are passed
on too. All of them are named on standard error. Exit status: 0, 1 if a line was named, 2 if the call was wrong.
"""

import argparse
import json
import sys
from datetime import date
from typing import Any, Dict, Iterable, List, Optional, Set, TextIO

# The day on which the notices were read: the question cannot be asked of what came later.
READ_ON = "2026-08-21"
# What is true of the whole file: the notices went to a host in the United States.
HOST: Dict[str, Any] = {"under_us_law": True, "role": ["hosting"]}
KINDS = {
    "notice": "dmca_notice",
    "counter_notice": "dmca_counter_notice",
    "retraction": "dmca_retraction",
}
# Column of the facts → fact of `us.dmca_512`, where the one is the other.
NOTICE = {
    "signature_given": "signed",
    "work_described": "work_identified",
    "contact_given": "contact_given",
    "stmt_good_faith": "good_faith_stated",
    "stmt_perjury": "accuracy_stated",
}
COUNTER = {
    "signature_given": "counter_signed",
    "contact_given": "counter_contact_given",
    "consent_to_jurisdiction": "counter_jurisdiction",
}


class NoRow(Exception):
    """The line is not a row of the facts."""


def noon(day: str) -> str:
    """The instant that stands for a day whose hour nobody noted: noon UTC is the same day in New York."""
    return f"{day}T12:00:00Z"


def elements(row: Dict[str, Any], columns: Dict[str, str], located: str) -> Dict[str, Any]:
    """The elements of which the row says something. A URL that was found locates the material; that none was found says
    nothing, for it may have been redacted, or written in a way that the reader did not know."""
    said = {fact: row[column] for column, fact in columns.items() if column in row}
    if row.get("located_urls", 0) > 0:
        said[located] = True
    return said


def case(row: Dict[str, Any]) -> Dict[str, Any]:
    """What a row says, in the words of the rules."""
    instrument, received = row["instrument"], noon(row["date"])
    told: Dict[str, Any] = {"provider": HOST}
    if instrument in KINDS:
        told["order"] = {"kind": KINDS[instrument]}
    if instrument == "notice":
        told["content"] = {"reported": received}
        told["dmca"] = elements(row, NOTICE, "material_located")
    elif instrument == "counter_notice":
        dmca = elements(row, COUNTER, "counter_material_located")
        # Two statements in the facts are one element in the law: a mistake, in good faith, under penalty of perjury.
        if "stmt_good_faith" in row and "stmt_perjury" in row:
            dmca["counter_mistake_sworn"] = row["stmt_good_faith"] and row["stmt_perjury"]
        told["dmca"] = {"counter_received": received, **dmca}
        # Nobody noted whether the material came back; left out, it would be taken not to have, and the host to be late.
        told["content"] = {"reinstated": None}
    elif instrument == "retraction":
        told["dmca"] = {"notice_retracted": received}
    elif instrument == "reversal":
        told["content"] = {"reinstated": received}
    else:
        raise NoRow(f"unknown instrument `{instrument}`")
    return told


def read(line: str) -> Dict[str, Any]:
    """A row: an object with an id, an instrument and a day that the calendar has."""
    try:
        row = json.loads(line)
    except ValueError:
        raise NoRow("expected JSON") from None
    if not isinstance(row, dict):
        raise NoRow("expected an object")
    for column in ("blob", "instrument", "date"):
        if not isinstance(row.get(column), str):
            raise NoRow(f"expected a string in `{column}`")
    if not isinstance(row.get("located_urls", 0), int):
        raise NoRow("expected a number in `located_urls`")
    return row


def oddity(row: Dict[str, Any], until: str, seen: Set[str]) -> Optional[str]:
    """What is wrong with a row that can be told all the same."""
    try:
        date.fromisoformat(row["date"])
    except ValueError:
        return f"`{row['date']}` is no date"
    if row["date"] > until:
        return f"dated {row['date']}, after {until}"
    if row["blob"] in seen:
        return f"`{row['blob']}` came before"
    return None


def convert(lines: Iterable[str], until: str, out: TextIO, err: TextIO) -> int:
    """Writes a case for each line, and gives the number of lines that it named."""
    seen: Set[str] = set()
    named = 0
    for number, line in enumerate(lines, 1):
        try:
            row = read(line)
            told = json.dumps({"id": row["blob"], "case": case(row)}, separators=(",", ":"))
            odd = oddity(row, until, seen)
            seen.add(row["blob"])
        except NoRow as problem:
            told, odd = line.rstrip("\n"), str(problem)
        out.write(told + "\n")
        if odd is not None:
            named += 1
            err.write(f"convert: line {number}: {odd}\n")
    return named


def main(arguments: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(prog="convert.py", description="facts of copyright notices → cases for us.dmca_512")
    parser.add_argument("facts", help="JSON Lines, as facts.jsonl")
    parser.add_argument("--until", default=READ_ON, metavar="DAY", help="the day of the question (default: %(default)s)")
    call = parser.parse_args(arguments)
    try:
        date.fromisoformat(call.until)
        with open(call.facts, encoding="utf-8") as facts:
            return 1 if convert(facts, call.until, sys.stdout, sys.stderr) else 0
    except (OSError, ValueError) as problem:
        sys.stderr.write(f"convert: {problem}\n")
        return 2


if __name__ == "__main__":
    sys.exit(main())
