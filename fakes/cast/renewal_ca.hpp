/// The CA of the renewals: reviews, and issues real certificates with the whole subject that was
/// applied for; those from before the trace it has issued too.
///
/// When a new certificate ends follows from the day of its issue and is computed here, from the
/// values of the system's profile; that of a renewal stands in the obligation. Without an authority
/// (Detail::events) it issues on paper only.
#pragma once

#include <map>
#include <string>

#include "fakes/ca/authority.hpp"
#include "fakes/cast/certifier.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

/// A certificate with its key, as a web server takes them.
struct Credentials {
  std::string certificate_pem;
  std::string key_pem;
};

class RenewalCa : public sim::Performer {
 public:
  /// @param ca  whose authority signs, and who knows what customers sent; outlives this.
  explicit RenewalCa(const Certifier& ca) : ca_(&ca) {}

  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  /// Takes the request of each set of documents; issues what is known from before.
  void observe(const Event& event, sim::Stage& stage) override;

  /// Null where certificates are on paper only.
  [[nodiscard]] const ca::Authority* authority() const { return ca_->authority(); }
  /// What was issued under a subject such as `certificate/A`; null for none.
  [[nodiscard]] const Credentials* credentials(std::string_view subject) const;
  /// The subject of the certificate with a serial number; empty for none.
  [[nodiscard]] std::string subject_of(const std::string& serial) const;
  void tell_needed(Needed& needed) const override { needed.keys(documents_); }

 private:
  Result<void> sign(const ca::IssueRequest& request, const std::string& subject, sim::Stage& stage);
  void issue_from_before(const Event& event, sim::Stage& stage);

  const Certifier* ca_;
  std::map<TextId, ca::Csr> documents_;  // by renewal: the CSR as sent, the newest
  std::map<std::string, Credentials, std::less<>> issued_;
  std::map<std::string, std::string> serials_;  // whose they are
};

}  // namespace shinsa::fakes::cast
