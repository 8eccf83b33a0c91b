"""The host of host.c in Python: the same facts by their types, the same lines."""

import sys
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import exequatur
import rules

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def at(micros: int) -> datetime:
    return EPOCH + timedelta(microseconds=micros)


def main() -> int:
    try:
        pack = rules.load(sys.argv[1])
    except exequatur.SchemaError as error:
        print(f"refused: {error}", file=sys.stderr)
        return 1
    order = rules.TypedCase(pack)
    order.set_order_issuer(rules.Authority.judge)
    order.set_order_authenticated(True)
    order.set_order_data({rules.Data.content, rules.Data.subscriber})
    order.set_order_pages(3)
    order.set_order_deadline(at(1772445600000000))
    order.set_provider_turnover(exequatur.Money(Decimal(1000000), "EUR"))
    order.set_provider_region({rules.Country.IN, rules.Country.FR})
    order.set_order_received(at(1772442000000000))
    order.set_content_removed(False)
    order.set_data_disclosed(None)
    order.unset(rules.Event.data_disclosed)
    now = at(1772443800000000)
    decision = pack.decide(order.case, now)
    takedown, disclose = rules.Norm.takedown, rules.Norm.disclose_of_content
    due = next(duty.due for duty in decision.duties if duty.norm == takedown)
    assert due is not None and due.at is not None and rules.Rule.house_removal in pack.rules
    print(
        f"takedown {decision.allows(takedown):d}, FR {decision.allows(takedown, rules.Country.FR.value):d}, "
        f"BE {decision.allows(takedown, rules.Country.BE.value):d}, due {(due.at - EPOCH) // timedelta(microseconds=1)}; "
        f"disclose {decision.allows(disclose):d}"
    )
    order.set_order_issuer(None)
    order.unset(rules.Fact.order_pages)
    print(f"issuer unknown: disclose {pack.decide(order.case, now).allows(disclose):d}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
