// Another key for an account (RFC 8555 section 7.3.5): a JWS by the new key in one by the old.
#include <utility>

#include "fakes/acme/envelope.hpp"
#include "fakes/acme/office.hpp"

namespace shinsa::fakes::acme {

namespace json = boost::json;

namespace {

OrProblem<void> check_header(const Jws& inner, const Asked& asked) {
  if (!is_signature_algorithm(inner.algorithm))
    return say_no(problem_of(Fault{Check::algorithm, "the algorithm \"" + inner.algorithm +
                                                         "\" of the inner JWS is not supported"}));
  if (inner.nonce) return say_no(malformed("the inner JWS has no \"nonce\""));
  if (inner.url != asked.jws.url)
    return say_no(malformed("\"url\" of the inner JWS is not that of the outer one"));
  if (!inner.jwk || inner.kid)
    return say_no(malformed("the inner JWS is signed with the new key in \"jwk\""));
  return {};
}

/// What the new key signs: whose it will be, and which key it replaces.
OrProblem<void> check_payload(const Jws& inner, const Asked& asked) {
  boost::system::error_code failed;
  const json::value value = json::parse(inner.payload, failed);
  const json::object* payload = failed ? nullptr : value.if_object();
  if (!payload) return say_no(malformed("the payload of the inner JWS is no JSON object"));
  const json::value* account = payload->if_contains("account");
  if (!account || *account != json::string(*asked.jws.kid))
    return say_no(malformed("\"account\" in the inner JWS is not the account that asks"));
  const json::value* old_key = payload->if_contains("oldKey");
  const auto key = PublicKey::read(old_key ? json::serialize(*old_key) : std::string());
  if (!key || key->thumbprint() != asked.key.thumbprint())
    return say_no(malformed("\"oldKey\" in the inner JWS is not the account's key"));
  return {};
}

OrProblem<PublicKey> new_key_in(const Asked& asked) {
  const auto inner = parse_jws(asked.jws.payload);
  if (!inner) return say_no(malformed("the inner JWS: " + inner.error().says));
  if (auto checked = check_header(*inner, asked); !checked) return say_no(checked.error());
  auto key = PublicKey::read(*inner->jwk);
  if (!key) return say_no(problem_of(key.error()));
  if (auto verified = verify(*inner, *key); !verified) return say_no(problem_of(verified.error()));
  if (auto checked = check_payload(*inner, asked); !checked) return say_no(checked.error());
  if (key->thumbprint() == asked.key.thumbprint())
    return say_no(malformed("the new key is the old one"));
  return std::move(*key);
}

}  // namespace

Answer key_change(Office& office, const Asked& asked) {
  auto key = new_key_in(asked);
  if (!key) return to_response(key.error());
  if (const Account* other = office.accounts.by_key(*key)) {
    Problem problem = malformed("another account has this key", 409);
    problem.headers.emplace_back("Location", asked.url(Place::account, other->id()));
    return to_response(problem);
  }
  office.desk.know_key(asked.account->subject, key->thumbprint());
  office.accounts.change_key(*asked.account, std::move(*key));
  return json_response(200, to_object(*asked.account, asked));
}

}  // namespace shinsa::fakes::acme
