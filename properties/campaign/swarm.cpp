#include "properties/campaign/swarm.hpp"

namespace shinsa::properties::campaign {

namespace {

constexpr std::array<std::uint8_t, 3> kUnhappy{1, 2, 8};
constexpr std::array<std::uint8_t, 2> kSeldom{2, 8};
constexpr double kOrdinary = 0.8;  // of the verbs: most lives need most of them
constexpr int kTries = 8;

}  // namespace

std::map<std::string, unsigned> Weights::named(const Customers& customers) const {
  std::map<std::string, unsigned> named;
  const std::size_t all = std::min(customers.verbs(), kVerbsMax);
  for (std::size_t verb = kGive + 1; verb < all; ++verb) {
    if (verbs[verb] == 1) continue;
    Command command;
    command.verb = static_cast<std::uint8_t>(verb);
    const std::string name(customers.request_of(command).type.text());
    const bool taken = !named.emplace(name, verbs[verb]).second;
    if (taken) named.emplace(name + "/" + std::to_string(verb), verbs[verb]);
  }
  if (unhappy != 1) named.emplace("unhappy", unhappy);
  return named;
}

Weights draw_weights(sim::Stream& dice, double unweighted) {
  Weights weights;
  if (dice.chance(unweighted)) return weights;
  weights.unhappy = kUnhappy[dice.below(kUnhappy.size())];
  for (std::uint8_t& verb : weights.verbs)
    verb = dice.chance(kOrdinary) ? 1 : kSeldom[dice.below(kSeldom.size())];
  return weights;
}

Command next_weighted(Customers& customers, const Weights& weights, sim::Stream& dice) {
  Command command = customers.next(dice);
  for (int again = 1; again < kTries; ++again) {
    const unsigned one_of =
        weights.verbs[command.verb % Weights::kVerbsMax] * (command.variant ? weights.unhappy : 1u);
    if (one_of == 1 || dice.below(one_of) == 0) break;
    command = customers.next(dice);
  }
  return command;
}

std::string to_text(const std::map<std::string, unsigned>& weights) {
  std::string text;
  for (const auto& [name, one_of] : weights)
    text += (text.empty() ? "" : ", ") + name + " 1/" + std::to_string(one_of);
  return text.empty() ? "none" : text;
}

}  // namespace shinsa::properties::campaign
