/// The telephone: who has which number, who answers, and what is said when the CA calls.
///
/// The CA calls an OV applicant to hear that it exists, that the person is employed there, and that
/// it intends to apply (JPR-40), at a number from a third party's directory, never at the one in
/// the form (JPR-41). Which number to dial is the caller's decision, and the judge's business; this
/// fake only plays the other end of the line.
///
/// Sans I/O: an instant goes in, a finished call comes out. Faults are passed in and not owned.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::telephone {

/// An entry of a third party's directory.
struct Entry {
  std::string organisation;
  std::string number;  ///< as printed: `03-1234-5678`
  std::string source;  ///< which directory: `iタウンページ`
  friend bool operator==(const Entry&, const Entry&) = default;
};

/// Whether two numbers reach the same telephone: width, hyphens, brackets and blanks do not count,
/// and `+81 3` is `03`. What has no digit is no number and equals nothing.
[[nodiscard]] bool same_number(std::string_view a, std::string_view b);

/// Whether two names are the same organisation: compared as read (`as_read`, so ㈱ is (株)),
/// nothing cleverer.
[[nodiscard]] bool same_organisation(std::string_view a, std::string_view b);

/// A third party's database of organisations and numbers.
class Directory {
 public:
  Directory() = default;
  explicit Directory(std::vector<Entry> entries) : entries_(std::move(entries)) {}

  void add(Entry entry) { entries_.push_back(std::move(entry)); }

  /// The organisation's first entry, or nothing: then the CA would ask for papers instead.
  [[nodiscard]] std::optional<Entry> look_up(std::string_view organisation) const;
  /// Every entry with this number; several organisations may share one.
  [[nodiscard]] std::vector<Entry> under_number(std::string_view number) const;

 private:
  std::vector<Entry> entries_;
};

/// What came of a call. The names are those of `call.answered`.
enum class Outcome { confirmed, denied, no_answer };
[[nodiscard]] std::string_view to_text(Outcome outcome);  ///< `confirmed`, `denied`, `no-answer`

/// The three things that a call confirms, in the order in which they are asked (JPR-40).
enum class Question { exists, is_employed, intends_to_apply };

/// How long a telephone rings before an honest person answers.
inline constexpr Duration kUsualAnswer{20};

/// Someone at a number who behaves otherwise than an honest organisation would.
struct Persona {
  std::string number;
  Outcome outcome = Outcome::confirmed;
  Duration answers_after = kUsualAnswer;  ///< zero or more; the caller waits as long as it takes
  /// For `denied`: the first question that gets a no.
  Question denies = Question::intends_to_apply;
};

/// What may go wrong with one call whoever is at the other end; `engaged` is asked first.
struct Faults {
  bool no_answer = false;
  bool engaged = false;
};

enum class Speaker { caller, answerer, line };

/// One line of a call in both languages; `line` is the telephone itself (it rings, it is engaged).
struct Line {
  Speaker speaker = Speaker::line;
  std::string ja;
  std::string en;
  friend bool operator==(const Line&, const Line&) = default;
};

struct Call {
  std::string number;                  ///< as dialled
  Instant at;                          ///< when it was dialled
  std::optional<Instant> answered_at;  ///< nothing without an answer
  Outcome outcome = Outcome::no_answer;
  std::vector<Line> transcript;
};

/// Telephones and the people beside them.
/// Unless a persona is there: at a number of the directory someone of the listed organisation
/// answers after `kUsualAnswer` and confirms, but denies the existence of any organisation that is
/// not listed under the number; at an unknown number nobody answers.
class Telephone {
 public:
  /// @param personas  the first one at a number counts.
  explicit Telephone(Directory directory, std::vector<Persona> personas = {});

  /// Calls `number` and asks there for `organisation`. Same arguments, same call.
  [[nodiscard]] Call dial(std::string_view number, std::string_view organisation, Instant at,
                          Faults faults = {}) const;

  [[nodiscard]] const Directory& directory() const { return directory_; }

 private:
  [[nodiscard]] std::optional<Persona> who_answers(std::string_view number,
                                                   std::string_view organisation) const;

  Directory directory_;
  std::vector<Persona> personas_;
};

}  // namespace shinsa::fakes::telephone
