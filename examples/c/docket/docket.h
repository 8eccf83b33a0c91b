/* A docket at work: its store, its rules, its clock; and what is done to it, one file for each group below.
 *
 * Invariant: every function that writes is called between `store_begin` and `store_commit`, and a failure leaves the
 * transaction to be rolled back. Results: 1 for done, 0 for refused (with the reason), -1 for a failure that was said.
 */
#ifndef DOCKET_DOCKET_H
#define DOCKET_DOCKET_H

#include <stdint.h>

#include "clock.h"
#include "input.h"
#include "rulebook.h"
#include "store.h"
#include "text.h"

typedef struct docket {
    store store;
    rulebook *rulebooks;
    rulebook *current; /* by which new lines are judged; NULL for commands that only ask */
    host_clock clock;
    int64_t lived; /* the latest instant of the docket, as in table `present` */
} docket;

/* What goes into the outbox. Places that mean nothing for a kind are left NULL or 0. */
typedef struct notice {
    const char *kind;
    const text *order;
    const text *norm;
    const text *rule;
    const text *territory;
    const text *source;
    int64_t due;
    int64_t number;
    int64_t instant;
    int64_t answer; /* 0: none */
} notice;

/* --- answers.c: what an answer leaves behind */

/* Keeps the last decision of `by` as an answer on an order, with all that it was made from. 0, or -1. */
int answer_keep(docket *in, rulebook *by, const text *order, const text *facts, int64_t now, const char *cause,
                int64_t *answer, int *changes, int64_t *next_change);
/* Brings the duties of an order up to that answer, and escalates. 0, or -1. */
int duties_keep(docket *in, rulebook *by, const text *order, int64_t now, int64_t answer);
/* Puts a notice into the outbox, unless it is there. 0, or -1. */
int outbox_put(docket *in, const notice *told, const char *what);

/* The last decision of `by` as JSON, with its receipt, in place of what `into` held. 0, or -1. */
int decision_write(rulebook *by, text *into);
/* Appends what an effect needs, as `, needs order.issuer, order.kind`; nothing if it needs nothing. 0, or -1. */
int needs_write(rulebook *by, uint32_t answer, uint32_t effect, text *into);

/* --- lines.c */

/* Where lines come from, and how many of them are taken. */
typedef struct source {
    text name;
    int64_t lines;
} source;

/* Takes one line with all its effects, in a transaction of its own. 0, or -1. */
int line_take(docket *in, source *from, const input_line *line, int64_t now);
/* When a line says that it arrived, for a simulated clock; else `otherwise`. 0, or -1. */
int line_arrival(docket *in, const input_line *line, int64_t otherwise, int64_t *arrival);

/* --- orders.c: orders, events, and the passing of time */

/* What is known of an order. */
typedef struct standing {
    text id;
    text facts;
    int64_t rules;
    int64_t instant;
} standing;

/* 1, 0 if there is no such order, -1. */
int standing_of(docket *in, const text *id, standing *found);
void standing_free(standing *of);
/* Takes an order or an event; `became` says what the line was. 1, 0 if it is refused, -1. */
int order_take(docket *in, const text *id, const text *facts, int64_t now, const char **became, text *why);
int event_take(docket *in, const text *id, const text *event, int64_t now, const char **became, text *why);
/* The earliest instant at which an answer changes. 1, 0 if none does, -1. */
int change_next(docket *in, int64_t *at);
/* Decides an order of that instant again, at it, in a transaction of its own. 0, or -1. */
int change_take(docket *in, int64_t at);
/* Decides every order that stands under other rules than the present ones, each in its own transaction. 0, or -1. */
int rules_move(docket *in, int64_t now);
/* Moves the table `present` forward; and after the commit, what memory knows of it. 0, or -1. */
int lived_to(docket *in, int64_t instant);
void clock_lived(docket *in, int64_t instant);

/* --- run.c */

typedef struct run_options {
    const char *spool;  /* NULL: standard input */
    const char *source; /* a name for standard input */
    int once;
    int has_until;
    int64_t until;
} run_options;

/* Takes lines and changes until there is nothing more to do or a signal comes. 0, or -1. */
int docket_run(docket *in, const run_options *options);

/* --- ask.c: questions to the engine about what is stored; each gives an exit status: 0 yes, 1 no, 2 failed */

/* Whether data may be handed over. Kept with its answer before it is said. `place` is NULL for everywhere. */
int docket_disclose(docket *in, const char *order, const char *norm, const char *place);
/* Gives an answer again from what it was made of, and says whether it is the same. */
int docket_defend(docket *in, int64_t answer);

/* --- show.c: what is stored, as text; the same exit statuses */

/* Orders with their duties, then what is in the outbox. All orders if `order` is NULL. */
int docket_show(docket *in, const char *order);
/* Lines with what became of them, then answers. */
int docket_history(docket *in, const char *order);
/* A person has dealt with the refused line of this notice. */
int docket_settle(docket *in, int64_t notice_id, const char *note);

#endif
