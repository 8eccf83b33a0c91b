/* A host that is given packs, and keeps the one that it has whatever it is given: `attempts FOLDER ATTEMPTS`.
 *
 * For each line of ATTEMPTS it prints what came of it, and which pack it goes on with. Whatever is refused must leave what
 * it was to write as it was: that is looked at byte by byte, and the pack is used afterwards. */
#include <exequatur.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void check(int holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "does not hold: %s\n", what);
    exit(1);
}

/* A file of the folder, whole. */
static uint8_t *file(const char *folder, const char *name, const char *ending, size_t *len)
{
    static const size_t most = 1 << 20;
    char path[1024];
    uint8_t *bytes = malloc(most);
    FILE *in;
    snprintf(path, sizeof path, "%s/%s%s", folder, name, strchr(name, '.') ? "" : ending);
    in = fopen(path, "rb");
    check(bytes != NULL && in != NULL, path);
    *len = fread(bytes, 1, most, in);
    fclose(in);
    return bytes;
}

/* The name of the pack that is active, after it was asked something. */
static exq_str active(const exq_pack *pack)
{
    exq_str name = {"nothing", 7};
    exq_case *a_case = NULL;
    exq_decision *decision = NULL;
    uint32_t answers = 0;
    if (pack == NULL) return name;
    check(exq_case_new(pack, &a_case, NULL) == EXQ_OK && exq_decision_new(pack, &decision, NULL) == EXQ_OK, "made");
    check(exq_decide(decision, a_case, 1790000000000000, NULL) == EXQ_OK, "the active pack decides");
    check(exq_decision_answer_count(decision, &answers, NULL) == EXQ_OK && answers == 1, "it answers");
    exq_decision_free(decision);
    exq_case_free(a_case);
    check(exq_pack_name(pack, EXQ_KIND_PACK, 0, &name, NULL) == EXQ_OK, "it has a name");
    return name;
}

int main(int argc, char **argv)
{
    exq_pack *pack = NULL;
    uint64_t kept = 0;
    char line[1024], what[64], names[3][64], name[64], floor[64];
    int64_t now;
    FILE *attempts = fopen(argc == 3 ? argv[2] : "", "r");
    check(attempts != NULL, "attempts FOLDER ATTEMPTS");
    check((exq_features() & EXQ_FEATURE_SIGN) != 0, "the library verifies signatures");
    while (fgets(line, sizeof line, attempts) != NULL) {
        size_t len, signature_len, pem_len;
        uint8_t *bytes, *signature, *pem;
        exq_trust trust;
        exq_signed about, before;
        exq_pack *fresh = pack;
        exq_error *error = NULL;
        exq_status status;
        exq_str goes_on;
        if (line[0] == '#') continue;
        check(sscanf(line, "%63s %63s %63s %63s %63s %63s %" SCNd64, what, names[0], names[1], names[2], name, floor, &now) == 7,
              line);
        bytes = file(argv[1], names[0], ".exqp", &len);
        signature = file(argv[1], names[1], ".sig", &signature_len);
        pem = file(argv[1], names[2], ".pem", &pem_len);
        memset(&about, 0xA5, sizeof about);
        before = about;
        trust.name.ptr = name;
        trust.name.len = strlen(name);
        trust.serial_at_least = strcmp(floor, "kept") == 0 ? kept : strtoull(floor, NULL, 10);
        trust.now = now;
        memset(&trust.key, 0xA5, sizeof trust.key);
        status = exq_key_from_pem((const char *)pem, pem_len, &trust.key, &error);
        if (status == EXQ_OK) {
            status = exq_pack_load_signed(bytes, len, signature, signature_len, &trust, &fresh, &about, &error);
        } else {
            check(trust.key.bytes[0] == 0xA5 && trust.key.bytes[31] == 0xA5, "the key is untouched");
        }
        if (status == EXQ_OK) {
            check(fresh != pack && error == NULL, "another pack, and no error");
            kept = about.serial;
            exq_pack_free(pack);
            pack = fresh;
        } else {
            check(fresh == pack && memcmp(&about, &before, sizeof about) == 0, "a refusal writes nothing");
            check(exq_error_code(error) == status && exq_error_message(error)[0] != '\0', "it says why");
        }
        goes_on = active(pack);
        printf("%s | %s | %s | %.*s, %" PRIu64 "\n", what, exq_status_name(status), exq_error_place(error), (int)goes_on.len,
               goes_on.ptr, kept);
        exq_error_free(error);
        free(bytes);
        free(signature);
        free(pem);
    }
    exq_pack_free(pack);
    fclose(attempts);
    return 0;
}
