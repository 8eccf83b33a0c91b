/* What crossing the boundary costs a C host: one case, decided again and again in several ways, side by side.
 *
 * Each way is timed in rounds that alternate, so that a machine that slows down slows all of them down; the least and the
 * median of the rounds are printed in nanoseconds for one case, as `way<TAB>least<TAB>median`. The clock is the host's.
 * usage: boundary PACK CASE_JSON INSTANT                                                                            */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "exequatur.h"

enum { WAYS = 8, BATCH = WAYS - 1, ROUNDS = 41, CALLS = 200, ROOM = 1 << 20, DUTIES = 512, ROWS = 1 << 14 };

static exq_pack *pack;
static exq_case *a_case;
static exq_decision *decision;
static int64_t now;
static char *json;
static size_t json_len;
static char *room;
static exq_duty duties[DUTIES];
static exq_batch *batch;
static char *lines;
static size_t lines_len;
static exq_batch_row *rows;

/* What the case says, slot by slot, so that it can be said again by typed setters. */
static struct { int32_t kind; uint32_t id; exq_value value; } said[4096];
static size_t said_count;

static void must(exq_status status, const char *what)
{
    if (status != EXQ_OK) {
        fprintf(stderr, "%s: %s\n", what, exq_status_name(status));
        exit(1);
    }
}

static void nothing(void) { (void)exq_abi_version(); }

static void set_typed(void)
{
    size_t i;
    must(exq_case_clear(a_case, NULL), "clear");
    for (i = 0; i < said_count; i++) {
        must(exq_case_set(a_case, said[i].kind, said[i].id, &said[i].value, NULL), "set");
    }
}

static size_t read_duties(void)
{
    size_t count;
    must(exq_decision_duties(decision, duties, DUTIES, &count, NULL), "duties");
    return count;
}

static void decide_only(void) { must(exq_decide(decision, a_case, now, NULL), "decide"); }

static void typed(void)
{
    set_typed();
    decide_only();
    (void)read_duties();
}

/* What a host does that files why each due is what it is. */
static void read_steps(void)
{
    size_t count = read_duties(), steps, i;
    exq_derivation derivation;
    for (i = 0; i < count; i++) {
        must(exq_decision_derivation(decision, duties[i].answer, duties[i].effect, EXQ_NONE, &derivation, NULL), "how");
        must(exq_decision_steps(decision, duties[i].answer, duties[i].effect, EXQ_NONE, (exq_step *)(void *)room,
                                ROOM / sizeof(exq_step), &steps, NULL), "steps");
    }
}

static void set_json_only(void) { must(exq_case_set_json(a_case, json, json_len, NULL), "json"); }

static void by_json(void)
{
    size_t needed;
    set_json_only();
    decide_only();
    must(exq_decision_json(decision, 0, room, ROOM, &needed, NULL), "decision");
}

/* As many cases as there are calls, so that its time, divided by the calls, is that of a case. */
static void in_a_batch(void)
{
    exq_options options;
    size_t count;
    memset(&options, 0, sizeof options);
    options.now = now;
    must(exq_batch_clear(batch, NULL), "clear");
    must(exq_batch_add_json(batch, lines, lines_len, NULL), "lines");
    must(exq_batch_decide(batch, &options, sizeof options, NULL, 0, NULL, 0, NULL), "decide");
    must(exq_batch_rows(batch, rows, ROWS, &count, NULL), "rows");
}

/* The same case on every line: JSON as it is written on one line has no line ends in it. */
static void write_lines(void)
{
    size_t i, call;
    for (i = 0; i < json_len; i++) {
        if (json[i] == '\n' || json[i] == '\r') json[i] = ' ';
    }
    lines = malloc(CALLS * (json_len + 1));
    rows = malloc(ROWS * sizeof *rows);
    if (lines == NULL || rows == NULL) exit(1);
    for (call = 0; call < CALLS; call++) {
        memcpy(lines + lines_len, json, json_len);
        lines_len += json_len;
        lines[lines_len++] = '\n';
    }
    must(exq_batch_new(pack, CALLS, &batch, NULL), "batch");
}

static const struct { const char *name; void (*run)(void); } ways[WAYS] = {
    {"an empty call", nothing},
    {"typed setters alone", set_typed},
    {"deciding alone", decide_only},
    {"typed setters, decide, duties", typed},
    {"duties alone, with the steps of each", read_steps},
    {"JSON in alone", set_json_only},
    {"JSON in, decide, JSON out", by_json},
    {"in a batch of 200: JSON lines in, decide, rows out", in_a_batch},
};

static double nanoseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    static double times[WAYS][ROUNDS];
    int32_t kinds[2] = {EXQ_KIND_FACT, EXQ_KIND_EVENT};
    int way, round, call, k;
    FILE *file;
    if (argc != 4) {
        fprintf(stderr, "usage: boundary PACK CASE_JSON INSTANT\n");
        return 2;
    }
    must(exq_pack_load_file(argv[1], strlen(argv[1]), &pack, NULL), argv[1]);
    must(exq_case_new(pack, &a_case, NULL), "case");
    must(exq_decision_new(pack, &decision, NULL), "decision");
    must(exq_instant_parse(argv[3], strlen(argv[3]), &now, NULL), argv[3]);
    json = malloc(ROOM);
    room = malloc(ROOM);
    file = fopen(argv[2], "rb");
    if (file == NULL || json == NULL || room == NULL) {
        fprintf(stderr, "cannot read `%s`\n", argv[2]);
        return 1;
    }
    json_len = fread(json, 1, ROOM, file);
    fclose(file);
    set_json_only();
    write_lines();
    for (k = 0; k < 2; k++) {
        uint32_t id, count;
        must(exq_pack_count(pack, kinds[k], &count, NULL), "count");
        for (id = 0; id < count; id++) {
            exq_value value;
            must(exq_case_get(a_case, kinds[k], id, &value, NULL), "get");
            if (value.type != EXQ_TYPE_ABSENT) {
                said[said_count].kind = kinds[k];
                said[said_count].id = id;
                said[said_count++].value = value;
            }
        }
    }
    for (round = 0; round < ROUNDS; round++) {
        for (way = 0; way < WAYS; way++) {
            double start = nanoseconds();
            int calls = way == BATCH ? 1 : CALLS;
            for (call = 0; call < calls; call++) {
                ways[way].run();
            }
            times[way][round] = (nanoseconds() - start) / CALLS;
        }
    }
    printf("facts and events said\t%lu\t\n", (unsigned long)said_count);
    for (way = 0; way < WAYS; way++) {
        qsort(times[way], ROUNDS, sizeof times[way][0], ascending);
        printf("%s\t%.0f\t%.0f\n", ways[way].name, times[way][0], times[way][ROUNDS / 2]);
    }
    exq_batch_free(batch);
    exq_decision_free(decision);
    exq_case_free(a_case);
    exq_pack_free(pack);
    free(lines);
    free(rows);
    free(json);
    free(room);
    return 0;
}
