#include "properties/campaign/shrink.hpp"

#include <rapidcheck.h>

namespace shinsa::properties::campaign {

namespace {

constexpr std::size_t kBudget = 20'000;  // plans tried

rc::Seq<Command> plainer_command(const Command& command) {
  std::vector<Command> all;
  const auto with = [&](std::uint8_t Command::*field, std::uint8_t value) {
    if (command.*field <= value) return;
    Command one = command;
    one.*field = value;
    all.push_back(one);
  };
  for (auto field :
       {&Command::variant, &Command::gap, &Command::certificate, &Command::application})
    for (std::uint8_t value : {std::uint8_t{0}, std::uint8_t{1}, std::uint8_t{5}})
      with(field, value);
  return rc::seq::fromContainer(std::move(all));
}

/// Tries one change after the other.
class Shrinker {
 public:
  Shrinker(Plan plan, const std::function<bool(const Plan&)>& fails_alike)
      : plan_(std::move(plan)), fails_alike_(fails_alike) {}

  Plan smallest() {
    bool improved = true;
    while (improved && budget_) {
      improved = ordinary_beginning();
      improved = first_of(rc::shrink::removeChunks(plan_.commands)) || improved;
      if (!improved) improved = first_of(rc::shrink::eachElement(plan_.commands, plainer_command));
    }
    return std::move(plan_);
  }

 private:
  bool ordinary_beginning() {
    bool improved = false;
    for (std::uint8_t Plan::*drawn : {&Plan::reading, &Plan::conduct, &Plan::start, &Plan::fault}) {
      if (plan_.*drawn == 0) continue;
      Plan candidate = plan_;
      candidate.*drawn = 0;
      improved = accept(std::move(candidate)) || improved;
    }
    return improved;
  }

  bool first_of(rc::Seq<std::vector<Command>> others) {
    while (auto commands = others.next()) {
      Plan candidate = plan_;
      candidate.commands = std::move(*commands);
      if (accept(std::move(candidate))) return true;
    }
    return false;
  }

  bool accept(Plan candidate) {
    if (budget_ == 0) return false;
    --budget_;
    if (!fails_alike_(candidate)) return false;
    plan_ = std::move(candidate);
    return true;
  }

  Plan plan_;
  const std::function<bool(const Plan&)>& fails_alike_;
  std::size_t budget_ = kBudget;
};

}  // namespace

Plan shrink(Plan plan, const std::function<bool(const Plan&)>& fails_alike) {
  return Shrinker(std::move(plan), fails_alike).smallest();
}

}  // namespace shinsa::properties::campaign
