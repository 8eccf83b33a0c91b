/* Lines to orders and events, each taken once.
 *
 * Invariant: one transaction holds a line, how far its source was taken, and everything that follows from it. Killed in
 * between, the docket has lived through all of it or none. A line that cannot be taken is kept with the reason, and told
 * to a person: it may have been a duty. SQLite takes the JSON apart, the engine reads the facts.
 */
#include <string.h>

#include "docket.h"

/* The longest id of an order, in bytes: ids are shown on one line. */
#define ID_LIMIT 200

/* A line, taken apart by SQLite. `body` is the case or the event, as JSON. */
typedef struct parsed {
    int is_event;
    text id;
    text body;
} parsed;

/* Whether an id can be shown, and found again: valid text on one line. */
static int id_is_good(docket *in, const text *id)
{
    uint32_t none = 0;
    for (size_t i = 0; i < id->length; i++) {
        unsigned char byte = (unsigned char)id->bytes[i];
        if (byte < 0x20 || byte == 0x7f) {
            return 0;
        }
    }
    /* The engine reads UTF-8 strictly, so it is asked, by looking for a pack of this name. */
    exq_status found = exq_pack_find(in->current->pack, EXQ_KIND_PACK, id->bytes, id->length, &none, NULL);
    return id->length > 0 && id->length <= ID_LIMIT && found != EXQ_E_UTF8;
}

/* Whether a column holds this type of JSON. */
static int is_type(query *row, int column, const char *type)
{
    const char *found = (const char *)sqlite3_column_text(row->statement, column);
    return found != NULL && strcmp(found, type) == 0;
}

/* The columns of a line. 1: a row, 0: it is not an object in JSON, with the reason; -1. */
static int columns_of(docket *in, const char *bytes, size_t length, query *row, text *why)
{
    if (memchr(bytes, '\0', length) != NULL) {
        return text_say(why, "not JSON: a byte is 0");
    }
    query valid = store_query(&in->store, "SELECT CASE WHEN json_valid(?1) THEN json_type(?1) = 'object' ELSE 0 END");
    bind_text(&valid, 1, bytes, length);
    if (query_step(&valid) != 1) {
        return -1;
    }
    int good = row_int(&valid, 0) == 1;
    query_end(&valid);
    if (!good) {
        return text_say(why, "expected one JSON object in a line");
    }
    *row = store_query(&in->store,
                       "SELECT json_type(?1, '$.id'), json_extract(?1, '$.id'), json_type(?1, '$.case'),"
                       " json_extract(?1, '$.case'), json_type(?1, '$.event'), json_extract(?1, '$.event'),"
                       " json_type(?1, '$.at'), json_extract(?1, '$.at'),"
                       " (SELECT min(key) FROM json_each(?1) WHERE key NOT IN ('id', 'case', 'event', 'at')),"
                       " (SELECT count(*) > count(DISTINCT key) FROM json_each(?1))");
    bind_text(row, 1, bytes, length);
    return query_step(row) == 1 ? 1 : -1;
}

/* The instant in `at`. 1, 0 if it is none. */
static int read_at(query *row, int64_t *at)
{
    const char *given = (const char *)sqlite3_column_text(row->statement, 7);
    size_t length = (size_t)sqlite3_column_bytes(row->statement, 7);
    return is_type(row, 6, "text") && exq_instant_parse(given, length, at, NULL) == EXQ_OK;
}

int line_arrival(docket *in, const input_line *line, int64_t otherwise, int64_t *arrival)
{
    *arrival = otherwise;
    if (in->clock.kind != CLOCK_SIMULATED || line->overlong) {
        return 0;
    }
    query row;
    text why = {NULL, 0};
    int found = columns_of(in, line->bytes, line->length, &row, &why);
    text_free(&why);
    if (found != 1) {
        return found;
    }
    int64_t at = 0;
    if (read_at(&row, &at) && at > otherwise) {
        *arrival = at;
    }
    query_end(&row);
    return 0;
}

/* Whether a line has the form that is taken. 1, 0 with the reason, -1. */
static int check_form(docket *in, query *row, const parsed *line, text *why)
{
    int64_t at = 0;
    if (!row_is_null(row, 8)) {
        text key = {NULL, 0};
        int done = row_text(row, 8, &key);
        text_free(why);
        if (done == 0) {
            done = text_format(why, "unknown key `%s`, expected `id` with `case` or `event`", key.bytes);
        }
        text_free(&key);
        return done;
    }
    if (row_int(row, 9) != 0) {
        return text_say(why, "a key stands twice");
    }
    if (!is_type(row, 0, "text") || !id_is_good(in, &line->id)) {
        return text_say(why, "expected in `id` a text of 1 to 200 bytes, without control characters");
    }
    if (row_is_null(row, 2) == row_is_null(row, 4)) {
        return text_say(why, "expected either `case` or `event`");
    }
    if (!is_type(row, line->is_event ? 4 : 2, "object")) {
        return text_say(why, line->is_event ? "expected an object in `event`" : "expected an object in `case`");
    }
    if (row_is_null(row, 6)) {
        return 1;
    }
    if (in->clock.kind != CLOCK_SIMULATED) {
        return text_say(why, "`at` is for a simulated clock: a line cannot say by itself when it came");
    }
    return read_at(row, &at) ? 1 : text_say(why, "expected an instant in `at`");
}

/* Takes a line apart. 1, 0 with the reason, -1. What could be read of it is in `into` in any case. */
static int parse(docket *in, const input_line *line, parsed *into, text *why)
{
    if (line->overlong) {
        return text_say(why, "longer than 1048576 bytes");
    }
    query row;
    int found = columns_of(in, line->bytes, line->length, &row, why);
    if (found != 1) {
        return found;
    }
    into->is_event = !row_is_null(&row, 4);
    int done = -1;
    if ((!is_type(&row, 0, "text") || row_text(&row, 1, &into->id) == 0)
        && row_text(&row, into->is_event ? 5 : 3, &into->body) == 0) {
        done = check_form(in, &row, into, why);
    }
    query_end(&row);
    return done;
}

/* Notes that a source was taken up to the end of this line. 0, or -1. */
static int move_source(docket *in, const source *from, const input_line *line)
{
    query move = store_query(&in->store, "UPDATE sources SET lines = lines + 1, bytes = bytes + ?3"
                                         " WHERE name = ?1 AND lines = ?2");
    bind_text(&move, 1, from->name.bytes, from->name.length);
    bind_int(&move, 2, from->lines);
    bind_int(&move, 3, line->taken);
    if (query_run(&move) != 0) {
        return -1;
    }
    return store_changes(&in->store) == 1 ? 0 : failed(from->name.bytes, "another docket takes the lines of this source");
}

static int put_line(docket *in, const source *from, const input_line *line, int64_t now, const parsed *read,
                    const char *became, const text *why)
{
    query put = store_query(&in->store, "INSERT INTO lines (source, number, line, bytes, instant, order_id, became, why)"
                                        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
    bind_text(&put, 1, from->name.bytes, from->name.length);
    bind_int(&put, 2, from->lines + 1);
    bind_text(&put, 3, line->bytes, line->length);
    bind_int(&put, 4, line->taken);
    bind_int(&put, 5, now);
    if (read->id.bytes != NULL && read->id.length > 0) {
        bind_text(&put, 6, read->id.bytes, read->id.length);
    }
    bind_word(&put, 7, became);
    if (why != NULL) {
        bind_text(&put, 8, why->bytes, why->length);
    }
    if (query_run(&put) != 0) {
        return -1;
    }
    notice told = {"line", &read->id, NULL, NULL, NULL, &from->name, 0, from->lines + 1, now, 0};
    return why == NULL ? 0 : outbox_put(in, &told, why->bytes);
}

int line_take(docket *in, source *from, const input_line *line, int64_t now)
{
    parsed read = {0, {NULL, 0}, {NULL, 0}};
    text why = {NULL, 0};
    const char *became = "refused";
    int done = store_begin(&in->store);
    if (done == 0) {
        int taken = parse(in, line, &read, &why);
        if (taken == 1) {
            taken = read.is_event ? event_take(in, &read.id, &read.body, now, &became, &why)
                                  : order_take(in, &read.id, &read.body, now, &became, &why);
        }
        if (taken == 0) {
            became = "refused";
        }
        done = taken < 0 || move_source(in, from, line) != 0
                       || put_line(in, from, line, now, &read, became, taken == 0 ? &why : NULL) != 0
                       || lived_to(in, now) != 0
                   ? -1
                   : store_commit(&in->store);
    }
    if (done == 0) {
        clock_lived(in, now);
        from->lines++;
    }
    store_rollback(&in->store);
    text_free(&read.id);
    text_free(&read.body);
    text_free(&why);
    return done;
}

