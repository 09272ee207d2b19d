/// What people read, in both languages.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace shinsa {

/// A phrase or a sentence in English and Japanese.
struct Words {
  std::string en;
  std::string ja;

  Words() = default;
  Words(std::string english, std::string japanese)
      : en(std::move(english)), ja(std::move(japanese)) {}
  /// A text that reads the same in both: a name, a path, an event, a number.
  Words(const char* same) : en(same), ja(same) {}
  Words(std::string same) : en(same), ja(std::move(same)) {}

  [[nodiscard]] bool empty() const { return en.empty() && ja.empty(); }
  [[nodiscard]] const std::string& in(std::string_view lang) const {
    return lang == "ja" ? ja : en;
  }
  friend bool operator==(const Words&, const Words&) = default;
};

}  // namespace shinsa
