/* SQLite behind few functions; what the tables are is in schema.c.
 *
 * Invariant: a commit is on the disk when `store_commit` returns (WAL with `synchronous=FULL`), and whatever kills the
 * program before that leaves nothing of the transaction. All promises of the docket about being killed rest on this.
 */
#include "store.h"

#include <stdio.h>
#include <string.h>

#include "schema.h"

/* Strict tables came with 3.37, the JSON functions without a build option with 3.38. */
#define SQLITE_NEEDED 3038000
/* How long to wait for another program that writes, in milliseconds. */
#define PATIENCE_MS 20000

static int broken(store *in, const char *what)
{
    return failed(what, in->db == NULL ? "out of memory" : sqlite3_errmsg(in->db));
}

static int execute(store *in, const char *sql)
{
    return sqlite3_exec(in->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : broken(in, sql);
}

enum { TABLES_FAILED = -1, TABLES_NONE = 0, TABLES_OURS = 1 };

/* Whose tables are in the file. One of another program is refused before anything is written. */
static int look_at_tables(store *in)
{
    query asked = store_query(in, "SELECT (SELECT application_id FROM pragma_application_id),"
                                  " (SELECT user_version FROM pragma_user_version),"
                                  " (SELECT count(*) FROM sqlite_schema)");
    if (query_step(&asked) != 1) {
        return TABLES_FAILED;
    }
    int64_t application = row_int(&asked, 0);
    int64_t version = row_int(&asked, 1);
    int empty = row_int(&asked, 2) == 0;
    query_end(&asked);
    if (application == SCHEMA_APPLICATION && version == SCHEMA_VERSION) {
        return TABLES_OURS;
    }
    if (empty) {
        return TABLES_NONE;
    }
    return failed("database", application == SCHEMA_APPLICATION ? "made by another version of docket" : "not a docket");
}

/* Makes the tables, in one transaction. Of two first starts at one time, the second finds them made. */
static int make_tables(store *in)
{
    if (store_begin(in) != 0) {
        return -1;
    }
    int found = look_at_tables(in);
    if (found != TABLES_NONE) {
        return found == TABLES_OURS ? store_commit(in) : -1;
    }
    for (size_t i = 0; schema_statements[i] != NULL; i++) {
        if (execute(in, schema_statements[i]) != 0) {
            return -1;
        }
    }
    char sign[80];
    snprintf(sign, sizeof sign, "PRAGMA application_id = %d", SCHEMA_APPLICATION);
    if (execute(in, sign) != 0) {
        return -1;
    }
    snprintf(sign, sizeof sign, "PRAGMA user_version = %d", SCHEMA_VERSION);
    return execute(in, sign) == 0 ? store_commit(in) : -1;
}

int store_open(store *opened, const char *path, int create)
{
    memset(opened, 0, sizeof *opened);
    if (sqlite3_libversion_number() < SQLITE_NEEDED) {
        return failed("SQLite", "version 3.38 or later is needed");
    }
    int flags = SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0);
    if (sqlite3_open_v2(path, &opened->db, flags, NULL) != SQLITE_OK) {
        return broken(opened, path);
    }
    if (sqlite3_busy_timeout(opened->db, PATIENCE_MS) != SQLITE_OK) {
        return broken(opened, path);
    }
    if (execute(opened, "PRAGMA journal_mode = WAL") != 0 || execute(opened, "PRAGMA synchronous = FULL") != 0
        || execute(opened, "PRAGMA foreign_keys = ON") != 0
        /* A build without the JSON functions is refused here, not at the first order. */
        || execute(opened, "SELECT json_patch('{}', '{}')") != 0) {
        return -1;
    }
    int found = look_at_tables(opened);
    return found == TABLES_NONE ? make_tables(opened) : found == TABLES_OURS ? 0 : -1;
}

void store_close(store *opened)
{
    for (size_t i = 0; i < opened->count; i++) {
        sqlite3_finalize(opened->kept[i].statement);
    }
    opened->count = 0;
    if (sqlite3_close(opened->db) != SQLITE_OK) {
        broken(opened, "closing");
    }
    opened->db = NULL;
}

int store_begin(store *in)
{
    query begin = store_query(in, "BEGIN IMMEDIATE");
    return query_run(&begin);
}

int store_begin_reading(store *in)
{
    query begin = store_query(in, "BEGIN");
    return query_run(&begin);
}

int store_commit(store *in)
{
    query commit = store_query(in, "COMMIT");
    return query_run(&commit);
}

void store_rollback(store *in)
{
    if (in->db != NULL && !sqlite3_get_autocommit(in->db)) {
        query rollback = store_query(in, "ROLLBACK");
        query_run(&rollback);
    }
}

query store_query(store *in, const char *sql)
{
    query made = {in, NULL, SQLITE_OK};
    for (size_t i = 0; i < in->count; i++) {
        if (in->kept[i].sql == sql) {
            made.statement = in->kept[i].statement;
            return made;
        }
    }
    if (in->count == STORE_STATEMENTS) {
        failed(sql, "more statements than are kept");
        made.code = SQLITE_FULL;
        return made;
    }
    made.code = sqlite3_prepare_v2(in->db, sql, -1, &made.statement, NULL);
    if (made.code != SQLITE_OK) {
        broken(in, sql);
        return made;
    }
    in->kept[in->count].sql = sql;
    in->kept[in->count].statement = made.statement;
    in->count++;
    return made;
}

static void bound(query *to, int code)
{
    if (to->code == SQLITE_OK && code != SQLITE_OK) {
        to->code = code;
        broken(to->store, sqlite3_sql(to->statement));
    }
}

void bind_text(query *to, int at, const char *bytes, size_t length)
{
    if (to->code == SQLITE_OK) {
        bound(to, sqlite3_bind_text64(to->statement, at, bytes, length, SQLITE_TRANSIENT, SQLITE_UTF8));
    }
}

void bind_word(query *to, int at, const char *word)
{
    bind_text(to, at, word, strlen(word));
}

void bind_blob(query *to, int at, const void *bytes, size_t length)
{
    if (to->code == SQLITE_OK) {
        bound(to, sqlite3_bind_blob64(to->statement, at, bytes, length, SQLITE_TRANSIENT));
    }
}

void bind_int(query *to, int at, int64_t value)
{
    if (to->code == SQLITE_OK) {
        bound(to, sqlite3_bind_int64(to->statement, at, value));
    }
}

void bind_maybe(query *to, int at, int known, int64_t value)
{
    if (known) {
        bind_int(to, at, value);
    } else if (to->code == SQLITE_OK) {
        bound(to, sqlite3_bind_null(to->statement, at));
    }
}

int query_step(query *asked)
{
    int code = asked->code == SQLITE_OK ? sqlite3_step(asked->statement) : asked->code;
    if (code == SQLITE_ROW) {
        return 1;
    }
    if (code != SQLITE_DONE && asked->code == SQLITE_OK) {
        broken(asked->store, sqlite3_sql(asked->statement));
    }
    query_end(asked);
    return code == SQLITE_DONE ? 0 : -1;
}

int query_run(query *asked)
{
    int found = query_step(asked);
    if (found == 1) {
        query_end(asked);
        return failed(sqlite3_sql(asked->statement), "gave a row, expected none");
    }
    return found;
}

void query_end(query *asked)
{
    /* `sqlite3_reset` gives the code of the step before it again: it was looked at there. */
    (void)sqlite3_reset(asked->statement);
    (void)sqlite3_clear_bindings(asked->statement);
}

int64_t row_int(query *row, int column)
{
    return sqlite3_column_int64(row->statement, column);
}

int row_is_null(query *row, int column)
{
    return sqlite3_column_type(row->statement, column) == SQLITE_NULL;
}

int row_text(query *row, int column, text *into)
{
    const char *bytes = (const char *)sqlite3_column_text(row->statement, column);
    if (bytes == NULL && sqlite3_errcode(row->store->db) == SQLITE_NOMEM) {
        return broken(row->store, "reading");
    }
    return text_copy(into, bytes, (size_t)sqlite3_column_bytes(row->statement, column));
}

int store_changes(store *in)
{
    return sqlite3_changes(in->db);
}

int64_t store_last_id(store *in)
{
    return sqlite3_last_insert_rowid(in->db);
}
