/* A decision to rows: the answer itself, the duties that it names, and what somebody must be told.
 *
 * Invariant: what is in the outbox stands there once, whatever is decided again: a breach is named by order, norm, rule,
 * territory and due. Why all duties of an answer are walked, and not only those that stand: one that has ended since may
 * have been breached before.
 */
#include <stdlib.h>
#include <string.h>

#include "docket.h"
#include "words.h"

static const text nothing = {"", 0};

static void bind_or_nothing(query *to, int at, const text *given)
{
    const text *bound = given == NULL || given->bytes == NULL ? &nothing : given;
    bind_text(to, at, bound->bytes, bound->length);
}

int outbox_put(docket *in, const notice *told, const char *what)
{
    query put = store_query(&in->store, "INSERT INTO outbox (kind, order_id, norm, rule, territory, due, source, number,"
                                        " instant, what, answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
                                        " ON CONFLICT DO NOTHING");
    bind_word(&put, 1, told->kind);
    bind_or_nothing(&put, 2, told->order);
    bind_or_nothing(&put, 3, told->norm);
    bind_or_nothing(&put, 4, told->rule);
    bind_or_nothing(&put, 5, told->territory);
    bind_int(&put, 6, told->due);
    bind_or_nothing(&put, 7, told->source);
    bind_int(&put, 8, told->number);
    bind_int(&put, 9, told->instant);
    bind_word(&put, 10, what);
    bind_maybe(&put, 11, told->answer != 0, told->answer);
    return query_run(&put);
}

int decision_write(rulebook *by, text *into)
{
    exq_error *error = NULL;
    size_t needed = 0;
    if (exq_decision_json(by->decision, EXQ_WITH_RECEIPT, NULL, 0, &needed, &error) != EXQ_OK) {
        return engine_failed(error);
    }
    text_free(into);
    into->bytes = malloc(needed);
    if (into->bytes == NULL) {
        return failed("decision", "out of memory");
    }
    if (exq_decision_json(by->decision, EXQ_WITH_RECEIPT, into->bytes, needed, &needed, &error) != EXQ_OK) {
        return engine_failed(error);
    }
    into->length = needed - 1;
    return 0;
}

int answer_keep(docket *in, rulebook *by, const text *order, const text *facts, int64_t now, const char *cause,
                int64_t *answer, int *changes, int64_t *next_change)
{
    exq_error *error = NULL;
    exq_receipt receipt;
    exq_moment next;
    int32_t needs_human = 1;
    if (exq_decision_receipt(by->decision, &receipt, &error) != EXQ_OK
        || exq_decision_next_change(by->decision, &next, &error) != EXQ_OK
        || exq_decision_needs_human(by->decision, &needs_human, &error) != EXQ_OK) {
        return engine_failed(error);
    }
    *changes = next.kind == EXQ_MOMENT_AT;
    *next_change = *changes ? next.at : 0;
    if (*changes && next.at <= now) {
        return failed("answer", "the next change does not lie ahead");
    }
    text json = {NULL, 0};
    text facts_digest = {NULL, 0};
    text decision_id = {NULL, 0};
    int done = -1;
    if (decision_write(by, &json) != 0 || digest_write(&receipt.facts, &facts_digest) != 0
        || digest_write(&receipt.decision, &decision_id) != 0) {
        goto end;
    }
    query put = store_query(&in->store, "INSERT INTO answers (order_id, cause, facts, instant, rules, engine, facts_digest,"
                                        " decision_id, decision, next_change, needs_human, written)"
                                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
    bind_text(&put, 1, order->bytes, order->length);
    bind_word(&put, 2, cause);
    bind_text(&put, 3, facts->bytes, facts->length);
    bind_int(&put, 4, now);
    bind_int(&put, 5, by->row);
    bind_word(&put, 6, exq_version());
    bind_text(&put, 7, facts_digest.bytes, facts_digest.length);
    bind_text(&put, 8, decision_id.bytes, decision_id.length);
    bind_text(&put, 9, json.bytes, json.length);
    bind_maybe(&put, 10, *changes, *next_change);
    bind_int(&put, 11, needs_human);
    bind_int(&put, 12, clock_now(&in->clock));
    done = query_run(&put);
    *answer = store_last_id(&in->store);
end:
    text_free(&json);
    text_free(&facts_digest);
    text_free(&decision_id);
    return done;
}

/* Names the facts that an effect needs, as `, needs order.issuer, order.kind`. */
int needs_write(rulebook *by, uint32_t answer, uint32_t effect, text *into)
{
    exq_error *error = NULL;
    size_t count = 0;
    if (exq_decision_needs(by->decision, answer, effect, NULL, 0, &count, &error) != EXQ_OK) {
        return engine_failed(error);
    }
    if (count == 0) {
        return 0;
    }
    exq_named *needs = calloc(count, sizeof *needs);
    if (needs == NULL) {
        return failed("needs", "out of memory");
    }
    int done = 0;
    if (exq_decision_needs(by->decision, answer, effect, needs, count, &count, &error) != EXQ_OK) {
        done = engine_failed(error);
    }
    for (size_t i = 0; i < count && done == 0; i++) {
        done = text_format(into, i == 0 ? ", needs " : ", ");
        if (done == 0) {
            done = rulebook_name(by, needs[i].kind, needs[i].id, into);
        }
    }
    free(needs);
    return done;
}

/* One duty of an answer, with its names written out. */
typedef struct duty {
    const text *order;
    text norm;
    text rule;
    text territory;
    int64_t now;
    int64_t answer;
} duty;

static int put_duty(docket *in, const duty *of, const exq_answer *part, const exq_effect *effect)
{
    query put = store_query(&in->store,
                            "INSERT INTO duties (order_id, norm, rule, territory, value, outcome, state, status, certain,"
                            " due_is, due, exclusive, provisional_due, listed, first_answer, answer)"
                            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 1, ?14, ?14)"
                            " ON CONFLICT (order_id, norm, rule, territory, value) DO UPDATE SET"
                            " outcome = excluded.outcome, state = excluded.state, status = excluded.status,"
                            " certain = excluded.certain, due_is = excluded.due_is, due = excluded.due,"
                            " exclusive = excluded.exclusive, provisional_due = excluded.provisional_due,"
                            " listed = 1, answer = excluded.answer"
                            " WHERE answer <> excluded.answer");
    bind_text(&put, 1, of->order->bytes, of->order->length);
    bind_text(&put, 2, of->norm.bytes, of->norm.length);
    bind_text(&put, 3, of->rule.bytes, of->rule.length);
    bind_text(&put, 4, of->territory.bytes, of->territory.length);
    bind_word(&put, 5, effect_word(effect->value));
    bind_word(&put, 6, outcome_word(part->outcome));
    bind_word(&put, 7, state_word(effect->state));
    bind_word(&put, 8, status_word(effect->status));
    bind_int(&put, 9, effect->certain);
    bind_word(&put, 10, moment_word(effect->due.kind));
    bind_maybe(&put, 11, effect->due.kind == EXQ_MOMENT_AT, effect->due.at);
    bind_int(&put, 12, effect->exclusive);
    bind_maybe(&put, 13, effect->provisional_due.kind == EXQ_MOMENT_AT, effect->provisional_due.at);
    bind_int(&put, 14, of->answer);
    if (query_run(&put) != 0) {
        return -1;
    }
    /* The engine names no duty twice; if it did, one of the two would be lost here without a sound. */
    return store_changes(&in->store) == 1 ? 0 : failed(of->rule.bytes, "two duties of one name in one answer");
}

/* Who must be told of a duty: of a breach, and of what a person has to settle. */
static int escalate(docket *in, rulebook *by, const duty *of, uint32_t part_index, uint32_t effect_index,
                    const exq_answer *part, const exq_effect *effect)
{
    notice told = {"breach", of->order, &of->norm, &of->rule, &of->territory, NULL, 0, 0, of->now, of->answer};
    told.due = effect->due.kind == EXQ_MOMENT_AT ? effect->due.at : 0;
    const char *value = effect_word(effect->value);
    text what = {NULL, 0};
    int done = 0;
    if (effect->status == EXQ_STATUS_BREACHED || effect->status == EXQ_STATUS_MET_LATE) {
        done = text_format(&what, "%s %s, %s", value, status_word(effect->status),
                           state_word(effect->state));
        if (done == 0) {
            done = outbox_put(in, &told, what.bytes);
        }
        text_free(&what);
    }
    int unsure = effect->state == EXQ_STATE_WITHHELD || part->outcome == EXQ_OUTCOME_UNDETERMINED
                 || part->conflict != EXQ_TRUTH_FALSE || !effect->certain || effect->status == EXQ_STATUS_UNKNOWN
                 || !status_is_known(effect->status);
    if (unsure && done == 0) {
        told.kind = "person";
        done = text_format(&what, "%s %s, status %s, outcome %s", value, state_word(effect->state),
                           status_word(effect->status), outcome_word(part->outcome));
        if (done == 0) {
            done = needs_write(by, part_index, effect_index, &what);
        }
        if (done == 0) {
            done = outbox_put(in, &told, what.bytes);
        }
        text_free(&what);
    }
    return done;
}

static int keep_effect(docket *in, rulebook *by, duty *of, uint32_t part_index, uint32_t effect_index,
                       const exq_answer *part)
{
    exq_error *error = NULL;
    exq_effect effect;
    if (exq_decision_effect(by->decision, part_index, effect_index, &effect, &error) != EXQ_OK) {
        return engine_failed(error);
    }
    /* A prohibition is no duty to watch, until it is broken. An effect of a kind that this host does not know is one. */
    int free = effect.value == EXQ_EFFECT_MAY || effect.value == EXQ_EFFECT_LIFTED
               || (effect.value == EXQ_EFFECT_MUST_NOT && effect.status != EXQ_STATUS_BREACHED);
    if (free || effect.state == EXQ_STATE_DEFEATED || effect.overtaken) {
        return 0;
    }
    text_free(&of->norm);
    text_free(&of->rule);
    text_free(&of->territory);
    if (rulebook_name(by, EXQ_KIND_NORM, part->norm, &of->norm) != 0
        || rulebook_name(by, EXQ_KIND_RULE, effect.rule, &of->rule) != 0
        || rulebook_places(by, part->everywhere, part->places, &of->territory) != 0
        || put_duty(in, of, part, &effect) != 0) {
        return -1;
    }
    return escalate(in, by, of, part_index, effect_index, part, &effect);
}

int duties_keep(docket *in, rulebook *by, const text *order, int64_t now, int64_t answer)
{
    exq_error *error = NULL;
    uint32_t count = 0;
    if (exq_decision_answer_count(by->decision, &count, &error) != EXQ_OK) {
        return engine_failed(error);
    }
    duty of = {order, {NULL, 0}, {NULL, 0}, {NULL, 0}, now, answer};
    int done = 0;
    for (uint32_t i = 0; i < count && done == 0; i++) {
        exq_answer part;
        if (exq_decision_answer(by->decision, i, &part, &error) != EXQ_OK) {
            done = engine_failed(error);
            break;
        }
        if (part.beside != EXQ_NONE) {
            break; /* from here on, what packs that do not decide would say */
        }
        for (uint32_t j = 0; j < part.effects && done == 0; j++) {
            done = keep_effect(in, by, &of, i, j, &part);
        }
    }
    text_free(&of.norm);
    text_free(&of.rule);
    text_free(&of.territory);
    if (done != 0) {
        return -1;
    }
    query rest = store_query(&in->store, "UPDATE duties SET listed = 0 WHERE order_id = ?1 AND answer <> ?2 AND listed = 1");
    bind_text(&rest, 1, order->bytes, order->length);
    bind_int(&rest, 2, answer);
    return query_run(&rest);
}
