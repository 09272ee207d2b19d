#include "fakes/acme/names.hpp"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "fakes/dns/dns.hpp"
#include "model/catalogue/ids.hpp"
#include "model/vocabulary/name.hpp"

namespace shinsa::fakes::acme {

namespace json = boost::json;

namespace {

constexpr std::size_t kNameMax = 253;

bool is_ip_address(std::string_view text) {
  const std::string address(text);
  return dns::spelt(dns::Type::a, address) || dns::spelt(dns::Type::aaaa, address);
}

std::string lower(std::string_view text) {
  std::string low(text);
  for (char& c : low)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return low;
}

/// A name without the wildcard's label.
std::string_view host_of(std::string_view name) {
  return name.starts_with("*.") ? name.substr(2) : name;
}

/// What makes it no name at all; empty where it is one.
std::string_view misspelling(std::string_view name) {
  const std::string_view host = host_of(name);
  if (host.empty()) return "the name is empty";
  if (name.size() > kNameMax) return "the name is longer than 253 octets";
  if (name.ends_with('.')) return "a name is written without a trailing dot";
  if (host.find('*') != std::string_view::npos)
    return "an asterisk stands alone in the first label, or nowhere";
  const bool is_plain = std::ranges::all_of(host, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
  return is_plain ? std::string_view() : "a name consists of A-labels: letters, digits, hyphens";
}

void take_name(const std::string& name, Names& all) {
  if (std::ranges::count(all.names, name) > 0) return;
  all.names.push_back(name);
  const std::string rule(clause(kClause<"RFC-10">).id);
  if (is_ip_address(name)) {
    all.faults.push_back({name, "malformed", {}, "an IP address is no DNS name"});
  } else if (const auto wrong = misspelling(name); !wrong.empty()) {
    all.misspelt.push_back({name, "malformed", rule, std::string(wrong)});
  } else if (const auto labels = to_a_label(name); !labels) {
    all.faults.push_back({name, "rejectedIdentifier", rule, labels.error().what});
  }
}

void take_other(const std::string& type, const std::string& value, Names& all) {
  if (type == "ip" && !is_ip_address(value))
    all.faults.push_back({value, "malformed", {}, "the value is no IP address"});
  else
    all.faults.push_back(
        {value, "unsupportedIdentifier", {}, "identifiers of type " + type + " are not issued to"});
}

}  // namespace

Names read_names(const json::array& identifiers) {
  Names all;
  for (const json::value& one : identifiers) {
    const json::object* object = one.if_object();
    const json::value* type = object ? object->if_contains("type") : nullptr;
    const json::value* value = object ? object->if_contains("value") : nullptr;
    if (!type || !value || !type->is_string() || !value->is_string()) {
      all.broken = "an identifier is an object with the texts \"type\" and \"value\"";
      return all;
    }
    const std::string kind(type->get_string().c_str());
    const std::string_view said(value->get_string().data(), value->get_string().size());
    if (kind == "dns")
      take_name(lower(said), all);
    else
      take_other(kind, std::string(said), all);
  }
  return all;
}

}  // namespace shinsa::fakes::acme
