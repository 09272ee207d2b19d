/// What every issue of a certificate is held against. Source: ASM-05.
#pragma once

#include "model/core/rule.hpp"

namespace shinsa::model {

/// A certificate is introduced once: by a fact, or by its issue.
struct IsANewCertificate : Guard<"ASM-05"> {
  static bool test(const auto& context, const auto& issued) {
    return context.find(issued.subject()) == kNoObject;
  }
};

}  // namespace shinsa::model
