#include "hub/cli/printing.h"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include <algorithm>
#include <cstddef>
#include <ostream>

#include "hub/base/text.h"

namespace chathub::cli {
namespace {

constexpr std::size_t kLongestCell = 2000;
constexpr std::size_t kGap = 2;

// In code points, which is near enough to what a terminal shows.
std::size_t Width(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::vector<std::size_t> Widths(const std::vector<TableRow>& rows) {
  std::vector<std::size_t> widths;
  for (const TableRow& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], Width(row[i]));
  }
  return widths;
}

}  // namespace

void PrintTable(std::ostream& out, const std::vector<TableRow>& rows) {
  const auto widths = Widths(rows);
  for (const TableRow& row : rows) {
    std::string line;
    std::size_t gap = 0;
    for (std::size_t i = 0; i < row.size(); ++i) {
      // Only before a cell, so that no line ends with spaces.
      if (!row[i].empty()) line.append(gap, ' ').append(row[i]);
      gap = (row[i].empty() ? gap + widths[i] : widths[i] - Width(row[i])) + kGap;
    }
    out << line << '\n';
  }
}

void PrintJson(std::ostream& out, const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string json;
  (void)google::protobuf::util::MessageToJsonString(message, &json, options);
  out << json << '\n';
}

std::string Shown(std::string_view text) { return ForLog(text, kLongestCell); }

std::string Shown(const google::protobuf::Timestamp& time) {
  return google::protobuf::util::TimeUtil::ToString(time);
}

}  // namespace chathub::cli
