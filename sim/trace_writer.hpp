/// Writes events as `shinsa-events/1`: one JSON object a line, the form in which a trace can be
/// checked as a log.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "model/vocabulary/events.hpp"

namespace shinsa::sim {

/// One line without its end: `{"id":"17","time":"...","type":"...","subject":"...","data":{...}}`.
/// Keys in that order, data in the order of the event table, present fields only; times in Tokyo;
/// valid UTF-8 whatever the texts hold.
/// @param event  has an id.
[[nodiscard]] std::string to_json_line(const Event& event, const Facts& facts);
/// The same for an event of a simulation, which is called by its line there, from 1.
[[nodiscard]] std::string to_json_line(const Event& event, const Facts& facts, std::size_t line);

/// A text as a JSON string with its quotes; bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string json_string(std::string_view text);

}  // namespace shinsa::sim
