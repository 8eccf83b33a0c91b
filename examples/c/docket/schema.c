/* The tables of a docket. All instants are microseconds of UTC, as the engine counts them.
 *
 * Invariant: nothing is deleted, and nothing that was answered is changed. What changes are the present state of an order
 * (`orders`), of its duties (`duties`), and how far each source was read (`sources`), always in one transaction with the
 * answer or the line that explains it.
 */
#include "schema.h"

#include <stddef.h>

const char *const schema_statements[] = {
    /* A pack and what of it was adopted. The bytes are kept: an answer is defended with the rules that gave it. */
    "CREATE TABLE rules (id INTEGER PRIMARY KEY, digest TEXT NOT NULL, adopted TEXT NOT NULL, bytes BLOB NOT NULL,"
    " UNIQUE (digest, adopted)) STRICT",

    /* Where the docket stands: the last instant that it has lived through, which never goes back, whatever the host's
     * clock does; and the rules by which it judges now. */
    "CREATE TABLE present (id INTEGER PRIMARY KEY CHECK (id = 1), instant INTEGER NOT NULL,"
    " rules INTEGER REFERENCES rules) STRICT",
    "INSERT INTO present VALUES (1, 0, NULL)",

    /* How far each source of lines was taken. */
    "CREATE TABLE sources (name TEXT PRIMARY KEY, spool INTEGER NOT NULL, lines INTEGER NOT NULL,"
    " bytes INTEGER NOT NULL) STRICT",

    /* Every line that was taken, and what became of it. A refused line waits for a person until it is settled. */
    "CREATE TABLE lines (source TEXT NOT NULL REFERENCES sources, number INTEGER NOT NULL, line TEXT NOT NULL,"
    " bytes INTEGER NOT NULL, instant INTEGER NOT NULL, order_id TEXT,"
    " became TEXT NOT NULL CHECK (became IN ('order', 'event', 'repeat', 'refused')), why TEXT,"
    " settled TEXT, settled_at INTEGER, PRIMARY KEY (source, number),"
    " CHECK ((became = 'refused') = (why IS NOT NULL)), CHECK ((settled IS NULL) = (settled_at IS NULL))) STRICT",
    "CREATE INDEX lines_refused ON lines (order_id) WHERE became = 'refused' AND settled IS NULL",

    /* What is known of each order, and when its answer changes by itself. */
    "CREATE TABLE orders (id TEXT PRIMARY KEY, facts TEXT NOT NULL, rules INTEGER NOT NULL REFERENCES rules,"
    " instant INTEGER NOT NULL, next_change INTEGER) STRICT",
    "CREATE INDEX orders_next_change ON orders (next_change, id) WHERE next_change IS NOT NULL",

    /* Every answer, with all that it was made from: facts, instant, rules. `written` is the clock when it was kept. */
    "CREATE TABLE answers (id INTEGER PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders"
    " DEFERRABLE INITIALLY DEFERRED, cause TEXT NOT NULL"
    " CHECK (cause IN ('order', 'event', 'change', 'rules', 'disclosure')), facts TEXT NOT NULL,"
    " instant INTEGER NOT NULL, rules INTEGER NOT NULL REFERENCES rules, engine TEXT NOT NULL,"
    " facts_digest TEXT NOT NULL, decision_id TEXT NOT NULL, decision TEXT NOT NULL, next_change INTEGER,"
    " needs_human INTEGER NOT NULL, written INTEGER NOT NULL) STRICT",
    "CREATE INDEX answers_order ON answers (order_id, id)",

    /* What each order obliges to, as of its last answer. `listed` is 0 once an answer no longer speaks of it. */
    "CREATE TABLE duties (order_id TEXT NOT NULL REFERENCES orders DEFERRABLE INITIALLY DEFERRED,"
    " norm TEXT NOT NULL, rule TEXT NOT NULL, territory TEXT NOT NULL, value TEXT NOT NULL, outcome TEXT NOT NULL,"
    " state TEXT NOT NULL, status TEXT NOT NULL, certain INTEGER NOT NULL, due_is TEXT NOT NULL, due INTEGER,"
    " exclusive INTEGER NOT NULL, provisional_due INTEGER, listed INTEGER NOT NULL,"
    " first_answer INTEGER NOT NULL REFERENCES answers,"
    " answer INTEGER NOT NULL REFERENCES answers, PRIMARY KEY (order_id, norm, rule, territory, value),"
    " CHECK ((due_is = 'at') = (due IS NOT NULL))) STRICT, WITHOUT ROWID",

    /* What a person or another program must be told, each once. `due` and `number` are 0 where there is none. */
    "CREATE TABLE outbox (id INTEGER PRIMARY KEY,"
    " kind TEXT NOT NULL CHECK (kind IN ('breach', 'person', 'line', 'rules', 'undecided')), order_id TEXT NOT NULL,"
    " norm TEXT NOT NULL, rule TEXT NOT NULL, territory TEXT NOT NULL, due INTEGER NOT NULL, source TEXT NOT NULL,"
    " number INTEGER NOT NULL, instant INTEGER NOT NULL, what TEXT NOT NULL, answer INTEGER REFERENCES answers,"
    " UNIQUE (kind, order_id, norm, rule, territory, due, source, number)) STRICT",

    /* Every question whether data may be handed over, with its answer. */
    "CREATE TABLE disclosures (id INTEGER PRIMARY KEY, order_id TEXT NOT NULL REFERENCES orders,"
    " norm TEXT NOT NULL, place TEXT NOT NULL, allowed INTEGER NOT NULL, why TEXT NOT NULL,"
    " answer INTEGER NOT NULL REFERENCES answers) STRICT",

    /* For people with an SQL prompt. */
    "CREATE VIEW docket AS SELECT d.order_id, d.norm, d.rule, d.territory, d.value, d.state, d.status,"
    " CASE d.due_is WHEN 'at' THEN strftime('%Y-%m-%dT%H:%M:%SZ', d.due / 1000000, 'unixepoch') ELSE d.due_is END"
    " AS due, d.listed, a.decision_id, r.digest AS pack, r.adopted"
    " FROM duties d JOIN answers a ON a.id = d.answer JOIN rules r ON r.id = a.rules",
    NULL,
};
