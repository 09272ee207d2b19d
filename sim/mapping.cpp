#include "sim/mapping.hpp"

#include <algorithm>
#include <charconv>

namespace shinsa::sim {

namespace {

std::string text_of(const Scalar& scalar) {
  switch (scalar.kind) {
    case Scalar::Kind::text:
      return std::string(scalar.text);
    case Scalar::Kind::number:
      return std::to_string(scalar.number);
    case Scalar::Kind::truth:
      return scalar.number != 0 ? "true" : "false";
    default:
      return {};
  }
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return {};
  return number;
}

// -- times

constexpr std::string_view kMonths = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec";
constexpr std::int64_t kLastSecond = 253'402'300'799;  // of the year 9999

/// What a form has found in a text so far.
struct Clock {
  std::string year = "1970", month = "01", day = "01", hour = "00", minute = "00", second = "00";
  std::string offset;
};

std::string offset_text(Duration zone) {
  const std::int64_t minutes = (zone.seconds < 0 ? -zone.seconds : zone.seconds) / 60;
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return (zone.seconds < 0 ? "-" : "+") + two(minutes / 60) + ":" + two(minutes % 60);
}

/// Takes up to so many digits; pads them to two.
bool take_digits(std::string_view& text, std::size_t most, std::string& into) {
  std::size_t size = 0;
  while (size < most && size < text.size() && text[size] >= '0' && text[size] <= '9') ++size;
  into = std::string(text.substr(0, size));
  if (size == 1) into.insert(0, "0");
  text.remove_prefix(size);
  return size > 0;
}

bool take_offset(std::string_view& text, std::string& into) {
  if (text.starts_with('Z') || text.starts_with('z')) {
    text.remove_prefix(1);
    into = "Z";
    return true;
  }
  if (!text.starts_with('+') && !text.starts_with('-')) return false;
  std::string digits;
  const char sign = text.front();
  text.remove_prefix(1);
  for (; digits.size() < 4 && !text.empty(); text.remove_prefix(1)) {
    if (text.front() == ':' && digits.size() == 2) continue;
    if (text.front() < '0' || text.front() > '9') break;
    digits += text.front();
  }
  if (digits.size() == 2) digits += "00";
  into = sign + digits.substr(0, 2) + ":" + (digits.size() == 4 ? digits.substr(2) : "");
  return digits.size() == 4;
}

bool take_month(std::string_view& text, std::string& into) {
  const auto at = choice_index(kMonths, text.substr(0, 3));
  if (!at) return false;
  into = (*at < 9 ? "0" : "") + std::to_string(*at + 1);
  text.remove_prefix(3);
  return true;
}

/// Takes what one letter of a form stands for.
bool take(char letter, std::string_view& text, Clock& clock) {
  std::string fraction;
  switch (letter) {
    case 'Y':
      return take_digits(text, 4, clock.year) && clock.year.size() == 4;
    case 'm':
      return take_digits(text, 2, clock.month);
    case 'd':
      return take_digits(text, 2, clock.day);
    case 'b':
      return take_month(text, clock.month);
    case 'H':
      return take_digits(text, 2, clock.hour);
    case 'M':
      return take_digits(text, 2, clock.minute);
    case 'S':
      return take_digits(text, 2, clock.second);
    case 'f':
      return take_digits(text, 9, fraction);
    case 'z':
      return take_offset(text, clock.offset);
    default:
      return false;
  }
}

Result<Instant> read_formed(std::string_view whole, std::string_view form,
                            std::optional<Duration> zone) {
  std::string_view text = whole;
  Clock clock;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool letter = form[i] == '%' && i + 1 < form.size();
    bool fits = false;
    if (letter)
      fits = take(form[++i], text, clock);
    else if (text.starts_with(form[i])) {
      text.remove_prefix(1);
      fits = true;
    }
    if (!fits)
      return fail("'" + std::string(whole) + "' is no time of the form " + std::string(form), {},
                  "mend the row, or the form of the time in the mapping");
  }
  if (!text.empty())
    return fail("something follows the time in '" + std::string(whole) + "'", {},
                "let the form of the time in the mapping say what it is");
  if (clock.offset.empty() && zone) clock.offset = offset_text(*zone);
  return parse_instant(clock.year + "-" + clock.month + "-" + clock.day + "T" + clock.hour + ":" +
                       clock.minute + ":" + clock.second + clock.offset);
}

Result<Instant> read_unix(std::string_view text, std::int64_t per_second) {
  const auto number = whole_number(text.substr(0, text.find('.')));
  if (!number || *number / per_second > kLastSecond || *number / per_second < -kLastSecond)
    return fail("'" + std::string(text) + "' is no count of seconds since 1970", {},
                "mend the row, or the form of the time in the mapping");
  const std::int64_t whole = *number / per_second;
  return Instant{whole - (*number % per_second < 0 ? 1 : 0)};
}

/// RFC 3339, and what many write in its place: a blank for the T, no offset.
Result<Instant> read_plain(std::string_view text, std::optional<Duration> zone) {
  std::string written(text);
  if (written.size() > 10 && written[10] == ' ') written[10] = 'T';
  const bool states_offset =
      written.size() > 19 && written.find_first_of("Zz+-", 19) != std::string::npos;
  if (!states_offset && zone) written += offset_text(*zone);
  auto instant = parse_instant(written);
  if (!instant && !states_offset && !zone)
    return fail(instant.error().what, {}, "write the offset, or zone: in the mapping");
  return instant;
}

}  // namespace

Result<Instant> read_time(std::string_view text, std::string_view form,
                          std::optional<Duration> zone) {
  if (form.empty()) return read_plain(text, zone);
  if (form == "unix") return read_unix(text, 1);
  if (form == "unix-ms") return read_unix(text, 1000);
  return read_formed(text, form, zone);
}

Result<void> split_row(std::string_view row, char separator, std::vector<std::string_view>& fields,
                       std::deque<std::string>& kept) {
  fields.clear();
  while (true) {
    if (!row.starts_with('"')) {
      const std::size_t end = row.find(separator);
      fields.push_back(row.substr(0, end));
      if (fields.back().find('"') != std::string_view::npos)
        return fail("a quote stands within a field that does not start with one", {},
                    "put the field into quotes, and write each quote in it twice");
      if (end == std::string_view::npos) return {};
      row.remove_prefix(end + 1);
      continue;
    }
    std::string field;
    std::size_t at = 1;
    for (; at < row.size(); ++at) {
      if (row[at] == '"' && (at + 1 == row.size() || row[at + 1] != '"')) break;
      if (row[at] == '"') ++at;
      field += row[at];
    }
    if (at >= row.size())
      return fail("a quote is not closed", {}, "write a quote at the end of the field");
    fields.push_back(kept.emplace_back(std::move(field)));
    row.remove_prefix(at + 1);
    if (row.empty()) return {};
    if (row.front() != separator)
      return fail("something follows the quote that ends a field", {},
                  "write each quote within a field twice");
    row.remove_prefix(1);
  }
}

bool Mapping::only_renames() const {
  return format == Format::jsonl && !zone && time.empty() && data.empty() && data_of.empty() &&
         std::ranges::none_of(envelope, [](const auto& one) { return one.has_value(); });
}

std::set<std::string> Mapping::places() const {
  std::set<std::string> places;
  const auto add = [&places](const Origin& origin) {
    for (const Origin::Part& part : origin.parts)
      if (!part.place.empty()) places.insert(part.place);
  };
  for (const auto& origin : envelope)
    if (origin) add(*origin);
  for (const auto& [field, origin] : data) add(origin);
  for (const auto& [type, fields] : data_of)
    for (const auto& [field, origin] : fields) add(origin);
  return places;
}

Mapping Mapping::with_defaults() const {
  Mapping full = *this;
  for (std::size_t i = 0; i < kEnvelope.size(); ++i) {
    const std::string name(kEnvelope[i]);
    if (full.envelope[i] || name == "data") continue;
    full.envelope[i] = Origin{{{"", format == Format::csv ? name : "/" + name}}, {}, {}, {}};
  }
  return full;
}

// -- records

/// The origin's words and what the record says between them; a single place keeps its kind.
Mapped::Made Mapped::compose(const Origin& origin, const RecordLookup& record) {
  if (origin.parts.size() == 1 && origin.parts.front().word.empty() &&
      !origin.parts.front().place.empty()) {
    const Scalar* const said = record(origin.parts.front().place);
    if (!said || said->kind == Scalar::Kind::none) return {};
    if (said->kind == Scalar::Kind::text && said->text.empty()) return {};
    return *said;
  }
  std::string text;
  for (const Origin::Part& part : origin.parts) {
    text += part.word;
    if (part.place.empty()) continue;
    const Scalar* const said = record(part.place);
    const std::string there = said ? text_of(*said) : std::string();
    if (there.empty()) return {};
    text += there;
  }
  Scalar made;
  made.kind = Scalar::Kind::text;
  made.text = keep(std::move(text));
  return made;
}

Result<Mapped::Made> Mapped::make(const Origin& origin, FieldKind kind, const RecordLookup& record,
                                  Seen& seen) {
  Made made = compose(origin, record);
  if (!made) return made;
  if (!origin.words.empty())
    if (const auto word = origin.words.find(text_of(*made)); word != origin.words.end()) {
      made->kind = Scalar::Kind::text;
      made->text = word->second;
    }
  const bool is_text = made->kind == Scalar::Kind::text;
  switch (kind) {
    case FieldKind::text:
    case FieldKind::choice:
      if (!is_text && made->kind != Scalar::Kind::list && made->kind != Scalar::Kind::other) {
        made->text = keep(text_of(*made));
        made->kind = Scalar::Kind::text;
      }
      break;
    case FieldKind::number:
      if (const auto number = is_text ? whole_number(made->text) : std::nullopt) {
        made->kind = Scalar::Kind::number;
        made->number = *number;
      }
      break;
    case FieldKind::truth:
      if (is_text && (made->text == "true" || made->text == "false")) {
        made->kind = Scalar::Kind::truth;
        made->number = made->text == "true" ? 1 : 0;
      }
      break;
    case FieldKind::instant: {
      if (!is_text) made->text = keep(text_of(*made));
      const auto instant =
          read_time(made->text, origin.time.empty() ? mapping_.time : origin.time, mapping_.zone);
      if (!instant) return Failure(instant.error());
      made->kind = Scalar::Kind::text;
      made->text = keep(to_text(*instant));
      break;
    }
    case FieldKind::list:
      if (!is_text) break;
      made->kind = Scalar::Kind::list;
      made->first_item = seen.items.size();
      std::string_view rest = made->text;
      while (true) {
        const std::size_t end =
            origin.split.empty() ? std::string_view::npos : rest.find(origin.split);
        seen.items.push_back(rest.substr(0, end));
        if (end == std::string_view::npos) break;
        rest.remove_prefix(end + origin.split.size());
      }
      made->items = seen.items.size() - made->first_item;
      break;
  }
  return made;
}

Result<bool> Mapped::read(const RecordLookup& record, std::size_t number, Seen& seen) {
  kept_.clear();
  for (const Envelope part : {Envelope::type, Envelope::id, Envelope::time, Envelope::subject,
                              Envelope::sequence, Envelope::source}) {
    const auto at = static_cast<std::size_t>(part);
    const auto& origin = mapping_.envelope[at];
    if (!origin) continue;
    auto made =
        make(*origin, part == Envelope::time ? FieldKind::instant : FieldKind::text, record, seen);
    if (!made) return Failure(made.error());
    if (*made) {
      seen.envelope[at] = **made;
      seen.envelope[at].key = kEnvelope[at];
    }
    if (part == Envelope::type && mapping_.ignore.contains(seen.envelope[at].text)) return false;
  }
  if (Scalar& id = seen[Envelope::id]; id.kind == Scalar::Kind::none) {
    id.kind = Scalar::Kind::text;
    id.key = "id";
    id.text = keep(std::to_string(number));
  }
  const std::string_view word = seen[Envelope::type].text;
  const auto renamed = mapping_.names.types.find(word);
  if (const auto type = find_type(renamed == mapping_.names.types.end() ? word : renamed->second))
    if (auto done = read_data(*type, record, seen); !done) return Failure(done.error());
  return true;
}

/// The fields of the type that the mapping names, each from its own origin.
Result<void> Mapped::read_data(TypeIndex type, const RecordLookup& record, Seen& seen) {
  const auto own = mapping_.data_of.find(type);
  for (std::size_t i = 0; i < kFieldCounts[type]; ++i) {
    const FieldType& field = kEventTypes[type].fields[i];
    const Origin* origin = nullptr;
    if (own != mapping_.data_of.end())
      if (const auto at = own->second.find(field.name); at != own->second.end())
        origin = &at->second;
    if (!origin)
      if (const auto at = mapping_.data.find(field.name); at != mapping_.data.end())
        origin = &at->second;
    if (!origin) continue;
    auto made = make(*origin, field.kind, record, seen);
    if (!made)
      return fail("'" + std::string(field.name) + "': " + made.error().what, {},
                  made.error().remedy);
    if (!*made) continue;
    std::erase_if(seen.data, [&](const Scalar& one) { return one.key == field.name; });
    seen.data.push_back(**made);
    seen.data.back().key = field.name;
  }
  return {};
}

}  // namespace shinsa::sim
