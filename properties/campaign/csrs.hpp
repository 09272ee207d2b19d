/// The CSRs of campaigns: real requests, made once. Campaigns speak of the same keys and problems
/// as scenarios do.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace shinsa::properties::campaign {

/// Which of them, by key and problem.
enum CsrSpec : std::int64_t { kSound, kAnotherKey, kEllipticKey, kWeak, kUnsigned };

/// What the event of a form says of a CSR.
struct Csr {
  std::string text, cn, key, problem;
  std::vector<std::string> names;  ///< DNS names in it
};
/// @param name  the common name; of several joined by commas the first, and all are DNS names.
/// @return a reference that stays; the same request is made once.
[[nodiscard]] const Csr& csr_of(CsrSpec spec, std::string_view name);

/// `{key: rsa-2048-a, cn: www.example.jp}`, as a scenario asks for it.
[[nodiscard]] std::string csr_in_yaml(CsrSpec spec, std::string_view name);

}  // namespace shinsa::properties::campaign
