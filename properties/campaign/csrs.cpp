#include "properties/campaign/csrs.hpp"

#include <array>
#include <map>
#include <mutex>
#include <utility>

#include "fakes/ca/csr.hpp"
#include "model/vocabulary/assert.hpp"

namespace shinsa::properties::campaign {

namespace {

struct Made {
  std::string_view key;
  bool bad_signature = false;
};
constexpr std::array kMade{Made{"rsa-2048-a"}, Made{"rsa-2048-b"}, Made{"p256-a"},
                           Made{"rsa-1024-weak"}, Made{"rsa-2048-a", true}};
static_assert(kMade.size() == kUnsigned + 1);

Csr make(const Made& made, std::string_view name) {
  fakes::ca::CsrRequest request;
  request.key_name = made.key;
  request.common_name = name;
  if (made.bad_signature) request.spoil = fakes::ca::CsrSpoil::bad_signature;
  const auto pem = fakes::ca::make_csr(request);
  SHINSA_ASSERT(pem, "the key pool lacks a key of the campaigns");
  const auto report = fakes::ca::examine_csr(*pem);
  return {fakes::ca::abridge(*pem), report.common_name, report.key_sha256, report.problem};
}

}  // namespace

const Csr& csr_of(CsrSpec spec, std::string_view name) {
  static std::mutex door;
  static std::map<std::pair<std::int64_t, std::string>, Csr> made;
  const std::scoped_lock lock(door);
  const auto [at, is_new] = made.try_emplace({spec, std::string(name)});
  if (is_new) at->second = make(kMade[static_cast<std::size_t>(spec)], name);
  return at->second;
}

std::string csr_in_yaml(CsrSpec spec, std::string_view name) {
  const Made& made = kMade[static_cast<std::size_t>(spec)];
  return "{key: " + std::string(made.key) + ", cn: " + std::string(name) +
         (made.bad_signature ? ", spoil: bad-signature}" : "}");
}

}  // namespace shinsa::properties::campaign
