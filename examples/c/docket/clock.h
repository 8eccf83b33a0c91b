/* The host's clock: the engine has none.
 *
 * Invariant: `clock_now` never goes back, not behind the instant that the docket has already lived through either. Why
 * three kinds: a real clock for work, one that stands still for a question about an instant, and one that jumps from
 * change to change, so that a month of deadlines is a second of testing.
 */
#ifndef DOCKET_CLOCK_H
#define DOCKET_CLOCK_H

#include <stdint.h>

#include "text.h"

enum { CLOCK_REAL, CLOCK_FIXED, CLOCK_SIMULATED };

typedef struct host_clock {
    int kind;
    int64_t instant; /* of a fixed or simulated clock; of a real one, the latest that it gave */
} host_clock;

/* Sets the clock going, for a docket that has lived through `lived`. 0, or -1 if the clock is behind that. */
int clock_start(host_clock *to, int64_t lived);
/* Microseconds of UTC. */
int64_t clock_now(host_clock *of);
/* Moves a simulated clock forward; a real one is never moved. */
void clock_jump(host_clock *of, int64_t instant);
/* Appends an instant as text. 0, or -1. */
int clock_write(int64_t instant, text *into);

#endif
