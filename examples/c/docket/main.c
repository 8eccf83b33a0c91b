/* docket: keeps the orders that a provider receives, and what each obliges it to, in one SQLite file.
 *
 * Words of the command line to one call. It shows how a host of the 1990s kind meets the engine: C99, one process, one
 * file, no threads. Exit status: 0 done or yes, 1 no, 2 the call was wrong or something failed.
 *
 * Build: see README.md beside this file.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "docket.h"

/* How many packs can be adopted. */
#define ADOPT_MAX 64

static const char usage[] =
    "usage: docket run --pack PACK [--adopt NAME]... [--spool FILE | --source NAME] [--once] [--until INSTANT]\n"
    "       docket disclose ORDER NORM [--place CODE]\n"
    "       docket show [ORDER]\n"
    "       docket history [ORDER]\n"
    "       docket defend ANSWER\n"
    "       docket settle NOTICE NOTE\n"
    "\n"
    "options of all commands:\n"
    "  --db FILE            the docket; default: docket.db\n"
    "  --now INSTANT        a clock that stands still at this instant\n"
    "  --simulate INSTANT   a clock that jumps from change to change, beginning here; only for `run`\n";

typedef struct words {
    const char *command;
    const char *given[2]; /* what stands after the command */
    size_t count;
    const char *db;
    const char *pack;
    const char *place;
    const char *now;
    const char *simulate;
    const char *until;
    const char *adopt[ADOPT_MAX];
    size_t adopted;
    run_options run;
} words;

static int wrong(const char *what, const char *why)
{
    failed(what, why);
    fputs(usage, stderr);
    return -1;
}

/* The option that takes a value, or NULL. */
static const char **option(words *into, const char *name)
{
    const struct {
        const char *name;
        const char **value;
    } options[] = {
        {"--db", &into->db},           {"--pack", &into->pack},        {"--place", &into->place},
        {"--now", &into->now},         {"--simulate", &into->simulate}, {"--until", &into->until},
        {"--spool", &into->run.spool}, {"--source", &into->run.source},
    };
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        if (strcmp(options[i].name, name) == 0) {
            return options[i].value;
        }
    }
    if (strcmp(name, "--adopt") == 0 && into->adopted < ADOPT_MAX) {
        return &into->adopt[into->adopted++];
    }
    return NULL;
}

static int read_words(int argc, char **argv, words *into)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--once") == 0) {
            into->run.once = 1;
        } else if (strncmp(argv[i], "--", 2) == 0) {
            const char **value = option(into, argv[i]);
            if (value == NULL || i + 1 == argc) {
                return wrong(argv[i], value == NULL ? "no such option" : "expected a value");
            }
            *value = argv[++i];
        } else if (into->command == NULL) {
            into->command = argv[i];
        } else if (into->count == sizeof into->given / sizeof into->given[0]) {
            return wrong(argv[i], "one word too many");
        } else {
            into->given[into->count++] = argv[i];
        }
    }
    return into->command == NULL ? wrong("command", "expected one") : 0;
}

static int read_instant(const char *given, int64_t *at)
{
    exq_error *error = NULL;
    return exq_instant_parse(given, strlen(given), at, &error) == EXQ_OK ? 0 : engine_failed(error);
}

/* The id of an answer or notice. 0 is none. */
static int64_t read_id(const char *given)
{
    char *end = NULL;
    errno = 0;
    long long id = strtoll(given, &end, 10);
    return errno == 0 && end != given && *end == '\0' && id > 0 ? (int64_t)id : 0;
}

static int read_clock(const words *from, host_clock *to)
{
    to->kind = from->simulate != NULL ? CLOCK_SIMULATED : from->now != NULL ? CLOCK_FIXED : CLOCK_REAL;
    if (from->simulate != NULL && from->now != NULL) {
        return wrong("--simulate", "there is one clock: not beside `--now`");
    }
    if (from->simulate != NULL && strcmp(from->command, "run") != 0) {
        return wrong("--simulate", "only `run` lets time pass");
    }
    const char *given = from->simulate != NULL ? from->simulate : from->now;
    return given == NULL ? 0 : read_instant(given, &to->instant);
}

/* Sets the clock going, at or behind the latest instant of the docket. */
static int start_clock(docket *in)
{
    query get = store_query(&in->store, "SELECT instant FROM present WHERE id = 1");
    if (query_step(&get) != 1) {
        return -1;
    }
    in->lived = row_int(&get, 0);
    query_end(&get);
    return clock_start(&in->clock, in->lived);
}

static int run(docket *in, words *from)
{
    if (from->pack == NULL) {
        return wrong("run", "expected `--pack`");
    }
    from->run.has_until = from->until != NULL;
    if (from->until != NULL && (from->simulate == NULL || read_instant(from->until, &from->run.until) != 0)) {
        return from->simulate == NULL ? wrong("--until", "expected beside `--simulate`") : -1;
    }
    return rulebook_enter(&in->rulebooks, &in->store, from->pack, from->adopt, from->adopted, &in->current) == 0
               ? docket_run(in, &from->run)
               : -1;
}

static const struct {
    const char *name;
    size_t least; /* words after it */
    size_t most;
    int needs_clock;
} commands[] = {
    {"run", 0, 0, 1},     {"disclose", 2, 2, 1}, {"show", 0, 1, 0},
    {"history", 0, 1, 0}, {"defend", 1, 1, 0},   {"settle", 2, 2, 1},
};

/* Whether there is this command, with these words. Its row, or -1. */
static int find_command(const words *from)
{
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(commands[i].name, from->command) == 0) {
            int fits = from->count >= commands[i].least && from->count <= commands[i].most;
            int numbered = strcmp(from->command, "defend") == 0 || strcmp(from->command, "settle") == 0;
            if (!fits || (numbered && read_id(from->given[0]) == 0)) {
                return wrong(from->command, fits ? "expected a number" : "not with so many words");
            }
            return (int)i;
        }
    }
    return wrong(from->command, "no such command");
}

/* Runs the command on an open docket. An exit status. */
static int obey(docket *in, words *from)
{
    const char *first = from->given[0];
    if (strcmp(from->command, "run") == 0) {
        return run(in, from) == 0 ? 0 : 2;
    }
    if (strcmp(from->command, "disclose") == 0) {
        return docket_disclose(in, first, from->given[1], from->place);
    }
    if (strcmp(from->command, "show") == 0) {
        return docket_show(in, first);
    }
    if (strcmp(from->command, "history") == 0) {
        return docket_history(in, first);
    }
    return strcmp(from->command, "defend") == 0 ? docket_defend(in, read_id(first))
                                                : docket_settle(in, read_id(first), from->given[1]);
}

int main(int argc, char **argv)
{
    words given;
    docket work;
    memset(&given, 0, sizeof given);
    memset(&work, 0, sizeof work);
    given.db = "docket.db";
    given.run.source = "standard input";
    int status = 2;
    if (exq_abi_version() != EXQ_ABI_VERSION) {
        failed("exequatur", "the library is of another ABI version than the header");
        return 2;
    }
    int command = read_words(argc, argv, &given) == 0 ? find_command(&given) : -1;
    if (command < 0 || read_clock(&given, &work.clock) != 0) {
        return 2;
    }
    /* What only reads needs no clock. */
    if (store_open(&work.store, given.db, strcmp(given.command, "run") == 0) == 0
        && (!commands[command].needs_clock || start_clock(&work) == 0)) {
        status = obey(&work, &given);
    }
    rulebook_free_all(&work.rulebooks);
    store_close(&work.store);
    /* What was printed counts only if it arrived: a script reads `allowed` from it. */
    if (fflush(stdout) != 0 || ferror(stdout)) {
        failed("standard output", "cannot be written");
        status = 2;
    }
    return status;
}
