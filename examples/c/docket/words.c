/* The words of the numbers, by name, so that their order in the header does not matter here. */
#include "words.h"

#include <exequatur.h>

static const char unknown[] = "not known to this host";

const char *outcome_word(int32_t outcome)
{
    switch (outcome) {
    case EXQ_OUTCOME_NONE: return "none";
    case EXQ_OUTCOME_MAY: return "may";
    case EXQ_OUTCOME_MUST: return "must";
    case EXQ_OUTCOME_MUST_NOT: return "must not";
    case EXQ_OUTCOME_UNDETERMINED: return "undetermined";
    case EXQ_OUTCOME_CONFLICT: return "conflict";
    default: return unknown;
    }
}

const char *effect_word(int32_t value)
{
    switch (value) {
    case EXQ_EFFECT_MUST: return "must";
    case EXQ_EFFECT_MAY: return "may";
    case EXQ_EFFECT_MUST_NOT: return "must not";
    case EXQ_EFFECT_LIFTED: return "lifted";
    default: return unknown;
    }
}

const char *state_word(int32_t state)
{
    switch (state) {
    case EXQ_STATE_STANDING: return "standing";
    case EXQ_STATE_UNDETERMINED: return "undetermined";
    case EXQ_STATE_DEFEATED: return "defeated";
    case EXQ_STATE_NOT_BEGUN: return "not begun";
    case EXQ_STATE_ENDED: return "ended";
    case EXQ_STATE_WITHHELD: return "withheld";
    default: return unknown;
    }
}

const char *status_word(int32_t status)
{
    switch (status) {
    case EXQ_STATUS_WAITING: return "waiting";
    case EXQ_STATUS_EARLY: return "early";
    case EXQ_STATUS_RUNNING: return "running";
    case EXQ_STATUS_MET: return "met";
    case EXQ_STATUS_MET_LATE: return "met late";
    case EXQ_STATUS_BREACHED: return "breached";
    case EXQ_STATUS_LAPSED: return "lapsed";
    case EXQ_STATUS_OPEN: return "open";
    case EXQ_STATUS_UNKNOWN: return "unknown";
    case EXQ_STATUS_NOTHING: return "nothing";
    default: return unknown;
    }
}

int status_is_known(int32_t status)
{
    return status_word(status) != unknown;
}

const char *moment_word(int32_t kind)
{
    switch (kind) {
    case EXQ_MOMENT_NOTHING: return "none";
    case EXQ_MOMENT_AT: return "at";
    case EXQ_MOMENT_WAITING: return "waiting";
    case EXQ_MOMENT_OPEN: return "open";
    case EXQ_MOMENT_UNKNOWN: return "unknown";
    default: return unknown;
    }
}

const char *truth_word(int32_t truth)
{
    switch (truth) {
    case EXQ_TRUTH_TRUE: return "true";
    case EXQ_TRUTH_FALSE: return "false";
    case EXQ_TRUTH_UNKNOWN: return "unknown";
    case EXQ_TRUTH_NONE: return "none";
    default: return unknown;
    }
}

const char *why_word(int32_t why)
{
    switch (why) {
    case EXQ_WHY_GUARD_FALSE: return "its guard is false";
    case EXQ_WHY_GUARD_UNKNOWN: return "its guard is unknown";
    case EXQ_WHY_CONFLICT: return "rules contradict each other";
    case EXQ_WHY_UNDETERMINED: return "it is undetermined";
    case EXQ_WHY_WAITING: return "its time has not come";
    case EXQ_WHY_ENDED: return "its time has passed";
    default: return unknown;
    }
}
