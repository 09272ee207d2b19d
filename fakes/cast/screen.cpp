#include "fakes/cast/screen.hpp"

#include "fakes/cast/demanded.hpp"

namespace shinsa::fakes::cast {

Result<sim::Performed> Screen::perform(const model::Duty& duty, TextId subject, sim::Stage& stage) {
  return sim::Performed{subject, as_demanded(duty, stage).build()};
}

}  // namespace shinsa::fakes::cast
