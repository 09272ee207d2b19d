/// The addresses of the ACME server, and what may be done with each (RFC 8555 section 7.1).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace shinsa::fakes::acme {

enum class Place : std::uint8_t {
  directory,
  terms,
  new_nonce,
  new_account,
  new_order,
  new_authorization,
  revoke_certificate,
  key_change,
  account,
  orders,
  order,
  finalize,
  authorization,
  challenge,
  certificate,
  other_chain,          ///< the certificate with the alternate chain
  renewal_information,  ///< RFC 9773
  nowhere,
};

/// Where a request goes.
struct Route {
  Place place = Place::nowhere;
  std::string id = {};  ///< what the address names: `1-1-file`
};

/// @param path  without the query.
[[nodiscard]] Route route_of(std::string_view path);
/// The methods of a place, as the Allow header lists them: `POST`, `GET, HEAD`.
[[nodiscard]] std::string_view methods_of(Place place);
/// Whether the method is one of them.
[[nodiscard]] bool allows(Place place, std::string_view method);
/// The path of a place: `/acme/order/1/finalize`.
[[nodiscard]] std::string path_of(Place place, std::string_view id = {});
/// What follows the first slash of a subject: the id of its address.
[[nodiscard]] std::string_view id_of(std::string_view subject);

}  // namespace shinsa::fakes::acme
