/// What performers that meet the DNS and the web have in common: the faults that strike them, and
/// the words of the event table for what a browser sees.
#pragma once

#include <optional>
#include <string_view>

#include "fakes/dns/dns.hpp"
#include "fakes/web/tls.hpp"
#include "fakes/web/web.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

/// What strikes a look-up for the subject, if anything does.
[[nodiscard]] std::optional<dns::Status> dns_fault(TextId subject, sim::Stage& stage);
/// What strikes a fetch for the subject, if anything does.
[[nodiscard]] std::optional<web::Fault> web_fault(TextId subject, sim::Stage& stage);

/// `result` of site.shown: what is trusted is shown with the lock mark.
[[nodiscard]] std::string_view as_seen(web::Verification verification);

}  // namespace shinsa::fakes::cast
