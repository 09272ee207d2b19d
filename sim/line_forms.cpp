#include "sim/line_forms.hpp"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "sim/line_bytes.hpp"

namespace shinsa::sim {

namespace {

using Kind = Scalar::Kind;

constexpr std::size_t kNodesMax = 8'192;
constexpr std::size_t kLearnedMax = 4'096;  // lines that are looked at for their form
constexpr std::size_t kBranches = 512;      // places for types, at most half of them taken
constexpr std::size_t kTypeMax = FixedText::kLongest - 1;
constexpr std::size_t kOthersMax = 64;  // steps that can stand in one place

/// Whether such a value can begin so. A text's quote belongs to the piece before it.
bool begins(Kind kind, char first) {
  switch (kind) {
    case Kind::number:
      return first == '-' || (first >= '0' && first <= '9');
    case Kind::truth:
      return first == 't' || first == 'f';
    case Kind::list:
      return first == '[';
    default:
      return true;
  }
}

/// A whole number of so few digits that it is exact everywhere; null for any other.
const char* read_number(const char* at, std::int64_t& into) {
  constexpr std::ptrdiff_t kDigitsMax = 15;
  const bool negative = *at == '-';
  const char* const first = at + (negative ? 1 : 0);
  std::int64_t number = 0;
  for (at = first; *at >= '0' && *at <= '9'; ++at) {
    if (at - first == kDigitsMax) return nullptr;
    number = number * 10 + (*at - '0');
  }
  into = negative ? -number : number;
  const bool zero_first = *first == '0' && (negative || at - first > 1);
  return at == first || zero_first || *at == '.' || *at == 'e' || *at == 'E' ? nullptr : at;
}

const char* read_truth(const char* at, std::int64_t& into) {
  into = *at == 't' ? 1 : 0;
  const std::string_view word = into != 0 ? "true" : "false";
  return std::memcmp(at, word.data(), word.size()) == 0 ? at + word.size() : nullptr;
}

const char* skip_blanks(const char* at, const char* end) {
  while (at < end && *at == ' ') ++at;
  return at;
}

/// Whether a line ends here, with what has been given or with an end of its own.
template <bool kOfItsOwn>
bool is_end(const char* at, const char* end) {
  if constexpr (kOfItsOwn) {
    if (at < end && *at == '\r') ++at;
    return at < end && *at == '\n';
  } else {
    return at == end;
  }
}

/// The four digits of an escape, as a character outside of the surrogates; zero for any other.
unsigned escaped_character(const char* at) {
  unsigned character = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = at[i];
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (digit < 0) return 0;
    character = character << 4 | static_cast<unsigned>(digit);
  }
  return character >= 0xd800 && character < 0xe000 ? 0 : character;
}

char* put_character(unsigned character, char* into) {
  const auto put = [&](unsigned byte) { *into++ = static_cast<char>(byte); };
  if (character < 0x80) {
    put(character);
  } else if (character < 0x800) {
    put(0xc0 | character >> 6);
    put(0x80 | (character & 0x3f));
  } else {
    put(0xe0 | character >> 12);
    put(0x80 | (character >> 6 & 0x3f));
    put(0x80 | (character & 0x3f));
  }
  return into;
}

/// What a backslash and this letter stand for; zero if it is not one character.
char meant_by(char letter) {
  switch (letter) {
    case '"':
    case '\\':
    case '/':
      return letter;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return 0;
  }
}

/// Where to begin to look for a type that was read in a step. Eight bytes behind it may be read.
std::size_t first_place_of(std::uint16_t step, std::string_view type) {
  std::uint64_t first = 0, last = 0;
  std::memcpy(&first, type.data(), sizeof first);
  if (type.size() < sizeof first)
    first &= (std::uint64_t{1} << type.size() * 8) - 1;
  else
    std::memcpy(&last, type.data() + type.size() - sizeof last, sizeof last);
  const std::uint64_t mixed =
      (first ^ std::rotl(last, 29) ^ type.size() ^ step << 8) * 0x9e3779b97f4a7c15u;
  static_assert(std::has_single_bit(kBranches));
  return mixed >> (64 - std::countr_zero(kBranches));
}

}  // namespace

LineForms::LineForms() : nodes_(1), branches_(kBranches) {}

// -- reading

/// The first of the steps that can stand here whose piece does; none if there is none.
template <LineForms::Given kGiven>
inline std::uint16_t LineForms::matching(std::uint16_t node, const char* at,
                                         const char* end) const {
  const Node* const nodes = nodes_.data();
  for (; node != 0; node = nodes[node].other) {
    const Node& one = nodes[node];
    if (!one.step.piece.stands_at(at)) continue;
    const char* const after = at + one.step.piece.size;
    if (one.step.kind == Kind::none ? is_end<kGiven == Given::text>(after, end)
                                    : after < end && begins(one.step.kind, *after))
      break;
  }
  return node;
}

template <LineForms::Given kGiven>
std::size_t LineForms::read(std::string_view text, Seen& seen) {
  const char* at = text.data();
  const char* const end = at + text.size();
  make_room(text.size());
  std::uint16_t here = first_;
  while (const std::uint16_t node = matching<kGiven>(here, at, end)) {
    const Step& step = nodes_[node].step;
    if (step.kind == Kind::none) {
      if (step.with_data) seen[Envelope::data].kind = Kind::other;
      seen.form = node;
      return static_cast<std::size_t>(at + step.piece.size - text.data());
    }
    Scalar& into = place_of(step, seen);
    if (step.place == Step::kData) into.key = {at + step.key_at, step.key_size};
    into.kind = step.kind;
    at += step.piece.size;
    at = step.kind == Kind::text ? read_text(at, end, into.text) : read_other(at, end, into, seen);
    if (!at) return 0;
    here = nodes_[node].next;
    if (!step.is_type()) continue;
    if (into.text.size() > kTypeMax) return 0;
    here = branch(node, into.text).first;
  }
  return 0;
}

template std::size_t LineForms::read<LineForms::Given::line>(std::string_view, Seen&);
template std::size_t LineForms::read<LineForms::Given::text>(std::string_view, Seen&);

/// For texts that are written with escapes.
void LineForms::make_room(std::size_t bytes) {
  if (room_ < bytes) {
    constexpr std::size_t kBeyond = FixedText::kLongest;
    room_ = 2 * bytes;
    unescaped_ = std::make_unique_for_overwrite<char[]>(room_ + kBeyond);
  }
  free_ = unescaped_.get();
}

inline Scalar& LineForms::place_of(const Step& step, Seen& seen) {
  if (step.place < kEnvelope.size()) return seen.envelope[step.place];
  return step.place == Step::kData ? seen.data.emplace_back() : unused_;
}

/// Reads a value that is no text. @return behind it; null if it is not such a one, or has something
/// rare in it.
const char* LineForms::read_other(const char* at, const char* end, Scalar& into, Seen& seen) {
  if (into.kind == Kind::number) return read_number(at, into.number);
  return into.kind == Kind::list ? read_list(at, end, into, seen) : read_truth(at, into.number);
}

inline const char* LineForms::read_text(const char* at, const char* end, std::string_view& into) {
  const TextEnd stop = end_of_text(at, end);
  if (stop.at >= end || *stop.at != '"' || !stop.ascii) return read_rare_text(at, stop, end, into);
  into = {at, stop.at};
  return stop.at + 1;
}

/// A text with escapes or in other letters.
const char* LineForms::read_rare_text(const char* at, const TextEnd& stop, const char* end,
                                      std::string_view& into) {
  if (stop.at < end && *stop.at == '\\') return read_escaped(at, end, into);
  if (stop.at >= end || *stop.at != '"') return nullptr;
  into = {at, stop.at};
  return simdjson::validate_utf8(into) ? stop.at + 1 : nullptr;
}

const char* LineForms::read_escaped(const char* at, const char* end, std::string_view& into) {
  char* const first = free_;
  while (true) {
    const TextEnd stop = end_of_text(at, end);
    if (stop.at >= end) return nullptr;
    const auto size = static_cast<std::size_t>(stop.at - at);
    std::memcpy(free_, at, size);
    free_ += size;
    at = stop.at + 1;
    if (*stop.at == '"') break;
    if (*stop.at != '\\') return nullptr;
    if (const char meant = meant_by(*at)) {
      *free_++ = meant;
      ++at;
    } else if (const unsigned character = *at == 'u' ? escaped_character(at + 1) : 0) {
      free_ = put_character(character, free_);
      at += 5;
    } else {
      return nullptr;
    }
  }
  into = {first, free_};
  return simdjson::validate_utf8(into) ? at : nullptr;
}

const char* LineForms::read_list(const char* at, const char* end, Scalar& into, Seen& seen) {
  into.first_item = seen.items.size();
  at = skip_blanks(at + 1, end);
  if (*at == ']') return at + 1;
  while (true) {
    if (*at != '"') return nullptr;
    at = read_text(at + 1, end, seen.items.emplace_back());
    if (!at) return nullptr;
    at = skip_blanks(at, end);
    if (*at != ',') break;
    at = skip_blanks(at + 1, end);
  }
  into.items = static_cast<std::uint32_t>(seen.items.size() - into.first_item);
  return *at == ']' && at < end ? at + 1 : nullptr;
}

// -- learning

/// The place of a type that is read in a step, or where it can be put. Behind the type 32 bytes may
/// be read.
LineForms::Branch& LineForms::branch(std::uint16_t step, std::string_view type) {
  std::size_t at = first_place_of(step, type);
  const auto is_other = [&](const Branch& one) {
    return one.first != 0 && (one.step != step || one.type.size != type.size() + 1 ||
                              !one.type.stands_at(type.data()));
  };
  while (is_other(branches_[at])) at = (at + 1) % kBranches;
  return branches_[at];
}

/// The node of a step among those that can stand in its place; zero if there is no room for it.
std::uint16_t LineForms::enter(std::uint16_t& first, const Step& step) {
  std::uint16_t last = 0;
  std::size_t others = 0;
  for (std::uint16_t at = first; at != 0; at = nodes_[at].other, ++others) {
    if (nodes_[at].step == step) return at;
    last = at;
  }
  if (nodes_.size() >= kNodesMax || others >= kOthersMax) return 0;
  const auto entered = static_cast<std::uint16_t>(nodes_.size());
  (last == 0 ? first : nodes_[last].other) = entered;
  nodes_.push_back({step, 0, 0});
  return entered;
}

void LineForms::learn(std::string_view line) {
  if (learned_ >= kLearnedMax) return;
  ++learned_;
  const auto found = steps_of(line);
  if (!found) return;
  const auto& [steps, type] = *found;
  nodes_.reserve(nodes_.size() + steps.size());  // `first` stays valid
  std::uint16_t* first = &first_;
  for (const Step& step : steps) {
    const std::uint16_t node = enter(*first, step);
    if (node == 0) return;
    first = &nodes_[node].next;
    if (!step.is_type()) continue;
    if (type.size() > kTypeMax || 2 * branches_taken_ >= kBranches) return;
    Branch& of_type = branch(node, type);
    if (of_type.first == 0) {
      ++branches_taken_;
      of_type.step = node;
      of_type.type = FixedText::of({type.data(), type.size() + 1});
    }
    first = &of_type.first;
  }
}

}  // namespace shinsa::sim
