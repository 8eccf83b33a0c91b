/* Bytes that belong to one owner: what comes out of SQLite or the engine and must outlive the next call there.
 *
 * Invariant: `bytes` is NULL, or ends in a NUL that `length` does not count. Why: SQLite and Exequatur lend their texts
 * until their next call, and a tracker keeps them longer.
 */
#ifndef DOCKET_TEXT_H
#define DOCKET_TEXT_H

#include <stddef.h>

typedef struct text {
    char *bytes;
    size_t length;
} text;

/* Copies into `into`, freeing what was there. 0, or -1 when there is no memory. */
int text_copy(text *into, const char *bytes, size_t length);
/* Copies a word. 0, or -1 when there is no memory. */
int text_say(text *into, const char *word);
/* Appends a word. 0, or -1 when there is no memory. */
int text_add(text *into, const char *word);
/* Appends bytes. 0, or -1 when there is no memory. */
int text_append(text *into, const char *bytes, size_t length);
/* Appends as `printf` would write. 0, or -1 when there is no memory. */
int text_format(text *into, const char *format, ...);
void text_free(text *owned);
/* Says on standard error what failed and why. Always -1, so that a caller can return it. */
int failed(const char *what, const char *why);

#endif
