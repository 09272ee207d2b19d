/// How fast a campaign goes and how long it will take, for its line of progress.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "properties/campaign.hpp"

namespace shinsa::cli {

using Seconds = std::chrono::duration<double>;

/// `12,345`
[[nodiscard]] std::string with_commas(std::uint64_t number);

/// When it will be over: by its runs, or when its time is up; nothing before it can be told.
/// @param runs   of the whole campaign; 0: as many as there is time for.
/// @param limit  how long it may take, if that was said.
[[nodiscard]] std::optional<Seconds> time_left(const properties::CampaignProgress& done,
                                               Seconds elapsed, std::size_t runs,
                                               std::optional<Seconds> limit);

/// `3,120 runs/s  214,000 events/s  2 failed  0:28 left`, in the language chosen.
[[nodiscard]] std::string pace_in_words(const properties::CampaignProgress& done, Seconds elapsed,
                                        std::optional<Seconds> left);

}  // namespace shinsa::cli
