#!/usr/bin/env python3
"""Dues by another hand: each regime counted day by day and hour by hour as its text reads, to hold `exq due` against.

Nothing here is shared with the engine: holidays come from the `holidays` library, clocks from Python's zone data, and a
period is walked, never computed. Where a text leaves a choice, the choice of `docs/LANGUAGE.md`, "Readings", is named.

    pip install holidays==0.109
    python3 tests/oracle/limits.py --write tests/oracle/limits.csv     # the committed vectors
    python3 tests/oracle/limits.py --check 100000 --exq target/release/exq
"""

import argparse
import csv
import datetime as dt
import functools
import itertools
import json
import random
import subprocess
import sys
import zoneinfo

import holidays

LIBRARY = "0.109"
COVERED = range(2010, 2036)
UTC = dt.timezone.utc
DAY = dt.timedelta(days=1)
HOUR = dt.timedelta(hours=1)
TICK = dt.timedelta(microseconds=1)

CALENDARS = {
    "fr": ({"country": "FR"}, "Europe/Paris"),
    "fr_alsace_moselle": ({"country": "FR", "subdiv": "57"}, "Europe/Paris"),
    "be": ({"country": "BE"}, "Europe/Brussels"),
    "de": ({"country": "DE"}, "Europe/Berlin"),
    "us_federal": ({"country": "US"}, "America/New_York"),
}

# Zones in which clocks do unusual things: changes at midnight, of half an hour, a day that does not exist, odd offsets.
ODD_ZONES = ["Australia/Lord_Howe", "America/Sao_Paulo", "Pacific/Apia", "Asia/Kolkata", "Asia/Kathmandu",
             "Atlantic/Azores", "America/St_Johns", "Asia/Beirut", "UTC"]


class Undetermined(Exception):
    """The holidays of a year that the count has to know are not known."""


class Undefined(Exception):
    """The text does not say how such a period runs."""


@functools.cache
def public_holidays(calendar):
    arguments = dict(CALENDARS[calendar][0])
    return frozenset(holidays.country_holidays(arguments.pop("country"), years=COVERED, **arguments))


def is_working(calendar, day):
    if day.year not in COVERED:
        raise Undetermined(day)
    saturday, sunday = 5, 6
    return day.weekday() not in (saturday, sunday) and day not in public_holidays(calendar)


# ------------------------------------------------------------------------------------------------ clocks


@functools.cache
def zone_of(name):
    return zoneinfo.ZoneInfo(name)


def wall(instant, zone):
    """What the clock on the wall shows."""
    return instant.astimezone(zone_of(zone)).replace(tzinfo=None)


@functools.cache
def start_of_day(day, zone):
    """The first instant at which the clock shows this day's midnight; if it never does, the first at which it is past."""
    midnight = dt.datetime.combine(day, dt.time())
    instant = midnight.replace(tzinfo=UTC) - 16 * HOUR
    first_past = None
    for _ in range(32 * 4 + 1):
        shown = wall(instant, zone)
        if shown == midnight:
            return instant
        if shown > midnight and first_past is None:
            first_past = instant
        instant += dt.timedelta(minutes=15)
    return first_past


def end_of_day(day, zone):
    return start_of_day(day + DAY, zone)


def at_wall(shown, zone):
    """The first instant at which the clock shows this; a time that is skipped is moved on by what is skipped."""
    nominal = shown.replace(tzinfo=UTC)
    quarters = range(16 * 4, -16 * 4 - 1, -1)
    for quarter in quarters:
        instant = nominal - quarter * dt.timedelta(minutes=15)
        if wall(instant, zone) == shown:
            return instant
    before = nominal - 26 * HOUR
    return nominal - (wall(before, zone).replace(tzinfo=UTC) - before)


# ------------------------------------------------------------------------------------------------ walking


def walk(event_day, n, step):
    day = event_day
    for _ in range(n):
        day += step
    return day


def same_weekday(event_day, weeks, step):
    day = event_day
    for _ in range(weeks):
        day += step
        while day.weekday() != event_day.weekday():
            day += step
    return day


def same_number(event_day, months, step):
    """Into the last month, and there to the day with the same number, or to the last day of the month."""
    day = event_day
    for _ in range(months):
        month = day.month
        while day.month == month:
            day += step
    month = day.month
    in_month = [day]
    for direction in (DAY, -DAY):
        near = day + direction
        while near.month == month:
            in_month.append(near)
            near += direction
    numbers = {near.day: near for near in in_month}
    return numbers.get(event_day.day, max(in_month))


def nth_working(event_day, n, step, calendar):
    day = event_day
    while n > 0:
        day += step
        if is_working(calendar, day):
            n -= 1
    return day


def on_a_working_day(day, step, calendar):
    while not is_working(calendar, day):
        day += step
    return day


def last_day(event_day, n, unit, step, calendar):
    if unit == "days":
        return walk(event_day, n, step)
    if unit == "weeks":
        return same_weekday(event_day, n, step)
    if unit == "months":
        return same_number(event_day, n, step)
    if unit == "years":
        return same_number(event_day, 12 * n, step)
    return nth_working(event_day, n, step, calendar)


# ------------------------------------------------------------------------------------------------ the regimes


def elapsed(q, event, step):
    if q["unit"] in ("minutes", "hours"):
        length = HOUR if q["unit"] == "hours" else dt.timedelta(minutes=1)
        return event + q["n"] * length * (1 if step == DAY else -1)
    shown = wall(event, q["zone"])
    day = last_day(shown.date(), q["n"], q["unit"], step, q["calendar"])
    day = walk(day, q["days"], step)
    return at_wall(dt.datetime.combine(day, shown.time()), q["zone"])


def eu_1182_71(q, event, step):
    """Regulation (EEC, Euratom) No 1182/71, article 3."""
    forward = step == DAY
    if q["unit"] == "minutes" or q["days"]:
        raise Undefined
    if q["unit"] == "hours":
        # 3(1) subpara. 1: the hour during which the event occurs is not part of the period. A clock shows full hours;
        # the period has the hours between them, 3(2)(a), and an hour is an hour whatever the clock does (our reading).
        instant = event.replace(second=0, microsecond=0)
        minute = dt.timedelta(minutes=1)
        if forward:
            instant += minute
            while wall(instant, q["zone"]).minute != 0:
                instant += minute
        else:
            while wall(instant, q["zone"]).minute != 0:
                instant -= minute
        for _ in range(q["n"]):
            instant += HOUR if forward else -HOUR
        return instant
    event_day = wall(event, q["zone"]).date()
    # 3(1) subpara. 2: the day of the event is not part of the period.
    first = event_day + step
    last = last_day(event_day, q["n"], q["unit"], step, q["calendar"])
    if q["unit"] == "working days":
        return end_of_day(last, q["zone"])
    # 3(4), but not in periods that run backward.
    if forward and q["rollover"]:
        last = on_a_working_day(last, step, q["calendar"])
    # 3(5): a period of two days or more has at least two working days. Read from its end.
    if q["unit"] != "days" or q["n"] >= 2:
        working, day = 0, last
        while working < 2:
            working += is_working(q["calendar"], day)
            if day == first:
                break
            day -= step
        while working < 2:
            last += step
            working += is_working(q["calendar"], last)
    return end_of_day(last, q["zone"])


def fr_cpc(q, event, step):
    """Code de procédure civile, articles 640 to 642."""
    if q["unit"] in ("minutes", "hours") or step != DAY:
        raise Undefined
    event_day = wall(event, q["zone"]).date()
    # 641: the day does not count; months and years by their number, the months first and then the days.
    last = last_day(event_day, q["n"], q["unit"], step, q["calendar"])
    last = walk(last, q["days"], step)
    # 642: twenty-four o'clock of the last day; Saturday, Sunday and holidays lead to the next working day.
    if q["rollover"] and q["unit"] != "working days":
        last = on_a_working_day(last, step, q["calendar"])
    return end_of_day(last, q["zone"])


def us_frcp_6(q, event, step):
    """Federal Rules of Civil Procedure, rule 6(a)."""
    forward = step == DAY
    if q["unit"] == "minutes" or q["days"]:
        raise Undefined
    if q["unit"] == "hours":
        # 6(a)(2): begin at once, count every hour, and from a day of rest go to the same time of the next day.
        end = event
        for _ in range(q["n"]):
            end += HOUR if forward else -HOUR
        # An end at midnight is the end of the hour before it (our reading).
        day = wall(end - TICK if forward else end, q["zone"]).date()
        if not q["rollover"]:
            return end
        working = on_a_working_day(day, step, q["calendar"])
        if working == day:
            return end
        shown = wall(end, q["zone"])
        if shown.date() != day:
            return end_of_day(working, q["zone"])
        return at_wall(dt.datetime.combine(working, shown.time()), q["zone"])
    event_day = wall(event, q["zone"]).date()
    # 6(a)(1)(A), (B): without the day of the event, every day counts.
    last = last_day(event_day, q["n"], q["unit"], step, q["calendar"])
    # 6(a)(1)(C), 6(a)(5): and the next day goes the way of the count.
    if q["rollover"] and q["unit"] != "working days":
        last = on_a_working_day(last, step, q["calendar"])
    return end_of_day(last, q["zone"])


REGIMES = {"elapsed": elapsed, "eu_1182_71": eu_1182_71, "fr_cpc": fr_cpc, "us_frcp_6": us_frcp_6}


def answer(q):
    event = dt.datetime.fromisoformat(q["event"]).astimezone(UTC)
    step = -DAY if q["before"] else DAY
    try:
        due = REGIMES[q["counting"]](q, event, step)
    except Undetermined as missing:
        return f"undetermined {missing.args[0].isoformat()}"
    except Undefined:
        return "undefined"
    return due.astimezone(zone_of(q["zone"])).isoformat()


# ------------------------------------------------------------------------------------------------ questions


@functools.cache
def changes(zone):
    """The quarters of an hour at which the clock is moved."""
    found = []
    instant = dt.datetime(2010, 1, 1, tzinfo=UTC)
    while instant.year < 2036:
        later = instant + 6 * HOUR
        if instant.astimezone(zone_of(zone)).utcoffset() != later.astimezone(zone_of(zone)).utcoffset():
            found.append(instant)
        instant = later
    return found


def some_event(rng, calendar, zone):
    """An event, often where mistakes are made: at changes of the clock, holidays, ends of months and years, midnight."""
    kind = rng.random()
    if kind < 0.25 and changes(zone):
        instant = rng.choice(changes(zone)) + rng.uniform(-72, 72) * HOUR
    elif kind < 0.55:
        day = rng.choice(sorted(public_holidays(calendar))) - rng.randrange(0, 12) * DAY
        instant = dt.datetime.combine(day, dt.time(), UTC) + rng.uniform(0, 24) * HOUR
    elif kind < 0.70:
        year, month = rng.randrange(2010, 2036), rng.choice([1, 2, 3, 8, 12])
        instant = dt.datetime(year, month, 28, tzinfo=UTC) + rng.uniform(-24, 96) * HOUR
    elif kind < 0.74:
        instant = dt.datetime(rng.choice([2009, 2035]), 12, 20, tzinfo=UTC) + rng.uniform(0, 20) * DAY
    else:
        instant = dt.datetime(2010, 1, 1, tzinfo=UTC) + rng.uniform(0, 9400) * DAY
    local = instant.replace(microsecond=0).astimezone(zone_of(zone))
    exact = rng.random()
    if exact < 0.15:
        instant = local.astimezone(UTC).replace(second=0)
        instant -= dt.timedelta(minutes=wall(instant, zone).minute)
    elif exact < 0.25:
        instant = start_of_day(local.date(), zone)
    else:
        instant = local.astimezone(UTC)
    return instant.astimezone(zone_of(zone)).isoformat()


def some_question(rng, counting):
    calendar = rng.choice(list(CALENDARS))
    zone = CALENDARS[calendar][1] if rng.random() < 0.8 else rng.choice(ODD_ZONES)
    units = ["minutes", "hours", "hours", "days", "days", "days", "working days", "weeks", "months", "years"]
    unit = rng.choice(units)
    most = {"minutes": 3000, "hours": 200, "days": 40, "working days": 30, "weeks": 12, "months": 30, "years": 4}[unit]
    n = rng.choice([1, 2, 3]) if rng.random() < 0.4 else rng.randint(1, most)
    days = rng.randint(1, 20) if unit in ("months", "years") and rng.random() < 0.2 else 0
    return {
        "event": some_event(rng, calendar, zone), "n": n, "unit": unit, "days": days, "counting": counting,
        "calendar": calendar, "zone": zone, "rollover": rng.random() < 0.85, "before": rng.random() < 0.2,
    }


COLUMNS = ["counting", "calendar", "zone", "rollover", "before", "event", "n", "unit", "days", "due"]


def write(path, count):
    rng = random.Random(1182)
    with open(path, "w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        rows.writeheader()
        for _ in range(count):
            q = some_question(rng, rng.choice(list(REGIMES)))
            row = dict(q, due=answer(q))
            row["rollover"], row["before"] = str(q["rollover"]).lower(), str(q["before"]).lower()
            rows.writerow(row)


def theirs(line):
    said = json.loads(line)
    if "due" in said:
        return said["due"]
    error = said["error"]
    if error.startswith("undetermined"):
        return f"undetermined {error[-10:]}"
    return "undefined" if "does not say" in error else error


def asked_of(rng, counting, dues):
    """Questions with our answers, until so many have a due: what a text leaves undefined is asked beside them."""
    while dues > 0:
        q = some_question(rng, counting)
        ours = answer(q)
        dues -= ours[0] != "u"
        yield q, ours


def ask(exq, asked):
    """What `exq` says to each question."""
    lines = "".join(json.dumps(q) + "\n" for q, _ in asked)
    ran = subprocess.run([exq, "due", "--batch", "-", "--format", "json"], input=lines, capture_output=True,
                         encoding="utf-8", check=True)
    answers = ran.stdout.splitlines()
    if len(answers) != len(asked):
        sys.exit(f"{len(asked)} questions, {len(answers)} answers")
    return map(theirs, answers)


def check(count, exq, seed):
    rng = random.Random(seed)
    questions = (pair for counting in REGIMES for pair in asked_of(rng, counting, count))
    wrong = 0
    tally = {}
    # By portions: the answers to all of them, with their steps, are a gigabyte.
    while asked := list(itertools.islice(questions, 20_000)):
        for (q, ours), found in zip(asked, ask(exq, asked)):
            kind = (q["counting"], ours.split(" ")[0] if ours[0] == "u" else "due")
            tally[kind] = tally.get(kind, 0) + 1
            if ours != found:
                wrong += 1
                if wrong <= 10:
                    print(f"{json.dumps(q)}\n  oracle {ours}\n  exq    {found}")
    for (counting, kind), number in sorted(tally.items()):
        print(f"{counting:12} {kind:12} {number}")
    print(f"{sum(tally.values())} questions, {wrong} differ (seed {seed})")
    sys.exit(1 if wrong else 0)


def main():
    if holidays.__version__ != LIBRARY:
        sys.exit(f"holidays {LIBRARY} is needed, found {holidays.__version__}")
    parser = argparse.ArgumentParser(description="dues by another hand")
    parser.add_argument("--write", metavar="FILE", help="write vectors")
    parser.add_argument("--count", type=int, default=2000, help="how many to write")
    parser.add_argument("--check", type=int, metavar="N", help="ask `exq due --batch` for so many dues by each regime")
    parser.add_argument("--exq", default="target/release/exq", help="the built `exq`")
    parser.add_argument("--seed", type=int, default=642, help="of the questions")
    asked = parser.parse_args()
    if asked.write:
        write(asked.write, asked.count)
    if asked.check:
        check(asked.check, asked.exq, asked.seed)


if __name__ == "__main__":
    main()
