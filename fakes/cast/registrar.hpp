/// WHOIS, asked by the provider: answers at once what the registry publishes at that instant.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/whois/whois.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class Registrar : public sim::Performer {
 public:
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  /// Takes what the registries say of domains, from the beginning and from then on.
  void observe(const Event& event, sim::Stage& stage) override;
  void tell_needed(Needed& needed) const override { needed(unread_); }

 private:
  /// What a registry says of a domain, which nobody has asked for yet.
  struct Unread {
    TextId subject;
    RecordId data;
    Instant at;
  };
  void read_of(std::string_view domain, sim::Stage& stage);
  void change(std::string_view domain, const Unread& unread, sim::Stage& stage);

  std::vector<Unread> unread_;
  whois::Registry registry_;
  std::map<std::string, std::string> kinds_;  // of domains whose names do not tell theirs
};

}  // namespace shinsa::fakes::cast
