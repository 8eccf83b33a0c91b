/* Orders, events and the passing of time, to answers: all that changes what the docket holds of an order.
 *
 * Invariant: an order stands with its latest facts, the rules that judged them, and the instant of its next change, and
 * all three come from one answer. An order that new rules cannot take over goes on under its own: its duties run on.
 */
#include <string.h>

#include "docket.h"

int lived_to(docket *in, int64_t instant)
{
    query put = store_query(&in->store, "UPDATE present SET instant = max(instant, ?1) WHERE id = 1");
    bind_int(&put, 1, instant);
    return query_run(&put);
}

void clock_lived(docket *in, int64_t instant)
{
    in->lived = instant > in->lived ? instant : in->lived;
}

/* --- deciding an order */

void standing_free(standing *of)
{
    text_free(&of->id);
    text_free(&of->facts);
}

/* The last decision of `by` on these facts becomes the answer on this order. 0, or -1. */
static int settle(docket *in, rulebook *by, const text *id, const text *facts, int64_t now, const char *cause)
{
    int64_t answer = 0;
    int64_t next_change = 0;
    int changes = 0;
    if (answer_keep(in, by, id, facts, now, cause, &answer, &changes, &next_change) != 0
        || duties_keep(in, by, id, now, answer) != 0) {
        return -1;
    }
    query put = store_query(&in->store,
                            "INSERT INTO orders (id, facts, rules, instant, next_change) VALUES (?1, ?2, ?3, ?4, ?5)"
                            " ON CONFLICT (id) DO UPDATE SET facts = excluded.facts, rules = excluded.rules,"
                            " instant = excluded.instant, next_change = excluded.next_change");
    bind_text(&put, 1, id->bytes, id->length);
    bind_text(&put, 2, facts->bytes, facts->length);
    bind_int(&put, 3, by->row);
    bind_int(&put, 4, now);
    bind_maybe(&put, 5, changes, next_change);
    return query_run(&put);
}

int standing_of(docket *in, const text *id, standing *found)
{
    query get = store_query(&in->store, "SELECT id, facts, rules, instant FROM orders WHERE id = ?1");
    bind_text(&get, 1, id->bytes, id->length);
    int step = query_step(&get);
    if (step != 1) {
        return step;
    }
    int copied = row_text(&get, 0, &found->id) == 0 && row_text(&get, 1, &found->facts) == 0;
    found->rules = row_int(&get, 2);
    found->instant = row_int(&get, 3);
    query_end(&get);
    return copied ? 1 : -1;
}

/* Facts with what an event says laid over them. A `null` in the event is said, and stays: to the engine it means
 * "unknown", and to RFC 7396, by which SQLite merges, it would mean "take away", that is, "never happened". */
static int merged(docket *in, const text *facts, const text *event, text *into)
{
    query merge = store_query(&in->store,
                              "WITH RECURSIVE said (n, place) AS (SELECT row_number() OVER (ORDER BY id), fullkey"
                              " FROM json_tree(?2) WHERE type = 'null'),"
                              " laid (n, facts) AS (SELECT 0, json_patch(?1, ?2) UNION ALL"
                              " SELECT laid.n + 1, json_set(laid.facts, said.place, NULL) FROM laid"
                              " JOIN said ON said.n = laid.n + 1)"
                              " SELECT facts FROM laid ORDER BY n DESC LIMIT 1");
    bind_text(&merge, 1, facts->bytes, facts->length);
    bind_text(&merge, 2, event->bytes, event->length);
    int step = query_step(&merge);
    if (step != 1) {
        return step == 0 ? failed("event", "merged into nothing") : -1;
    }
    int copied = row_text(&merge, 0, into);
    query_end(&merge);
    return copied;
}

/* Judges an order with an event by one rulebook. The event is read alone first: a name twice in it would be lost in the
 * merge. 1, 0 if the rules refuse it, -1. */
static int judge_event(docket *in, rulebook *by, const standing *order, const text *event, int64_t now, text *facts,
                       text *why)
{
    int taken = rulebook_facts(by, event, why);
    if (taken != 1) {
        return taken;
    }
    return merged(in, &order->facts, event, facts) == 0 ? rulebook_judge(by, facts, now, why) : -1;
}

/* --- what lines bring */

int order_take(docket *in, const text *id, const text *facts, int64_t now, const char **became, text *why)
{
    standing known = {{NULL, 0}, {NULL, 0}, 0, 0};
    int found = standing_of(in, id, &known);
    if (found == 0) {
        int judged = rulebook_judge(in->current, facts, now, why);
        *became = "order";
        return judged == 1 && settle(in, in->current, id, facts, now, "order") != 0 ? -1 : judged;
    }
    if (found == 1) {
        /* A sender that heard no answer sends again. The first line of the order is what it was taken from. */
        query first = store_query(&in->store, "SELECT facts = ?2 FROM answers WHERE order_id = ?1 ORDER BY id LIMIT 1");
        bind_text(&first, 1, id->bytes, id->length);
        bind_text(&first, 2, facts->bytes, facts->length);
        found = query_step(&first) == 1 ? (int)row_int(&first, 0) : -1;
        query_end(&first);
        *became = "repeat";
        if (found == 0) {
            found = text_say(why, "there is another order of this id: new facts come as an event");
        }
    }
    standing_free(&known);
    return found;
}

int event_take(docket *in, const text *id, const text *event, int64_t now, const char **became, text *why)
{
    standing known = {{NULL, 0}, {NULL, 0}, 0, 0};
    text facts = {NULL, 0};
    *became = "event";
    int done = standing_of(in, id, &known);
    if (done == 0) {
        done = text_say(why, "an event of an order that did not come");
    } else if (done == 1 && now < known.instant) {
        done = failed(id->bytes, "the order was decided at a later instant");
    } else if (done == 1) {
        rulebook *by = in->current;
        done = judge_event(in, by, &known, event, now, &facts, why);
        if (done == 0 && known.rules != by->row) {
            /* An order that the present rules could not take over goes on under its own. */
            text first = *why;
            memset(why, 0, sizeof *why);
            done = rulebook_of(&in->rulebooks, &in->store, known.rules, &by);
            done = done == 0 ? judge_event(in, by, &known, event, now, &facts, why) : -1;
            text_free(&first);
        }
        if (done == 1 && settle(in, by, id, &facts, now, "event") != 0) {
            done = -1;
        }
    }
    text_free(&facts);
    standing_free(&known);
    return done;
}

/* --- time */

int change_next(docket *in, int64_t *at)
{
    query get = store_query(&in->store, "SELECT next_change FROM orders WHERE next_change IS NOT NULL"
                                        " ORDER BY next_change, id LIMIT 1");
    int step = query_step(&get);
    if (step == 1) {
        *at = row_int(&get, 0);
        query_end(&get);
    }
    return step;
}

/* An order that could be decided before and cannot be now: it is not watched any more, and a person is told so. */
static int undecided(docket *in, const standing *order, int64_t at, const text *why)
{
    query rest = store_query(&in->store, "UPDATE orders SET next_change = NULL WHERE id = ?1");
    bind_text(&rest, 1, order->id.bytes, order->id.length);
    notice told = {"undecided", &order->id, NULL, NULL, NULL, NULL, at, 0, at, 0};
    return query_run(&rest) == 0 ? outbox_put(in, &told, why->bytes) : -1;
}

static int change_inside(docket *in, int64_t at)
{
    query get = store_query(&in->store, "SELECT id, facts, rules FROM orders WHERE next_change = ?1 ORDER BY id LIMIT 1");
    bind_int(&get, 1, at);
    int step = query_step(&get);
    if (step != 1) {
        return step; /* another docket was faster */
    }
    standing order = {{NULL, 0}, {NULL, 0}, 0, 0};
    text why = {NULL, 0};
    rulebook *by = NULL;
    int done = row_text(&get, 0, &order.id) == 0 && row_text(&get, 1, &order.facts) == 0 ? 0 : -1;
    order.rules = row_int(&get, 2);
    query_end(&get);
    if (done == 0) {
        done = rulebook_of(&in->rulebooks, &in->store, order.rules, &by);
    }
    if (done == 0) {
        int judged = rulebook_judge(by, &order.facts, at, &why);
        done = judged == 1   ? settle(in, by, &order.id, &order.facts, at, "change")
               : judged == 0 ? undecided(in, &order, at, &why)
                             : -1;
    }
    standing_free(&order);
    text_free(&why);
    return done == 0 ? lived_to(in, at) : -1;
}

int change_take(docket *in, int64_t at)
{
    int done = store_begin(&in->store);
    if (done == 0) {
        done = change_inside(in, at) == 0 ? store_commit(&in->store) : -1;
    }
    if (done == 0) {
        clock_lived(in, at);
    }
    store_rollback(&in->store);
    return done;
}

/* Moves one order to the present rules. A refusal is told once, and the order stays under its own. */
static int move_one(docket *in, const standing *order, int64_t now)
{
    text why = {NULL, 0};
    int done = rulebook_judge(in->current, &order->facts, now, &why);
    if (done == 1) {
        done = settle(in, in->current, &order->id, &order->facts, now, "rules");
    } else if (done == 0) {
        notice told = {"rules", &order->id, NULL, NULL, NULL, NULL, 0, in->current->row, now, 0};
        done = outbox_put(in, &told, why.bytes);
    }
    text_free(&why);
    return done;
}

int rules_move(docket *in, int64_t now)
{
    text after = {NULL, 0};
    int done = text_append(&after, "", 0);
    int more = 1;
    while (done == 0 && more) {
        done = store_begin(&in->store);
        query get = store_query(&in->store, "SELECT id, facts, rules, instant FROM orders WHERE rules <> ?1 AND id > ?2"
                                            " ORDER BY id LIMIT 1");
        bind_int(&get, 1, in->current->row);
        bind_text(&get, 2, after.bytes, after.length);
        more = done == 0 ? query_step(&get) : -1;
        if (more == 1) {
            standing order = {{NULL, 0}, {NULL, 0}, 0, 0};
            done = row_text(&get, 0, &order.id) == 0 && row_text(&get, 1, &order.facts) == 0 ? 0 : -1;
            order.instant = row_int(&get, 3);
            query_end(&get);
            int64_t at = now > order.instant ? now : order.instant;
            done = done == 0 && move_one(in, &order, at) == 0 && lived_to(in, at) == 0 ? 0 : -1;
            if (done == 0) {
                done = text_copy(&after, order.id.bytes, order.id.length);
            }
            standing_free(&order);
        }
        done = done == 0 && more >= 0 ? store_commit(&in->store) : -1;
        store_rollback(&in->store);
    }
    text_free(&after);
    if (done == 0) {
        clock_lived(in, now);
    }
    return done;
}
