/* Lines as they arrive, from standard input or from a spool file that grows.
 *
 * Invariant: a line is given out once it is complete, and `taken` says how many bytes lead up to its end, blank lines
 * before it included: where the next run begins. Why not stdio: its buffer would hide from `poll` what has arrived.
 */
#ifndef DOCKET_INPUT_H
#define DOCKET_INPUT_H

#include <stddef.h>
#include <stdint.h>

/* The longest line that is read whole; of a longer one this much is kept, and it is refused. */
#define LINE_LIMIT ((size_t)1 << 20)

enum { INPUT_FAILED = -1, INPUT_NOTHING = 0, INPUT_LINE = 1, INPUT_END = 2 };

typedef struct input {
    int handle;
    int spool;     /* a file: it has no end, more may be appended */
    int ended;     /* standard input was closed */
    char *buffer;
    size_t from;   /* the first byte that was not given out */
    size_t until;  /* the end of what was read */
    size_t looked; /* no line ends before here */
    int64_t blank; /* bytes of blank lines, or of a line too long, that were dropped before `from` */
    int overlong;  /* a line too long is being dropped: `kept` is its beginning */
    char *kept;
} input;

typedef struct input_line {
    const char *bytes; /* until the next call */
    size_t length;
    int64_t taken;
    int overlong;
} input_line;

/* A file, or standard input if `path` is NULL. 0, or -1. */
int input_open(input *opened, const char *path);
void input_close(input *opened);
/* Goes on at this byte of a spool file. 0, or -1 if the file is shorter. */
int input_seek(input *in, int64_t at);
/* The next line, if there is one now. */
int input_next(input *in, input_line *line);
/* Waits until something may have arrived, at most this long. */
void input_wait(input *in, int64_t microseconds);

#endif
