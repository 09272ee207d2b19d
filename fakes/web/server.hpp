/// A web server at an address, with the sites of its customers.
///
/// Imitates Apache httpd with virtual hosts by name: a request for a name that no site has goes to
/// the site that was made first. Certificates lie on its disk and are read when it starts: what is
/// installed is served after a restart only, and a restart that fails leaves in service what was
/// (Apache's documentation, "Stopping and Restarting": the configuration is checked first).
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "fakes/timeline.hpp"
#include "fakes/web/site.hpp"
#include "fakes/web/tls.hpp"
#include "fakes/web/uri.hpp"
#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::web {

/// What happens to whoever connects.
enum class Connections {
  accepted,
  refused,
  slow,       ///< nothing is heard for longer than anybody waits
  broken_tls  ///< accepted, but no TLS handshake at 443 succeeds
};

class Server {
 public:
  /// The site of that name, made when it is first asked for; it stays where it is as long as the
  /// server lives. A name that is no owner name (`fakes/dns/owner.hpp`) is the caller's mistake
  /// (assert).
  [[nodiscard]] Site& site(std::string_view name);

  /// Whether there is a site of that name, which may be none.
  [[nodiscard]] bool has_site(std::string_view name) const;

  /// From `at` on, for all sites and both ports. Before the first change: `accepted`.
  void set_connections(Connections how, Instant at) { connections_.set(at, how); }
  [[nodiscard]] Connections connections(Instant at) const {
    return connections_.at(at, Connections::accepted);
  }

  /// Whether anybody listens at that port: at 80, always; at 443, where a certificate is served,
  /// or TLS is broken.
  [[nodiscard]] bool listens(std::uint16_t port, Instant at) const;

  /// Writes certificate and key of a site over those that lie on the disk; of the old ones nothing
  /// is kept. The texts are not looked at before a restart.
  void install(std::string_view site, KeyPair pair, Instant at);
  /// What lies on the disk for a site, or null.
  [[nodiscard]] const KeyPair* installed(std::string_view site, Instant at) const;

  /// From `at` on the configuration has a mistake in it that no restart gets over, or has none.
  void set_configuration(bool is_sound, Instant at) { is_sound_.set(at, is_sound); }
  /// Starts anew: from `at` on what is installed then is served. Restarts and what goes before them
  /// are told in the order of their instants.
  /// @param fails  a fault: this one fails although nothing is wrong.
  /// @return       an Error when the configuration has a mistake, or a certificate and its key
  ///               cannot be used (it names the site); then everything is served as before.
  Result<void> restart(Instant at, bool fails = false);
  /// Installs a pair that is known to be usable, and serves from `at` on what is installed then, as
  /// a restart does that looks at every pair first.
  void serve(std::string_view site, KeyPair pair, Instant at);
  /// What the running server serves: sites in the order in which they were made.
  [[nodiscard]] const Served& served(Instant at) const;

  /// Forgets what no longer holds at that instant.
  void forget_before(Instant at);

  /// What the site of `uri.host` answers, connections aside. A server without any site has no page.
  [[nodiscard]] Answer answer(const Uri& uri, Instant at) const;

 private:
  std::deque<std::pair<std::string, Site>> sites_;  ///< in the order in which they were made
  Timeline<Connections> connections_;
  std::map<std::string, Timeline<KeyPair>, std::less<>> disk_;
  Timeline<bool> is_sound_;
  Timeline<Served> served_;
};

}  // namespace shinsa::fakes::web
