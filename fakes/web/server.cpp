#include "fakes/web/server.hpp"

#include <algorithm>

#include "fakes/dns/owner.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::web {

namespace {

std::string spelt_name(std::string_view name) {
  const auto owner = dns::owner_name(name);
  SHINSA_ASSERT(owner, "a site has the name of a host");
  return *owner;
}

}  // namespace

Site& Server::site(std::string_view name) {
  std::string spelt = spelt_name(name);
  for (auto& [known, site] : sites_)
    if (known == spelt) return site;
  return sites_.emplace_back(std::move(spelt), Site()).second;
}

bool Server::has_site(std::string_view name) const {
  const auto spelt = dns::owner_name(name);
  return spelt && std::any_of(sites_.begin(), sites_.end(),
                              [&](const auto& entry) { return entry.first == *spelt; });
}

bool Server::listens(std::uint16_t port, Instant at) const {
  return port == 80 ||
         (port == 443 && (!served(at).empty() || connections(at) == Connections::broken_tls));
}

void Server::install(std::string_view site_name, KeyPair pair, Instant at) {
  (void)site(site_name);
  disk_[spelt_name(site_name)].set(at, std::move(pair));
}

const KeyPair* Server::installed(std::string_view site_name, Instant at) const {
  const auto found = disk_.find(spelt_name(site_name));
  return found == disk_.end() ? nullptr : found->second.at(at);
}

Result<void> Server::restart(Instant at, bool fails) {
  if (fails) return fail("the web server does not start again");
  if (!is_sound_.at(at, true))
    return fail("the configuration of the web server has a mistake", {}, "repair it");
  Served now;
  for (const auto& [name, site] : sites_) {
    const KeyPair* pair = installed(name, at);
    if (!pair) continue;
    if (const auto usable = check(*pair); !usable)
      return fail(usable.error().what, name,
                  "install a certificate and the key that it was made for");
    now.emplace_back(name, *pair);
  }
  served_.set(at, std::move(now));
  return {};
}

void Server::serve(std::string_view site_name, KeyPair pair, Instant at) {
  install(site_name, std::move(pair), at);
  Served now;
  for (const auto& [name, site] : sites_)
    if (const KeyPair* on_disk = installed(name, at)) now.emplace_back(name, *on_disk);
  served_.set(at, std::move(now));
}

const Served& Server::served(Instant at) const {
  static const Served nothing;
  const Served* found = served_.at(at);
  return found ? *found : nothing;
}

void Server::forget_before(Instant at) {
  for (auto& [name, site] : sites_) site.forget_before(at);
  for (auto& [name, pair] : disk_) pair.forget_before(at);
  connections_.forget_before(at);
  is_sound_.forget_before(at);
  served_.forget_before(at);
}

Answer Server::answer(const Uri& uri, Instant at) const {
  const auto named = std::find_if(sites_.begin(), sites_.end(),
                                  [&](const auto& entry) { return entry.first == uri.host; });
  if (named != sites_.end()) return named->second.answer(uri, at);
  return sites_.empty() ? ErrorStatus{404} : sites_.front().second.answer(uri, at);
}

}  // namespace shinsa::fakes::web
