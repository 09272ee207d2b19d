/// The internet as the CA looks at it: names and web sites that change while a story runs, the CA's
/// resolver and its client.
///
/// A host that is spoken of for the first time as a site gets a server and an address of its own,
/// unless the DNS already says something else about its address. How far the client follows
/// redirects comes from the system's clauses and readings (ACM-46, ACM-47, ACM-Q5, ACM-Q6).
#pragma once

#include <functional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

#include "fakes/dns/dns.hpp"
#include "fakes/web/web.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class Internet : public sim::Performer {
 public:
  /// Looks a name up, or fetches a page; the answer happens at once.
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
  [[nodiscard]] const sim::TypeSet& watches() const override;
  /// Changes zones and sites. What cannot be, such as a record that is none, changes nothing.
  void observe(const Event& event, sim::Stage& stage) override;

  [[nodiscard]] const dns::Dns& dns() const { return dns_; }
  [[nodiscard]] const web::Web& web() const { return web_; }

  /// Who asks web servers over sockets: it is given the fetch, and lets `http.answered` about that
  /// subject happen when it is over.
  using Elsewhere = std::function<void(TextId subject, web::Fetching fetching)>;
  /// From now on pages are not asked for in this Web, unless a fault is to be played.
  void ask_elsewhere(Elsewhere elsewhere) { elsewhere_ = std::move(elsewhere); }
  /// From now on no look-up and no fetch for a subject has its answer before the instant that is
  /// given for it, which is not before now. Pages that are asked for elsewhere are not held here.
  void answer_not_before(std::function<Instant(TextId subject)> when) {
    not_before_ = std::move(when);
  }
  /// From now on whoever looks for what a challenge wants finds it: the file, or the TXT record.
  /// For a measurement, or for a client that has nowhere to put it.
  void meet_challenges() { meets_challenges_ = true; }
  /// What `http.answered` says of a fetch that is over.
  [[nodiscard]] static RecordId answered(const web::Fetched& fetched, Facts& facts);
  void forget(std::span<const TextId> things, sim::Stage& stage) override;
  void tell_needed(Needed& needed) const override {
    for (const auto& [challenge, string] : wanted_) {
      needed(TextId{challenge});
      needed(string);
    }
  }

 private:
  void change_zone(const Record& said, const sim::Stage& stage);
  void change_site(std::string_view host, const Record& said, const sim::Stage& stage);
  void change_server(web::Server& server, web::Site& site, std::string_view how, Instant now);
  void put_pages(web::Site& site, const Record& said, const sim::Stage& stage);
  void listen_to_https(const sim::Stage& stage);
  [[nodiscard]] Instant answer_time(TextId subject, bool in_vain, const sim::Stage& stage) const;
  [[nodiscard]] web::Server& server_of(std::string_view host, Instant now);
  void answer_query(const model::Duty& duty, TextId subject, sim::Stage& stage);
  void answer_request(const model::Duty& duty, TextId subject, sim::Stage& stage);

  dns::Dns dns_;
  web::Web web_{dns_};
  std::map<std::string, std::string, std::less<>> addresses_;  // of sites, by host
  Elsewhere elsewhere_;
  std::function<Instant(TextId)> not_before_;
  bool meets_challenges_ = false;
  std::unordered_map<std::uint32_t, TextId> wanted_;  // by challenge, while they are met
  std::set<std::string, std::less<>> spoken_of_;      // hosts whose address the zone speaks of
};

}  // namespace shinsa::fakes::cast
