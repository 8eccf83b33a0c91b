// Signed packs, for C++11 and later: include it beside exequatur.hpp, with whose rules it lives.
//
// A pack is loaded only with a signature that the host trusts; whatever is refused gives an error and nothing else, so that the
// pack which the host has stays the one it uses. The library remembers nothing: the host keeps the serial that it gets.
//
//     exequatur::trust maker(exequatur::public_key::from_pem(pem).value(), "takedown-eu");
//     maker.serial_at_least = stored_serial();
//     auto fresh = exequatur::signed_pack::load(bytes, size, signature, signature_size, maker, now);
//     if (fresh) store(fresh.value().serial), rules = fresh.value().rules;
#ifndef EXEQUATUR_SIGNED_HPP
#define EXEQUATUR_SIGNED_HPP

#include "exequatur.hpp"

namespace exequatur {
inline namespace EXEQUATUR_NAMESPACE {

// Whether the library verifies signatures: else all of this is an error (code::unsupported).
inline bool has_signatures() noexcept { return (exq_features() & EXQ_FEATURE_SIGN) != 0; }

// An Ed25519 public key: its 32 bytes, or the PEM that OpenSSL and `exq sign --new-key` write.
struct public_key {
  exq_key raw;
  explicit public_key(const exq_key& bytes = exq_key()) noexcept : raw(bytes) {}
  static result<public_key> from_pem(string_view pem) {
    return detail::ask<public_key, exq_key>(exq_key_from_pem, pem.data(), pem.size());
  }
};

// Whom the host trusts, for which line of packs, and the least serial that it takes: the greatest that it has accepted.
struct trust {
  public_key key;
  std::string name;
  std::uint64_t serial_at_least = 0;
  trust(const public_key& maker, const std::string& line) : key(maker), name(line) {}
};

// A pack whose signature was accepted.
struct signed_pack {
  pack rules;
  std::uint64_t serial = 0;  // to be kept, and given as `serial_at_least` from now on
  bool expires = false;
  instant expiry;  // if it expires: it holds until before this instant, and whether to go on then is for the host

  static result<signed_pack> load(const std::uint8_t* bytes, std::size_t size, const std::uint8_t* signature,
                                  std::size_t signature_size, const trust& trusted, const instant& now) {
    const exq_trust raw = {trusted.key.raw, {trusted.name.data(), trusted.name.size()}, trusted.serial_at_least, now.micros};
    exq_signed about = exq_signed();
    const result<pack> rules = pack::make([&](exq_pack** out, exq_error** fault) {
      return exq_pack_load_signed(bytes, size, signature, signature_size, &raw, out, &about, fault);
    });
    if (!rules) return rules.error();
    signed_pack made;
    made.rules = rules.value();
    made.serial = about.serial;
    made.expires = about.expires != EXQ_NEVER;
    made.expiry = instant(made.expires ? about.expires : 0);
    return made;
  }
};

}  // inline namespace
}  // namespace exequatur

#endif  // EXEQUATUR_SIGNED_HPP
