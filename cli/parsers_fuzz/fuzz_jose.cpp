// libFuzzer: what an ACME client may send. A JWS, a key, a certificate, a request, an identifier.
#include <cstdint>
#include <cstdlib>

#include "fakes/acme/base64url.hpp"
#include "fakes/acme/jose.hpp"
#include "fakes/acme/x509.hpp"

using namespace shinsa::fakes::acme;

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

void try_key(std::string_view text, const Jws* jws) {
  const auto key = PublicKey::read(text);
  if (!key) {
    must(key.error().check == Check::key && !key.error().says.empty());
    return;
  }
  must(is_signature_algorithm(key->algorithm()));
  must(from_base64url(key->thumbprint())->size() == 32 && key->spki_sha256().size() == 64);
  if (jws) (void)verify(*jws, *key);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // Bytes have one spelling, and a spelling one meaning.
  must(from_base64url(to_base64url(text)) == text);
  if (const auto bytes = from_base64url(text)) must(to_base64url(*bytes) == text);
  try_key(text, nullptr);
  (void)serial_in(text);
  (void)read_certificate(text);
  (void)read_request(text);
  const auto jws = parse_jws(text);
  if (!jws) {
    must(!jws.error().says.empty());
    return 0;
  }
  if (jws->jwk) try_key(*jws->jwk, &*jws);
  (void)verify_mac(*jws, "secret");
  (void)parse_jws(jws->payload);  // as a key change and a binding have it
  try_key(jws->payload, nullptr);
  return 0;
}
