#include "sim/trace_writer.hpp"

#include "model/vocabulary/assert.hpp"

namespace shinsa::sim {

namespace {

/// Length of the UTF-8 character at the start of `text`, or 0 if there is none.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto follows = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xbf) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return follows(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef)
    return follows(1, first == 0xe0 ? 0xa0 : 0x80, first == 0xed ? 0x9f : 0xbf) && follows(2) ? 3
                                                                                              : 0;
  if (first >= 0xf0 && first <= 0xf4)
    return follows(1, first == 0xf0 ? 0x90 : 0x80, first == 0xf4 ? 0x8f : 0xbf) && follows(2) &&
                   follows(3)
               ? 4
               : 0;
  return 0;
}

void append_value(std::string& out, const FieldType& field, Value value, const Facts& facts) {
  switch (field.kind) {
    case FieldKind::text:
      out += json_string(facts.text(value.text()));
      return;
    case FieldKind::choice:
      out += json_string(choice_word(field.choices, value.number()));
      return;
    case FieldKind::truth:
      out += value.truth() ? "true" : "false";
      return;
    case FieldKind::number:
      out += std::to_string(value.number());
      return;
    case FieldKind::instant:
      out += json_string(to_text(value.instant()));
      return;
    case FieldKind::list: {
      out += '[';
      const char* separator = "";
      for (TextId item : facts.list(value.list())) {
        out += separator + json_string(facts.text(item));
        separator = ",";
      }
      out += ']';
      return;
    }
  }
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const char c = text.front();
    const std::size_t length = character_length(text);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += "\\u00";
      out += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
      out += "0123456789abcdef"[c & 15];
    } else if (length == 0) {
      out += "\xef\xbf\xbd";
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out + "\"";
}

namespace {

std::string json_line(std::string_view id, const Event& event, const Facts& facts) {
  const EventType& type = event.row();
  std::string out = "{\"id\":" + json_string(id) + ",\"time\":\"" + to_text(event.time) +
                    "\",\"type\":\"" + std::string(type.name) +
                    "\",\"subject\":" + json_string(facts.text(event.subject));
  const Record& record = facts.record(event.data);
  const char* separator = ",\"data\":{";
  for (std::size_t i = 0; i < record.fields.size(); ++i) {
    if (!record.fields[i].present()) continue;
    out += separator;
    out += "\"" + std::string(type.fields[i].name) + "\":";
    append_value(out, type.fields[i], record.fields[i], facts);
    separator = ",";
  }
  if (*separator == ',' && separator[1] == '\0') out += '}';
  return out + "}";
}

}  // namespace

std::string to_json_line(const Event& event, const Facts& facts) {
  SHINSA_ASSERT(event.id, "an event of a log has an id");
  return json_line(facts.text(event.id), event, facts);
}

std::string to_json_line(const Event& event, const Facts& facts, std::size_t line) {
  return json_line(std::to_string(line), event, facts);
}

}  // namespace shinsa::sim
