/* A host in C that was written for one vocabulary: it sets a fact of each type, decides, and says what is allowed. */
#include "rules.h"

#include <stdio.h>
#include <string.h>

static int failed(const char *what, exq_error *error)
{
    fprintf(stderr, "%s: %s\n", what, exq_error_message(error));
    exq_error_free(error);
    return 1;
}

int main(int argc, char **argv)
{
    const rules_Data data[] = {rules_Data_content, rules_Data_subscriber};
    const rules_Country region[] = {rules_Country_IN, rules_Country_FR};
    exq_pack *pack = NULL;
    exq_case *order = NULL;
    exq_decision *decision = NULL;
    exq_error *error = NULL;
    exq_brief brief;
    int32_t takedown = 0, france = 0, belgium = 0, disclose = 0;
    uint32_t rule = 0;
    if (argc != 2) return 2;
    if (rules_load_file(argv[1], strlen(argv[1]), &pack, &error) != EXQ_OK) return failed("refused", error);
    if (exq_case_new(pack, &order, &error) != EXQ_OK || exq_decision_new(pack, &decision, &error) != EXQ_OK
        || rules_set_order_issuer(order, rules_Authority_judge, &error) != EXQ_OK
        || rules_set_order_authenticated(order, 1, &error) != EXQ_OK
        || rules_set_order_data(order, data, 2, &error) != EXQ_OK
        || rules_set_order_pages(order, 3, &error) != EXQ_OK
        || rules_set_order_deadline(order, 1772445600000000, &error) != EXQ_OK
        || rules_set_provider_turnover(order, 100000000, "EUR", &error) != EXQ_OK
        || rules_set_provider_region(order, region, 2, &error) != EXQ_OK
        || rules_happened(order, rules_event_order_received, 1772442000000000, &error) != EXQ_OK
        || rules_not_happened(order, rules_event_content_removed, &error) != EXQ_OK
        || rules_unknown_event(order, rules_event_data_disclosed, &error) != EXQ_OK
        || rules_unset_event(order, rules_event_data_disclosed, &error) != EXQ_OK
        || exq_decide(decision, order, 1772443800000000, &error) != EXQ_OK
        || rules_allows(decision, rules_norm_takedown, &takedown, &error) != EXQ_OK
        || rules_allows_in(decision, rules_norm_takedown, rules_Country_FR, &france, &error) != EXQ_OK
        || rules_allows_in(decision, rules_norm_takedown, rules_Country_BE, &belgium, &error) != EXQ_OK
        || rules_allows(decision, rules_norm_disclose_of_content, &disclose, &error) != EXQ_OK
        || rules_brief(decision, rules_norm_takedown, &brief, &error) != EXQ_OK
        || rules_find_rule(pack, rules_rule_house_removal, &rule, &error) != EXQ_OK)
        return failed("failed", error);
    printf("takedown %d, FR %d, BE %d, due %lld; disclose %d\n", (int)takedown, (int)france, (int)belgium,
           (long long)brief.due.at, (int)disclose);
    if (rules_unknown(order, rules_fact_order_issuer, &error) != EXQ_OK
        || rules_unset(order, rules_fact_order_pages, &error) != EXQ_OK
        || exq_decide(decision, order, 1772443800000000, &error) != EXQ_OK
        || rules_allows(decision, rules_norm_disclose_of_content, &disclose, &error) != EXQ_OK)
        return failed("failed", error);
    printf("issuer unknown: disclose %d\n", (int)disclose);
    if (rules_set_order_data(order, NULL, 0, &error) != EXQ_OK) return failed("failed", error);
    if (rules_set_order_data(order, data, 1000, &error) == EXQ_OK) return failed("took 1000 members", NULL);
    exq_error_free(error);
    exq_decision_free(decision);
    exq_case_free(order);
    exq_pack_free(pack);
    return 0;
}
