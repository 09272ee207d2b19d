/// Reads a line by what lines before it looked like: a log is written by a program, so that its
/// lines are of a few forms, which have the same keys in the same order and differ in values alone.
///
/// A form is a sequence of constant pieces with a value behind each; all forms are one tree, whose
/// branches are told apart by the piece that comes next, and after the type by the type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "sim/line_steps.hpp"
#include "sim/seen.hpp"

namespace shinsa::sim {

class LineForms {
 public:
  LineForms();

  /// What is given to be read: one line, or a text that begins with one and its end, LF or CRLF.
  enum class Given : bool { line, text };
  /// @param text  may be read beyond its end, up to Piece::kPadding.
  /// @param seen  holds nothing yet.
  /// @return how many bytes the line has without its end, if it is of a form that is known and
  ///         `seen` holds all of it: views of the line, or of what stays until the next one. Else
  ///         zero, and what `seen` holds means nothing.
  template <Given kGiven>
  [[nodiscard]] std::size_t read(std::string_view text, Seen& seen);

  /// Remembers the form of a line that somebody else has read, if it can be one and there is room.
  void learn(std::string_view line);

 private:
  /// A step in the tree of all forms. Zero names none.
  struct Node {
    Step step;
    std::uint16_t next = 0;   // the first of the steps that can follow
    std::uint16_t other = 0;  // another that can stand in its place
  };
  /// What can follow a type that was read in a step.
  struct Branch {
    std::uint16_t step = 0;
    std::uint16_t first = 0;
    FixedText type;  // with its closing quote
  };

  template <Given kGiven>
  [[nodiscard]] std::uint16_t matching(std::uint16_t node, const char* at, const char* end) const;
  Scalar& place_of(const Step& step, Seen& seen);
  void make_room(std::size_t bytes);
  const char* read_other(const char* at, const char* end, Scalar& into, Seen& seen);
  const char* read_text(const char* at, const char* end, std::string_view& into);
  const char* read_rare_text(const char* at, const TextEnd& stop, const char* end,
                             std::string_view& into);
  const char* read_escaped(const char* at, const char* end, std::string_view& into);
  const char* read_list(const char* at, const char* end, Scalar& into, Seen& seen);
  std::uint16_t enter(std::uint16_t& first, const Step& step);
  Branch& branch(std::uint16_t step, std::string_view type);

  std::vector<Node> nodes_;  // the first is none
  std::uint16_t first_ = 0;
  std::vector<Branch> branches_;  // by a hash of step and type
  std::size_t branches_taken_ = 0;
  std::size_t learned_ = 0;
  std::unique_ptr<char[]> unescaped_;  // texts of the line
  std::size_t room_ = 0;               // in it
  char* free_ = nullptr;               // likewise
  Scalar unused_;                      // what means nothing here
};

}  // namespace shinsa::sim
