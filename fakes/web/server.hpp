/// A web server at an address, with the sites of its customers.
///
/// Imitates Apache httpd with virtual hosts by name: a request for a name that no site has goes to
/// the site that was made first.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <utility>

#include "fakes/timeline.hpp"
#include "fakes/web/site.hpp"
#include "fakes/web/uri.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::web {

/// What happens to whoever connects.
enum class Connections {
  accepted,
  refused,
  slow  ///< nothing is heard for longer than anybody waits
};

class Server {
 public:
  /// The site of that name, made when it is first asked for; it stays where it is as long as the
  /// server lives. A name that is no owner name (`fakes/dns/owner.hpp`) is the caller's mistake
  /// (assert).
  [[nodiscard]] Site& site(std::string_view name);

  /// From `at` on, for all sites and both ports. Before the first change: `accepted`.
  void set_connections(Connections how, Instant at) { connections_.set(at, how); }
  [[nodiscard]] Connections connections(Instant at) const {
    return connections_.at(at, Connections::accepted);
  }

  /// Whether anybody listens at that port: at 80, always.
  [[nodiscard]] bool listens(std::uint16_t port, Instant at) const;

  /// What the site of `uri.host` answers, connections aside. A server without any site has no page.
  [[nodiscard]] Answer answer(const Uri& uri, Instant at) const;

 private:
  std::deque<std::pair<std::string, Site>> sites_;  ///< in the order in which they were made
  Timeline<Connections> connections_;
};

}  // namespace shinsa::fakes::web
