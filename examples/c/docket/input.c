/* Reading lines without losing one, from a pipe or from a file that grows. */
#define _POSIX_C_SOURCE 200809L
#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "text.h"

/* A file says nothing when it grows; it is looked at this often, in microseconds. */
#define SPOOL_LOOK INT64_C(200000)

int input_open(input *opened, const char *path)
{
    memset(opened, 0, sizeof *opened);
    opened->spool = path != NULL;
    opened->handle = path == NULL ? STDIN_FILENO : open(path, O_RDONLY);
    if (opened->handle < 0) {
        return failed(path, strerror(errno));
    }
    opened->buffer = malloc(LINE_LIMIT + 1);
    opened->kept = malloc(LINE_LIMIT);
    return opened->buffer == NULL || opened->kept == NULL ? failed("input", "out of memory") : 0;
}

void input_close(input *opened)
{
    if (opened->spool && opened->handle >= 0) {
        (void)close(opened->handle);
    }
    free(opened->buffer);
    free(opened->kept);
    opened->buffer = NULL;
    opened->kept = NULL;
}

int input_seek(input *in, int64_t at)
{
    struct stat about;
    if (fstat(in->handle, &about) != 0) {
        return failed("spool", strerror(errno));
    }
    if ((int64_t)about.st_size < at) {
        return failed("spool", "the file is shorter than what was already taken from it");
    }
    return lseek(in->handle, (off_t)at, SEEK_SET) < 0 ? failed("spool", strerror(errno)) : 0;
}

/* Reads once. How many bytes came, 0 for none, -1 for a failure. */
static ssize_t fill(input *in)
{
    if (in->from > 0) {
        memmove(in->buffer, in->buffer + in->from, in->until - in->from);
        in->until -= in->from;
        in->looked -= in->from;
        in->from = 0;
    }
    if (!in->spool) {
        /* A pipe may have nothing to say for hours, and the docket has other things to do. */
        struct pollfd there = {in->handle, POLLIN, 0};
        int ready = poll(&there, 1, 0);
        if (ready < 0 && errno != EINTR) {
            return failed("standard input", strerror(errno));
        }
        if (ready <= 0) {
            return 0;
        }
    }
    ssize_t came = read(in->handle, in->buffer + in->until, LINE_LIMIT + 1 - in->until);
    if (came < 0) {
        return errno == EINTR || errno == EAGAIN ? 0 : failed(in->spool ? "spool" : "standard input", strerror(errno));
    }
    if (came == 0 && !in->spool) {
        in->ended = 1;
    }
    in->until += (size_t)came;
    return came;
}

static int is_blank(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
            return 0;
        }
    }
    return 1;
}

/* Gives out the bytes up to `end`, and `past` more that close the line. 0 if they are blank and there is nothing to give. */
static int give(input *in, size_t end, size_t past, input_line *line)
{
    const char *bytes = in->buffer + in->from;
    size_t length = end - in->from;
    in->blank += (int64_t)(length + past);
    in->from = end + past;
    in->looked = in->from;
    if (!in->overlong && is_blank(bytes, length)) {
        return 0;
    }
    line->overlong = in->overlong;
    line->bytes = in->overlong ? in->kept : bytes;
    line->length = in->overlong ? LINE_LIMIT : length;
    line->taken = in->blank;
    in->overlong = 0;
    in->blank = 0;
    return 1;
}

/* A buffer that is full without the end of a line: keeps its beginning once, and makes room. */
static void drop(input *in)
{
    if (!in->overlong) {
        memcpy(in->kept, in->buffer + in->from, LINE_LIMIT);
        in->overlong = 1;
    }
    in->blank += (int64_t)(in->until - in->from);
    in->from = in->until;
    in->looked = in->until;
}

int input_next(input *in, input_line *line)
{
    for (;;) {
        const char *end = memchr(in->buffer + in->looked, '\n', in->until - in->looked);
        if (end != NULL) {
            if (give(in, (size_t)(end - in->buffer), 1, line)) {
                return INPUT_LINE;
            }
            continue;
        }
        in->looked = in->until;
        if (in->until - in->from == LINE_LIMIT + 1) {
            drop(in);
        }
        ssize_t came = fill(in);
        if (came < 0) {
            return INPUT_FAILED;
        }
        if (came > 0) {
            continue;
        }
        if (!in->ended) {
            return INPUT_NOTHING;
        }
        /* The last line of a closed pipe needs no end; whether it is whole, its JSON says. */
        if ((in->until > in->from || in->overlong) && give(in, in->until, 0, line)) {
            return INPUT_LINE;
        }
        return INPUT_END;
    }
}

void input_wait(input *in, int64_t microseconds)
{
    if (microseconds < 0) {
        microseconds = 0;
    }
    if (in->spool || in->ended) {
        /* A pipe that was closed has nothing more to say, so the whole time can be slept, but a signal must be seen. */
        int64_t most = microseconds < SPOOL_LOOK ? microseconds : SPOOL_LOOK;
        struct timespec pause = {(time_t)(most / 1000000), (long)(most % 1000000) * 1000};
        (void)nanosleep(&pause, NULL);
        return;
    }
    struct pollfd there = {in->handle, POLLIN, 0};
    int64_t milliseconds = microseconds / 1000 + 1;
    (void)poll(&there, 1, milliseconds > 60000 ? 60000 : (int)milliseconds);
}
