/// Performers: the fakes, as the simulation sees them. Each carries out one or more types of
/// action.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "model/world.hpp"
#include "sim/fault.hpp"
#include "sim/stream.hpp"

namespace shinsa::sim {

/// Bytes that a run leaves behind and that do not belong in a trace: `certificates/01ab.pem`,
/// `mail/3.eml`.
using Artefacts = std::map<std::string, std::string>;

/// What performers may use while they act.
struct Stage {
  Facts& facts;
  Streams& streams;
  Faults& faults;
  Artefacts& artefacts;
  const model::World& system;  ///< for what is on record; never to decide what a rule says
  Instant now;
  /// Makes something happen outside at a later instant: the applicant answers the telephone.
  std::function<void(Instant, TypeIndex, TextId subject, RecordId data)> happen;
  /// What conduct decides about a free choice that is not a matter of when (`mypage`).
  std::function<std::string_view(std::string_view)> decide;
  bool accepted = true;  ///< of an event that is observed: a refused request changed nothing
};

/// An action carried out: what its event says.
struct Performed {
  TextId subject;
  RecordId data;
};

class Performer {
 public:
  virtual ~Performer() = default;
  /// Carries out what the duty demands. @param subject  of the object that owes it.
  /// @return an Error only if the fake cannot do it at all; the run then stops with it.
  virtual Result<Performed> perform(const model::Duty& duty, TextId subject, Stage& stage) = 0;
  /// Sees every event of the trace, in order, after it was stepped.
  virtual void observe(const Event&, Stage&) {}
};

}  // namespace shinsa::sim
