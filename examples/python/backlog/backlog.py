"""A backlog of cases in a CSV file → who must do what, earliest first, and what to ask; as a CSV file and as text.

    python3 backlog.py RULES.exqp cases.csv --at 2026-11-20T11:00:00+01:00 --out report

Each column of the cases is a fact or an event of the rules, by its name; the column `id` says which case it is. An empty
cell says nothing, `?` says that it is unknown. A boolean is `yes` or `no`, an event is its instant or `no` (it has not
happened), a set is its members with `;` between (`-` is the empty set), an amount is `250000.00 EUR`.

Invariant: every row of the file is in the report, as decided or as refused with its reason; no row is skipped, and a row
that cannot be read is never taken for one without duties. Exit status: 0, 1 if a row was refused, 2 if the call was
wrong (no report is written then).
"""

import argparse
import csv
import re
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

from exequatur import ExequaturError, Fact, FactType, Pack, parse_instant
from report import Decided, Refused, Row, write_report

YES_NO = {"yes": True, "no": False}
AMOUNT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?) ([A-Z]{3})")
WHOLE = re.compile(r"-?[0-9]{1,30}")
ID = "id"


class WrongCall(Exception):
    """The file or the call means nothing."""


def value(fact: Optional[Fact], cell: str) -> Any:
    """What a cell says of a fact, or of an event if there is none. What is not understood is passed on as it is: the
    engine refuses it, and says what it expected."""
    if cell == "?":
        return None
    if fact is None:
        return False if cell == "no" else cell
    if fact.type == FactType.BOOL:
        return YES_NO.get(cell, cell)
    if fact.type == FactType.SET:
        return [] if cell == "-" else [member.strip() for member in cell.split(";")]
    if fact.type == FactType.INT and WHOLE.fullmatch(cell):
        return int(cell)
    amount = AMOUNT.fullmatch(cell) if fact.type == FactType.MONEY else None
    return {"amount": amount[1], "currency": amount[2]} if amount else cell


def checked_columns(pack: Pack, columns: Sequence[str]) -> None:
    """Refuses a file whose columns the rules do not have: its rows would say less than they seem to."""
    if columns.count(ID) != 1:
        raise WrongCall(f"expected one column `{ID}`")
    case = pack.case()
    for column in columns:
        if column == ID:
            continue
        if columns.count(column) > 1:
            raise WrongCall(f"the column `{column}` stands twice")
        case.unset(column)  # an unknown name is refused here, with the nearest one


def decide(pack: Pack, columns: Sequence[str], cells: Sequence[str], now: datetime, adopt: Sequence[str]) -> Any:
    """The decision on one row."""
    case = pack.case()
    for column, cell in zip(columns, cells):
        if column != ID and cell.strip():
            case.set(column, value(pack.facts.get(column), cell.strip()))
    return pack.decide(case, now, adopt=adopt)


def judged(pack: Pack, path: Path, now: datetime, adopt: Sequence[str]) -> List[Row]:
    """Every row of the file, decided or refused."""
    rows: List[Row] = []
    seen: Dict[str, int] = {}
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, strict=True)
        columns = [name.strip() for name in next(reader, [])]
        checked_columns(pack, columns)
        for cells in reader:
            line = reader.line_num
            if not cells:
                continue  # an empty line is no row
            found = cells[columns.index(ID)].strip() if len(cells) > columns.index(ID) else ""
            reason = None
            if len(cells) != len(columns):
                reason = f"{len(cells)} cells for {len(columns)} columns"
            elif not found:
                reason = f"no `{ID}`"
            elif found in seen:
                reason = f"the case stands in line {seen[found]} already"
            if reason is None:
                seen[found] = line
                try:
                    rows.append(Decided(line, found, decide(pack, columns, cells, now, adopt)))
                    continue
                except ExequaturError as error:
                    reason = str(error)
            rows.append(Refused(line, found, reason))
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description="judge a backlog of cases")
    parser.add_argument("pack", type=Path, help="the rules, a pack that `exq build` wrote")
    parser.add_argument("cases", type=Path, help="the cases, a CSV file")
    parser.add_argument("--at", required=True, help="the instant, such as 2026-11-20T11:00:00+01:00")
    parser.add_argument("--adopt", action="append", default=[], metavar="PACK", help="an announced pack that decides here")
    parser.add_argument("--out", type=Path, required=True, help="the folder for the report")
    call = parser.parse_args()
    try:
        now = parse_instant(call.at)
        pack = Pack.load(call.pack)
        pack.decide({}, now, adopt=call.adopt)  # an instant or pack that is refused is refused once, not in every row
        rows = judged(pack, call.cases, now, call.adopt)
        write_report(call.out, pack, rows, now)
    except (ExequaturError, WrongCall, OSError, UnicodeDecodeError, csv.Error) as error:
        print(f"backlog: {error}", file=sys.stderr)
        return 2
    refused = sum(isinstance(row, Refused) for row in rows)
    print(f"{len(rows)} cases, {len(rows) - refused} decided, {refused} refused: see {call.out / 'report.txt'}")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
