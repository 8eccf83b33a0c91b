/* A pack to the list of what it holds, each with whether a case of which nothing is known may have it: allowed PACK NOW
 *
 * It is built by pkg-config. No fact is given, so that nothing protected may come out as allowed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <exequatur.h>

static void must(exq_status status, exq_error **error) {
    if (status != EXQ_OK) {
        fprintf(stderr, "allowed: %s: %s\n", exq_status_name(status), exq_error_message(*error));
        exq_error_free(*error);
        exit(1);
    }
}

int main(int argc, char **argv) {
    exq_pack *pack = NULL;
    exq_case *facts = NULL;
    exq_decision *decision = NULL;
    exq_error *error = NULL;
    uint32_t norm, norms;
    int64_t now;

    if (argc != 3) {
        fputs("usage: allowed PACK NOW\n", stderr);
        return 2;
    }
    must(exq_instant_parse(argv[2], strlen(argv[2]), &now, &error), &error);
    must(exq_pack_load_file(argv[1], strlen(argv[1]), &pack, &error), &error);
    must(exq_case_new(pack, &facts, &error), &error);
    must(exq_decision_new(pack, &decision, &error), &error);
    must(exq_decide(decision, facts, now, &error), &error);
    must(exq_pack_count(pack, EXQ_KIND_NORM, &norms, &error), &error);
    for (norm = 0; norm < norms; norm++) {
        exq_str name;
        exq_norm about;
        int32_t allowed;
        must(exq_pack_name(pack, EXQ_KIND_NORM, norm, &name, &error), &error);
        must(exq_pack_norm(pack, norm, &about, &error), &error);
        must(exq_decision_allows(decision, norm, EXQ_NONE, &allowed, &error), &error);
        printf("%.*s: %s%s\n", (int)name.len, name.ptr, allowed ? "allowed" : "not allowed",
               about.is_protected ? ", protected" : "");
    }
    exq_decision_free(decision);
    exq_case_free(facts);
    exq_pack_free(pack);
    return 0;
}
