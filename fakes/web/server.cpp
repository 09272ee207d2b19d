#include "fakes/web/server.hpp"

#include <algorithm>

#include "fakes/dns/owner.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::web {

Site& Server::site(std::string_view name) {
  const auto owner = dns::owner_name(name);
  SHINSA_ASSERT(owner, "a site has the name of a host");
  for (auto& [known, site] : sites_)
    if (known == *owner) return site;
  return sites_.emplace_back(*owner, Site()).second;
}

bool Server::listens(std::uint16_t port, Instant) const { return port == 80; }

Answer Server::answer(const Uri& uri, Instant at) const {
  const auto named = std::find_if(sites_.begin(), sites_.end(),
                                  [&](const auto& entry) { return entry.first == uri.host; });
  if (named != sites_.end()) return named->second.answer(uri, at);
  return sites_.empty() ? ErrorStatus{404} : sites_.front().second.answer(uri, at);
}

}  // namespace shinsa::fakes::web
