#include "sim/line_steps.hpp"

#include <algorithm>

namespace shinsa::sim {

namespace {

using Kind = Scalar::Kind;

/// Goes over a line that is known to be well formed.
class StepFinder {
 public:
  explicit StepFinder(std::string_view line) : line_(line) {}

  std::optional<LineSteps> find() {
    if (!go_over_object(false)) return std::nullopt;
    at_ = line_.size();
    Step last;
    last.with_data = with_data_;
    if (!add(last)) return std::nullopt;
    return std::move(found_);
  }

 private:
  bool go_over_object(bool in_data) {
    take();  // its brace
    if (next() == '}') return take();
    do {
      next();
      key_at_ = at_ + 1;
      if (!skip_text()) return false;
      key_ = line_.substr(key_at_, at_ - 1 - key_at_);
      if (key_.find('\\') != std::string_view::npos) return false;
      next();
      take();  // the colon
      next();
      const bool is_data = !in_data && key_ == kEnvelope[static_cast<std::size_t>(Envelope::data)];
      if (is_data ? !go_over_data() : !go_over_value(in_data)) return false;
    } while (next() == ',' && take());
    return next() == '}' && take();
  }

  bool go_over_data() {
    with_data_ = true;
    return next() == '{' && go_over_object(true);
  }

  bool go_over_value(bool in_data) {
    Step step;
    step.place = in_data ? Step::kData : place_of(key_);
    step.kind = kind_at(next());
    if (step.kind == Kind::none) return false;
    if (step.kind == Kind::text) ++at_;  // its quote belongs to the piece
    if (in_data) {
      step.key_at = static_cast<std::uint8_t>(std::min<std::size_t>(key_at_ - begun_, UINT8_MAX));
      step.key_size = static_cast<std::uint8_t>(std::min<std::size_t>(key_.size(), UINT8_MAX));
    }
    if (!add(step)) return false;
    const std::size_t first = at_;
    const bool skipped = skip_value(step.kind);
    if (step.is_type()) found_.type = line_.substr(first, at_ - 1 - first);
    begun_ = at_;
    return skipped;
  }

  static std::uint8_t place_of(std::string_view key) {
    const auto at = std::ranges::find(kEnvelope, key);
    return at == kEnvelope.end() ? Step::kUnused
                                 : static_cast<std::uint8_t>(at - kEnvelope.begin());
  }

  static Kind kind_at(char first) {
    if (first == '"') return Kind::text;
    if (first == '[') return Kind::list;
    if (first == 't' || first == 'f') return Kind::truth;
    return first == '-' || (first >= '0' && first <= '9') ? Kind::number : Kind::none;
  }

  bool skip_value(Kind kind) {
    if (kind == Kind::text) {
      --at_;
      return skip_text();
    }
    if (kind == Kind::list) return skip_list();
    while (at_ < line_.size() && std::string_view(",} \t\r\n").find(line_[at_]) == line_.npos)
      ++at_;
    return at_ < line_.size();
  }

  bool skip_list() {
    take();  // its bracket
    while (next() != ']')
      if (!(next() == '"' ? skip_text() : next() == ',' && take())) return false;
    return take();
  }

  /// Goes over a text with its quotes.
  bool skip_text() {
    for (++at_; at_ < line_.size() && line_[at_] != '"'; ++at_)
      if (line_[at_] == '\\') ++at_;
    return take();
  }

  /// Adds the step whose piece ends here.
  bool add(Step step) {
    const std::string_view piece = line_.substr(begun_, at_ - begun_);
    if (piece.size() > FixedText::kLongest) return false;
    step.piece = FixedText::of(piece);
    found_.steps.push_back(step);
    return true;
  }

  /// Goes over blanks. @return the byte that follows; zero at the end.
  char next() {
    at_ = std::min(line_.find_first_not_of(" \t\r\n", at_), line_.size());
    return at_ < line_.size() ? line_[at_] : '\0';
  }
  bool take() {
    if (at_ >= line_.size()) return false;
    ++at_;
    return true;
  }

  std::string_view line_;
  std::size_t at_ = 0;
  std::size_t begun_ = 0;  // where the piece begins that ends with the next value
  std::string_view key_;   // the last
  std::size_t key_at_ = 0;
  bool with_data_ = false;
  LineSteps found_;
};

}  // namespace

std::optional<LineSteps> steps_of(std::string_view line) { return StepFinder(line).find(); }

}  // namespace shinsa::sim
