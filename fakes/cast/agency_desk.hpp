/// The centre of a provider that acquires certificates for its customers: checks applications,
/// telephones, makes the CSR and applies to the CA, starts renewals, does other work, bills.
///
/// The key pair is the provider's and stays with it (NTT-40): what the desk hands on is a CSR.
#pragma once

#include <map>

#include "fakes/cast/certifier.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class AgencyDesk : public sim::Performer {
 public:
  /// @param ca  is handed each CSR as it was made; outlives this.
  AgencyDesk(Certifier& ca, Detail detail) : ca_(&ca), detail_(detail) {}

  /// @return an Error where something has to be billed and no price is known.
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  /// Reads forms and prices, and which certificate is of which product.
  void observe(const Event& event, sim::Stage& stage) override;
  void tell_needed(Needed& needed) const override {
    needed(forms_);
    needed(products_);
    needed(prices_);
  }

 private:
  Result<sim::Performed> forward(const model::Duty& duty, TextId subject, sim::Stage& stage);
  Result<sim::Performed> renew(const model::Duty& duty, sim::Stage& stage);
  Result<sim::Performed> bill(const model::Duty& duty, TextId subject, sim::Stage& stage);
  [[nodiscard]] ListId items_of(TextId application, sim::Stage& stage) const;

  Certifier* ca_;
  Detail detail_;
  std::map<TextId, RecordId> forms_;             // application.registered or renewal.started
  std::map<TextId, std::string_view> products_;  // by certificate
  std::map<TextId, std::int64_t> prices_;        // by product
  std::size_t renewals_ = 0;                     // that were seen, as are bills
  std::size_t requests_ = 0;
  std::size_t bills_ = 0;
};

}  // namespace shinsa::fakes::cast
