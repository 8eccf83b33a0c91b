/* A pack with what of it is adopted, ready to judge cases; each is kept in the database beside the answers that it gave.
 *
 * Invariant: a rulebook is named by its row, and its row never changes, so that an order can go on under the rules that
 * know its facts, and an answer can be given again years later.
 */
#ifndef DOCKET_RULEBOOK_H
#define DOCKET_RULEBOOK_H

#include <stddef.h>
#include <stdint.h>

#include <exequatur.h>

#include "store.h"
#include "text.h"

typedef struct rulebook {
    struct rulebook *next;
    int64_t row;
    text adopted; /* names of packs, one blank between two */
    exq_pack *pack;
    exq_case *facts;
    exq_decision *decision;
    uint32_t *adopt;
    size_t adopt_count;
} rulebook;

/* Loads a pack file, adopts, and finds its row or makes one. `names` is sorted here. 0, or -1. */
int rulebook_enter(rulebook **all, store *in, const char *path, const char **names, size_t count, rulebook **entered);
/* The rulebook of a row, from memory or from the database. 0, or -1. */
int rulebook_of(rulebook **all, store *in, int64_t row, rulebook **found);
void rulebook_free_all(rulebook **all);

/* 1: taken, 0: refused, with code, place and message in `why`; -1: failed. */
int rulebook_facts(rulebook *by, const text *facts, text *why);
/* As above; decides on the facts that were taken last. */
int rulebook_decide(rulebook *by, int64_t now, text *why);
/* Facts, and a decision on them. */
int rulebook_judge(rulebook *by, const text *facts, int64_t now, text *why);

/* Says what an engine call gave: code, place, message; frees the error. Always -1. */
int engine_failed(exq_error *error);
/* Appends a name of the pack. 0, or -1. */
int rulebook_name(const rulebook *by, int32_t kind, uint32_t id, text *into);
/* Appends places, as codes with blanks between, or `everywhere`. 0, or -1. */
int rulebook_places(const rulebook *by, int everywhere, const uint64_t places[4], text *into);
/* Appends a digest in hexadecimal. 0, or -1. */
int digest_write(const exq_digest *digest, text *into);

#endif
