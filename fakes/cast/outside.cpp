#include "fakes/cast/outside.hpp"

#include "model/vocabulary/assert.hpp"

namespace shinsa::fakes::cast {

using sim::Stage;

std::optional<dns::Status> dns_fault(TextId subject, Stage& stage) {
  const auto fault =
      stage.faults.strikes("dns", stage.facts.text(subject), stage.now, stage.streams);
  return fault ? dns::parse_status(fault->kind) : std::nullopt;
}

std::optional<web::Fault> web_fault(TextId subject, Stage& stage) {
  const auto fault =
      stage.faults.strikes("web", stage.facts.text(subject), stage.now, stage.streams);
  if (!fault) return std::nullopt;
  if (fault->kind == "refused") return web::Fault::refused;
  if (fault->kind == "slow") return web::Fault::slow;
  if (fault->kind == "empty") return web::Fault::empty;
  if (fault->kind == "error") return web::Fault::error;
  return std::nullopt;
}

std::string_view as_seen(web::Verification verification) {
  switch (verification) {
    case web::Verification::trusted:
      return "lock";
    case web::Verification::name_mismatch:
      return "other-name";
    case web::Verification::expired:
      return "expired";
    case web::Verification::not_yet_valid:
      return "not-yet-valid";
    case web::Verification::revoked:
      return "revoked";
    case web::Verification::untrusted:
    case web::Verification::revocation_unknown:
      return "untrusted";
    case web::Verification::no_certificate:
      return "no-certificate";
  }
  SHINSA_ASSERT(false, "no such verification");
}

}  // namespace shinsa::fakes::cast
