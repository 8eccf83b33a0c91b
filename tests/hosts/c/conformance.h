/* What the three files of the conformance runner share: how it prints and how it fails.
 *
 * Every call goes through MUST: a status that is not expected ends the runner with the words of the error, so that no
 * line is ever printed from a call that failed. */
#ifndef CONFORMANCE_H
#define CONFORMANCE_H

#include <exequatur.h>
#include <stdio.h>

/* Where calls put their error; MUST and refusals read it. */
extern exq_error *error;

#define MUST(call) must((call), #call)
void must(exq_status status, const char *call);
void check(int holds, const char *what);

/* The rest of a line, and a line of text in one language; an empty one is left out. */
void put(exq_str text);
void put_text(int depth, const char *word, const char *lang, exq_str text);
void put_name(const exq_pack *pack, int32_t kind, uint32_t id);
void put_day(int32_t day);
void put_instant(int64_t at);
void put_hex(const exq_digest *digest);
void put_places(const exq_pack *pack, int32_t everywhere, const uint64_t places[4]);

/* conformance_pack.c: all that the accessors of a pack say. */
void print_pack(const exq_pack *pack);
void check_pack(const exq_pack *pack, const uint8_t *bytes, size_t len);

/* conformance_decision.c: all that the accessors of a decision say. */
void print_transcript(const exq_pack *pack, const exq_case *the_case, const exq_decision *decision);
char *decision_json(const exq_decision *decision, uint32_t flags);
char *decision_form(const exq_decision *decision, const char *form, uint32_t flags);
char *decision_text(const exq_decision *decision, int32_t lang, uint32_t flags);

#endif
