/// Reads any line, whatever it holds: says where it is no JSON, or JSON that no event may be (a key
/// that stands twice, a number beyond 2^53, more than 32 levels), and finds every value in it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/seen.hpp"

namespace shinsa::sim {

class CarefulReader {
 public:
  CarefulReader();
  ~CarefulReader();

  /// What is wrong with a line, and where.
  struct Fault {
    std::string what, remedy;
    std::size_t byte = 0;  ///< of the line, where `key` is empty
    std::string key;       ///< at the last place of this key
  };

  /// Reads an event in our own form. @param seen  valid until the next line.
  [[nodiscard]] std::optional<Fault> read(std::string_view line, Seen& seen);

  /// Reads an object of any form. @param values  every value in it, its key a JSON pointer
  /// (RFC 6901) from the line's object; a list of texts is one value, and its items are others.
  [[nodiscard]] std::optional<Fault> read_any(std::string_view line, std::vector<Scalar>& values,
                                              std::vector<std::string_view>& items);

 private:
  struct Parser;
  std::optional<Fault> parse(std::string_view line);
  std::unique_ptr<Parser> parser_;
};

}  // namespace shinsa::sim
