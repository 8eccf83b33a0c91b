/* May data be handed over, and does an answer hold: what is stored, judged again.
 *
 * Invariant: `allowed` is said only when the engine said so of the stored facts, no line that might speak of the order is
 * unread or unsettled, the present rules judged it, and the answer is on the disk. Whatever fails on the way, the answer
 * is no: every variable starts there. A past instant is no way around a withdrawal: the clock refuses what lies behind
 * the docket.
 */
#define _POSIX_C_SOURCE 200809L
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "docket.h"
#include "words.h"

/* --- disclosure */

typedef struct question {
    const text *order;
    const char *norm;
    const char *place; /* NULL: everywhere */
    uint32_t norm_id;
    uint32_t place_id;
} question;

/* Finds the norm and the place in the rules of the order. 0, or -1. */
static int find_names(rulebook *by, question *asked)
{
    exq_error *error = NULL;
    uint32_t territory = EXQ_NONE;
    asked->place_id = EXQ_NONE;
    if (exq_pack_find(by->pack, EXQ_KIND_NORM, asked->norm, strlen(asked->norm), &asked->norm_id, &error) != EXQ_OK) {
        return engine_failed(error);
    }
    if (asked->place == NULL) {
        return 0;
    }
    if (exq_pack_territory(by->pack, &territory, &error) != EXQ_OK
        || exq_pack_member_find(by->pack, territory, asked->place, strlen(asked->place), &asked->place_id, &error)
               != EXQ_OK) {
        return engine_failed(error);
    }
    return 0;
}

/* Present rules that the order does not stand under: they refused its facts, or have not come to it yet. 0, or -1. */
static int add_old_rules(docket *in, const text *order, text *why)
{
    query get = store_query(&in->store, "SELECT count(*) FROM orders WHERE id = ?1"
                                        " AND rules IS NOT (SELECT rules FROM present)");
    bind_text(&get, 1, order->bytes, order->length);
    if (query_step(&get) != 1) {
        return -1;
    }
    int old = row_int(&get, 0) != 0;
    query_end(&get);
    return old ? text_add(why, "  the order stands under other rules than the present ones\n") : 0;
}

/* Lines that were refused and that nobody settled: one may be the withdrawal of this order. 0, or -1. */
static int add_unsettled(docket *in, const text *order, text *why)
{
    query get = store_query(&in->store, "SELECT count(*) FROM lines WHERE became = 'refused' AND settled IS NULL"
                                        " AND (order_id IS NULL OR order_id = ?1)");
    bind_text(&get, 1, order->bytes, order->length);
    if (query_step(&get) != 1) {
        return -1;
    }
    int64_t count = row_int(&get, 0);
    query_end(&get);
    if (count == 0) {
        return 0;
    }
    return text_format(why, "  refused lines that may speak of it, to be settled first: %" PRId64 "\n", count);
}

/* Spools that have grown since they were read, or are not what was read. One that is gone was read. 0, or -1. */
static int add_unread(docket *in, text *why)
{
    query get = store_query(&in->store, "SELECT name, bytes FROM sources WHERE spool = 1 ORDER BY name");
    int step;
    while ((step = query_step(&get)) == 1) {
        const char *name = (const char *)sqlite3_column_text(get.statement, 0);
        struct stat about;
        if (stat(name, &about) == 0 && (int64_t)about.st_size != row_int(&get, 1)
            && text_format(why, "  lines that were not taken yet, in %s\n", name) != 0) {
            query_end(&get);
            return -1;
        }
    }
    return step;
}

/* What the engine says of the norm, part by part. 0, or -1. */
static int add_reasons(rulebook *by, const question *asked, text *why)
{
    exq_error *error = NULL;
    uint32_t count = 0;
    if (exq_decision_answer_count(by->decision, &count, &error) != EXQ_OK) {
        return engine_failed(error);
    }
    for (uint32_t i = 0; i < count; i++) {
        exq_answer part;
        if (exq_decision_answer(by->decision, i, &part, &error) != EXQ_OK) {
            return engine_failed(error);
        }
        if (part.beside != EXQ_NONE || part.norm != asked->norm_id) {
            continue;
        }
        if (text_add(why, "  ") != 0 || rulebook_places(by, part.everywhere, part.places, why) != 0
            || text_format(why, ": %s, guard %s\n", outcome_word(part.outcome), truth_word(part.guard)) != 0) {
            return -1;
        }
        for (uint32_t j = 0; j < part.effects; j++) {
            exq_effect effect;
            if (exq_decision_effect(by->decision, i, j, &effect, &error) != EXQ_OK) {
                return engine_failed(error);
            }
            if (effect.state == EXQ_STATE_DEFEATED) {
                continue;
            }
            if (text_add(why, "    ") != 0 || rulebook_name(by, EXQ_KIND_RULE, effect.rule, why) != 0
                || text_format(why, ": %s", state_word(effect.state)) != 0
                || (effect.state == EXQ_STATE_WITHHELD && text_format(why, ", %s", why_word(effect.why)) != 0)
                || needs_write(by, i, j, why) != 0 || text_add(why, "\n") != 0) {
                return -1;
            }
        }
    }
    return 0;
}

/* Asks, and keeps question and answer. 1 allowed, 0 not, with reasons; -1. */
static int ask(docket *in, const question *of, text *why, int64_t *answer, int64_t *now)
{
    question asked = *of;
    standing order = {{NULL, 0}, {NULL, 0}, 0, 0};
    rulebook *by = NULL;
    exq_error *error = NULL;
    int32_t allowed = 0;
    int changes = 0;
    int64_t next_change = 0;
    int done = -1;
    int found = standing_of(in, asked.order, &order);
    if (found != 1) {
        return found == 0 ? failed(asked.order->bytes, "there is no such order") : -1;
    }
    *now = clock_now(&in->clock);
    if (rulebook_of(&in->rulebooks, &in->store, order.rules, &by) != 0 || find_names(by, &asked) != 0) {
        goto end;
    }
    int judged = rulebook_judge(by, &order.facts, *now, why);
    if (judged != 1) {
        done = judged == 0 ? failed(asked.order->bytes, why->bytes) : -1;
        goto end;
    }
    if (exq_decision_allows(by->decision, asked.norm_id, asked.place_id, &allowed, &error) != EXQ_OK) {
        done = engine_failed(error);
        goto end;
    }
    if (text_say(why, "") != 0 || add_old_rules(in, asked.order, why) != 0
        || add_unsettled(in, asked.order, why) != 0 || add_unread(in, why) != 0
        || (allowed != 1 && add_reasons(by, &asked, why) != 0)
        || answer_keep(in, by, asked.order, &order.facts, *now, "disclosure", answer, &changes, &next_change) != 0) {
        goto end;
    }
    int yes = allowed == 1 && why->length == 0;
    query put = store_query(&in->store, "INSERT INTO disclosures (order_id, norm, place, allowed, why, answer)"
                                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    bind_text(&put, 1, asked.order->bytes, asked.order->length);
    bind_word(&put, 2, asked.norm);
    bind_word(&put, 3, asked.place == NULL ? "everywhere" : asked.place);
    bind_int(&put, 4, yes);
    bind_text(&put, 5, why->bytes, why->length);
    bind_int(&put, 6, *answer);
    done = query_run(&put) == 0 ? yes : -1;
end:
    standing_free(&order);
    return done;
}

int docket_disclose(docket *in, const char *order, const char *norm, const char *place)
{
    text id = {NULL, 0};
    text why = {NULL, 0};
    text at = {NULL, 0};
    int64_t answer = 0;
    int64_t now = 0;
    int allowed = -1;
    if (text_say(&id, order) == 0 && store_begin(&in->store) == 0) {
        question asked = {&id, norm, place, EXQ_NONE, EXQ_NONE};
        allowed = ask(in, &asked, &why, &answer, &now);
        if (allowed >= 0 && (clock_write(now, &at) != 0 || store_commit(&in->store) != 0)) {
            allowed = -1;
        }
    }
    store_rollback(&in->store);
    if (allowed >= 0) {
        printf("%s: %s for %s, %s, at %s\n%s  kept as answer %" PRId64 "\n", allowed == 1 ? "allowed" : "refused", norm,
               order, place == NULL ? "everywhere" : place, at.bytes, why.bytes, answer);
    }
    text_free(&id);
    text_free(&why);
    text_free(&at);
    return allowed == 1 ? 0 : allowed == 0 ? 1 : 2;
}

/* --- defence */

typedef struct kept_answer {
    text order;
    text facts;
    text facts_digest;
    text decision_id;
    text decision;
    text engine;
    int64_t instant;
    int64_t rules;
} kept_answer;

static int read_answer(docket *in, int64_t id, kept_answer *into)
{
    query get = store_query(&in->store, "SELECT order_id, facts, facts_digest, decision_id, decision, engine, instant, rules"
                                        " FROM answers WHERE id = ?1");
    bind_int(&get, 1, id);
    int step = query_step(&get);
    if (step != 1) {
        return step == 0 ? failed("defend", "there is no such answer") : -1;
    }
    int done = row_text(&get, 0, &into->order) == 0 && row_text(&get, 1, &into->facts) == 0
               && row_text(&get, 2, &into->facts_digest) == 0 && row_text(&get, 3, &into->decision_id) == 0
               && row_text(&get, 4, &into->decision) == 0 && row_text(&get, 5, &into->engine) == 0;
    into->instant = row_int(&get, 6);
    into->rules = row_int(&get, 7);
    query_end(&get);
    return done ? 0 : -1;
}

/* The decision in sentences, for whoever asks years later. */
static int print_sentences(rulebook *by)
{
    exq_error *error = NULL;
    size_t needed = 0;
    if (exq_decision_text(by->decision, EXQ_LANG_EN, EXQ_WITH_RECEIPT, NULL, 0, &needed, &error) != EXQ_OK) {
        return engine_failed(error);
    }
    char *sentences = malloc(needed);
    if (sentences == NULL) {
        return failed("decision", "out of memory");
    }
    exq_status status =
        exq_decision_text(by->decision, EXQ_LANG_EN, EXQ_WITH_RECEIPT, sentences, needed, &needed, &error);
    int done = status == EXQ_OK ? 0 : engine_failed(error);
    if (done == 0) {
        fputs(sentences, stdout);
    }
    free(sentences);
    return done;
}

/* 1 if the answer comes out the same, 0 if not, -1. */
static int compare(rulebook *by, int64_t id, const kept_answer *kept)
{
    exq_error *error = NULL;
    exq_receipt receipt;
    text facts_digest = {NULL, 0};
    text decision_id = {NULL, 0};
    text json = {NULL, 0};
    int same = -1;
    if (exq_decision_receipt(by->decision, &receipt, &error) != EXQ_OK) {
        return engine_failed(error);
    }
    if (digest_write(&receipt.facts, &facts_digest) == 0 && digest_write(&receipt.decision, &decision_id) == 0
        && decision_write(by, &json) == 0) {
        const char *differs = strcmp(facts_digest.bytes, kept->facts_digest.bytes) != 0  ? "the facts"
                              : strcmp(decision_id.bytes, kept->decision_id.bytes) != 0 ? "rules, instant or engine"
                              : strcmp(json.bytes, kept->decision.bytes) != 0           ? "the words of the decision"
                                                                                        : NULL;
        same = differs == NULL;
        if (differs != NULL) {
            printf("answer %" PRId64 " on %s does not hold: %s differ from the receipt; it was given by engine %s, and"
                   " this is %s\n", id, kept->order.bytes, differs, kept->engine.bytes, exq_version());
        }
    }
    text_free(&facts_digest);
    text_free(&decision_id);
    text_free(&json);
    return same;
}

int docket_defend(docket *in, int64_t id)
{
    kept_answer kept;
    memset(&kept, 0, sizeof kept);
    rulebook *by = NULL;
    text why = {NULL, 0};
    int same = -1;
    if (read_answer(in, id, &kept) == 0 && rulebook_of(&in->rulebooks, &in->store, kept.rules, &by) == 0) {
        same = rulebook_judge(by, &kept.facts, kept.instant, &why);
        if (same == 0) {
            printf("answer %" PRId64 " cannot be given again: %s\n", id, why.bytes);
        } else if (same == 1) {
            same = compare(by, id, &kept);
        }
    }
    if (same == 1) {
        printf("answer %" PRId64 " on %s holds: the same facts, rules and instant give it again\n\n", id,
               kept.order.bytes);
        same = print_sentences(by) == 0 ? 1 : -1;
    }
    text_free(&kept.order);
    text_free(&kept.facts);
    text_free(&kept.facts_digest);
    text_free(&kept.decision_id);
    text_free(&kept.decision);
    text_free(&kept.engine);
    text_free(&why);
    return same == 1 ? 0 : same == 0 ? 1 : 2;
}
