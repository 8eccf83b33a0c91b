/* The runner of the conformance suite in C: see tests/conformance/README.md for its call, its lines and its checks.
 *
 * It prints from the accessors alone, one call for each line, so that what differs from the expected transcript names the
 * call that is wrong. It stays on plain C99: a host in C needs nothing else. */
#include "conformance.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

exq_error *error = NULL;

void must(exq_status status, const char *call)
{
    if (status == EXQ_OK) return;
    fprintf(stderr, "%s: %s at `%s`: %s\n", call, exq_status_name(status), exq_error_place(error), exq_error_message(error));
    exit(1);
}

void check(int holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "check failed: %s\n", what);
    exit(1);
}

void put(exq_str text)
{
    fwrite(text.ptr, 1, text.len, stdout);
}

void put_text(int depth, const char *word, const char *lang, exq_str text)
{
    if (text.len == 0) return;
    printf("%*s%s.%s ", 2 * depth, "", word, lang);
    put(text);
    putchar('\n');
}

void put_name(const exq_pack *pack, int32_t kind, uint32_t id)
{
    exq_str name;
    if (id == EXQ_NONE) {
        putchar('-');
        return;
    }
    MUST(exq_pack_name(pack, kind, id, &name, &error));
    put(name);
}

void put_day(int32_t day)
{
    char text[32];
    size_t needed;
    if (day == INT32_MIN || day == INT32_MAX) {
        putchar('-');
        return;
    }
    MUST(exq_day_format(day, text, sizeof text, &needed, &error));
    check(needed == strlen(text) + 1, "a day needs what it has");
    fputs(text, stdout);
}

void put_instant(int64_t at)
{
    char text[40];
    size_t needed;
    int64_t again;
    MUST(exq_instant_format(at, text, sizeof text, &needed, &error));
    MUST(exq_instant_parse(text, needed - 1, &again, &error));
    check(again == at, "an instant that was written is read back");
    fputs(text, stdout);
}

void put_hex(const exq_digest *digest)
{
    int i;
    for (i = 0; i < 32; i++) printf("%02x", digest->bytes[i]);
}

/* Reads a whole file; the length goes to *len. */
static char *read_file(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    size_t room = 0, got;
    *len = 0;
    if (file == NULL) {
        perror(path);
        exit(1);
    }
    do {
        room = room * 2 + 4096;
        bytes = realloc(bytes, room);
        check(bytes != NULL, "there is memory for a file");
        got = fread(bytes + *len, 1, room - *len, file);
        *len += got;
    } while (*len == room);
    fclose(file);
    return bytes;
}

/* What is held until the end, whichever end it is: nothing may be left then. */
static exq_pack *pack = NULL;
static exq_case *the_case = NULL;
static exq_decision *decision = NULL;
static char *json = NULL;

static void free_all(void)
{
    exq_error_free(error);
    exq_decision_free(decision);
    exq_case_free(the_case);
    exq_pack_free(pack);
    free(json);
}

/* If a call was refused: says so, and ends with 0, as a refusal is an answer. */
static void refused(exq_status status)
{
    if (status == EXQ_OK) return;
    check(exq_error_code(error) == status, "the error has the status of the call");
    check(exq_error_finding_count(error) == 0, "only rules have findings");
    printf("--- transcript\nrefused %s\n", exq_status_name(status));
    if (exq_error_place(error)[0] != '\0') printf("place %s\n", exq_error_place(error));
    printf("message %s\n", exq_error_message(error));
    free_all();
    exit(0);
}

/* Sets a value by the setter of its type. */
static void set_typed(exq_case *to, int32_t kind, uint32_t id, const exq_value *value)
{
    uint32_t members[256], bit;
    size_t count = 0;
    switch (value->type) {
    case EXQ_TYPE_ABSENT:
        MUST(kind == EXQ_KIND_FACT ? exq_case_unset(to, id, &error) : exq_case_unset_event(to, id, &error));
        break;
    case EXQ_TYPE_BOOL: MUST(exq_case_set_bool(to, id, (int32_t)value->number, &error)); break;
    case EXQ_TYPE_MEMBER: MUST(exq_case_set_member(to, id, (uint32_t)value->number, &error)); break;
    case EXQ_TYPE_SET:
        for (bit = 0; bit < 256; bit++)
            if (value->members[bit / 64] >> (bit % 64) & 1) members[count++] = bit;
        MUST(exq_case_set_members(to, id, members, count, &error));
        break;
    case EXQ_TYPE_INT: MUST(exq_case_set_int(to, id, value->number, &error)); break;
    case EXQ_TYPE_MONEY:
        MUST(exq_case_set_money(to, id, value->number, (const char *)value->currency, 3, &error));
        break;
    case EXQ_TYPE_INSTANT:
        MUST(kind == EXQ_KIND_FACT ? exq_case_set_instant(to, id, value->number, &error)
                                   : exq_case_set_event(to, id, value->number, &error));
        break;
    case EXQ_TYPE_UNKNOWN:
        MUST(kind == EXQ_KIND_FACT ? exq_case_set_unknown(to, id, &error) : exq_case_set_event_unknown(to, id, &error));
        break;
    case EXQ_TYPE_NOT_HAPPENED: MUST(exq_case_set_not_happened(to, id, &error)); break;
    default: check(0, "the type of a value is known");
    }
}

/* A case like another, set slot by slot; and a third one, set by the setter for all types, to compare. */
static exq_case *copy_typed(exq_case *from)
{
    exq_case *typed, *any;
    int32_t kind;
    uint32_t id, count;
    exq_value value, again;
    memset(&value, 0, sizeof value);
    memset(&again, 0, sizeof again);
    MUST(exq_case_new(pack, &typed, &error));
    MUST(exq_case_new(pack, &any, &error));
    for (kind = EXQ_KIND_FACT; kind <= EXQ_KIND_EVENT; kind++) {
        MUST(exq_pack_count(pack, kind, &count, &error));
        for (id = 0; id < count; id++) {
            MUST(exq_case_get(from, kind, id, &value, &error));
            set_typed(typed, kind, id, &value);
            MUST(exq_case_set(any, kind, id, &value, &error));
            MUST(exq_case_get(any, kind, id, &again, &error));
            check(memcmp(&value, &again, sizeof value) == 0, "a value that was set is the one that is got");
        }
    }
    MUST(exq_case_clear(any, &error));
    for (kind = EXQ_KIND_FACT; kind <= EXQ_KIND_EVENT; kind++) {
        MUST(exq_pack_count(pack, kind, &count, &error));
        for (id = 0; id < count; id++) {
            MUST(exq_case_get(any, kind, id, &again, &error));
            check(again.type == EXQ_TYPE_ABSENT, "nothing is left in a case that was cleared");
        }
    }
    exq_case_free(any);
    exq_case_free(from);
    return typed;
}

/* The digest in hexadecimal stands in a text. */
static int holds_hex(const char *text, const exq_digest *digest)
{
    char hex[65];
    int i;
    for (i = 0; i < 32; i++) snprintf(hex + 2 * i, 3, "%02x", digest->bytes[i]);
    return strstr(text, hex) != NULL;
}

/* The receipt in JSON stands behind the same decision, and holds the digests; pretty JSON is the same without its blanks. */
static void check_json(const char *plain)
{
    char *with = decision_json(decision, EXQ_WITH_TEXTS | EXQ_WITH_RECEIPT);
    char *pretty = decision_json(decision, EXQ_WITH_TEXTS | EXQ_PRETTY);
    char *said = decision_text(decision, EXQ_LANG_EN, EXQ_WITH_RECEIPT);
    size_t most = strlen(plain) - 1, i, n = 0;
    int in_text = 0;
    exq_receipt receipt;
    MUST(exq_decision_receipt(decision, &receipt, &error));
    check(strncmp(with, plain, most) == 0, "JSON with receipt begins as without");
    check(strncmp(with + most, ",\"receipt\":{", 12) == 0, "the receipt stands behind the decision");
    check(holds_hex(with + most, &receipt.pack) && holds_hex(with + most, &receipt.facts)
              && holds_hex(with + most, &receipt.decision),
          "the receipt in JSON holds the three digests");
    check(holds_hex(said, &receipt.decision), "the sentences with receipt hold the digest of the decision");
    for (i = 0; pretty[i] != '\0'; i++) {
        if (in_text && pretty[i] == '\\') {
            pretty[n++] = pretty[i++];
        } else if (pretty[i] == '"') {
            in_text = !in_text;
        }
        if (in_text || (pretty[i] != ' ' && pretty[i] != '\n')) pretty[n++] = pretty[i];
    }
    pretty[n] = '\0';
    check(strcmp(pretty, plain) == 0, "pretty JSON is the same without its blanks");
    free(with);
    free(pretty);
    free(said);
}

/* The JSON that a decision made from rows has to give. */
static int32_t same_json(void *plain, size_t row, const exq_decision *decided)
{
    char *found = decision_json(decided, EXQ_WITH_TEXTS);
    check(row == 0 && strcmp(found, plain) == 0, "a row gives the decision of its case");
    free(found);
    return 0;
}

/* One row without columns is the case itself. */
static void check_rows(const exq_options *options, char *plain)
{
    exq_decision *rows_decision;
    exq_rows rows;
    uint32_t norms, norm;
    uint32_t *ids;
    exq_brief *briefs, brief;
    size_t done = 7, size = sizeof *options;
    /* A host that was built before service levels hands over a shorter structure. */
    if (options->undue_delay == 0 && options->expeditiously == 0) size = offsetof(exq_options, undue_delay);
    memset(&rows, 0, sizeof rows);
    memset(&brief, 0, sizeof brief);
    rows.row_count = 1;
    rows.now = &options->now;
    MUST(exq_pack_count(pack, EXQ_KIND_NORM, &norms, &error));
    ids = calloc(norms + 1, sizeof *ids);
    briefs = calloc(norms + 1, sizeof *briefs);
    check(ids != NULL && briefs != NULL, "there is memory for the briefs");
    for (norm = 0; norm < norms; norm++) ids[norm] = norm;
    MUST(exq_decision_new(pack, &rows_decision, &error));
    MUST(exq_decide_rows(rows_decision, the_case, &rows, options, size, same_json, plain, &done, &error));
    check(done == 1, "one row was decided");
    MUST(exq_decide_rows_into(rows_decision, the_case, &rows, options, size, ids, norms, briefs, norms, &done,
                              &error));
    MUST(exq_decide_with(rows_decision, the_case, options, size, &error));
    for (norm = 0; norm < norms; norm++) {
        MUST(exq_decision_brief(rows_decision, norm, &brief, &error));
        check(brief.outcome == briefs[norm].outcome && brief.status == briefs[norm].status
                  && brief.allowed == briefs[norm].allowed && brief.needs_human == briefs[norm].needs_human
                  && brief.due.kind == briefs[norm].due.kind && brief.due.at == briefs[norm].due.at,
              "the briefs of rows are those of the decision");
    }
    exq_decision_free(rows_decision);
    free(ids);
    free(briefs);
}

/* Every form can be had, with the digest of its decision; one that there is not is refused by its name. */
static void check_forms(void)
{
    static const char *const forms[] = { "dsa-statement", "tco-annex-ii", "tco-annex-iii", "epoc-annex-iii" };
    exq_receipt receipt;
    exq_error *refused = NULL;
    size_t i, needed = 0;
    MUST(exq_decision_receipt(decision, &receipt, &error));
    for (i = 0; i < sizeof forms / sizeof *forms; i++) {
        char begin[64];
        char *form = decision_form(decision, forms[i], EXQ_WITH_RECEIPT);
        snprintf(begin, sizeof begin, "{\"form\":\"%s\",\"basis\":", forms[i]);
        check(strncmp(form, begin, strlen(begin)) == 0, "a form says which one it is");
        check(strstr(form, "\"missing\":[{\"field\":") != NULL, "no facts fill a form to its signature");
        check(holds_hex(form, &receipt.decision), "a form holds the digest of its decision");
        free(form);
    }
    check(exq_decision_form(decision, "dsa-statment", 12, 0, NULL, 0, &needed, &refused) == EXQ_E_NAME
              && strstr(exq_error_message(refused), "did you mean `dsa-statement`?") != NULL,
          "a form that there is not is refused, and the nearest one named");
    exq_error_free(refused);
}

/* The rows of the case are its effects in their order, each with its answer. */
static void check_rows_of(const exq_batch_row *rows, size_t count)
{
    uint32_t answers, index, effect;
    exq_answer answer;
    exq_effect one;
    size_t at = 0;
    MUST(exq_decision_answer_count(decision, &answers, &error));
    for (index = 0; index < answers; index++) {
        MUST(exq_decision_answer(decision, index, &answer, &error));
        effect = 0;
        do {
            const exq_batch_row *row = &rows[at++];
            check(at <= count && row->a_case == 0 && row->answer == index && row->norm == answer.norm
                      && row->beside == answer.beside && row->outcome == answer.outcome
                      && row->provisional == answer.provisional && row->conflict == answer.conflict
                      && row->guard == answer.guard && memcmp(row->places, answer.places, sizeof row->places) == 0,
                  "a row has its answer");
            if (answer.effects == 0) {
                check(row->effect == EXQ_NONE && row->rule == EXQ_NONE, "an answer without effects has a row");
                continue;
            }
            MUST(exq_decision_effect(decision, index, effect, &one, &error));
            check(row->effect == effect && row->rule == one.rule && row->version == one.version
                      && row->value == one.value && row->state == one.state && row->status == one.status
                      && row->why == one.why && row->certain == one.certain && row->exclusive == one.exclusive
                      && row->operational == (answer.operational == effect) && row->due.kind == one.due.kind
                      && row->due.at == one.due.at && row->due.service_level == one.due.service_level
                      && row->provisional_due.at == one.provisional_due.at && row->not_before.at == one.not_before.at,
                  "a row has its effect");
        } while (++effect < answer.effects);
    }
    check(at == count, "nothing that applies is left out of the rows");
}

/* A batch of the case and of a line that is none: the first has the decision of its case, the second none. */
static void check_batch(const exq_options *options, char *plain)
{
    exq_batch *batch;
    exq_decision *one;
    exq_batch_case cases[2];
    exq_batch_row *rows;
    size_t count = 7, size = sizeof *options;
    char *found;
    MUST(exq_batch_new(pack, 2, &batch, &error));
    MUST(exq_batch_add(batch, the_case, &error));
    MUST(exq_batch_add_json(batch, "\n{\"\n", 4, &error));
    check(exq_batch_add(batch, the_case, NULL) == EXQ_E_LENGTH, "a batch takes no more cases than were asked for");
    MUST(exq_batch_decide(batch, options, size, NULL, 0, NULL, 0, &error));
    MUST(exq_batch_cases(batch, cases, 2, &count, &error));
    check(count == 2 && cases[0].status == EXQ_OK && cases[1].status == EXQ_E_JSON && cases[1].rows == 0,
          "what is refused stops no other");
    MUST(exq_batch_rows(batch, NULL, 0, &count, &error));
    check(count == cases[0].rows, "all rows are of the case");
    rows = calloc(count + 1, sizeof *rows);
    check(rows != NULL, "there is memory for the rows");
    MUST(exq_batch_rows(batch, rows, count, &count, &error));
    check_rows_of(rows, count);
    free(rows);
    MUST(exq_decision_new(pack, &one, &error));
    MUST(exq_batch_decision(batch, 0, one, &error));
    found = decision_json(one, EXQ_WITH_TEXTS);
    check(strcmp(found, plain) == 0, "a batch gives the decision of its case");
    free(found);
    check(exq_batch_decision(batch, 1, one, NULL) == EXQ_E_JSON && exq_batch_refusal(batch, 1, NULL) == EXQ_E_JSON,
          "a line that is no case says why");
    check(exq_decision_needs_human(one, &cases[0].status, NULL) == EXQ_E_NOT_DECIDED, "and has no decision");
    exq_decision_free(one);
    exq_batch_free(batch);
}

static void print_decided(const exq_options *options)
{
    char *plain = decision_json(decision, EXQ_WITH_TEXTS);
    char *en = decision_text(decision, EXQ_LANG_EN, 0);
    char *fr = decision_text(decision, EXQ_LANG_FR, 0);
    check_json(plain);
    check_forms();
    check_rows(options, plain);
    check_batch(options, plain);
    puts("--- transcript");
    print_transcript(pack, the_case, decision);
    printf("--- json\n%s\n--- en\n%s--- fr\n%s--- pack\n", plain, en, fr);
    print_pack(pack);
    free(plain);
    free(en);
    free(fr);
}

/* A number of microseconds; strtol would be too short for it where a long has 32 bits. */
static int64_t micros(const char *text)
{
    int negative = *text == '-';
    int64_t value = 0;
    for (text += negative; *text >= '0' && *text <= '9'; text++) value = value * 10 + (*text - '0');
    check(*text == '\0', "microseconds are digits");
    return negative ? -value : value;
}

int main(int argc, char **argv)
{
    exq_options options;
    uint32_t adopt[64];
    size_t len, json_len;
    char *bytes;
    int i, typed = 0;
    check(argc >= 4, "usage: conformance PACK_FILE CASE_JSON_FILE NOW [--law-date DAY] [--adopt PACK]... "
                     "[--undue-delay MICROSECONDS] [--expeditiously MICROSECONDS] [--typed]");
    check(exq_abi_version() == EXQ_ABI_VERSION, "the library has the version of the header");
    check(exq_version()[0] != '\0', "the library says its version");
    check((exq_features() & ~(uint32_t)(EXQ_FEATURE_COMPILER | EXQ_FEATURE_SIGN)) == 0, "the library has no features but those of the header");
    bytes = read_file(argv[1], &len);
    json = read_file(argv[2], &json_len);
    MUST(exq_pack_load((const uint8_t *)bytes, len, &pack, &error));
    check_pack(pack, (const uint8_t *)bytes, len);
    free(bytes);
    MUST(exq_case_new(pack, &the_case, &error));
    refused(exq_case_set_json(the_case, json, json_len, &error));
    memset(&options, 0, sizeof options);
    options.adopt = adopt;
    refused(exq_instant_parse(argv[3], strlen(argv[3]), &options.now, &error));
    for (i = 4; i < argc; i++) {
        if (strcmp(argv[i], "--typed") == 0) {
            typed = 1;
        } else if (strcmp(argv[i], "--law-date") == 0 && i + 1 < argc) {
            i++;
            MUST(exq_day_parse(argv[i], strlen(argv[i]), &options.law_date, &error));
            options.has_law_date = 1;
        } else if (strcmp(argv[i], "--adopt") == 0 && i + 1 < argc && options.adopt_count < 64) {
            i++;
            refused(exq_pack_find(pack, EXQ_KIND_PACK, argv[i], strlen(argv[i]), &adopt[options.adopt_count], &error));
            options.adopt_count++;
        } else if (strcmp(argv[i], "--undue-delay") == 0 && i + 1 < argc) {
            options.undue_delay = micros(argv[++i]);
        } else if (strcmp(argv[i], "--expeditiously") == 0 && i + 1 < argc) {
            options.expeditiously = micros(argv[++i]);
        } else {
            check(0, argv[i]);
        }
    }
    if (typed) the_case = copy_typed(the_case);
    MUST(exq_decision_new(pack, &decision, &error));
    if (options.has_law_date || options.adopt_count > 0 || options.undue_delay != 0 || options.expeditiously != 0)
        refused(exq_decide_with(decision, the_case, &options, sizeof options, &error));
    else
        refused(exq_decide(decision, the_case, options.now, &error));
    print_decided(&options);
    free_all();
    return 0;
}
