"""Decided and refused rows → the report: duties, cases and receipts as CSV, and a text that a person reads first.

Invariant: every duty of every decision is in `duties.csv` and in the text, once, under one heading; every row is in
`cases.csv`. A file is replaced whole or not at all.
"""

import csv
import io
import os
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Dict, Iterable, List, Optional, Tuple, Union

from exequatur import Decision, Duty, Moment, MomentKind, Pack, State, Status


@dataclass(frozen=True)
class Decided:
    """A row that was decided."""

    line: int
    id: str
    decision: Decision


@dataclass(frozen=True)
class Refused:
    """A row that was refused, and why."""

    line: int
    id: str
    reason: str


Row = Union[Decided, Refused]

# Where a duty stands in the text, most pressing first. What depends on missing facts comes before what merely runs.
BREACHED = "Breached"
DUE = "Due"
OPEN = "Due without undue delay"
PERHAPS = "Perhaps due: facts are missing"
STANDING = "Standing, without a date"
WAITING = "Not yet"
WITHHELD = "Withheld: must not be done"
DONE = "Done, or over"
HEADINGS = (BREACHED, DUE, OPEN, PERHAPS, STANDING, WAITING, WITHHELD, DONE)


def heading(duty: Duty) -> str:
    """The one heading under which a duty stands."""
    if duty.state == State.WITHHELD:
        return WITHHELD
    if duty.state == State.UNDETERMINED or not duty.certain or duty.status == Status.UNKNOWN:
        return PERHAPS
    if duty.status == Status.BREACHED:
        return BREACHED
    if duty.status == Status.OPEN:
        return OPEN
    if duty.status in (Status.WAITING, Status.EARLY):
        return WAITING
    if duty.status in (Status.MET, Status.MET_LATE, Status.LAPSED):
        return DONE
    return DUE if duty.due is not None and duty.due.kind == MomentKind.AT else STANDING


def due_instant(duty: Duty) -> Optional[datetime]:
    """The due; where it is unknown, the earliest that is known."""
    if duty.due is not None and duty.due.at is not None:
        return duty.due.at
    return duty.provisional_due


def sorted_duties(rows: Iterable[Row]) -> List[Tuple[Decided, Duty]]:
    """All duties, the earliest due first; those without a date last, in the order of the file."""
    found = [(row, duty) for row in rows if isinstance(row, Decided) for duty in row.decision.duties]
    dated = [each for each in found if due_instant(each[1]) is not None]
    dated.sort(key=lambda each: due_instant(each[1]) or datetime.max)
    return dated + [each for each in found if due_instant(each[1]) is None]


def title(pack: Pack, norm: str) -> str:
    text = pack.norms[norm].title
    label = pack.norms[norm].label
    named = text.en if text else norm
    return f"{named}: {label.en}" if label else named


def basis(pack: Pack, duty: Duty) -> str:
    """The articles behind a duty."""
    versions = pack.rules[duty.rule].versions
    cited = [version.citations for version in versions if version.in_force_from == duty.version]
    return "; ".join(dict.fromkeys(citation.article.en for citations in cited for citation in citations))


def where(duty: Duty) -> str:
    return "everywhere" if duty.places is None else " ".join(sorted(duty.places))


def shown(moment: Optional[Moment]) -> str:
    return "" if moment is None else str(moment)


def duties_csv(pack: Pack, rows: Iterable[Row]) -> str:
    head = ["id", "heading", "norm", "title", "outcome", "state", "status", "due", "exclusive", "not_before"]
    lines: List[List[str]] = [[*head, "where", "rule", "basis"]]
    for row, duty in sorted_duties(rows):
        words = [str(duty.outcome), str(duty.state), str(duty.status)]
        due = shown(duty.due) or (duty.provisional_due.isoformat() if duty.provisional_due else "")
        exclusive = "yes" if duty.exclusive else "no"
        when = [due, exclusive, shown(duty.not_before)]
        what = [row.id, heading(duty), duty.norm, title(pack, duty.norm)]
        lines.append([*what, *words, *when, where(duty), duty.rule, basis(pack, duty)])
    return as_csv(lines)


def cases_csv(rows: Iterable[Row]) -> str:
    lines = [["line", "id", "result", "duties", "missing", "needs_human", "ask_again", "reason"]]
    for row in rows:
        if isinstance(row, Refused):
            lines.append([str(row.line), row.id, "refused", "", "", "", "", row.reason])
            continue
        decision = row.decision
        again = decision.next_change_at.isoformat() if decision.next_change_at else ""
        counts = [str(len(decision.duties)), str(len(decision.missing))]
        human = "yes" if decision.needs_human else "no"
        lines.append([str(row.line), row.id, "decided", *counts, human, again, ""])
    return as_csv(lines)


def receipts_csv(rows: Iterable[Row]) -> str:
    """What each decision was made from: with it, the answer can be had again years later."""
    lines = [["id", "now", "engine", "pack", "case", "decision"]]
    for row in rows:
        if isinstance(row, Decided):
            receipt = row.decision.receipt
            now = receipt.now.isoformat()
            lines.append([row.id, now, receipt.engine, receipt.pack, receipt.case, receipt.decision])
    return as_csv(lines)


def as_csv(lines: Iterable[Iterable[str]]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(lines)
    return buffer.getvalue()


def report_text(pack: Pack, rows: List[Row], now: datetime) -> str:
    decided = [row for row in rows if isinstance(row, Decided)]
    refused = [row for row in rows if isinstance(row, Refused)]
    out = [f"Backlog as of {now.isoformat()}: {len(rows)} cases, {len(decided)} decided, {len(refused)} refused"]
    changes = [(row.decision.next_change_at, row.id) for row in decided if row.decision.next_change_at]
    if changes:
        at, first = min(changes)
        out.append(f"Ask again no later than {at.isoformat()} (case {first})")
    out += duties_text(pack, rows) + missing_text(decided) + disclosure_text(pack, decided)
    people = [row.id for row in decided if row.decision.needs_human]
    if people:
        out += section("A person must look at", [", ".join(people)])
    if refused:
        out += section("Refused rows", [f"line {row.line}, case {row.id or '?'}: {row.reason}" for row in refused])
    return "\n".join(out) + "\n"


def section(name: str, lines: Iterable[str]) -> List[str]:
    return ["", name.upper(), *(f"  {line}" for line in lines)]


def duties_text(pack: Pack, rows: Iterable[Row]) -> List[str]:
    groups: Dict[str, List[str]] = defaultdict(list)
    for row, duty in sorted_duties(rows):
        at = due_instant(duty)
        when = at.isoformat() if at is not None else "no date"
        less = "before " if duty.exclusive and at is not None else ""
        place = "" if duty.places is None else f" in {where(duty)}"
        groups[heading(duty)].append(f"{less}{when}  {row.id}: {title(pack, duty.norm)}{place} [{duty.status}]")
        groups[heading(duty)].append(f"    {duty.rule}: {basis(pack, duty)}")
    return [line for name in HEADINGS if name in groups for line in section(name, groups[name])]


def missing_text(decided: Iterable[Decided]) -> List[str]:
    """What to ask, the question that most cases wait for first."""
    asked: Dict[Tuple[str, str], List[str]] = defaultdict(list)
    for row in decided:
        for missing in row.decision.missing:
            question = missing.question.en if missing.question else "(no question was written)"
            asked[question, missing.name].append(row.id)
    order = sorted(asked.items(), key=lambda each: (-len(each[1]), each[0][1]))
    lines = [f"{question} [{name}]: {', '.join(ids)}" for (question, name), ids in order]
    return section("To ask", lines) if lines else []


def disclosure_text(pack: Pack, decided: Iterable[Decided]) -> List[str]:
    """Which protected doors are open, and for which case: on a clear yes only."""
    protected = [name for name, norm in pack.norms.items() if norm.protected]
    open_doors = [
        f"{row.id}: {title(pack, name)} [{name}]"
        for row in decided
        for name in protected
        if row.decision.allows(name)
    ]
    return section("Protected, and allowed now", open_doors or ["nothing, for nobody"])


def write_report(folder: Path, pack: Pack, rows: List[Row], now: datetime) -> None:
    """Writes the four files of the report."""
    files = {
        "duties.csv": duties_csv(pack, rows),
        "cases.csv": cases_csv(rows),
        "receipts.csv": receipts_csv(rows),
        "report.txt": report_text(pack, rows, now),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        fresh = folder / f".{name}.{os.getpid()}"
        with open(fresh, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(fresh, folder / name)
