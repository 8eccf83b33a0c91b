/* The loop: lines as they come, answers as they change, sleep in between.
 *
 * Invariant: no instant of change passes while a line is there that arrived before it, and none is passed over. Lines
 * that are at hand go first: an event that says "done in time" must not come after the alarm that it was not.
 */
/* `realpath` is of the X/Open part of POSIX. */
#define _XOPEN_SOURCE 700
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "docket.h"

/* The longest sleep: an hour, in microseconds. */
#define SLEEP_MAX INT64_C(3600000000)

static volatile sig_atomic_t stopped;

static void stop(int signal_number)
{
    (void)signal_number;
    stopped = 1;
}

/* SIGINT and SIGTERM end the loop between two transactions. */
static int listen_to_signals(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = stop;
    if (sigemptyset(&action.sa_mask) != 0 || sigaction(SIGINT, &action, NULL) != 0
        || sigaction(SIGTERM, &action, NULL) != 0) {
        return failed("signals", "cannot be handled");
    }
    return 0;
}

/* The row of a source, made if there is none; and where its next line begins. */
static int find_source(docket *in, source *from, int spool, int64_t *bytes)
{
    query put = store_query(&in->store, "INSERT INTO sources (name, spool, lines, bytes) VALUES (?1, ?2, 0, 0)"
                                        " ON CONFLICT DO NOTHING");
    bind_text(&put, 1, from->name.bytes, from->name.length);
    bind_int(&put, 2, spool);
    if (query_run(&put) != 0) {
        return -1;
    }
    query get = store_query(&in->store, "SELECT lines, bytes, spool FROM sources WHERE name = ?1");
    bind_text(&get, 1, from->name.bytes, from->name.length);
    if (query_step(&get) != 1) {
        return -1;
    }
    from->lines = row_int(&get, 0);
    *bytes = row_int(&get, 1);
    int same_kind = row_int(&get, 2) == spool;
    query_end(&get);
    return same_kind ? 0 : failed(from->name.bytes, "a spool and standard input cannot share a name");
}

/* How many bytes the last line of a source took. */
static int last_line(docket *in, const source *from, int64_t *taken)
{
    query get = store_query(&in->store, "SELECT bytes FROM lines WHERE source = ?1 AND number = ?2");
    bind_text(&get, 1, from->name.bytes, from->name.length);
    bind_int(&get, 2, from->lines);
    if (query_step(&get) != 1) {
        return failed(from->name.bytes, "its last line is not stored");
    }
    *taken = row_int(&get, 0);
    query_end(&get);
    return 0;
}

/* Reads a line that was taken before, and compares it: lines of another stream must not be passed over as known. */
static int pass_over(docket *in, const source *from, input *lines, int64_t number)
{
    input_line line;
    int found = input_next(lines, &line);
    while (found == INPUT_NOTHING && !stopped && !lines->spool) {
        input_wait(lines, SLEEP_MAX);
        found = input_next(lines, &line);
    }
    if (stopped) {
        return 0;
    }
    query get = store_query(&in->store, "SELECT line, bytes FROM lines WHERE source = ?1 AND number = ?2");
    bind_text(&get, 1, from->name.bytes, from->name.length);
    bind_int(&get, 2, number);
    if (query_step(&get) != 1) {
        return failed(from->name.bytes, "a line that was taken is not stored");
    }
    const char *stored = (const char *)sqlite3_column_text(get.statement, 0);
    size_t length = (size_t)sqlite3_column_bytes(get.statement, 0);
    /* The end of a pipe may have come where a line goes on now with its newline; a place in a file has to be the same. */
    int same = found == INPUT_LINE && (!lines->spool || line.taken == row_int(&get, 1)) && line.length == length
               && memcmp(line.bytes, stored, length) == 0;
    query_end(&get);
    if (same) {
        return 0;
    }
    text which = {NULL, 0};
    if (text_format(&which, "line %lld of `%s`", (long long)number, from->name.bytes) == 0) {
        failed(which.bytes, "is not the line that was taken before: give another stream another name");
    }
    text_free(&which);
    return -1;
}

/* Puts the input where the last run left it. */
static int resume(docket *in, source *from, input *lines)
{
    int64_t bytes = 0;
    int64_t taken = 0;
    if (find_source(in, from, lines->spool, &bytes) != 0) {
        return -1;
    }
    if (from->lines == 0) {
        return 0;
    }
    if (!lines->spool) {
        /* A pipe has no places: the stream is sent again from its start. */
        int done = 0;
        for (int64_t number = 1; number <= from->lines && done == 0 && !stopped; number++) {
            done = pass_over(in, from, lines, number);
        }
        return done;
    }
    if (last_line(in, from, &taken) != 0 || input_seek(lines, bytes) != 0 || input_seek(lines, bytes - taken) != 0) {
        return -1;
    }
    return pass_over(in, from, lines, from->lines);
}

/* Takes the changes up to an instant, excluded if `before` is 1; at most one, so that lines are looked at in between.
 * 1 if one was taken, 0 if there is none, -1. */
static int one_change(docket *in, int64_t limit, int before)
{
    int64_t at = 0;
    int found = change_next(in, &at);
    if (found != 1 || at > limit || (before && at == limit)) {
        return found < 0 ? -1 : 0;
    }
    if (in->clock.kind == CLOCK_SIMULATED) {
        clock_jump(&in->clock, at);
    }
    return change_take(in, at) == 0 ? 1 : -1;
}

static int take_line(docket *in, source *from, const input_line *line)
{
    int64_t now = clock_now(&in->clock);
    if (in->clock.kind == CLOCK_SIMULATED) {
        int64_t arrival = 0;
        if (line_arrival(in, line, now, &arrival) != 0) {
            return -1;
        }
        int changed = 1;
        while (changed == 1 && !stopped) {
            changed = one_change(in, arrival, 1);
        }
        if (changed < 0 || stopped) {
            return changed < 0 ? -1 : 0;
        }
        clock_jump(&in->clock, arrival);
        now = arrival;
    }
    return line_take(in, from, line, now);
}

/* How far time may go while no line is at hand. A simulated clock waits for the lines that are still to come, and one may
 * come at the very instant at which the last one came: changes at that instant wait as well. */
static int64_t limit_of(docket *in, const run_options *options, int ended)
{
    if (in->clock.kind != CLOCK_SIMULATED || !ended) {
        return clock_now(&in->clock);
    }
    return options->has_until ? options->until : INT64_MAX;
}

/* Nothing happens until this instant. */
static int pass_to(docket *in, int64_t until)
{
    int done = store_begin(&in->store);
    if (done == 0) {
        done = lived_to(in, until) == 0 ? store_commit(&in->store) : -1;
    }
    store_rollback(&in->store);
    return done;
}

static int loop(docket *in, source *from, input *lines, const run_options *options)
{
    while (!stopped) {
        input_line line;
        int found = input_next(lines, &line);
        if (found == INPUT_FAILED) {
            return -1;
        }
        if (found == INPUT_LINE) {
            if (take_line(in, from, &line) != 0) {
                return -1;
            }
            continue;
        }
        int ended = found == INPUT_END || (lines->spool && options->once);
        int changed = one_change(in, limit_of(in, options, ended), in->clock.kind == CLOCK_SIMULATED && !ended);
        if (changed < 0) {
            return -1;
        }
        if (changed == 1) {
            continue;
        }
        int64_t at = 0;
        int more = change_next(in, &at);
        if (more < 0) {
            return -1;
        }
        int waits = in->clock.kind == CLOCK_REAL && more == 1 && !options->once;
        if (ended && !waits) {
            return in->clock.kind == CLOCK_SIMULATED && options->has_until ? pass_to(in, options->until) : 0;
        }
        input_wait(lines, more == 1 && in->clock.kind == CLOCK_REAL ? at - clock_now(&in->clock) : SLEEP_MAX);
    }
    return 0;
}

int docket_run(docket *in, const run_options *options)
{
    input lines;
    source from = {{NULL, 0}, 0};
    char *real = NULL;
    int done = -1;
    if (listen_to_signals() != 0 || rules_move(in, clock_now(&in->clock)) != 0
        || input_open(&lines, options->spool) != 0) {
        return -1;
    }
    /* A spool is known by its place, whatever folder the docket is started in. */
    real = options->spool == NULL ? NULL : realpath(options->spool, NULL);
    if (options->spool != NULL && real == NULL) {
        failed(options->spool, "cannot be found");
    } else if (text_say(&from.name, real != NULL ? real : options->source) == 0) {
        done = resume(in, &from, &lines) == 0 ? loop(in, &from, &lines, options) : -1;
    }
    free(real);
    text_free(&from.name);
    input_close(&lines);
    return done;
}
