/// The CA of the rental server's members: the server makes key and request itself, and the CA
/// issues to it.
///
/// It also has the certificates from before the trace made (real ones, with `Detail::full`), so
/// that they can be served. How it shortens a validity where the rules leave that to it is a matter
/// of conduct (`clipping`) or of reading SAK-Q1.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/cast/certifier.hpp"
#include "fakes/web/tls.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

/// A certificate that the server may have on it.
struct Hosted {
  std::string common_name;
  std::vector<std::string> names;  ///< further DNS names
  Instant not_before, not_after;
  std::string key_name;  ///< of the key pool
  web::KeyPair pair;     ///< empty where certificates are on paper only, as the two below
  std::string pem;       ///< without those that lead to the root
  std::string text;      ///< for people
  bool revoked = false;
};

class HostedCertifier : public sim::Performer {
 public:
  /// @param ca  signs where there is a CA at all; outlives this.
  explicit HostedCertifier(Certifier& ca) : ca_(&ca) {}

  /// Issues; a key of the pool is made for it unless the obligation names one.
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  /// Reads what is on record of certificates and orders, and what is revoked.
  void observe(const Event& event, sim::Stage& stage) override;

  /// By subject, as in `certificate/A`; null if it is not on record.
  [[nodiscard]] const Hosted* find(std::string_view certificate) const;
  /// The subject of the certificate that has the serial number, hex; empty if there is none.
  [[nodiscard]] std::string subject_of(std::string_view serial) const;
  /// The common name that an order is for.
  [[nodiscard]] std::string common_name_of(std::string_view entry) const;

 private:
  void remember(const Event& event, const sim::Stage& stage);
  [[nodiscard]] Result<void> make(Hosted& hosted, const std::string& serial);
  [[nodiscard]] Instant end_of(const model::Duty& duty, const Hosted* source,
                               const sim::Stage& stage) const;
  [[nodiscard]] const Hosted* source_of(std::string_view entry) const;

  Certifier* ca_;
  std::map<std::string, Hosted, std::less<>> certificates_;  // by subject
  std::map<std::string, std::string, std::less<>> orders_;   // entry: certificate
  std::map<std::string, std::string, std::less<>> serials_;  // serial: subject
};

}  // namespace shinsa::fakes::cast
