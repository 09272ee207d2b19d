#include "sim/merged.hpp"

#include <algorithm>
#include <utility>

namespace shinsa::sim {

bool Merged::later(const Waiting& a, const Waiting& b) {
  const auto key = [](const Waiting& one) { return std::pair(one.line.event.time, one.order); };
  return key(a) > key(b);
}

void Merged::add(std::unique_ptr<ByteSource> bytes, const std::string& name, ReadOptions options,
                 Duration ahead) {
  options.order = false;
  auto reader = std::make_unique<EventReader>(*bytes, name, *facts_, options);
  sources_.push_back({std::move(bytes), std::move(reader), name, ahead, {}, {INT64_MIN}, 0, false});
}

bool Merged::next(Line& line) {
  if (is_plain()) return next({&line, 1}) == 1;
  Source* first = nullptr;
  for (Source& source : sources_) {
    read_ahead(source);
    if (source.waiting.empty()) continue;
    if (!first || source.waiting.front().line.event.time < first->waiting.front().line.event.time)
      first = &source;
  }
  if (!first) return false;
  std::ranges::pop_heap(first->waiting, later);
  line = std::move(first->waiting.back().line);
  first->waiting.pop_back();
  hand_out(*first, line);
  return true;
}

std::size_t Merged::next(std::span<Line> lines) {
  std::size_t read = 0;
  if (!is_plain()) {
    while (read < lines.size() && next(lines[read])) ++read;
    return read;
  }
  Source& source = sources_.front();
  for (; read < lines.size() && source.reader->next_but_data(lines[read]); ++read) {
    lines[read].event.time = lines[read].event.time - source.ahead;
    hand_out(source, lines[read]);
  }
  source.reader->finish();
  return read;
}

void Merged::hand_out(const Source& source, Line& line) {
  place_ = {static_cast<std::size_t>(&source - sources_.data()), line.number};
  if (++count_; sources_.size() > 1) line.number = count_;
  if (line.unknown_type) return;
  if (line.event.time < reached_)
    source.reader->told().warn(
        "times that go back",
        source.name + ":" + std::to_string(place_.line) +
            ": the time is before that of the event above; it is judged at that time");
  reached_ = std::max(reached_, line.event.time);
}

/// Reads until the earliest event that waits is one before which nothing can come.
void Merged::read_ahead(Source& source) {
  while (!source.over && source.waiting.size() < kHeldMax &&
         (source.waiting.empty() ||
          source.waiting.front().line.event.time > source.newest - tolerance_)) {
    Waiting next;
    next.order = source.arrived++;
    if (!read(source, next.line)) return;
    source.newest = std::max(source.newest, next.line.event.time);
    source.waiting.push_back(std::move(next));
    std::ranges::push_heap(source.waiting, later);
  }
}

bool Merged::read(Source& source, Line& line) {
  if (!source.reader->next(line)) {
    source.over = true;
    return false;
  }
  line.event.time = line.event.time - source.ahead;
  return true;
}

void Merged::move_to(Facts& facts, Carrier& carry) {
  facts_ = &facts;
  for (Source& source : sources_) {
    source.reader->move_to(facts);
    for (Waiting& one : source.waiting) one.line.event = carry(one.line.event);
  }
}

void Merged::take_told(std::vector<Error>& errors, std::vector<std::string>& warnings) {
  for (Source& source : sources_) {
    Told& told = source.reader->told();
    std::ranges::move(std::exchange(told.errors, {}), std::back_inserter(errors));
    std::ranges::move(std::exchange(told.warnings, {}), std::back_inserter(warnings));
  }
}

std::size_t Merged::errors_seen() const {
  std::size_t count = 0;
  for (const Source& source : sources_) count += source.reader->told().errors_seen();
  return count;
}

std::vector<std::string> Merged::names() const {
  std::vector<std::string> names;
  for (const Source& source : sources_) names.push_back(source.name);
  return names;
}

std::string_view Merged::text() const {
  return is_plain() ? sources_.front().reader->text() : std::string_view();
}

}  // namespace shinsa::sim
