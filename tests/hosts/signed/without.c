/* What a library that was built without compiler and signatures says of both: that it has neither, and nothing else. */
#include <exequatur.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    const uint8_t bytes[1] = {0};
    const exq_source source = {{"a", 1}, {"pack a", 6}};
    exq_trust trust = {{{0}}, {"tco", 3}, 0, 0};
    exq_signed about = {1, 2};
    exq_pack *pack = NULL;
    exq_key key = {{7}};
    exq_error *error = NULL;
    exq_status status = exq_pack_load_signed(bytes, 1, bytes, 1, &trust, &pack, &about, &error);
    printf("%u %s %s\n", (unsigned)exq_features(), exq_status_name(status), exq_error_message(error));
    exq_error_free(error);
    printf("%s\n", exq_status_name(exq_key_from_pem("-", 1, &key, NULL)));
    printf("%s\n", exq_status_name(exq_pack_compile(&source, 1, NULL, &pack, NULL)));
    return !(pack == NULL && about.serial == 1 && about.expires == 2 && key.bytes[0] == 7);
}
