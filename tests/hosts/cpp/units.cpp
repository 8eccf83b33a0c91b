// Two sources of one program, compiled apart and differently: each with -DUNIT=name, one of them with -DOTHER=name, too.
//
// Invariant: the header defines nothing twice, and a source without exceptions lives beside one that throws, each with the
// types that it was compiled for. What they hand to each other is the C interface, which is one.
#include "check.hpp"

int UNIT(const char* path, const exq_pack** out);

namespace {
exequatur::pack& kept() {
  static exequatur::pack one;
  return one;
}
}  // namespace

// Loads a pack, keeps it, and lends its handle.
int UNIT(const char* path, const exq_pack** out) {
  const exequatur::result<exequatur::pack> loaded = exequatur::pack::load_file(path);
  if (!loaded) return 1;
  kept() = loaded.value();
  *out = kept().get();
  return 0;
}

#ifdef OTHER
int OTHER(const char* path, const exq_pack** out);

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const exq_pack* mine = nullptr;
  const exq_pack* other = nullptr;
  CHECK(UNIT(argv[1], &mine) == 0 && OTHER(argv[1], &other) == 0 && mine != other);
  std::uint32_t one = 0, two = 0;
  CHECK(exq_pack_count(mine, EXQ_KIND_NORM, &one, nullptr) == EXQ_OK);
  CHECK(exq_pack_count(other, EXQ_KIND_NORM, &two, nullptr) == EXQ_OK);
  CHECK(one == two && one > 0);
  return check::end();
}
#endif
