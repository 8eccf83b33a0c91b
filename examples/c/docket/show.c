/* What is stored, as lines of text; and the one thing that a person changes by hand.
 *
 * Invariant: equal dockets give equal text, whatever hour they were written at, so that two can be compared. Bytes that
 * would move a terminal's cursor are shown as `\xNN`: parts of lines that were sent stand in here.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "docket.h"

static void print_text(query *row, int column)
{
    const unsigned char *bytes = sqlite3_column_text(row->statement, column);
    int length = sqlite3_column_bytes(row->statement, column);
    for (int i = 0; i < length; i++) {
        if (bytes[i] < 0x20 || bytes[i] == 0x7f) {
            printf("\\x%02x", bytes[i]);
        } else {
            putchar(bytes[i]);
        }
    }
}

/* Prints words and columns by a pattern: `%t` text, `%i` number, `%d` instant; columns in order, from `first`. */
static int print_row(query *row, int first, const char *pattern)
{
    for (const char *at = pattern; *at != '\0'; at++) {
        if (*at != '%') {
            putchar(*at);
            continue;
        }
        at++;
        if (*at == 't') {
            print_text(row, first);
        } else if (*at == 'i') {
            printf("%" PRId64, row_int(row, first));
        } else {
            text instant = {NULL, 0};
            int done = row_is_null(row, first) ? text_say(&instant, "never") : clock_write(row_int(row, first), &instant);
            if (done != 0) {
                query_end(row);
                return -1;
            }
            fputs(instant.bytes, stdout);
            text_free(&instant);
        }
        first++;
    }
    return 0;
}

/* Binds an order to the first place; every order if there is none. */
static void bind_order(query *to, const char *order)
{
    if (order != NULL) {
        bind_word(to, 1, order);
    }
}

static int show_duties(docket *in, query *order)
{
    query get = store_query(&in->store, "SELECT norm, value, status, state, outcome, territory, rule, due_is, due,"
                                        " exclusive, provisional_due, listed, outcome <> value FROM duties"
                                        " WHERE order_id = ?1 ORDER BY due IS NULL, due, norm, rule, territory");
    bind_text(&get, 1, (const char *)sqlite3_column_text(order->statement, 0),
              (size_t)sqlite3_column_bytes(order->statement, 0));
    int step;
    while ((step = query_step(&get)) == 1) {
        int certain_end = row_int(&get, 9) != 0;
        if (print_row(&get, 0, "  %t %t: %t, %t") != 0
            || (row_int(&get, 12) && print_row(&get, 4, ", outcome %t") != 0)
            || print_row(&get, 5, ", %t, by %t, due ") != 0) {
            return -1;
        }
        if (!row_is_null(&get, 8)) {
            if (print_row(&get, 8, "%d") != 0) {
                return -1;
            }
        } else {
            print_text(&get, 7);
        }
        if (!row_is_null(&get, 10) && print_row(&get, 10, " (perhaps %d)") != 0) {
            return -1;
        }
        printf("%s%s\n", certain_end ? " excluded" : "", row_int(&get, 11) ? "" : ", no longer");
    }
    return step;
}

static int show_orders(docket *in, const char *order)
{
    query get = store_query(&in->store, "SELECT o.id, o.instant, o.next_change, r.adopted FROM orders o"
                                        " JOIN rules r ON r.id = o.rules WHERE ?1 IS NULL OR o.id = ?1 ORDER BY o.id");
    bind_order(&get, order);
    int step;
    int any = 0;
    while ((step = query_step(&get)) == 1) {
        any = 1;
        int adopts = sqlite3_column_bytes(get.statement, 3) > 0;
        if (print_row(&get, 0, "order %t, as of %d, next change %d") != 0
            || (adopts && print_row(&get, 3, ", adopted: %t") != 0)) {
            return -1;
        }
        putchar('\n');
        if (show_duties(in, &get) != 0) {
            query_end(&get);
            return -1;
        }
    }
    return step == 0 && order != NULL && !any ? failed(order, "there is no such order") : step;
}

static int show_outbox(docket *in, const char *order)
{
    query get = store_query(&in->store, "SELECT id, kind, instant, order_id, what, norm, rule, territory, due, due <> 0"
                                        " FROM outbox WHERE ?1 IS NULL OR order_id = ?1 ORDER BY id");
    bind_order(&get, order);
    int step;
    while ((step = query_step(&get)) == 1) {
        int about_duty = sqlite3_column_bytes(get.statement, 5) > 0;
        int about_order = sqlite3_column_bytes(get.statement, 3) > 0;
        if (print_row(&get, 0, "notice %i, %t, at %d") != 0 || (about_order && print_row(&get, 3, ", order %t") != 0)
            || (about_duty && print_row(&get, 5, "\n  %t by %t, %t") != 0)
            || (row_int(&get, 9) && print_row(&get, 8, ", due %d") != 0)
            || print_row(&get, 4, ": %t") != 0) {
            return -1;
        }
        putchar('\n');
    }
    return step;
}

int docket_show(docket *in, const char *order)
{
    int done = store_begin_reading(&in->store) == 0 && show_orders(in, order) == 0 && show_outbox(in, order) == 0;
    store_rollback(&in->store);
    return done ? 0 : 2;
}

static int history_lines(docket *in, const char *order)
{
    query get = store_query(&in->store, "SELECT number, source, instant, order_id, became, why, settled FROM lines"
                                        " WHERE ?1 IS NULL OR order_id = ?1 ORDER BY source, number");
    bind_order(&get, order);
    int step;
    while ((step = query_step(&get)) == 1) {
        if (print_row(&get, 0, "line %i of %t, at %d") != 0
            || (!row_is_null(&get, 3) && print_row(&get, 3, ", order %t") != 0)
            || print_row(&get, 4, ", became %t") != 0 || (!row_is_null(&get, 5) && print_row(&get, 5, ": %t") != 0)
            || (!row_is_null(&get, 6) && print_row(&get, 6, "; settled: %t") != 0)) {
            return -1;
        }
        putchar('\n');
    }
    return step;
}

static int history_answers(docket *in, const char *order)
{
    query get = store_query(&in->store, "SELECT a.id, a.cause, a.instant, a.order_id, a.decision_id, r.digest,"
                                        " a.next_change, a.needs_human FROM answers a JOIN rules r ON r.id = a.rules"
                                        " WHERE ?1 IS NULL OR a.order_id = ?1 ORDER BY a.id");
    bind_order(&get, order);
    int step;
    while ((step = query_step(&get)) == 1) {
        if (print_row(&get, 0, "answer %i, by %t, at %d, order %t\n  decision %t\n  pack %t\n  next change %d") != 0) {
            return -1;
        }
        puts(row_int(&get, 7) ? ", needs a person" : "");
    }
    return step;
}

static int history_disclosures(docket *in, const char *order)
{
    query get = store_query(&in->store, "SELECT d.order_id, d.norm, d.place, d.answer, d.allowed FROM disclosures d"
                                        " WHERE ?1 IS NULL OR d.order_id = ?1 ORDER BY d.id");
    bind_order(&get, order);
    int step;
    while ((step = query_step(&get)) == 1) {
        if (print_row(&get, 0, "asked for %t: %t, %t, by answer %i: ") != 0) {
            return -1;
        }
        puts(row_int(&get, 4) ? "allowed" : "refused");
    }
    return step;
}

int docket_history(docket *in, const char *order)
{
    int done = store_begin_reading(&in->store) == 0 && history_lines(in, order) == 0 && history_answers(in, order) == 0
               && history_disclosures(in, order) == 0;
    store_rollback(&in->store);
    return done ? 0 : 2;
}

int docket_settle(docket *in, int64_t notice_id, const char *note)
{
    int changed = 0;
    int done = store_begin(&in->store);
    if (done == 0) {
        query put = store_query(&in->store, "UPDATE lines SET settled = ?2, settled_at = ?3 WHERE settled IS NULL"
                                            " AND (source, number) = (SELECT source, number FROM outbox"
                                            " WHERE id = ?1 AND kind = 'line')");
        bind_int(&put, 1, notice_id);
        bind_word(&put, 2, note);
        bind_int(&put, 3, clock_now(&in->clock));
        done = query_run(&put) == 0 ? 0 : -1;
        changed = store_changes(&in->store);
        done = done == 0 ? store_commit(&in->store) : -1;
    }
    store_rollback(&in->store);
    if (done == 0 && changed == 0) {
        failed("settle", "no refused line waits under this notice");
        return 1;
    }
    return done == 0 ? 0 : 2;
}
