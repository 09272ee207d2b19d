#include "python/columns.hpp"

#include <limits>

#include "model/vocabulary/facts.hpp"

namespace shinsa::python {

namespace {

constexpr std::int64_t kNanoseconds = 1'000'000'000;
constexpr std::int64_t kSecondsMax = std::numeric_limits<std::int64_t>::max() / kNanoseconds;

/// The vector's own memory as a numpy array; a capsule deletes the vector when numpy is done.
template <class T>
py::array hand_over(std::vector<T> values, const py::dtype& type) {
  auto* kept = new std::vector<T>(std::move(values));
  const py::capsule owner(kept, [](void* vector) { delete static_cast<std::vector<T>*>(vector); });
  return py::array(type, {kept->size()}, {sizeof(T)}, kept->data(), owner);
}

template <class T>
py::array hand_over(std::vector<T> values) {
  return hand_over(std::move(values), py::dtype::of<T>());
}

py::array as_truths(std::vector<std::uint8_t> values) {
  return hand_over(std::move(values), py::dtype::of<bool>());
}

template <class Code>
py::array narrowed(const std::vector<std::int32_t>& codes) {
  return hand_over(std::vector<Code>(codes.begin(), codes.end()));
}

/// pandas takes the narrowest of these whose largest value the number of categories stays below.
py::array codes_for(const std::vector<std::int32_t>& codes, std::size_t categories) {
  if (categories < std::size_t{INT8_MAX}) return narrowed<std::int8_t>(codes);
  if (categories < std::size_t{INT16_MAX}) return narrowed<std::int16_t>(codes);
  return hand_over(codes);
}

py::list strings(const std::vector<std::string>& texts) {
  py::list all(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) all[i] = text_of(texts[i]);
  return all;
}

}  // namespace

py::str text_of(std::string_view text) {
  PyObject* decoded =
      PyUnicode_DecodeUTF8(text.data(), static_cast<Py_ssize_t>(text.size()), "replace");
  if (!decoded) throw py::error_already_set();
  return py::reinterpret_steal<py::str>(decoded);
}

void Table::numbers(const char* name, std::vector<std::int64_t> values) {
  columns_[name] = py::make_tuple("number", hand_over(std::move(values)));
}

void Table::numbers(const char* name, std::vector<std::int64_t> values,
                    std::vector<std::uint8_t> absent) {
  columns_[name] =
      py::make_tuple("number?", hand_over(std::move(values)), as_truths(std::move(absent)));
}

void Table::truths(const char* name, std::vector<std::uint8_t> values) {
  columns_[name] = py::make_tuple("truth", as_truths(std::move(values)));
}

void Table::truths(const char* name, std::vector<std::uint8_t> values,
                   std::vector<std::uint8_t> absent) {
  columns_[name] =
      py::make_tuple("truth?", as_truths(std::move(values)), as_truths(std::move(absent)));
}

void Table::instants(const char* name, std::vector<std::int64_t> seconds) {
  static_assert(Value::kAbsent == INT64_MIN, "numpy's not-a-time");
  for (std::int64_t& value : seconds) {
    if (value == Value::kAbsent) continue;
    if (value > kSecondsMax || value < -kSecondsMax)
      throw Refused({"the instant " + to_text(Instant{value}) +
                         " does not fit datetime64[ns] (years 1678 to 2262)",
                     std::string("column ") + name, "read it from the trace's to_jsonl()"});
    value *= kNanoseconds;
  }
  columns_[name] = py::make_tuple("instant", hand_over(std::move(seconds)));
}

void Table::durations(const char* name, std::vector<std::int64_t> seconds) {
  for (std::int64_t& value : seconds) value *= kNanoseconds;
  columns_[name] = py::make_tuple("duration", hand_over(std::move(seconds)));
}

void Table::categories(const char* name, const std::vector<std::int32_t>& codes,
                       const std::vector<std::string>& words) {
  columns_[name] = py::make_tuple("category", codes_for(codes, words.size()), strings(words));
}

void Table::texts(const char* name, const std::vector<std::string>& texts) {
  columns_[name] = py::make_tuple("text", strings(texts));
}

void Table::lists(const char* name, const std::vector<std::int32_t>& codes,
                  const std::vector<std::vector<std::string>>& lists) {
  py::list pool(lists.size());
  for (std::size_t i = 0; i < lists.size(); ++i) pool[i] = py::tuple(strings(lists[i]));
  columns_[name] = py::make_tuple("list", hand_over(codes), std::move(pool));
}

void Table::lists(const char* name, const std::vector<std::vector<std::string>>& lists_of_rows) {
  std::vector<std::int32_t> codes(lists_of_rows.size());
  for (std::size_t i = 0; i < codes.size(); ++i) codes[i] = static_cast<std::int32_t>(i);
  lists(name, codes, lists_of_rows);
}

Refused::Refused(const std::vector<Error>& errors) : error(errors.front()) {
  for (const Error& one : errors) text += (text.empty() ? "" : "\n") + one.text();
}

}  // namespace shinsa::python
