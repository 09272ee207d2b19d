/// The reissue screen of the rental server's portal: shows what it has to show, as it is demanded.
#pragma once

#include "sim/performer.hpp"

namespace shinsa::fakes::cast {

class Screen : public sim::Performer {
 public:
  Result<sim::Performed> perform(const model::Duty& duty, TextId subject,
                                 sim::Stage& stage) override;
};

}  // namespace shinsa::fakes::cast
