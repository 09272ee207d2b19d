// Certificates: download with either chain (RFC 8555 section 7.4.2), and when to renew (RFC 9773).
#include <utility>

#include "fakes/acme/office.hpp"
#include "fakes/acme/x509.hpp"

namespace shinsa::fakes::acme {

namespace {

constexpr Duration kWindow = days(2);
constexpr Duration kLookAgain = hours(6);  // RFC 9773 section 4.3.2

/// From two thirds of the validity on; for what was revoked, a window that is over.
std::pair<Instant, Instant> window_of(const CertificateView& certificate, Instant now) {
  if (certificate.revoked) return {now - kWindow, now - seconds(1)};
  const Duration validity = certificate.not_after - certificate.not_before;
  const Instant start = certificate.not_after - seconds(validity.seconds / 3);
  return {start, start + kWindow};
}

}  // namespace

Answer certificate(Office& office, const Asked& asked) {
  const std::string subject = "certificate/" + asked.route.id;
  if (!office.desk.certificate(subject))
    return to_response(malformed("there is no such certificate", 404));
  if (auto checked = must_be_a_get(asked); !checked) return to_response(checked.error());
  const Verdict verdict = office.desk.download(subject, asked.account->subject);
  if (verdict.kind == Verdict::Kind::refused) return to_response(problem_of(verdict.refusal));
  const bool is_other = asked.route.place == Place::other_chain;
  wire::HttpResponse response;
  response.headers = {
      {"Content-Type", "application/pem-certificate-chain"},
      {"Link", link(asked.url(is_other ? Place::certificate : Place::other_chain, asked.route.id),
                    "alternate")}};
  response.body = office.desk.certificate_pem(subject) + office.desk.chain_pem();
  if (is_other) response.body += office.desk.root_pem();
  return response;
}

wire::HttpResponse renewal_information(Office& office, const std::string& id) {
  const auto serial = serial_in(id);
  if (!serial)
    return to_response(malformed("this is no key identifier and serial number in base64url"));
  const std::string subject = "certificate/" + *serial;
  const CertificateView* known = office.desk.certificate(subject);
  const auto face = read_certificate_pem(office.desk.certificate_pem(subject));
  if (!known || !face || face->id != id)
    return to_response(malformed("there is no such certificate", 404));
  const auto [start, end] = window_of(*known, office.desk.now());
  return json_response(200, {{"suggestedWindow", {{"start", utc(start)}, {"end", utc(end)}}}},
                       {{"Retry-After", std::to_string(kLookAgain.seconds)}});
}

}  // namespace shinsa::fakes::acme
