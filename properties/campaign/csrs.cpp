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

std::vector<std::string> split(std::string_view names) {
  std::vector<std::string> all;
  while (!names.empty()) {
    const std::size_t comma = names.find(',');
    all.emplace_back(names.substr(0, comma));
    names.remove_prefix(comma == std::string_view::npos ? names.size() : comma + 1);
  }
  return all;
}

Csr make(const Made& made, std::string_view name) {
  const auto names = split(name);
  fakes::ca::CsrRequest request;
  request.key_name = made.key;
  if (!names.empty()) request.common_name = names.front();
  if (names.size() > 1) request.sans = names;
  if (made.bad_signature) request.spoil = fakes::ca::CsrSpoil::bad_signature;
  const auto pem = fakes::ca::make_csr(request);
  SHINSA_ASSERT(pem, "the key pool lacks a key of the campaigns");
  const auto report = fakes::ca::examine_csr(*pem);
  return {fakes::ca::abridge(*pem), report.common_name, report.key_sha256, report.problem,
          report.sans};
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
  const auto names = split(name);
  std::string text = "{key: " + std::string(made.key);
  text += ", cn: \"" + (names.empty() ? std::string() : names.front()) + "\"";
  if (names.size() > 1) {
    text += ", sans: [";
    for (std::size_t i = 0; i < names.size(); ++i)
      text.append(i ? ", \"" : "\"").append(names[i]).append("\"");
    text += "]";
  }
  return text + (made.bad_signature ? ", spoil: bad-signature}" : "}");
}

}  // namespace shinsa::properties::campaign
