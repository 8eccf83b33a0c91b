/* The SQLite file of a docket: opened, changed in transactions, asked by prepared statements.
 *
 * Invariant: no text becomes SQL, every return code of SQLite is looked at, and a failure is said once, where it happens.
 * Why a query carries its own failure: binds follow one another, and the step after them tells whether all went well.
 */
#ifndef DOCKET_STORE_H
#define DOCKET_STORE_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "text.h"

/* As many different statements as the docket has; each is prepared once and kept. */
#define STORE_STATEMENTS 64

typedef struct store {
    sqlite3 *db;
    struct {
        const char *sql;
        sqlite3_stmt *statement;
    } kept[STORE_STATEMENTS];
    size_t count;
} store;

typedef struct query {
    store *store;
    sqlite3_stmt *statement;
    int code; /* the first code that was not SQLITE_OK */
} query;

/* Opens the file, with its tables; it is made only if `create` is not 0. 0, or -1. */
int store_open(store *opened, const char *path, int create);
void store_close(store *opened);

/* A transaction that writes from its first moment, so that it never fails half-way for another writer. */
int store_begin(store *in);
/* A transaction in which all that is read is of one moment. */
int store_begin_reading(store *in);
int store_commit(store *in);
/* Takes back what was begun; nothing if nothing was. */
void store_rollback(store *in);

/* `sql` must be a literal: its address is what a statement is kept under. */
query store_query(store *in, const char *sql);
void bind_text(query *to, int at, const char *bytes, size_t length);
void bind_word(query *to, int at, const char *word);
void bind_blob(query *to, int at, const void *bytes, size_t length);
void bind_int(query *to, int at, int64_t value);
/* Null if `known` is 0. */
void bind_maybe(query *to, int at, int known, int64_t value);

/* 1: a row, 0: no more rows, -1: failed. After 0 and -1 the query is at rest. */
int query_step(query *asked);
/* For statements without rows: 0, or -1. */
int query_run(query *asked);
/* Puts the query to rest before its last row. */
void query_end(query *asked);
int64_t row_int(query *row, int column);
int row_is_null(query *row, int column);
/* The text of a column, copied. 0, or -1. */
int row_text(query *row, int column, text *into);
/* How many rows the last change touched. */
int store_changes(store *in);
/* The id of the last row put in. */
int64_t store_last_id(store *in);

#endif
