/// A request as OpenSSL holds it, read from text. Private to this folder: see `csr.hpp` for the
/// plain face.
#pragma once

#include <string_view>

#include "fakes/ca/csr.hpp"
#include "fakes/ca/openssl.hpp"

namespace shinsa::fakes::ca {

struct ExaminedCsr {
  CsrReport report;
  std::string text;      ///< as it was given; of one in DER, PEM
  RequestOwner request;  ///< null unless `report.readable`
  KeyOwner key;          ///< null unless there is a request and its key can be read
};

/// As `examine_csr`, and keeps the request, so that the authority need not parse it again.
[[nodiscard]] ExaminedCsr read_csr(std::string_view text);

}  // namespace shinsa::fakes::ca
