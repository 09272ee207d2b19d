#include "fakes/ca/repository.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <string_view>

namespace shinsa::fakes::ca {

namespace {

using wire::HttpRequest;
using wire::HttpResponse;

constexpr std::string_view kRoot = "/root.cer";
constexpr std::string_view kIssuer = "/issuing.cer";
constexpr std::string_view kRootList = "/root.crl";
constexpr std::string_view kList = "/issuing.crl";
constexpr std::string_view kOcsp = "/ocsp";

constexpr const char* kLasting = "public, max-age=86400";
constexpr const char* kFleeting = "public, max-age=0, no-transform, must-revalidate";
constexpr const char* kForNobodyElse = "no-store";

// ---- how it is said ----

HttpResponse with_der(const char* type, const char* caching,
                      const std::vector<unsigned char>& der) {
  return {.status = 200,
          .headers = {{"Content-Type", type}, {"Cache-Control", caching}},
          .body = {der.begin(), der.end()}};
}

HttpResponse refusal(int status, const std::string& what) {
  return {
      .status = status,
      .headers = {{"Content-Type", "text/plain; charset=utf-8"}, {"Cache-Control", kForNobodyElse}},
      .body = what + "\n"};
}

HttpResponse no_such_method(const char* allowed) {
  HttpResponse response = refusal(405, std::string("this is for ") + allowed);
  response.headers.emplace_back("Allow", allowed);
  return response;
}

bool reads(const HttpRequest& request) {
  return request.method == "GET" || request.method == "HEAD";
}

// ---- lists ----

HttpResponse with_list(const Result<RevocationList>& list) {
  if (!list) return refusal(500, list.error().text());
  return with_der("application/pkix-crl", kFleeting, list->der);
}

/// The root revokes nothing: its lists follow each other at fixed times, and the time numbers them.
Result<RevocationList> root_list(const Authority& authority, Instant now) {
  const std::int64_t runs_for = RevocationRegister::kListRunsFor.seconds;
  const std::int64_t number = std::max<std::int64_t>(now.seconds, 0) / runs_for;
  const Instant made{number * runs_for};
  return authority.sign_root_crl({.revoked = {},
                                  .this_update = made,
                                  .next_update = made + RevocationRegister::kListRunsFor,
                                  .number = static_cast<std::uint64_t>(number)});
}

// ---- OCSP ----

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// RFC 3986 section 2.1; a percent sign that no two digits follow stays, and is no base64.
std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool coded = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                       hex_value(text[i + 2]) >= 0;
    out +=
        coded ? static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2])) : text[i];
    if (coded) i += 2;
  }
  return out;
}

/// The octets of a text in base64; empty if it is none.
std::string from_base64(std::string_view text) {
  const std::size_t padding = text.size() - std::min(text.find('='), text.size());
  if (text.empty() || text.size() % 4 != 0 || padding > 2) return {};
  std::string out(text.size() / 4 * 3, '\0');
  const int length = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                                     reinterpret_cast<const unsigned char*>(text.data()),
                                     static_cast<int>(text.size()));
  if (length < static_cast<int>(padding)) return {};
  out.resize(static_cast<std::size_t>(length) - padding);
  return out;
}

/// @param rest  of the path, behind `/ocsp`.
HttpResponse with_status(const HttpRequest& request, std::string_view rest,
                         const Authority& authority, const RevocationRegister& known, Instant now) {
  if (!reads(request) && request.method != "POST") return no_such_method("GET, HEAD, POST");
  if (!reads(request)) {
    const std::string* type = wire::find(request.headers, "Content-Type");
    if (!type || *type != "application/ocsp-request")
      return refusal(415, "a request is application/ocsp-request");
  }
  const std::string der =
      reads(request)
          ? from_base64(percent_decoded(rest.substr(std::min<std::size_t>(rest.size(), 1))))
          : request.body;
  const OcspAnswer status = authority.answer_ocsp(der, known, now);
  const bool is_for_all = status.status == OcspStatus::successful && !status.has_nonce;
  return with_der("application/ocsp-response", is_for_all ? kFleeting : kForNobodyElse, status.der);
}

}  // namespace

Addresses addresses_at(const std::string& base) {
  const auto at = [&](std::string_view path) { return base + std::string(path); };
  return {.ocsp = at(kOcsp),
          .issuer = at(kIssuer),
          .crl = at(kList),
          .root = at(kRoot),
          .root_crl = at(kRootList)};
}

HttpResponse answer(const HttpRequest& request, const Authority& authority,
                    RevocationRegister& known, Instant now) {
  const std::string_view target = request.target;
  const std::string_view path = target.substr(0, target.find('?'));
  if (path == kOcsp || path.starts_with("/ocsp/"))
    return with_status(request, path.substr(kOcsp.size()), authority, known, now);
  const bool is_there = path == kRoot || path == kIssuer || path == kRootList || path == kList;
  if (!is_there) return refusal(404, "there is nothing at " + std::string(path));
  if (!reads(request)) return no_such_method("GET, HEAD");
  if (path == kRootList) return with_list(root_list(authority, now));
  if (path == kList) return with_list(known.current(authority, now));
  return with_der("application/pkix-cert", kLasting,
                  path == kRoot ? authority.root_der() : authority.chain_der());
}

}  // namespace shinsa::fakes::ca
