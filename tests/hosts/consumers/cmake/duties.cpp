// A case in a file to its duties, one a line with its due: duties PACK CASE NOW
//
// It takes the C header into C++11, as a host does that has wrappers of its own, and is built by CMake. The array is
// asked for twice: first how long it is, then whole.
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include <exequatur.h>

static void must(exq_status status, exq_error **error) {
    if (status != EXQ_OK) {
        std::cerr << "duties: " << exq_status_name(status) << ": " << exq_error_message(*error) << '\n';
        exq_error_free(*error);
        std::exit(1);
    }
}

static std::string instant(const exq_moment &moment) {
    if (moment.kind != EXQ_MOMENT_AT) return "no time";
    exq_error *error = nullptr;
    std::size_t needed = 0;
    must(exq_instant_format(moment.at, nullptr, 0, &needed, &error), &error);
    std::vector<char> text(needed);
    must(exq_instant_format(moment.at, text.data(), text.size(), &needed, &error), &error);
    return text.data();
}

int main(int argc, char **argv) {
    if (argc != 4) {
        std::cerr << "usage: duties PACK CASE NOW\n";
        return 2;
    }
    std::ifstream file(argv[2], std::ios::binary);
    const std::string json((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());

    exq_error *error = nullptr;
    exq_pack *pack = nullptr;
    exq_case *facts = nullptr;
    exq_decision *decision = nullptr;
    std::int64_t now = 0;
    must(exq_instant_parse(argv[3], std::strlen(argv[3]), &now, &error), &error);
    must(exq_pack_load_file(argv[1], std::strlen(argv[1]), &pack, &error), &error);
    must(exq_case_new(pack, &facts, &error), &error);
    must(exq_case_set_json(facts, json.data(), json.size(), &error), &error);
    must(exq_decision_new(pack, &decision, &error), &error);
    must(exq_decide(decision, facts, now, &error), &error);

    std::size_t count = 0;
    must(exq_decision_duties(decision, nullptr, 0, &count, &error), &error);
    std::vector<exq_duty> duties(count);
    must(exq_decision_duties(decision, duties.data(), duties.size(), &count, &error), &error);
    for (const exq_duty &duty : duties) {
        exq_str norm;
        must(exq_pack_name(pack, EXQ_KIND_NORM, duty.norm, &norm, &error), &error);
        std::cout << std::string(norm.ptr, norm.len) << ": " << instant(duty.due) << '\n';
    }
    exq_decision_free(decision);
    exq_case_free(facts);
    exq_pack_free(pack);
    return 0;
}
