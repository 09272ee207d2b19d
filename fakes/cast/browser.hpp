/// A visitor's browser: opens a host that was given a certificate, in a real TLS handshake, and
/// tells what it shows. Where certificates are on paper only it shows what must be shown.
#pragma once

#include <map>

#include "fakes/cast/certifier.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class Browser : public sim::Performer {
 public:
  /// @param ca  knows the root, and outlives this.
  explicit Browser(const Certifier& ca) : ca_(&ca) {}

  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  /// Remembers which host of a certificate was visited, and which key each certificate has.
  void observe(const Event& event, sim::Stage& stage) override;
  void forget(std::span<const TextId> things, sim::Stage& stage) override;
  void tell_needed(Needed& needed) const override {
    needed(visited_);
    needed(keys_);
  }

 private:
  const Certifier* ca_;
  std::map<TextId, TextId> visited_;  // site, by certificate
  std::map<TextId, TextId> keys_;     // SHA-256 of the key, by certificate
};

}  // namespace shinsa::fakes::cast
