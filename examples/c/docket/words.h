/* Numbers of the engine to the words that are kept and shown. One that this host does not know is shown as such, and is
 * never taken for another.
 */
#ifndef DOCKET_WORDS_H
#define DOCKET_WORDS_H

#include <stdint.h>

const char *outcome_word(int32_t outcome);
const char *effect_word(int32_t value);
const char *state_word(int32_t state);
const char *status_word(int32_t status);
int status_is_known(int32_t status);
const char *moment_word(int32_t kind);
const char *truth_word(int32_t truth);
const char *why_word(int32_t why);

#endif
