"""What the tests of the package stand on: the shipped rules as a pack, a small pack of their own, the tree, instants.

Invariant: no test depends on another, and none writes into the tree.
"""

from __future__ import annotations

import os
import sys
import unittest
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path
from typing import Any

from exequatur import Pack

TREE = Path(__file__).resolve().parents[2]
PACKAGE = TREE / "python"
NOW = datetime(2026, 9, 4, 16, 0, tzinfo=timezone.utc)
RECEIVED = datetime(2026, 9, 4, 13, 20, tzinfo=timezone.utc)

# Every kind of thing that a decision can say, in few words.
RULES = """
pack sample
  title en "Sample" fr "Exemple"
  source "a test"
  status policy  counting elapsed  zone "UTC"
  in force from 2020-01-01
enum Issuer { judge en "judge" fr "juge", police, private_person }
enum Country territory { DE, FR, IT }
fact order.issuer : Issuer            ask en "Who asks?" fr "Qui demande ?"
fact order.authenticated : bool       ask en "Is it authentic?" fr "Est-elle authentique ?"
fact order.error : bool presumed false
fact order.scope : set of Country
fact order.pages : int 0..=100
fact order.deadline : instant
fact provider.turnover : money
event order.received
event content.removed
event identity.disclosed
define route when order.authenticated and order.issuer is judge

norm disclose : provider disclose user
  title en "Disclose the user" fr "Communiquer l'identité"
  done at identity.disclosed
  by default must not
  protected by route
norm takedown : provider remove content
  title en "Remove the content" fr "Retirer le contenu"
  done at content.removed
norm penalty : authority sanction provider

rule identify
  cites "art. 1" verified
  when route
  then disclose must within 8 hours of order.received
end
rule removal
  title en "Removal" fr "Retrait"
  cites en "art. 2" fr "art. 2" secondary
  when order.authenticated
  then takedown must within 1 hour of order.received across order.scope
  alternative within 2 hours of order.received because en "a rival reading" fr "une autre lecture"
  reason en "because" fr "parce que"
end
rule mistake exception to removal
  cites "art. 3" recalled
  when order.error
  then takedown lifted
end
rule fine
  cites "art. 4" verified
  when missed removal
  then penalty may up to 4% of provider.turnover per day
  untranslated en "the rest of it" fr "le reste"
end
"""

PLAN = """
pack plan
  status announced  counting elapsed  zone "UTC"
use sample
rule soon
  cites "speech" verified
  when order.authenticated
  then takedown must within 10 minutes of order.received
end
"""


@lru_cache(maxsize=None)
def sample() -> Pack:
    """A small pack; all tests share it, as the threads of a host do."""
    return Pack.compile({"sample.exq": RULES, "plan.exq": PLAN})


COUNTED = """
pack counted
  status policy  counting eu_1182_71  calendar home
calendar home {
  zone "UTC"
  weekend saturday, sunday
  covers 2026..2026
  holiday 2026-09-14 en "Day of the court" fr "Jour du tribunal"
}
event order.received
event order.answered
norm answer : provider answer order  done at order.answered
norm inform : provider inform user   done at order.answered
rule all
  then answer must within 8 days of order.received
   and inform must without undue delay from order.received
end
"""


@lru_cache(maxsize=None)
def counted() -> Pack:
    """A pack with a due that is counted by days, and one that the law leaves open."""
    return Pack.compile({"counted.exq": COUNTED})


@lru_cache(maxsize=None)
def shipped() -> Pack:
    """The shipped rules."""
    path = os.environ.get("EXEQUATUR_TEST_PACK")
    if not path:
        raise AssertionError("`EXEQUATUR_TEST_PACK` must name the shipped rules as a pack: `exq build rules -o FILE`")
    return Pack.load(path)


def case(**more: Any) -> Any:
    """A judge's authentic order; `more` replaces or adds to its `order`."""
    order = {"issuer": "judge", "authenticated": True, "scope": ["FR", "DE"], "received": RECEIVED}
    order.update(more)
    return {"order": order}


def environment(**more: str) -> Any:
    """The environment of a program that finds this package and its library; it writes nothing into the tree."""
    return {**os.environ, "PYTHONPATH": str(PACKAGE), "PYTHONDONTWRITEBYTECODE": "1", **more}


STRICT = [sys.executable, "-W", "error"]


class Test(unittest.TestCase):
    """A test that shows whole differences."""

    maxDiff = None
