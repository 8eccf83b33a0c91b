/* A pack, a case and an instant to what is owed: the smallest host. No answer is printed unless every call went well.
 *
 * cc -std=c99 minimal.c $(pkg-config --cflags --libs exequatur) -o minimal
 * ./minimal rules.exqp case.json 2026-11-20T10:00:00+01:00
 */
#include <exequatur.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
    static char json[1 << 20];
    static exq_duty duties[256];
    exq_pack *pack = NULL;
    exq_case *facts = NULL;
    exq_decision *decision = NULL;
    exq_error *error = NULL;
    int64_t now = 0;
    size_t count = 0, needed = 0;
    FILE *file = argc == 4 ? fopen(argv[2], "rb") : NULL;
    size_t length = file == NULL ? 0 : fread(json, 1, sizeof json, file);
    if (file == NULL || ferror(file) || fclose(file) != 0 || exq_abi_version() != EXQ_ABI_VERSION) {
        fprintf(stderr, "usage: minimal PACK CASE INSTANT\n");
        return 2;
    }
    int good = exq_pack_load_file(argv[1], strlen(argv[1]), &pack, &error) == EXQ_OK
        && exq_case_new(pack, &facts, &error) == EXQ_OK && exq_case_set_json(facts, json, length, &error) == EXQ_OK
        && exq_instant_parse(argv[3], strlen(argv[3]), &now, &error) == EXQ_OK
        && exq_decision_new(pack, &decision, &error) == EXQ_OK && exq_decide(decision, facts, now, &error) == EXQ_OK
        && exq_decision_duties(decision, duties, 256, &count, &error) == EXQ_OK;
    for (size_t i = 0; good && i < count; i++) {
        static const char *const outcomes[] = {"none", "may", "must", "must not", "undetermined", "conflict"};
        char due[40] = "no time limit known";
        exq_str norm = {NULL, 0};
        good = exq_pack_name(pack, EXQ_KIND_NORM, duties[i].norm, &norm, &error) == EXQ_OK
            && (duties[i].due.kind != EXQ_MOMENT_AT
                || exq_instant_format(duties[i].due.at, due, sizeof due, &needed, &error) == EXQ_OK);
        if (good) {
            uint32_t outcome = (uint32_t)duties[i].outcome < 6 ? (uint32_t)duties[i].outcome : EXQ_OUTCOME_MUST_NOT;
            printf("%.*s: %s, due %s\n", (int)norm.len, norm.ptr, outcomes[outcome], due);
        }
    }
    if (!good) {
        fprintf(stderr, "%s at %s: %s\n", exq_status_name(exq_error_code(error)), exq_error_place(error),
                exq_error_message(error));
    }
    exq_error_free(error);
    exq_decision_free(decision);
    exq_case_free(facts);
    exq_pack_free(pack);
    return good ? 0 : 1;
}
