// From bytes to the parts of a JWS. No cryptography here.
#include <boost/json.hpp>
#include <utility>

#include "fakes/acme/base64url.hpp"
#include "fakes/acme/jose.hpp"

namespace shinsa::fakes::acme {

namespace json = boost::json;

namespace {

tl::unexpected<Fault> refused(Check check, std::string says) {
  return tl::unexpected<Fault>(Fault{check, std::move(says)});
}

Checked<json::object> object_in(std::string_view text, std::string_view what) {
  boost::system::error_code failed;
  json::value value = json::parse({text.data(), text.size()}, failed);
  if (failed) return refused(Check::json, std::string(what) + " is not JSON");
  if (!value.is_object()) return refused(Check::json, std::string(what) + " is no JSON object");
  return std::move(value.get_object());
}

/// A member that must be there, as text in base64url.
Checked<std::string_view> member(const json::object& jws, std::string_view name) {
  const json::value* value = jws.if_contains({name.data(), name.size()});
  if (!value || !value->is_string())
    return refused(Check::shape, "the JWS has no member \"" + std::string(name) +
                                     "\" that is a text; the flattened JSON serialization is "
                                     "required");
  const json::string& text = value->get_string();
  return std::string_view(text.data(), text.size());
}

Checked<std::string> octets(std::string_view text, std::string_view name) {
  auto bytes = from_base64url(text);
  if (!bytes)
    return refused(Check::base64, "\"" + std::string(name) + "\" is not base64url without padding");
  return std::move(*bytes);
}

/// A parameter of the protected header that is a text where it is there.
Checked<std::optional<std::string>> parameter(const json::object& header, std::string_view name) {
  const json::value* value = header.if_contains({name.data(), name.size()});
  if (!value) return std::nullopt;
  if (!value->is_string())
    return refused(Check::header,
                   "\"" + std::string(name) + "\" in the protected header is no text");
  return std::string(value->get_string().data(), value->get_string().size());
}

Checked<void> take_parameters(const json::object& header, Jws& jws) {
  for (const auto& [name, into] :
       {std::pair{"nonce", &jws.nonce}, std::pair{"url", &jws.url}, std::pair{"kid", &jws.kid}}) {
    auto value = parameter(header, name);
    if (!value) return tl::unexpected<Fault>(value.error());
    *into = std::move(*value);
  }
  return {};
}

Checked<void> take_header(std::string_view text, Jws& jws) {
  auto header = object_in(text, "the protected header");
  if (!header) return tl::unexpected<Fault>(header.error());
  for (const char* extension : {"crit", "b64"})
    if (header->contains(extension))
      return refused(Check::critical,
                     std::string("\"") + extension + "\" in the protected header is not supported");
  auto algorithm = parameter(*header, "alg");
  if (!algorithm) return tl::unexpected<Fault>(algorithm.error());
  if (!*algorithm) return refused(Check::header, "the protected header has no \"alg\"");
  jws.algorithm = std::move(**algorithm);
  if (auto taken = take_parameters(*header, jws); !taken) return taken;
  if (const json::value* key = header->if_contains("jwk")) jws.jwk = json::serialize(*key);
  return {};
}

}  // namespace

Checked<Jws> parse_jws(std::string_view text) {
  const auto whole = object_in(text, "the body");
  if (!whole) return tl::unexpected<Fault>(whole.error());
  for (const char* forbidden : {"header", "signatures"})
    if (whole->contains(forbidden))
      return refused(Check::shape, std::string("a JWS with \"") + forbidden + "\" is not accepted");
  Jws jws;
  std::string_view parts[3];
  std::string decoded[3];
  constexpr std::string_view kNames[] = {"protected", "payload", "signature"};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto part = member(*whole, kNames[i]);
    if (!part) return tl::unexpected<Fault>(part.error());
    parts[i] = *part;
  }
  for (std::size_t i = 0; i < 3; ++i) {
    auto bytes = octets(parts[i], kNames[i]);
    if (!bytes) return tl::unexpected<Fault>(bytes.error());
    decoded[i] = std::move(*bytes);
  }
  if (auto taken = take_header(decoded[0], jws); !taken)
    return tl::unexpected<Fault>(taken.error());
  jws.payload = std::move(decoded[1]);
  jws.signature = std::move(decoded[2]);
  jws.signed_text.reserve(parts[0].size() + 1 + parts[1].size());
  jws.signed_text.append(parts[0]).append(1, '.').append(parts[1]);
  return jws;
}

}  // namespace shinsa::fakes::acme
