/// The people and pages of the portal, mails apart: the desk says no, the bookkeeper bills, the
/// page shows, the customer centre answers.
#pragma once

#include <map>
#include <string_view>

#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

/// The portal's desk: says no when a clause does.
class DeskClerk : public sim::Performer {
 public:
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
};

/// The portal's bookkeeper: bills orders, and confirms what was paid.
class Bookkeeper : public sim::Performer {
 public:
  /// @return an Error where an order has to be billed and no price is known.
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  void observe(const Event& event, sim::Stage& stage) override;

 private:
  std::size_t invoices_ = 0;  // that went out
};

/// The portal's web page for one application: shows what must be on it, and the certificate once
/// the portal has put it there.
class Page : public sim::Performer {
 public:
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  void observe(const Event& event, sim::Stage& stage) override;
  void tell_needed(Needed& needed) const override { needed(issued_); }

 private:
  struct Issued {
    TextId certificate;
    Instant shown_from;
  };
  std::map<TextId, Issued> issued_;
};

/// The customer centre: answers what concerns the order, leaves the rest to those who know the
/// server (JPR-27, JPR-46).
class Centre : public sim::Performer {
 public:
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  void observe(const Event& event, sim::Stage& stage) override;
  void tell_needed(Needed& needed) const override { needed(topics_); }

 private:
  std::map<TextId, std::string_view> topics_;
};

}  // namespace shinsa::fakes::cast
