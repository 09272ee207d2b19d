// Revocation (RFC 8555 section 7.6): by the account that ordered the certificate, by one that holds
// authorizations for all its names, or by the certificate's own key.
#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "fakes/acme/base64url.hpp"
#include "fakes/acme/office.hpp"
#include "fakes/acme/x509.hpp"

namespace shinsa::fakes::acme {

namespace json = boost::json;

namespace {

/// The reasons of RFC 5280 section 5.3.1 that this CA takes, by their words in events.
struct Reason {
  std::int64_t number;
  std::string_view word;
};
constexpr std::array kReasons{Reason{0, "unspecified"}, Reason{1, "key-compromise"},
                              Reason{4, "superseded"}, Reason{5, "cessation-of-operation"}};

OrProblem<std::string_view> reason_in(const json::object& payload) {
  const json::value* said = payload.if_contains("reason");
  if (!said) return std::string_view();
  boost::system::error_code failed;
  const auto number = said->to_number<std::int64_t>(failed);
  if (failed) return say_no(malformed("\"reason\" is a number"));
  const auto at = std::ranges::find(kReasons, number, &Reason::number);
  if (at == kReasons.end())
    return say_no({"badRevocationReason",
                   "this CA takes the reasons 0 (unspecified), 1 (keyCompromise), 4 (superseded) "
                   "and 5 (cessationOfOperation)"});
  return at->word;
}

/// A certificate that this CA issued.
OrProblem<CertificateFace> certificate_in(const json::object& payload, Office& office) {
  const json::value* said = payload.if_contains("certificate");
  if (!said || !said->is_string())
    return say_no(malformed("\"certificate\" is a text in base64url"));
  const auto der = from_base64url(std::string_view(said->get_string()));
  auto face = der ? read_certificate(*der) : std::nullopt;
  if (!face) return say_no(malformed("\"certificate\" is no certificate in DER and base64url"));
  const std::string subject = "certificate/" + face->serial;
  const auto ours = read_certificate_pem(office.desk.certificate_pem(subject));
  if (!office.desk.certificate(subject) || !ours || ours->der != face->der)
    return say_no(malformed("this CA issued no such certificate", 404));
  return std::move(*face);
}

/// The names for which an account holds valid authorizations now.
std::set<std::string_view> names_proven_by(const Account& account, Office& office) {
  std::set<std::string_view> names;
  for (const std::string& one : account.orders) {
    const OrderView* order = office.desk.order(one);
    if (!order) continue;
    for (const std::string_view subject : order->authorizations)
      if (const AuthorizationView* view = office.desk.authorization(subject);
          view && is_valid(subject, *view, office) &&
          (!view->expires || office.desk.now() < *view->expires))
        names.insert(view->name);
  }
  return names;
}

OrProblem<void> check_authority(const Asked& asked, const CertificateFace& face,
                                const CertificateView& certificate, Office& office) {
  if (!asked.account) {
    if (asked.key.spki_sha256() == face.key) return {};
    return say_no(unauthorized("\"jwk\" is not the key of the certificate"));
  }
  if (certificate.account == asked.account->subject) return {};
  const std::set<std::string_view> proven = names_proven_by(*asked.account, office);
  if (std::ranges::all_of(certificate.names,
                          [&](std::string_view name) { return proven.contains(name); }))
    return {};
  return say_no(
      unauthorized("the account neither ordered the certificate nor holds "
                   "authorizations for all its names"));
}

}  // namespace

Answer revoke_certificate(Office& office, const Asked& asked) {
  const auto payload = payload_of(asked);
  if (!payload) return to_response(payload.error());
  const auto face = certificate_in(*payload, office);
  if (!face) return to_response(face.error());
  const std::string subject = "certificate/" + face->serial;
  const CertificateView view = *office.desk.certificate(subject);
  if (auto checked = check_authority(asked, *face, view, office); !checked)
    return to_response(checked.error());
  const auto reason = reason_in(*payload);
  if (!reason) return to_response(reason.error());
  const Verdict verdict = office.desk.revoke(subject, *reason);
  if (verdict.kind == Verdict::Kind::refused) return to_response(problem_of(verdict.refusal));
  return wire::HttpResponse{};
}

}  // namespace shinsa::fakes::acme
