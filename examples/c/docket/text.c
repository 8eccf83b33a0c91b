/* Owned bytes, and the one place that says what failed. */
#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int failed(const char *what, const char *why)
{
    fprintf(stderr, "docket: %s: %s\n", what, why);
    return -1;
}

int text_append(text *into, const char *bytes, size_t length)
{
    char *grown = realloc(into->bytes, into->length + length + 1);
    if (grown == NULL) {
        return failed("text", "out of memory");
    }
    if (length > 0) {
        memcpy(grown + into->length, bytes, length);
    }
    into->bytes = grown;
    into->length += length;
    into->bytes[into->length] = '\0';
    return 0;
}

int text_copy(text *into, const char *bytes, size_t length)
{
    text_free(into);
    return text_append(into, bytes, length);
}

int text_say(text *into, const char *word)
{
    return text_copy(into, word, strlen(word));
}

int text_add(text *into, const char *word)
{
    return text_append(into, word, strlen(word));
}

int text_format(text *into, const char *format, ...)
{
    va_list given;
    va_start(given, format);
    int length = vsnprintf(NULL, 0, format, given);
    va_end(given);
    if (length < 0) {
        return failed("text", "cannot be formatted");
    }
    char *grown = realloc(into->bytes, into->length + (size_t)length + 1);
    if (grown == NULL) {
        return failed("text", "out of memory");
    }
    into->bytes = grown;
    va_start(given, format);
    vsnprintf(into->bytes + into->length, (size_t)length + 1, format, given);
    va_end(given);
    into->length += (size_t)length;
    return 0;
}

void text_free(text *owned)
{
    free(owned->bytes);
    owned->bytes = NULL;
    owned->length = 0;
}
