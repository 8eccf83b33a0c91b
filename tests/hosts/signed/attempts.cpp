// The host of attempts.c by the C++ wrapper: `attempts FOLDER ATTEMPTS`. It prints the same.
#include <exequatur_signed.hpp>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>

namespace {

std::string file(const std::string& folder, const std::string& name, const char* ending) {
  const bool whole = name.find('.') != std::string::npos;
  std::ifstream in((folder + "/" + name + (whole ? "" : ending)).c_str(), std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
}

const std::uint8_t* raw(const std::string& bytes) { return reinterpret_cast<const std::uint8_t*>(bytes.data()); }

// The name of the pack that is active, after it was asked something.
std::string active(const exequatur::pack& rules) {
  if (!rules) return "nothing";
  exequatur::case_file order = exequatur::case_file::make(rules).value();
  exequatur::decision answer = exequatur::decision::make(rules).value();
  answer.decide(order, exequatur::instant(1790000000000000)).value();
  return std::string(rules.name(exequatur::kind::pack, 0).value());
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 || !exequatur::has_signatures()) return 2;
  exequatur::pack rules;
  std::uint64_t kept = 0;
  std::ifstream attempts(argv[2]);
  for (std::string line; std::getline(attempts, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    std::string what, pack, signature, key, name, floor;
    std::int64_t now = 0;
    words >> what >> pack >> signature >> key >> name >> floor >> now;
    const std::string bytes = file(argv[1], pack, ".exqp"), signed_by = file(argv[1], signature, ".sig");
    exequatur::error why(exequatur::code::ok, "", "");
    const auto maker = exequatur::public_key::from_pem(file(argv[1], key, ".pem"));
    if (maker) {
      exequatur::trust trusted(maker.value(), name);
      trusted.serial_at_least = floor == "kept" ? kept : std::strtoull(floor.c_str(), nullptr, 10);
      const auto fresh = exequatur::signed_pack::load(raw(bytes), bytes.size(), raw(signed_by), signed_by.size(), trusted, now);
      if (fresh) {
        rules = fresh.value().rules;
        kept = fresh.value().serial;
        if (!fresh.value().expires || fresh.value().expiry != exequatur::instant(1798761600000000)) return 1;
      } else {
        why = fresh.error();
      }
    } else {
      why = maker.error();
    }
    std::printf("%s | %s | %s | %s, %llu\n", what.c_str(), std::string(exequatur::name(why.code())).c_str(),
                why.place().c_str(), active(rules).c_str(), static_cast<unsigned long long>(kept));
  }
  return 0;
}
