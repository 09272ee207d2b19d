#include "fakes/acme/routes.hpp"

#include <array>

namespace shinsa::fakes::acme {

namespace {

/// An id stands between the two parts of the path; a place without one has a single path.
struct Row {
  Place place;
  std::string_view before;
  bool has_id;
  std::string_view after;
  std::string_view methods;
};

// Longer ends come first, so that an id never swallows one.
constexpr std::array kRows{
    Row{Place::directory, "/directory", false, "", "GET, HEAD"},
    Row{Place::terms, "/terms", false, "", "GET, HEAD"},
    Row{Place::new_nonce, "/acme/new-nonce", false, "", "GET, HEAD"},
    Row{Place::new_account, "/acme/new-account", false, "", "POST"},
    Row{Place::new_order, "/acme/new-order", false, "", "POST"},
    Row{Place::new_authorization, "/acme/new-authz", false, "", "POST"},
    Row{Place::revoke_certificate, "/acme/revoke-cert", false, "", "POST"},
    Row{Place::key_change, "/acme/key-change", false, "", "POST"},
    Row{Place::orders, "/acme/account/", true, "/orders", "POST"},
    Row{Place::account, "/acme/account/", true, "", "POST"},
    Row{Place::finalize, "/acme/order/", true, "/finalize", "POST"},
    Row{Place::order, "/acme/order/", true, "", "POST"},
    Row{Place::authorization, "/acme/authz/", true, "", "POST"},
    Row{Place::challenge, "/acme/challenge/", true, "", "POST"},
    Row{Place::other_chain, "/acme/cert/", true, "/1", "POST"},
    Row{Place::certificate, "/acme/cert/", true, "", "POST"},
    Row{Place::renewal_information, "/acme/renewal-info/", true, "", "GET, HEAD"},
};

bool fits(const Row& row, std::string_view path) {
  if (!row.has_id) return path == row.before;
  if (path.size() <= row.before.size() + row.after.size()) return false;
  if (!path.starts_with(row.before) || !path.ends_with(row.after)) return false;
  path.remove_prefix(row.before.size());
  path.remove_suffix(row.after.size());
  return path.find('/') == std::string_view::npos;
}

const Row* row_of(Place place) {
  for (const Row& row : kRows)
    if (row.place == place) return &row;
  return nullptr;
}

}  // namespace

Route route_of(std::string_view path) {
  for (const Row& row : kRows) {
    if (!fits(row, path)) continue;
    if (row.has_id) {
      path.remove_prefix(row.before.size());
      path.remove_suffix(row.after.size());
      return {row.place, std::string(path)};
    }
    return {row.place};
  }
  return {};
}

std::string_view methods_of(Place place) {
  const Row* row = row_of(place);
  return row ? row->methods : std::string_view();
}

bool allows(Place place, std::string_view method) {
  const std::string_view methods = methods_of(place);
  return method == methods || (methods == "GET, HEAD" && (method == "GET" || method == "HEAD"));
}

std::string path_of(Place place, std::string_view id) {
  const Row* row = row_of(place);
  std::string path;
  if (row) path.append(row->before).append(id).append(row->after);
  return path;
}

std::string_view id_of(std::string_view subject) { return subject.substr(subject.find('/') + 1); }

}  // namespace shinsa::fakes::acme
