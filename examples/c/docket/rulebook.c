/* Packs from files and from the database, and cases judged by them. */
#include "rulebook.h"

#include <stdlib.h>
#include <string.h>

/* Appends what an engine call gave, as `EXQ_E_JSON at /order: …`. Memory and panics come without an error object. */
static int error_write(exq_status code, const exq_error *error, text *into)
{
    const char *place = exq_error_place(error);
    const char *message = error == NULL ? "the engine could not say more" : exq_error_message(error);
    return text_format(into, "%s%s%s: %s", exq_status_name(code), *place == '\0' ? "" : " at ", place, message);
}

int engine_failed(exq_error *error)
{
    text what = {NULL, 0};
    if (error == NULL) {
        failed("engine", "out of memory, or a fault of its own");
    } else if (error_write(exq_error_code(error), error, &what) == 0) {
        failed("engine", what.bytes);
    }
    text_free(&what);
    exq_error_free(error);
    return -1;
}

/* What the engine says of a case is an answer to who sent it, a fault on this one case included: the others must go on.
 * That memory is short says nothing of the case. */
static int refused(exq_status code, exq_error *error, text *why)
{
    if (code == EXQ_E_MEMORY) {
        return engine_failed(error);
    }
    text_free(why);
    int done = error_write(code, error, why);
    exq_error_free(error);
    return done;
}

int digest_write(const exq_digest *digest, text *into)
{
    static const char digits[] = "0123456789abcdef";
    char written[2 * sizeof digest->bytes];
    for (size_t i = 0; i < sizeof digest->bytes; i++) {
        written[2 * i] = digits[digest->bytes[i] >> 4];
        written[2 * i + 1] = digits[digest->bytes[i] & 15];
    }
    return text_append(into, written, sizeof written);
}

static void release(rulebook *of)
{
    text_free(&of->adopted);
    exq_decision_free(of->decision);
    exq_case_free(of->facts);
    exq_pack_free(of->pack);
    free(of->adopt);
    free(of);
}

void rulebook_free_all(rulebook **all)
{
    while (*all != NULL) {
        rulebook *first = *all;
        *all = first->next;
        release(first);
    }
}

/* A rulebook around a pack that was loaded, which it owns from here on, whatever comes. NULL if it failed. */
static rulebook *around(exq_pack *pack, const char *adopted)
{
    exq_error *error = NULL;
    rulebook *made = calloc(1, sizeof *made);
    if (made == NULL) {
        exq_pack_free(pack);
        failed("rules", "out of memory");
        return NULL;
    }
    made->pack = pack;
    made->adopt = calloc(strlen(adopted) / 2 + 1, sizeof *made->adopt);
    if (made->adopt == NULL || text_copy(&made->adopted, adopted, strlen(adopted)) != 0) {
        failed("rules", "out of memory");
        goto bad;
    }
    for (const char *name = adopted; *name != '\0';) {
        size_t length = strcspn(name, " ");
        if (exq_pack_find(pack, EXQ_KIND_PACK, name, length, &made->adopt[made->adopt_count], &error) != EXQ_OK) {
            goto refused_by_engine;
        }
        made->adopt_count++;
        name += length + (name[length] == ' ');
    }
    if (exq_case_new(pack, &made->facts, &error) != EXQ_OK || exq_decision_new(pack, &made->decision, &error) != EXQ_OK) {
        goto refused_by_engine;
    }
    return made;
refused_by_engine:
    engine_failed(error);
bad:
    release(made);
    return NULL;
}

/* Finds or makes the row of a rulebook, by which is judged from now on. */
static int find_row(rulebook *of, store *in)
{
    exq_error *error = NULL;
    exq_digest digest;
    exq_bytes bytes;
    text hex = {NULL, 0};
    if (exq_pack_digest(of->pack, &digest, &error) != EXQ_OK || exq_pack_bytes(of->pack, &bytes, &error) != EXQ_OK) {
        return engine_failed(error);
    }
    int done = -1;
    if (digest_write(&digest, &hex) != 0 || store_begin(in) != 0) {
        goto end;
    }
    query put = store_query(in, "INSERT INTO rules (digest, adopted, bytes) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING");
    bind_text(&put, 1, hex.bytes, hex.length);
    bind_text(&put, 2, of->adopted.bytes, of->adopted.length);
    bind_blob(&put, 3, bytes.ptr, bytes.len);
    if (query_run(&put) != 0) {
        goto end;
    }
    query get = store_query(in, "SELECT id FROM rules WHERE digest = ?1 AND adopted = ?2");
    bind_text(&get, 1, hex.bytes, hex.length);
    bind_text(&get, 2, of->adopted.bytes, of->adopted.length);
    if (query_step(&get) != 1) {
        goto end;
    }
    of->row = row_int(&get, 0);
    query_end(&get);
    query now = store_query(in, "UPDATE present SET rules = ?1 WHERE id = 1");
    bind_int(&now, 1, of->row);
    done = query_run(&now) == 0 ? store_commit(in) : -1;
end:
    text_free(&hex);
    return done;
}

/* What cannot be adopted is refused by every decision: better at the start than at each line. */
static int can_decide(rulebook *made)
{
    text why = {NULL, 0};
    int decided = rulebook_decide(made, 0, &why);
    if (decided == 0) {
        failed("rules", why.bytes);
    }
    text_free(&why);
    return decided == 1 ? 0 : -1;
}

static int by_spelling(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

int rulebook_enter(rulebook **all, store *in, const char *path, const char **names, size_t count, rulebook **entered)
{
    exq_error *error = NULL;
    exq_pack *pack = NULL;
    text adopted = {NULL, 0};
    /* One spelling for one choice: the row is found by it. */
    if (count > 0) {
        qsort(names, count, sizeof *names, by_spelling);
    }
    int done = text_append(&adopted, "", 0);
    for (size_t i = 0; i < count && done == 0; i++) {
        if (i == 0 || strcmp(names[i], names[i - 1]) != 0) {
            done = text_format(&adopted, "%s%s", i == 0 ? "" : " ", names[i]);
        }
    }
    if (done == 0 && exq_pack_load_file(path, strlen(path), &pack, &error) != EXQ_OK) {
        done = engine_failed(error);
    }
    if (done == 0) {
        rulebook *made = around(pack, adopted.bytes);
        done = made == NULL ? -1 : 0;
        if (made != NULL) {
            made->next = *all;
            *all = made;
            *entered = made;
            done = can_decide(made) == 0 ? find_row(made, in) : -1;
        }
    }
    text_free(&adopted);
    return done;
}

int rulebook_of(rulebook **all, store *in, int64_t row, rulebook **found)
{
    for (rulebook *known = *all; known != NULL; known = known->next) {
        if (known->row == row) {
            *found = known;
            return 0;
        }
    }
    query get = store_query(in, "SELECT bytes, adopted FROM rules WHERE id = ?1");
    bind_int(&get, 1, row);
    int step = query_step(&get);
    if (step != 1) {
        return step == 0 ? failed("rules", "no such row") : -1;
    }
    exq_error *error = NULL;
    exq_pack *pack = NULL;
    text adopted = {NULL, 0};
    const uint8_t *bytes = sqlite3_column_blob(get.statement, 0);
    exq_status loaded = exq_pack_load(bytes, (size_t)sqlite3_column_bytes(get.statement, 0), &pack, &error);
    int done = row_text(&get, 1, &adopted);
    query_end(&get);
    if (loaded != EXQ_OK) {
        done = engine_failed(error);
    } else if (done != 0) {
        exq_pack_free(pack);
    } else {
        rulebook *made = around(pack, adopted.bytes);
        done = made == NULL ? -1 : 0;
        if (made != NULL) {
            made->row = row;
            made->next = *all;
            *all = made;
            *found = made;
        }
    }
    text_free(&adopted);
    return done;
}

int rulebook_facts(rulebook *by, const text *facts, text *why)
{
    exq_error *error = NULL;
    exq_status code = exq_case_set_json(by->facts, facts->bytes, facts->length, &error);
    return code == EXQ_OK ? 1 : refused(code, error, why);
}

int rulebook_decide(rulebook *by, int64_t now, text *why)
{
    exq_error *error = NULL;
    exq_options options;
    memset(&options, 0, sizeof options);
    options.now = now;
    options.adopt = by->adopt;
    options.adopt_count = by->adopt_count;
    exq_status code = exq_decide_with(by->decision, by->facts, &options, sizeof options, &error);
    return code == EXQ_OK ? 1 : refused(code, error, why);
}

int rulebook_judge(rulebook *by, const text *facts, int64_t now, text *why)
{
    int taken = rulebook_facts(by, facts, why);
    return taken == 1 ? rulebook_decide(by, now, why) : taken;
}

int rulebook_name(const rulebook *by, int32_t kind, uint32_t id, text *into)
{
    exq_error *error = NULL;
    exq_str name;
    if (exq_pack_name(by->pack, kind, id, &name, &error) != EXQ_OK) {
        return engine_failed(error);
    }
    return text_append(into, name.ptr, name.len);
}

int rulebook_places(const rulebook *by, int everywhere, const uint64_t places[4], text *into)
{
    if (everywhere) {
        return text_append(into, "everywhere", strlen("everywhere"));
    }
    exq_error *error = NULL;
    uint32_t territory = EXQ_NONE;
    if (exq_pack_territory(by->pack, &territory, &error) != EXQ_OK) {
        return engine_failed(error);
    }
    const char *between = "";
    for (uint32_t member = 0; member < 256; member++) {
        if ((places[member / 64] >> (member % 64) & 1) == 0) {
            continue;
        }
        exq_str name;
        if (exq_pack_member_name(by->pack, territory, member, &name, &error) != EXQ_OK) {
            return engine_failed(error);
        }
        if (text_append(into, between, strlen(between)) != 0 || text_append(into, name.ptr, name.len) != 0) {
            return -1;
        }
        between = " ";
    }
    return 0;
}
