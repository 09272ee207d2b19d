/// A telephone with somebody at the other end, and a third party's directory that says under which number.
///
/// Imitates the confirmation call of JPR-40: does the applicant exist, is the applicant employed there, does the applicant
/// intend to apply. Honest unless told otherwise: a listed number is answered after 20 s with three times yes, any other
/// is not answered.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/vocabulary/time.hpp"

namespace shinsa::fakes::telephone {

enum class Outcome { confirmed, denied, no_answer };

/// A third party's directory, such as iタウンページ: not what the applicant wrote into a form.
class Directory {
 public:
  struct Entry {
    std::string number;
    std::string source;
  };
  void add(std::string organisation, std::string number, std::string source);
  [[nodiscard]] std::optional<Entry> look_up(std::string_view organisation) const;
  [[nodiscard]] bool lists(std::string_view number) const;

 private:
  std::map<std::string, Entry, std::less<>> entries_;
};

/// Who answers under a number, and how.
struct Persona {
  std::string number;
  Outcome outcome = Outcome::confirmed;
  Duration answers_after = seconds(20);
};

struct CallFaults {
  bool no_answer = false;
  bool engaged = false;
};

/// One thing said on the line, in both languages.
struct Spoken {
  std::string ja;
  std::string en;
};

struct Call {
  std::string number;
  Instant at;
  Instant answered_at;  ///< when the outcome was known
  Outcome outcome = Outcome::no_answer;
  std::vector<Spoken> transcript;
};

class Telephone {
 public:
  void use(Directory directory) { directory_ = std::move(directory); }
  void add(Persona persona) { personas_.push_back(std::move(persona)); }
  /// @param organisation  that is asked for.
  [[nodiscard]] Call dial(const std::string& number, const std::string& organisation, Instant at, const CallFaults& faults) const;

 private:
  Directory directory_;
  std::vector<Persona> personas_;
};

}  // namespace shinsa::fakes::telephone
