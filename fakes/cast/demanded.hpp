/// What a performer reads from an obligation: the fields that the rules demand of its event.
#pragma once

#include "model/vocabulary/events.hpp"
#include "model/world.hpp"
#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

/// A field of what the duty demands; absent if it demands nothing of the kind.
template <Literal Type, Literal Field>
[[nodiscard]] Value demanded(const model::Duty& duty, const sim::Stage& stage) {
  if (!duty.match) return {};
  return stage.facts.record(duty.match).fields[kField<Type, Field>];
}

/// Copies what the duty demands into the event.
[[nodiscard]] inline RecordBuilder as_demanded(const model::Duty& duty, const sim::Stage& stage) {
  RecordBuilder record(stage.facts, duty.type);
  if (duty.match) {
    const Record& match = stage.facts.record(duty.match);
    for (std::size_t i = 0; i < match.fields.size(); ++i) record.set_value(i, match.fields[i]);
  }
  return record;
}

}  // namespace shinsa::fakes::cast
