/* A case in a file to the decision in sentences: decide PACK CASE NOW
 *
 * The smallest use of the library from C: load a pack, fill a case from JSON, decide, print. Every failure ends the
 * program with the library's own words, because a host that goes on after one has no decision to go by. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <exequatur.h>

static void must(exq_status status, exq_error **error) {
    if (status != EXQ_OK) {
        fprintf(stderr, "decide: %s: %s\n", exq_status_name(status), exq_error_message(*error));
        exq_error_free(*error);
        exit(1);
    }
}

static char *read_all(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    size_t capacity = 1024;
    char *text = malloc(capacity);
    *length = 0;
    while (file != NULL && text != NULL && !feof(file) && !ferror(file)) {
        *length += fread(text + *length, 1, capacity - *length, file);
        if (*length == capacity) {
            capacity *= 2;
            text = realloc(text, capacity);
        }
    }
    if (file == NULL || text == NULL || ferror(file)) {
        perror(path);
        exit(1);
    }
    fclose(file);
    return text;
}

int main(int argc, char **argv) {
    exq_pack *pack = NULL;
    exq_case *facts = NULL;
    exq_decision *decision = NULL;
    exq_error *error = NULL;
    char *json, *text;
    size_t length, needed;
    int64_t now;

    if (argc != 4) {
        fputs("usage: decide PACK CASE NOW\n", stderr);
        return 2;
    }
    if (exq_abi_version() != EXQ_ABI_VERSION) {
        fputs("decide: the library is not the one that the header describes\n", stderr);
        return 1;
    }
    json = read_all(argv[2], &length);
    must(exq_instant_parse(argv[3], strlen(argv[3]), &now, &error), &error);
    must(exq_pack_load_file(argv[1], strlen(argv[1]), &pack, &error), &error);
    must(exq_case_new(pack, &facts, &error), &error);
    must(exq_case_set_json(facts, json, length, &error), &error);
    must(exq_decision_new(pack, &decision, &error), &error);
    must(exq_decide(decision, facts, now, &error), &error);

    must(exq_decision_text(decision, EXQ_LANG_EN, EXQ_WITH_RECEIPT, NULL, 0, &needed, &error), &error);
    text = malloc(needed);
    if (text == NULL) {
        perror("decide");
        return 1;
    }
    must(exq_decision_text(decision, EXQ_LANG_EN, EXQ_WITH_RECEIPT, text, needed, &needed, &error), &error);
    fputs(text, stdout);

    free(text);
    free(json);
    exq_decision_free(decision);
    exq_case_free(facts);
    exq_pack_free(pack);
    return 0;
}
