// What stands in a TOML file, as a plain list with line numbers: nobody else meets the parser.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/status.h"

namespace chathub {

// `[listen]`, with its keys as settings of their own behind it.
struct SettingTable {};
// A date, a fraction: nothing that a hub can be set to.
struct SettingOther {};

// One key of the file.
struct Setting {
  // `listen`, `address`; the items of a list have their list's.
  std::vector<std::string> path;
  int line = 0;
  std::variant<SettingTable, std::string, std::int64_t, bool, std::vector<Setting>, SettingOther>
      value;
};

// `listen.address`.
std::string PathOf(const Setting& setting);

// Something that is wrong on one line.
struct Mistake {
  int line = 0;
  std::string what;
};

// One line `file:line: what` for each, from the top to the bottom; OK if there are none.
absl::Status ToStatus(std::vector<Mistake> mistakes, std::string_view file_name);

// Reads what it can; a text that is not TOML gives the one mistake that the parser stopped at.
std::vector<Setting> ReadSettings(std::string_view text, std::vector<Mistake>& mistakes);

}  // namespace chathub
