/// The CA's hands: issues real certificates from the test CA, for the request that was handed in,
/// and publishes lists of those that were revoked.
///
/// Without an authority (Detail::events) it issues on paper only: the event, and nothing behind it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fakes/ca/authority.hpp"
#include "fakes/ca/revocation_register.hpp"
#include "fakes/cast.hpp"
#include "fakes/wire/http.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class Certifier : public sim::Performer {
 public:
  /// @param addresses  where what is issued leads to.
  Certifier(Detail detail, const ca::Addresses& addresses);

  Result<sim::Performed> perform(const model::Duty& duty, TextId subject_of_duty,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  /// Takes the request of whatever carries one, and keeps the register of what is issued and
  /// revoked.
  void observe(const Event& event, sim::Stage& stage) override;

  /// The request as the customer made it, found again by the digest in its abridged text. The last
  /// one stays as it was read: mostly the certificate is issued next. One that cannot be read is
  /// not kept. It stays until every form that came with it is forgotten.
  void keep(const ca::Csr& csr);

  /// The request that a text stands for: one that was kept, or the text itself.
  [[nodiscard]] ca::Csr csr_of(std::string_view text) const;

  /// The list of what is revoked that is current at that instant; PEM. Wants an authority.
  [[nodiscard]] std::string current_list(Instant now);

  /// What the CA's repository answers (`ca::answer`). Wants an authority.
  [[nodiscard]] fakes::wire::HttpResponse answer(const fakes::wire::HttpRequest& request,
                                                 Instant now);

  /// Null where certificates are on paper only.
  [[nodiscard]] const ca::Authority* authority() const {
    return authority_ ? &*authority_ : nullptr;
  }
  /// Forgets the forms that applications came with, the files of certificates, and that they were
  /// issued; what was revoked stays in the lists.
  void forget(std::span<const TextId> things, sim::Stage& stage) override;
  void tell_needed(Needed& needed) const override { needed(forms_); }

 private:
  void publish(const Event& event, sim::Stage& stage);
  void remember(const Event& event, sim::Stage& stage);
  void drop_forms(std::string_view application, const Facts& facts);
  void put_csr(std::string_view application, Value key, const Facts& facts,
               ca::IssueRequest& into) const;

  struct Request {
    std::string der;
    std::size_t forms = 0;  // that came with it
  };

  bool for_people_;
  std::optional<ca::Authority> authority_;
  std::map<std::string, std::vector<std::pair<Value, TextId>>, std::less<>>
      forms_;                                             // key, CSR; as sent
  std::map<std::string, Request, std::less<>> requests_;  // by digest
  ca::Csr last_;                                          // of them
  ca::RevocationRegister register_;
};

}  // namespace shinsa::fakes::cast
