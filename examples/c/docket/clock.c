/* Three clocks behind one function. */
#define _POSIX_C_SOURCE 200809L
#include "clock.h"

#include <time.h>

#include <exequatur.h>

/* How far a host's clock may be set back while the docket goes on at the instant that it had: an hour, as much as the
 * mistake of a host that keeps local time. */
#define SET_BACK_MAX INT64_C(3600000000)

static int64_t host_now(void)
{
    struct timespec at;
    if (clock_gettime(CLOCK_REALTIME, &at) != 0) {
        return 0;
    }
    return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

int clock_start(host_clock *to, int64_t lived)
{
    int64_t allowed = 0;
    if (to->kind == CLOCK_REAL) {
        to->instant = host_now();
        allowed = SET_BACK_MAX;
    }
    if (to->kind != CLOCK_SIMULATED && to->instant + allowed < lived) {
        text until = {NULL, 0};
        int written = clock_write(lived, &until);
        failed("the clock is behind: the docket has lived through", written == 0 ? until.bytes : "more");
        text_free(&until);
        return -1;
    }
    clock_jump(to, lived);
    return 0;
}

int64_t clock_now(host_clock *of)
{
    if (of->kind == CLOCK_REAL) {
        int64_t now = host_now();
        of->instant = now > of->instant ? now : of->instant;
    }
    return of->instant;
}

void clock_jump(host_clock *of, int64_t instant)
{
    of->instant = instant > of->instant ? instant : of->instant;
}

int clock_write(int64_t instant, text *into)
{
    char written[64];
    size_t needed = 0;
    if (exq_instant_format(instant, written, sizeof written, &needed, NULL) != EXQ_OK || needed == 0) {
        return failed("instant", "out of range");
    }
    return text_append(into, written, needed - 1);
}
