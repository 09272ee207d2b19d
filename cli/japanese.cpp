#include "cli/japanese.hpp"

#include <optional>
#include <vector>

namespace shinsa::cli {

namespace {

constexpr std::string_view kHole = "{}";
constexpr std::string_view kGuess = ", did you mean '";
constexpr std::size_t kMessageMax = 4096;  // longer ones quote a hostile log; matching is quadratic
constexpr std::size_t kCutsMax = 16;       // places tried for the end of `where` and of `what`
constexpr int kDepthMax = 3;               // messages within messages

bool speaks_japanese = false;

/// A text in Japanese.
struct Told {
  std::string text;
  std::size_t known =
      0;  ///< characters of the English that stand in the table: the more, the surer
};

std::optional<Told> told(std::string_view message, int depth);

// -- phrases
// ---------------------------------------------------------------------------------------

struct Match {
  const Phrase* phrase = nullptr;
  std::vector<std::string_view> holes;
  std::size_t known = 0;
};

bool fills(std::string_view text, std::string_view english, std::vector<std::string_view>& holes) {
  const std::size_t hole = english.find(kHole);
  if (hole == std::string_view::npos) return text == english;
  if (!text.starts_with(english.substr(0, hole))) return false;
  text.remove_prefix(hole);
  english.remove_prefix(hole + kHole.size());
  const std::string_view next = english.substr(0, english.find(kHole));
  for (std::size_t end = next.empty() ? text.size() : text.find(next);
       end != std::string_view::npos; end = text.find(next, end + 1)) {
    holes.push_back(text.substr(0, end));
    if (fills(text.substr(end), english, holes)) return true;
    holes.pop_back();
    if (next.empty()) return false;
  }
  return false;
}

std::size_t written_in(std::string_view english) {
  std::size_t count = english.size();
  for (std::size_t at = english.find(kHole); at != std::string_view::npos;
       at = english.find(kHole, at + kHole.size()))
    count -= kHole.size();
  return count;
}

std::optional<Match> find(std::string_view text) {
  std::optional<Match> best;
  for (const Phrase& phrase : phrases()) {
    const std::size_t known = written_in(phrase.english);
    if (known > text.size() || (best && best->known >= known)) continue;
    Match match{&phrase, {}, known};
    if (fills(text, phrase.english, match.holes)) best = std::move(match);
  }
  return best;
}

/// The Japanese of a phrase with its holes filled.
Told filled_in(const Match& match, int depth) {
  Told all{{}, match.known};
  std::size_t next = 0;
  std::string_view left = match.phrase->japanese;
  while (!left.empty()) {
    const std::size_t close = left.front() == '{' ? left.find('}') : std::string_view::npos;
    std::string_view inside = close == std::string_view::npos ? "-" : left.substr(1, close - 1);
    const bool translated = inside.ends_with('t');
    if (translated) inside.remove_suffix(1);
    const bool numbered = inside.size() == 1 && inside[0] >= '1' && inside[0] <= '9';
    if (!inside.empty() && !numbered) {
      all.text += left.front();
      left.remove_prefix(1);
      continue;
    }
    const auto hole = match.holes.at(numbered ? static_cast<std::size_t>(inside[0] - '1') : next++);
    const auto within = translated ? told(hole, depth + 1) : std::nullopt;
    all.text += within ? within->text : std::string(hole);
    all.known += within ? within->known : 0;
    left.remove_prefix(close + 1);
  }
  return all;
}

// -- messages: `where: what, did you mean 'guess'?, remedy`
// ---------------------------------------------------------------------------------------

std::optional<Told> phrase_told(std::string_view text, int depth) {
  const auto match = find(text);
  if (!match) return std::nullopt;
  return filled_in(*match, depth);
}

std::optional<Told> what_told(std::string_view what, int depth) {
  const std::size_t at = what.rfind(kGuess);
  if (at == std::string_view::npos || !what.ends_with("'?")) return phrase_told(what, depth);
  auto all = phrase_told(what.substr(0, at), depth);
  if (!all) return std::nullopt;
  const std::string_view guess = what.substr(at + kGuess.size());
  all->text += "（もしかして「" + std::string(guess.substr(0, guess.size() - 2)) + "」）";
  all->known += kGuess.size();
  return all;
}

/// Where a text may be cut: nowhere, and behind each `mark`.
std::vector<std::size_t> cuts(std::string_view text, std::string_view mark) {
  std::vector<std::size_t> all{0};
  for (std::size_t at = text.find(mark); at != std::string_view::npos && all.size() < kCutsMax;
       at = text.find(mark, at + 1))
    all.push_back(at + mark.size());
  return all;
}

std::optional<Told> told(std::string_view message, int depth) {
  if (message.empty() || message.size() > kMessageMax || depth > kDepthMax) return std::nullopt;
  std::optional<Told> best;
  for (const std::size_t cut : cuts(message, ", ")) {
    const std::string_view rest = cut ? message.substr(0, cut - 2) : message;
    const auto remedy = cut ? phrase_told(message.substr(cut), depth) : std::nullopt;
    if (cut && !remedy) continue;
    for (const std::size_t head : cuts(rest, ": ")) {
      auto all = what_told(rest.substr(head), depth);
      if (!all) continue;
      all->text.insert(0, rest.substr(0, head));
      if (remedy) {
        all->text += "。" + remedy->text;
        all->known += remedy->known;
      }
      if (!best || all->known >= best->known) best = std::move(all);
    }
  }
  return best;
}

}  // namespace

std::string japanese(std::string_view message) {
  const auto known = told(message, 0);
  return known ? known->text : std::string(message);
}

void speak(std::string_view language) { speaks_japanese = language == "ja"; }

std::string said(std::string_view message) {
  return speaks_japanese ? japanese(message) : std::string(message);
}

}  // namespace shinsa::cli
