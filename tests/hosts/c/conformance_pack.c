/* What is in a pack, line by line, from its accessors; and what must hold of them. Part of the conformance runner. */
#include "conformance.h"

#include <stdlib.h>
#include <string.h>

static uint32_t count(const exq_pack *pack, int32_t kind)
{
    uint32_t n;
    MUST(exq_pack_count(pack, kind, &n, &error));
    return n;
}

/* A text of a thing in both languages. */
static void texts(const exq_pack *pack, int depth, const char *word, int32_t kind, uint32_t id, int32_t text)
{
    exq_str en, fr;
    MUST(exq_pack_text(pack, kind, id, text, EXQ_LANG_EN, &en, &error));
    MUST(exq_pack_text(pack, kind, id, text, EXQ_LANG_FR, &fr, &error));
    put_text(depth, word, "en", en);
    put_text(depth, word, "fr", fr);
}

static void line_of(const char *word, exq_str text)
{
    if (text.len == 0) return;
    printf("  %s ", word);
    put(text);
    putchar('\n');
}

static void print_enum(const exq_pack *pack, uint32_t id)
{
    uint32_t members, member;
    exq_str text;
    printf("enum ");
    put_name(pack, EXQ_KIND_ENUM, id);
    putchar('\n');
    MUST(exq_pack_member_count(pack, id, &members, &error));
    for (member = 0; member < members; member++) {
        MUST(exq_pack_member_name(pack, id, member, &text, &error));
        line_of("member", text);
        MUST(exq_pack_member_label(pack, id, member, EXQ_LANG_EN, &text, &error));
        put_text(2, "label", "en", text);
        MUST(exq_pack_member_label(pack, id, member, EXQ_LANG_FR, &text, &error));
        put_text(2, "label", "fr", text);
    }
}

static void print_fact(const exq_pack *pack, uint32_t id)
{
    exq_fact fact;
    MUST(exq_pack_fact(pack, id, &fact, &error));
    printf("fact ");
    put_name(pack, EXQ_KIND_FACT, id);
    printf(" type=%d enum=", (int)fact.type);
    put_name(pack, EXQ_KIND_ENUM, fact.enumeration);
    printf(" presumed=%d", (int)fact.presumed);
    if (fact.type == EXQ_TYPE_INT) printf(" least=%lld most=%lld", (long long)fact.least, (long long)fact.most);
    putchar('\n');
    texts(pack, 1, "question", EXQ_KIND_FACT, id, EXQ_TEXT_QUESTION);
}

static void print_norm(const exq_pack *pack, uint32_t id)
{
    exq_norm norm;
    exq_str name;
    MUST(exq_pack_norm(pack, id, &norm, &error));
    printf("norm pack=");
    put_name(pack, EXQ_KIND_PACK, norm.pack);
    printf(" done_at=");
    put_name(pack, EXQ_KIND_EVENT, norm.done_at);
    printf(" broken_at=");
    put_name(pack, EXQ_KIND_EVENT, norm.broken_at);
    printf(" by_default=%d protected=%d\n", (int)norm.by_default, (int)norm.is_protected);
    MUST(exq_pack_name(pack, EXQ_KIND_NORM, id, &name, &error));
    line_of("name", name);
    line_of("bearer", norm.bearer);
    line_of("action", norm.action);
    line_of("object", norm.object);
    line_of("family", norm.family);
    line_of("member", norm.member);
    texts(pack, 1, "title", EXQ_KIND_NORM, id, EXQ_TEXT_TITLE);
    texts(pack, 1, "label", EXQ_KIND_NORM, id, EXQ_TEXT_LABEL);
}

static void print_version(const exq_pack *pack, uint32_t id)
{
    exq_rule_version version;
    MUST(exq_pack_rule_version(pack, id, &version, &error));
    printf("version rule=");
    put_name(pack, EXQ_KIND_RULE, version.rule);
    printf(" pack=");
    put_name(pack, EXQ_KIND_PACK, version.pack);
    printf(" from=");
    put_day(version.from);
    printf(" until=");
    put_day(version.until);
    printf(" citations=%u untranslated=%u\n", (unsigned)version.citations, (unsigned)version.untranslated);
}

void print_pack(const exq_pack *pack)
{
    uint32_t id, territory;
    int32_t proved;
    exq_digest hash;
    exq_instrument instrument;
    char *schema;
    size_t needed, again;
    for (id = 0; id < count(pack, EXQ_KIND_PACK); id++) {
        MUST(exq_pack_instrument(pack, id, &instrument, &error));
        printf("pack ");
        put_name(pack, EXQ_KIND_PACK, id);
        printf(" status=%d adopted=%d from=", (int)instrument.status, (int)instrument.adopted);
        put_day(instrument.from);
        printf(" until=");
        put_day(instrument.until);
        putchar('\n');
        texts(pack, 1, "title", EXQ_KIND_PACK, id, EXQ_TEXT_TITLE);
        texts(pack, 1, "source", EXQ_KIND_PACK, id, EXQ_TEXT_SOURCE);
    }
    for (id = 0; id < count(pack, EXQ_KIND_ENUM); id++) print_enum(pack, id);
    for (id = 0; id < count(pack, EXQ_KIND_SET); id++) {
        printf("set ");
        put_name(pack, EXQ_KIND_SET, id);
        putchar('\n');
    }
    for (id = 0; id < count(pack, EXQ_KIND_FACT); id++) print_fact(pack, id);
    for (id = 0; id < count(pack, EXQ_KIND_EVENT); id++) {
        printf("event ");
        put_name(pack, EXQ_KIND_EVENT, id);
        putchar('\n');
        texts(pack, 1, "question", EXQ_KIND_EVENT, id, EXQ_TEXT_QUESTION);
    }
    for (id = 0; id < count(pack, EXQ_KIND_NORM); id++) print_norm(pack, id);
    for (id = 0; id < count(pack, EXQ_KIND_RULE); id++) {
        printf("rule ");
        put_name(pack, EXQ_KIND_RULE, id);
        putchar('\n');
    }
    for (id = 0; id < count(pack, EXQ_KIND_VERSION); id++) print_version(pack, id);
    MUST(exq_pack_territory(pack, &territory, &error));
    printf("territory ");
    put_name(pack, EXQ_KIND_ENUM, territory);
    MUST(exq_pack_is_proved(pack, &proved, &error));
    printf("\nproved %d\nschema_hash ", (int)proved);
    MUST(exq_pack_schema_hash(pack, &hash, &error));
    put_hex(&hash);
    MUST(exq_pack_case_schema(pack, NULL, 0, &needed, &error));
    schema = malloc(needed);
    check(schema != NULL, "there is memory for the schema");
    check(exq_pack_case_schema(pack, schema, needed - 1, &again, NULL) == EXQ_E_BUFFER, "a short buffer is refused");
    MUST(exq_pack_case_schema(pack, schema, needed, &again, &error));
    check(needed == again && strlen(schema) + 1 == needed, "the schema needs what it has");
    printf("\ncase_schema\n%s\n", schema);
    free(schema);
}

void check_pack(const exq_pack *pack, const uint8_t *bytes, size_t len)
{
    exq_bytes kept;
    exq_digest hash;
    exq_str name;
    int32_t kind;
    uint32_t id, found, member, members;
    MUST(exq_pack_bytes(pack, &kept, &error));
    check(kept.len == len && memcmp(kept.ptr, bytes, len) == 0, "a pack gives the bytes that it was loaded from");
    MUST(exq_pack_schema_hash(pack, &hash, &error));
    MUST(exq_pack_expect_schema(pack, &hash, &error));
    hash.bytes[31] ^= 1;
    check(exq_pack_expect_schema(pack, &hash, NULL) == EXQ_E_SCHEMA, "another vocabulary is refused");
    for (kind = EXQ_KIND_PACK; kind < EXQ_KIND_VERSION; kind++) {
        for (id = 0; id < count(pack, kind); id++) {
            MUST(exq_pack_name(pack, kind, id, &name, &error));
            MUST(exq_pack_find(pack, kind, name.ptr, name.len, &found, &error));
            check(found == id, "a name finds the id that has it");
        }
    }
    for (id = 0; id < count(pack, EXQ_KIND_ENUM); id++) {
        MUST(exq_pack_member_count(pack, id, &members, &error));
        for (member = 0; member < members; member++) {
            MUST(exq_pack_member_name(pack, id, member, &name, &error));
            MUST(exq_pack_member_find(pack, id, name.ptr, name.len, &found, &error));
            check(found == member, "a name finds the member that has it");
        }
    }
}
