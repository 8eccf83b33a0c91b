/* One decision in memory of the host alone: decide PACK. It uses what both libraries have, and prints the same with
 * either: every answer with its effects and their dues, every duty, what is missing, the next change. No heap is used here, either. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <exequatur.h>

static unsigned char bytes[4 << 20], pack_memory[4096], case_memory[1 << 16], decision_memory[32 << 20];
static exq_duty duties[4096];
static exq_pack *pack;
static exq_case *a_case;

static int failures;

static void must(exq_status status, const char *what) {
    if (status != EXQ_OK) {
        printf("%s: %s\n", what, exq_status_name(status));
        failures++;
    }
}

static uint32_t found(int32_t kind, const char *name) {
    uint32_t id = EXQ_NONE;
    must(exq_pack_find(pack, kind, name, strlen(name), &id, NULL), name);
    return id;
}

static void member(const char *fact, const char *name) {
    exq_fact row;
    uint32_t id = found(EXQ_KIND_FACT, fact), value = EXQ_NONE;
    must(exq_pack_fact(pack, id, &row, NULL), fact);
    must(exq_pack_member_find(pack, row.enumeration, name, strlen(name), &value, NULL), name);
    must(exq_case_set_member(a_case, id, value, NULL), fact);
}

static void moment(const char *what, exq_moment at) {
    printf(" %s %" PRId32 " %" PRId64 " %" PRId32, what, at.kind, at.at, at.service_level);
}

int main(int argc, char **argv) {
    exq_decision *decision = NULL;
    exq_moment next = {0, 0, 0};
    exq_digest digest;
    size_t len = 0, needed = 0, count = 0, at;
    uint32_t answers = 0, missing = 0, index, effect;
    int32_t allowed = 1;
    const int64_t now = INT64_C(1795165200) * 1000000; /* 2026-11-20T09:00:00Z */
    FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;

    if (file == NULL) return 2;
    len = fread(bytes, 1, sizeof bytes, file);
    fclose(file);

    must(exq_pack_memory(&needed, NULL), "pack memory");
    if (needed > sizeof pack_memory) return 3;
    if (needed > 0 && exq_pack_load_in(bytes, len, pack_memory, needed / 2, &pack, NULL) != EXQ_E_BUFFER) return 4;
    must(exq_pack_load_in(bytes, len, pack_memory + 1, needed, &pack, NULL), "pack");
    must(exq_case_memory(pack, &needed, NULL), "case memory");
    if (needed > sizeof case_memory) return 3;
    must(exq_case_new_in(pack, case_memory + 3, needed, &a_case, NULL), "case");
    must(exq_decision_memory(pack, &needed, NULL), "decision memory");
    if (needed > sizeof decision_memory) return 3;
    if (needed > 0 && exq_decision_new_in(pack, decision_memory, needed / 2, &decision, NULL) != EXQ_E_BUFFER) return 4;
    must(exq_decision_new_in(pack, decision_memory + 5, needed, &decision, NULL), "decision");

    member("order.kind", "national_order_info");
    member("order.issuer", "judge");
    must(exq_case_set_bool(a_case, found(EXQ_KIND_FACT, "order.authenticated"), 1, NULL), "authenticated");
    must(exq_case_set_bool(a_case, 70000, 1, NULL) == EXQ_E_ID ? EXQ_OK : EXQ_E_PANIC, "no such fact");
    must(exq_case_set_event(a_case, found(EXQ_KIND_EVENT, "order.received"), now - INT64_C(3600000000), NULL), "received");
    if (exq_decision_answer_count(decision, &answers, NULL) != EXQ_E_NOT_DECIDED) failures++;
    must(exq_decide(decision, a_case, now, NULL), "decide");

    must(exq_pack_digest(pack, &digest, NULL), "digest");
    for (at = 0; at < sizeof digest.bytes; at++) printf("%02x", digest.bytes[at]);
    must(exq_pack_schema_hash(pack, &digest, NULL), "schema");
    must(exq_pack_expect_schema(pack, &digest, NULL), "schema");
    for (at = 0; at < sizeof digest.bytes; at++) printf("%02x", digest.bytes[at]);
    must(exq_decision_answer_count(decision, &answers, NULL), "answers");
    printf("\n%" PRIu32 " answers\n", answers);
    for (index = 0; index < answers; index++) {
        exq_answer answer;
        must(exq_decision_answer(decision, index, &answer, NULL), "answer");
        must(exq_decision_allows(decision, answer.norm, EXQ_NONE, &allowed, NULL), "allows");
        printf("norm %" PRIu32 " beside %" PRIu32 " outcome %" PRId32 " before %" PRId32 " guard %" PRId32
               " allowed %" PRId32
               " places %" PRIx64 "\n", answer.norm, answer.beside, answer.outcome, answer.unprotected, answer.guard,
               allowed, answer.places[0]);
        for (effect = 0; effect < answer.effects; effect++) {
            exq_effect row;
            must(exq_decision_effect(decision, index, effect, &row, NULL), "effect");
            printf("  version %" PRIu32 " value %" PRId32 " state %" PRId32 " status %" PRId32, row.version, row.value,
                   row.state, row.status);
            moment("due", row.due);
            moment("from", row.start);
            moment("end", row.end);
            putchar('\n');
        }
    }
    must(exq_decision_duties(decision, duties, 4096, &count, NULL), "duties");
    for (at = 0; at < count; at++) {
        printf("duty of norm %" PRIu32 " by version %" PRIu32 " status %" PRId32, duties[at].norm, duties[at].version,
               duties[at].status);
        moment("due", duties[at].due);
        putchar('\n');
    }
    must(exq_decision_missing_count(decision, &missing, NULL), "missing");
    for (index = 0; index < missing; index++) {
        exq_missing row;
        must(exq_decision_missing(decision, index, &row, NULL), "missing");
        printf("missing %" PRId32 " %" PRIu32 " %" PRIu32 "\n", row.kind, row.id, row.count);
    }
    must(exq_decision_next_change(decision, &next, NULL), "next change");
    moment("next change", next);
    putchar('\n');

    exq_decision_free(decision);
    exq_case_free(a_case);
    exq_pack_free(pack);
    exq_pack_free(NULL);
    if (exq_pack_digest(NULL, &digest, NULL) != EXQ_E_NULL) failures++;
    return failures == 0 ? 0 : 1;
}
