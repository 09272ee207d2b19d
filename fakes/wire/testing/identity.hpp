/// Certificates for servers that tests start.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "fakes/ca/authority.hpp"
#include "fakes/ca/csr.hpp"
#include "fakes/ca/key_pool.hpp"
#include "fakes/wire/http_server.hpp"

namespace shinsa::fakes::wire::testing {

inline const ca::Authority& authority() {
  static const ca::Authority one;
  return one;
}

/// A certificate of our root that is valid now, and its key.
inline TlsIdentity identity_for(const std::string& name, const std::string& key = "p256-a") {
  const auto issued =
      authority().issue({.csr_pem = ca::make_csr({.key_name = key, .common_name = name}).value(),
                         .common_name = name,
                         .not_before = Instant{1700000000},
                         .not_after = Instant{4000000000},
                         .serial = "0a"});
  EXPECT_TRUE(issued) << issued.error().text();
  return {issued->pem + authority().chain_pem(), ca::KeyPool::find(key)->pem()};
}

}  // namespace shinsa::fakes::wire::testing
