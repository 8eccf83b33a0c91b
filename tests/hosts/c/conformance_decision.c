/* A case and its decision, line by line, from the accessors. Part of the conformance runner. */
#include "conformance.h"

#include <stdlib.h>
#include <string.h>

static void put_moment(exq_moment moment)
{
    switch (moment.kind) {
    case EXQ_MOMENT_NOTHING: putchar('-'); break;
    case EXQ_MOMENT_AT: put_instant(moment.at); break;
    case EXQ_MOMENT_WAITING: fputs("waiting", stdout); break;
    case EXQ_MOMENT_OPEN: fputs("open", stdout); break;
    case EXQ_MOMENT_UNKNOWN: fputs("unknown", stdout); break;
    default: check(0, "the kind of a moment is known");
    }
    if (moment.service_level) fputs("/service_level", stdout);
}

/* A line for a moment, if there is one. */
static void moment_line(int depth, const char *word, exq_moment moment)
{
    if (moment.kind == EXQ_MOMENT_NOTHING) return;
    printf("%*s%s ", 2 * depth, "", word);
    put_moment(moment);
    putchar('\n');
}

static void put_version(const exq_pack *pack, uint32_t id)
{
    exq_rule_version version;
    MUST(exq_pack_rule_version(pack, id, &version, &error));
    printf("rule=");
    put_name(pack, EXQ_KIND_RULE, version.rule);
    printf(" from=");
    put_day(version.from);
}

static void put_named(const exq_pack *pack, int32_t kind, uint32_t id)
{
    fputs(kind == EXQ_KIND_FACT ? "fact " : kind == EXQ_KIND_EVENT ? "event " : kind == EXQ_KIND_SET ? "set " : "calendar ",
          stdout);
    put_name(pack, kind, id);
}

static void name_line(const exq_pack *pack, const char *word, int32_t kind, uint32_t id)
{
    printf("  %s ", word);
    put_name(pack, kind, id);
    putchar('\n');
}

/* The members of an enumeration that stand in a set of bits, each behind a blank. */
static void put_members(const exq_pack *pack, uint32_t enumeration, const uint64_t members[4])
{
    uint32_t member;
    exq_str name;
    for (member = 0; member < 256; member++) {
        if ((members[member / 64] >> (member % 64) & 1) == 0) continue;
        MUST(exq_pack_member_name(pack, enumeration, member, &name, &error));
        putchar(' ');
        put(name);
    }
}

void put_places(const exq_pack *pack, int32_t everywhere, const uint64_t places[4])
{
    uint32_t territory;
    printf("  places");
    if (everywhere) {
        fputs(" everywhere", stdout);
    } else {
        MUST(exq_pack_territory(pack, &territory, &error));
        put_members(pack, territory, places);
    }
    putchar('\n');
}

static void put_value(const exq_pack *pack, uint32_t enumeration, const exq_value *value)
{
    uint64_t one[4] = {0, 0, 0, 0};
    printf(" type=%d", (int)value->type);
    switch (value->type) {
    case EXQ_TYPE_BOOL:
    case EXQ_TYPE_INT: printf(" %lld", (long long)value->number); break;
    case EXQ_TYPE_MEMBER:
        one[value->number / 64] = (uint64_t)1 << (value->number % 64);
        put_members(pack, enumeration, one);
        break;
    case EXQ_TYPE_SET: put_members(pack, enumeration, value->members); break;
    case EXQ_TYPE_MONEY: printf(" %lld %s", (long long)value->number, (const char *)value->currency); break;
    case EXQ_TYPE_INSTANT:
        putchar(' ');
        put_instant(value->number);
        break;
    default: break;
    }
    putchar('\n');
}

static void print_case(const exq_pack *pack, const exq_case *the_case)
{
    uint32_t id, count;
    exq_value value;
    exq_fact fact;
    MUST(exq_pack_count(pack, EXQ_KIND_FACT, &count, &error));
    for (id = 0; id < count; id++) {
        MUST(exq_case_get(the_case, EXQ_KIND_FACT, id, &value, &error));
        if (value.type == EXQ_TYPE_ABSENT) continue;
        MUST(exq_pack_fact(pack, id, &fact, &error));
        put_named(pack, EXQ_KIND_FACT, id);
        put_value(pack, fact.enumeration, &value);
    }
    MUST(exq_pack_count(pack, EXQ_KIND_EVENT, &count, &error));
    for (id = 0; id < count; id++) {
        MUST(exq_case_get(the_case, EXQ_KIND_EVENT, id, &value, &error));
        if (value.type == EXQ_TYPE_ABSENT) continue;
        put_named(pack, EXQ_KIND_EVENT, id);
        put_value(pack, EXQ_NONE, &value);
    }
}

static void print_head(const exq_pack *pack, const exq_decision *decision)
{
    exq_receipt receipt;
    exq_digest digest;
    exq_moment next;
    int32_t flag, day;
    uint32_t id, count;
    MUST(exq_decision_receipt(decision, &receipt, &error));
    MUST(exq_pack_digest(pack, &digest, &error));
    check(memcmp(&digest, &receipt.pack, sizeof digest) == 0, "the receipt has the digest of the pack");
    printf("now ");
    put_instant(receipt.now);
    printf("\ncase ");
    put_hex(&receipt.facts);
    MUST(exq_decision_next_change(decision, &next, &error));
    printf("\nnext_change ");
    put_moment(next);
    MUST(exq_decision_needs_human(decision, &flag, &error));
    printf("\nneeds_human %d\n", (int)flag);
    MUST(exq_pack_count(pack, EXQ_KIND_PACK, &count, &error));
    for (id = 0; id < count; id++) {
        MUST(exq_decision_law_date(decision, id, &day, &flag, &error));
        printf("law_date ");
        put_name(pack, EXQ_KIND_PACK, id);
        printf(" day=");
        put_day(day);
        printf(" decides=%d\n", (int)flag);
    }
}

/* An array from a call that fills one: asked for its size first. */
#define FILL(type, array, count, ...)                                                     \
    do {                                                                                  \
        size_t again;                                                                     \
        MUST(ARRAY_CALL(__VA_ARGS__, NULL, 0, &(count), &error));                         \
        (array) = calloc((count) + 1, sizeof(type));                                      \
        check((array) != NULL, "there is memory for an array");                           \
        MUST(ARRAY_CALL(__VA_ARGS__, (array), (count), &again, &error));                  \
        check((count) == again, "an array has as many elements as it said");              \
    } while (0)
#define ARRAY_CALL(function, ...) function(__VA_ARGS__)

/* How a due was counted, if it was: that of an effect (EXQ_NONE) or of a rival reading of it. */
static void print_derivation(const exq_pack *pack, const exq_decision *decision, int depth, uint32_t answer,
                             uint32_t effect, uint32_t alternative)
{
    exq_derivation derivation;
    exq_step *steps;
    size_t count, i;
    int width = 2 * depth;
    MUST(exq_decision_derivation(decision, answer, effect, alternative, &derivation, &error));
    FILL(exq_step, steps, count, exq_decision_steps, decision, answer, effect, alternative);
    check(count == derivation.steps, "a derivation has as many steps as it said");
    check(count > 0 || derivation.regime == EXQ_REGIME_NONE, "where nothing was counted there is no regime");
    if (derivation.regime != EXQ_REGIME_NONE) {
        printf("%*sderivation regime=%d steps=%u calendar=", width, "", (int)derivation.regime, (unsigned)derivation.steps);
        put_name(pack, EXQ_KIND_CALENDAR, derivation.calendar);
        printf(" zone=");
        put(derivation.zone);
        putchar('\n');
    }
    for (i = 0; i < count; i++) {
        const exq_step *step = &steps[i];
        printf("%*sstep %d day=", width + 2, "", (int)step->kind);
        put_day(step->has_day ? step->day : INT32_MIN);
        printf(" at=");
        put_moment(step->at);
        printf(" skipped=%d recalled=%d\n", (int)step->skipped, (int)step->recalled);
        if (step->paragraph.len > 0) {
            printf("%*sparagraph ", width + 4, "");
            put(step->paragraph);
            putchar('\n');
        }
        put_text(depth + 2, "holiday", "en", step->holiday_en);
        put_text(depth + 2, "holiday", "fr", step->holiday_fr);
    }
    free(steps);
}

static void print_effect(const exq_pack *pack, const exq_decision *decision, uint32_t answer, uint32_t index)
{
    exq_effect effect;
    exq_money amount;
    exq_alternative alternative;
    exq_named *needs;
    size_t count, i;
    uint32_t n;
    MUST(exq_decision_effect(decision, answer, index, &effect, &error));
    printf("  effect %u ", (unsigned)index);
    put_version(pack, effect.version);
    printf(" value=%d state=%d status=%d certain=%d overtaken=%d why=%d exclusive=%d\n", (int)effect.value,
           (int)effect.state, (int)effect.status, (int)effect.certain, (int)effect.overtaken, (int)effect.why,
           (int)effect.exclusive);
    if (effect.by != EXQ_NONE) {
        printf("    by ");
        put_version(pack, effect.by);
        putchar('\n');
    }
    moment_line(2, "not_before", effect.not_before);
    moment_line(2, "due", effect.due);
    moment_line(2, "provisional_due", effect.provisional_due);
    moment_line(2, "start", effect.start);
    moment_line(2, "end", effect.end);
    print_derivation(pack, decision, 2, answer, index, EXQ_NONE);
    if (effect.ceiling != EXQ_CEILING_NONE) printf("    ceiling %d per_day=%d\n", (int)effect.ceiling, (int)effect.per_day);
    for (n = 0; n < effect.amounts; n++) {
        MUST(exq_decision_amount(decision, answer, index, n, &amount, &error));
        printf("    amount minor=%lld currency=%s decimals=%u\n", (long long)amount.minor, (const char *)amount.currency,
               (unsigned)amount.decimals);
    }
    for (n = 0; n < effect.alternatives; n++) {
        MUST(exq_decision_alternative(decision, answer, index, n, &alternative, &error));
        printf("    alternative due=");
        put_moment(alternative.due);
        printf(" exclusive=%d\n", (int)alternative.exclusive);
        put_text(3, "because", "en", alternative.because_en);
        put_text(3, "because", "fr", alternative.because_fr);
        print_derivation(pack, decision, 3, answer, index, n);
    }
    FILL(exq_named, needs, count, exq_decision_needs, decision, answer, index);
    for (i = 0; i < count; i++) {
        printf("    needs ");
        put_named(pack, needs[i].kind, needs[i].id);
        putchar('\n');
    }
    free(needs);
}

static void print_answer(const exq_pack *pack, const exq_decision *decision, uint32_t index)
{
    exq_answer answer;
    uint32_t n;
    MUST(exq_decision_answer(decision, index, &answer, &error));
    printf("answer %u outcome=%d unprotected=%d provisional=%d conflict=%d guard=%d operational=", (unsigned)index,
           (int)answer.outcome, (int)answer.unprotected, (int)answer.provisional, (int)answer.conflict, (int)answer.guard);
    if (answer.operational == EXQ_NONE)
        putchar('-');
    else
        printf("%u", (unsigned)answer.operational);
    printf(" effects=%u\n", (unsigned)answer.effects);
    name_line(pack, "norm", EXQ_KIND_NORM, answer.norm);
    if (answer.beside != EXQ_NONE) name_line(pack, "beside", EXQ_KIND_PACK, answer.beside);
    put_places(pack, answer.everywhere, answer.places);
    for (n = 0; n < answer.effects; n++) print_effect(pack, decision, index, n);
}

static void print_duties(const exq_pack *pack, const exq_decision *decision)
{
    exq_duty *duties;
    size_t count, i;
    FILL(exq_duty, duties, count, exq_decision_duties, decision);
    for (i = 0; i < count; i++) {
        const exq_duty *duty = &duties[i];
        printf("duty answer=%u effect=%u outcome=%d state=%d status=%d certain=%d exclusive=%d due=", (unsigned)duty->answer,
               (unsigned)duty->effect, (int)duty->outcome, (int)duty->state, (int)duty->status, (int)duty->certain,
               (int)duty->exclusive);
        put_moment(duty->due);
        printf(" not_before=");
        put_moment(duty->not_before);
        putchar('\n');
        moment_line(1, "provisional_due", duty->provisional_due);
        printf("  rule ");
        put_version(pack, duty->version);
        putchar('\n');
        name_line(pack, "norm", EXQ_KIND_NORM, duty->norm);
        put_places(pack, duty->everywhere, duty->places);
    }
    free(duties);
}

static void texts(const exq_pack *pack, const char *word, int32_t kind, uint32_t id, int32_t text)
{
    exq_str en, fr;
    MUST(exq_pack_text(pack, kind, id, text, EXQ_LANG_EN, &en, &error));
    MUST(exq_pack_text(pack, kind, id, text, EXQ_LANG_FR, &fr, &error));
    put_text(1, word, "en", en);
    put_text(1, word, "fr", fr);
}

static void print_lists(const exq_pack *pack, const exq_decision *decision)
{
    exq_missing missing;
    exq_named *assumed;
    uint32_t n, rows;
    size_t count, i;
    MUST(exq_decision_missing_count(decision, &rows, &error));
    for (n = 0; n < rows; n++) {
        MUST(exq_decision_missing(decision, n, &missing, &error));
        printf("missing ");
        put_named(pack, missing.kind, missing.id);
        printf(" count=%u\n", (unsigned)missing.count);
        if (missing.kind == EXQ_KIND_FACT || missing.kind == EXQ_KIND_EVENT) {
            texts(pack, "question", missing.kind, missing.id, EXQ_TEXT_QUESTION);
        }
    }
    FILL(exq_named, assumed, count, exq_decision_assumed, decision);
    for (i = 0; i < count; i++) {
        printf("assumed ");
        put_named(pack, assumed[i].kind, assumed[i].id);
        putchar('\n');
    }
    free(assumed);
}

static void print_rule(const exq_pack *pack, const exq_rule_state *rule)
{
    exq_rule_version version;
    exq_citation citation;
    exq_str text;
    uint32_t n;
    MUST(exq_pack_rule_version(pack, rule->version, &version, &error));
    printf("rule ");
    put_name(pack, EXQ_KIND_RULE, rule->rule);
    printf(" from=");
    put_day(version.from);
    printf(" truth=%d needs_human=%d\n", (int)rule->truth, (int)rule->needs_human);
    texts(pack, "title", EXQ_KIND_VERSION, rule->version, EXQ_TEXT_TITLE);
    texts(pack, "reason", EXQ_KIND_VERSION, rule->version, EXQ_TEXT_REASON);
    for (n = 0; n < version.citations; n++) {
        MUST(exq_pack_citation(pack, rule->version, n, &citation, &error));
        printf("  cite checked=%d\n", (int)citation.checked);
        put_text(2, "article", "en", citation.article_en);
        put_text(2, "article", "fr", citation.article_fr);
    }
    for (n = 0; n < version.untranslated; n++) {
        puts("  untranslated");
        MUST(exq_pack_untranslated(pack, rule->version, n, EXQ_LANG_EN, &text, &error));
        put_text(2, "text", "en", text);
        MUST(exq_pack_untranslated(pack, rule->version, n, EXQ_LANG_FR, &text, &error));
        put_text(2, "text", "fr", text);
    }
}

static void print_brief(const exq_pack *pack, const exq_decision *decision, uint32_t norm)
{
    exq_brief brief;
    int32_t allowed = 0;
    uint32_t territory, places = 0, place, granted = 0;
    uint64_t bits[4] = {0, 0, 0, 0};
    MUST(exq_decision_brief(decision, norm, &brief, &error));
    printf("brief outcome=%d status=%d allowed=%d needs_human=%d due=", (int)brief.outcome, (int)brief.status,
           (int)brief.allowed, (int)brief.needs_human);
    put_moment(brief.due);
    putchar('\n');
    name_line(pack, "norm", EXQ_KIND_NORM, norm);
    MUST(exq_pack_territory(pack, &territory, &error));
    if (territory != EXQ_NONE) MUST(exq_pack_member_count(pack, territory, &places, &error));
    for (place = 0; place < places; place++) {
        MUST(exq_decision_allows(decision, norm, place, &allowed, &error));
        if (!allowed) continue;
        bits[place / 64] |= (uint64_t)1 << (place % 64);
        granted++;
    }
    MUST(exq_decision_allows(decision, norm, EXQ_NONE, &allowed, &error));
    check(territory == EXQ_NONE || allowed == (granted == places), "allowed everywhere is allowed in each place");
    if (allowed) {
        puts("  allowed_in everywhere");
    } else if (granted > 0) {
        printf("  allowed_in");
        put_members(pack, territory, bits);
        putchar('\n');
    }
}

void print_transcript(const exq_pack *pack, const exq_case *the_case, const exq_decision *decision)
{
    exq_rule_state *rules;
    uint32_t n, answers, norms;
    size_t count, i;
    print_head(pack, decision);
    print_case(pack, the_case);
    MUST(exq_decision_answer_count(decision, &answers, &error));
    for (n = 0; n < answers; n++) print_answer(pack, decision, n);
    print_duties(pack, decision);
    print_lists(pack, decision);
    FILL(exq_rule_state, rules, count, exq_decision_rules, decision);
    for (i = 0; i < count; i++) print_rule(pack, &rules[i]);
    free(rules);
    MUST(exq_pack_count(pack, EXQ_KIND_NORM, &norms, &error));
    for (n = 0; n < norms; n++) print_brief(pack, decision, n);
}

char *decision_json(const exq_decision *decision, uint32_t flags)
{
    size_t needed, again;
    char *text;
    MUST(exq_decision_json(decision, flags, NULL, 0, &needed, &error));
    text = malloc(needed);
    check(text != NULL, "there is memory for JSON");
    MUST(exq_decision_json(decision, flags, text, needed, &again, &error));
    check(needed == again && strlen(text) + 1 == needed, "JSON needs what it has");
    return text;
}

char *decision_form(const exq_decision *decision, const char *form, uint32_t flags)
{
    size_t needed, again;
    char *text;
    MUST(exq_decision_form(decision, form, strlen(form), flags, NULL, 0, &needed, &error));
    text = malloc(needed);
    check(text != NULL, "there is memory for a form");
    MUST(exq_decision_form(decision, form, strlen(form), flags, text, needed, &again, &error));
    check(needed == again && strlen(text) + 1 == needed, "a form needs what it has");
    return text;
}

char *decision_text(const exq_decision *decision, int32_t lang, uint32_t flags)
{
    size_t needed, again;
    char *text;
    MUST(exq_decision_text(decision, lang, flags, NULL, 0, &needed, &error));
    text = malloc(needed);
    check(text != NULL, "there is memory for sentences");
    MUST(exq_decision_text(decision, lang, flags, text, needed, &again, &error));
    check(needed == again && strlen(text) + 1 == needed, "sentences need what they have");
    return text;
}
