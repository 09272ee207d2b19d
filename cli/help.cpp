#include "cli/help.hpp"

#include <CLI/CLI.hpp>
#include <sstream>
#include <utility>
#include <vector>

#include "cli/japanese.hpp"
#include "reports/text.hpp"

namespace shinsa::cli {

namespace {

constexpr int kWidth = 80;
constexpr std::size_t kNameMax = 24;  // a longer name has a line of its own

/// A name (ASCII) and what is said of it (in either language, not translated yet).
using Row = std::pair<std::string, std::string>;

std::string padded(const std::string& text, std::size_t width) {
  return text + std::string(text.size() < width ? width - text.size() : 0, ' ');
}

std::string paragraph(const std::string& text) {
  return text.empty() ? "\n" : reports::wrap(said(text), 0, kWidth) + "\n";
}

std::string row_text(const Row& row, std::size_t column) {
  const std::string told = reports::wrap(row.second, static_cast<int>(column), kWidth) + "\n";
  const std::string name = "  " + row.first;
  if (row.second.empty()) return name + "\n";
  return name.size() + 2 > column ? name + "\n" + told : padded(name, column) + told.substr(column);
}

std::string section(const std::string& title, const std::vector<Row>& rows, std::size_t column) {
  if (rows.empty()) return {};
  std::string text = "\n" + said(title) + ":\n";
  for (const Row& row : rows) text += row_text(row, column);
  return text;
}

bool is_list(const CLI::Option& option) {
  return option.get_expected_max() >= CLI::detail::expected_max_vector_size;
}

Row row_of(const CLI::Option& option) {
  std::string name = option.get_name(option.get_positional(), !option.get_positional());
  if (!option.get_positional() && option.get_type_size() != 0)
    name += " " +
            (option.get_option_text().empty() ? option.get_type_name() : option.get_option_text());
  std::string says = said(option.get_description());
  if (option.get_required()) says += " [" + said("required") + "]";
  return {name, says};
}

std::string usage(const CLI::App& app, const std::string& name) {
  std::string text = said("Usage") + ": " + name + " [" + said("OPTIONS") + "]";
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) continue;
    const std::string word = option->get_name(true, false) + (is_list(*option) ? "..." : "");
    text += option->get_required() ? " " + word : " [" + word + "]";
  }
  if (!app.get_subcommands({}).empty()) text += " " + said("SUBCOMMAND");
  return text + "\n";
}

/// An example apart from its remark, which two or more blanks precede; no remark for other lines.
Row example_of(const std::string& line) {
  const std::size_t gap = line.starts_with("  ") ? line.find("  ", 2) : std::string::npos;
  if (gap == std::string::npos) return {line, {}};
  return {line.substr(0, gap), said(line.substr(line.find_first_not_of(' ', gap)))};
}

std::string footer(const std::string& text) {
  std::vector<Row> rows;
  std::size_t column = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    rows.push_back(example_of(line));
    if (!rows.back().second.empty()) column = std::max(column, rows.back().first.size() + 2);
  }
  std::string told;
  for (const auto& [line, remark] : rows) {
    if (line.starts_with("  "))
      told += (remark.empty() ? line : padded(line, column) + remark) + "\n";
    else
      told += paragraph(line);
  }
  return told;
}

}  // namespace

std::string help_text(const CLI::App& app, const std::string& name) {
  std::vector<Row> arguments, options, commands;
  for (const CLI::Option* option : app.get_options())
    (option->get_positional() ? arguments : options).push_back(row_of(*option));
  for (const CLI::App* command : app.get_subcommands({}))
    commands.emplace_back(command->get_name(), said(command->get_description()));
  std::size_t column = 0;
  for (const auto* rows : {&arguments, &options, &commands})
    for (const Row& row : *rows)
      if (row.first.size() <= kNameMax) column = std::max(column, row.first.size() + 4);

  std::string text;
  std::istringstream about(app.get_description());
  for (std::string line; std::getline(about, line);) text += paragraph(line);
  text += "\n" + usage(app, name);
  text += section("Positionals", arguments, column);
  text += section("Options", options, column);
  text += section("Subcommands", commands, column);
  if (app.get_parent()) text += "\n" + said("Options of every command: shinsa --help") + "\n";
  if (!app.get_footer().empty()) text += "\n" + footer(app.get_footer());
  return text;
}

}  // namespace shinsa::cli
