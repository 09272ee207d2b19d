#include "fakes/acme/binding.hpp"

#include <algorithm>
#include <utility>

#include "fakes/acme/envelope.hpp"

namespace shinsa::fakes::acme {

namespace json = boost::json;

namespace {

constexpr std::size_t kKeyIdMax = 128;

bool is_a_key_id(std::string_view text) {
  return !text.empty() && text.size() <= kKeyIdMax &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f && c != '/'; });
}

OrProblem<void> check_header(const Jws& jws, const Asked& asked) {
  if (!is_mac_algorithm(jws.algorithm))
    return say_no(malformed("an external account binding has a MAC: HS256, HS384 or HS512, not " +
                            jws.algorithm));
  if (jws.nonce) return say_no(malformed("an external account binding has no \"nonce\""));
  if (jws.url != asked.jws.url)
    return say_no(malformed("\"url\" in the external account binding is not that of the request"));
  if (!jws.kid || jws.jwk || !is_a_key_id(*jws.kid))
    return say_no(malformed("\"kid\" in the external account binding is the key id of an EAB"));
  return {};
}

}  // namespace

OrProblem<Binding> read_binding(const json::value& binding, const Asked& asked, Desk& desk) {
  const auto jws = parse_jws(json::serialize(binding));
  if (!jws) return say_no(malformed("externalAccountBinding: " + jws.error().says));
  if (auto checked = check_header(*jws, asked); !checked) return say_no(checked.error());
  const auto key = PublicKey::read(jws->payload);
  if (!key || key->thumbprint() != asked.key.thumbprint())
    return say_no(malformed("the external account binding is for another key than the account's"));
  const auto secret = desk.eab_key(*jws->kid);
  return Binding{*jws->kid, secret && verify_mac(*jws, *secret).has_value()};
}

}  // namespace shinsa::fakes::acme
