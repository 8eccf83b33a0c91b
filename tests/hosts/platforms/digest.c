/* Rule files to the digest of the pack they give, on this machine: digest PACK FILE...
 *
 * The zones come from a pack that another machine compiled. The digest is over every byte, so that two machines that
 * print the same have written the same. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <exequatur.h>

static void must(exq_status status, exq_error **error) {
    if (status != EXQ_OK) {
        fprintf(stderr, "digest: %s: %s: %s\n", exq_status_name(status), exq_error_place(*error),
                exq_error_message(*error));
        exit(1);
    }
}

static exq_source read_source(const char *path) {
    exq_source source;
    FILE *file = fopen(path, "rb");
    long length = -1;
    char *text = NULL;
    if (file != NULL && fseek(file, 0, SEEK_END) == 0) {
        length = ftell(file);
        rewind(file);
    }
    if (length > 0) text = malloc((size_t)length);
    if (text == NULL || fread(text, 1, (size_t)length, file) != (size_t)length) {
        perror(path);
        exit(1);
    }
    fclose(file);
    source.name.ptr = path;
    source.name.len = strlen(path);
    source.text.ptr = text;
    source.text.len = (size_t)length;
    return source;
}

int main(int argc, char **argv) {
    exq_pack *zones = NULL, *pack = NULL;
    exq_error *error = NULL;
    exq_source *sources;
    exq_digest digest;
    size_t count, at;

    if (argc < 3) {
        fputs("usage: digest PACK FILE...\n", stderr);
        return 2;
    }
    count = (size_t)argc - 2;
    sources = calloc(count, sizeof *sources);
    if (sources == NULL) return 1;
    for (at = 0; at < count; at++) sources[at] = read_source(argv[at + 2]);
    must(exq_pack_load_file(argv[1], strlen(argv[1]), &zones, &error), &error);
    must(exq_pack_compile(sources, count, zones, &pack, &error), &error);
    must(exq_pack_digest(pack, &digest, &error), &error);
    for (at = 0; at < sizeof digest.bytes; at++) printf("%02x", digest.bytes[at]);
    putchar('\n');
    for (at = 0; at < count; at++) free((void *)sources[at].text.ptr);
    free(sources);
    exq_pack_free(pack);
    exq_pack_free(zones);
    return 0;
}
