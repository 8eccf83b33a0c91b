#!/usr/bin/env python3
"""The `holidays` library to the calendars of this folder: one `.exq` file for each place, 2010 to 2035.

A calendar lists every day that the law of the place calls a public holiday, weekends included, so that it can be read
against the law. What the library says is taken as it is; only the names are ours, in two languages. A name that is not
in the table below stops the script: a holiday that nobody here has seen must not slip in.

    pip install holidays==0.109
    python3 rules/calendars/generate.py            # writes the files
    python3 rules/calendars/generate.py --check    # fails if they would change

`eu.exq` is written by hand: the institutions publish their days year by year.
"""

import sys
from pathlib import Path

import holidays

VERSION = "0.109"
FIRST, LAST = 2010, 2035

NAMES = {
    "New Year's Day": ("New Year's Day", "Jour de l'an"),
    "Good Friday": ("Good Friday", "Vendredi saint"),
    "Easter Sunday": ("Easter Sunday", "Pâques"),
    "Easter Monday": ("Easter Monday", "Lundi de Pâques"),
    "Labor Day": ("Labour Day", "Fête du Travail"),
    "Victory Day": ("Victory Day", "Victoire 1945"),
    "Ascension Day": ("Ascension Day", "Ascension"),
    "Pentecost": ("Whit Sunday", "Pentecôte"),
    "Pentecost Monday": ("Whit Monday", "Lundi de Pentecôte"),
    "National Day": ("National Day", "Fête nationale"),
    "Assumption Day": ("Assumption", "Assomption"),
    "All Saints' Day": ("All Saints' Day", "Toussaint"),
    "Armistice Day": ("Armistice Day", "Armistice 1918"),
    "Christmas Day": ("Christmas Day", "Noël"),
    "Saint Stephen's Day": ("Saint Stephen's Day", "Saint-Étienne"),
    "German Unity Day": ("German Unity Day", "Jour de l'unité allemande"),
    "Reformation Day": ("Reformation Day", "Jour de la Réforme"),
    "Second Day of Christmas": ("Second Day of Christmas", "Lendemain de Noël"),
    "Martin Luther King Jr. Day": ("Birthday of Martin Luther King, Jr.", "Anniversaire de Martin Luther King"),
    "Washington's Birthday": ("Washington's Birthday", "Anniversaire de Washington"),
    "Memorial Day": ("Memorial Day", "Jour du Souvenir"),
    "Juneteenth National Independence Day": ("Juneteenth National Independence Day", "Juneteenth"),
    "Independence Day": ("Independence Day", "Jour de l'Indépendance"),
    "Columbus Day": ("Columbus Day", "Jour de Christophe Colomb"),
    "Veterans Day": ("Veterans Day", "Jour des anciens combattants"),
    "Thanksgiving Day": ("Thanksgiving Day", "Thanksgiving"),
}
OBSERVED = " (observed)"

# Name, what the library calls it, zone, title in two languages, and what the comment says of the law.
PLACES = [
    ("fr", {"country": "FR"}, "Europe/Paris", "France (metropole)", "France métropolitaine", """\
The eleven days of the labour code, art. L3133-1 (recalled, not read in the source). Without Alsace-Moselle
(`fr_alsace_moselle`) and without the overseas departments, which have a day more each."""),
    ("fr_alsace_moselle", {"country": "FR", "subdiv": "57"}, "Europe/Paris",
     "France (Alsace and Moselle)", "France (Alsace-Moselle)", """\
As `fr`, with Good Friday and 26 December: labour code, art. L3134-13 (recalled, not read in the source). By that
article Good Friday is a holiday only in communes with a Protestant temple or a mixed church: a person must look
where a due rests on that day."""),
    ("be", {"country": "BE"}, "Europe/Brussels", "Belgium", "Belgique", """\
The ten days of the royal decree of 18 April 1974, art. 1 (recalled, not read in the source), and two Sundays,
Easter and Whitsun, which the library lists too. Days of a community or region are left out."""),
    ("de", {"country": "DE"}, "Europe/Berlin", "Germany (nation-wide)", "Allemagne (jours nationaux)", """\
Only the days that all Länder have, and Reformation Day in 2017, when all had it once. Save 3 October (Einigungsvertrag,
art. 2(2)) they rest on the laws of the Länder, and each Land has more: where one must act in a Land, its days count as
well, and a calendar of that Land is needed."""),
    ("us_federal", {"country": "US"}, "America/New_York", "United States (federal)",
     "États-Unis (fédéral)", """\
The legal holidays of FRCP 6(a)(6)(A) and 5 U.S.C. 6103(a), on their day and on the day on which they are observed:
Friday for a Saturday (5 U.S.C. 6103(b)), Monday for a Sunday (Executive Order 11582). Juneteenth from 2021. Left out:
days on which the President closed the agencies (24 December of most years, days of mourning). Whether those are
holidays "declared by the President", FRCP 6(a)(6)(B), is for counsel; without them a due after an event is never too late.
Left out as well: holidays of states, FRCP 6(a)(6)(C)."""),
]


def text(name):
    """A name of the library (or several, of one day) in two languages."""
    english, french = [], []
    for part in name.split("; "):
        observed = part.endswith(OBSERVED)
        en, fr = NAMES[part.removesuffix(OBSERVED)]
        english.append(en + OBSERVED if observed else en)
        french.append(fr + " (jour observé)" if observed else fr)
    return f'en "{"; ".join(english)}" fr "{"; ".join(french)}"'


def days(arguments):
    arguments = dict(arguments)
    country = arguments.pop("country")
    years = range(FIRST, LAST + 1)
    return sorted(holidays.country_holidays(country, years=years, language="en_US", **arguments).items())


def source(name, arguments, zone, english, french, law):
    out = [f"# Public holidays of {english}, {FIRST} to {LAST}. Written by generate.py from holidays {VERSION}: do not edit.", "#"]
    out += [f"# {line}" for line in law.splitlines()]
    out += ["", f"pack calendars.{name}"]
    out += [f'  title en "Public holidays: {english}" fr "Jours fériés : {french}"', ""]
    out += [f"calendar {name} {{", f'  zone "{zone}"', "  weekend saturday, sunday", f"  covers {FIRST}..{LAST}"]
    out += [f"  holiday {day.isoformat()} {text(label)}" for day, label in days(arguments)]
    return "\n".join(out) + "\n}\n"


def main():
    if holidays.__version__ != VERSION:
        sys.exit(f"holidays {VERSION} is needed, found {holidays.__version__}")
    here = Path(__file__).parent
    stale = []
    for place in PLACES:
        path = here / f"{place[0]}.exq"
        written = source(*place)
        if "--check" in sys.argv[1:]:
            if not path.exists() or path.read_text(encoding="utf-8") != written:
                stale.append(path.name)
        else:
            path.write_text(written, encoding="utf-8")
    if stale:
        sys.exit(f"not what generate.py writes: {', '.join(stale)}")


if __name__ == "__main__":
    main()
