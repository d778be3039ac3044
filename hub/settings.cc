#include "hub/settings.h"

#include <toml++/toml.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/text.h"

namespace chathub {
namespace {

int LineOf(const toml::source_region& source) { return static_cast<int>(source.begin.line); }

Setting ToSetting(std::vector<std::string> path, const toml::node& node, int line) {
  Setting setting{std::move(path), line, SettingOther{}};
  if (node.is_table()) setting.value = SettingTable{};
  if (const auto* text = node.as_string()) setting.value = text->get();
  if (const auto* number = node.as_integer()) setting.value = number->get();
  if (const auto* truth = node.as_boolean()) setting.value = truth->get();
  if (const auto* list = node.as_array()) {
    std::vector<Setting> items;
    for (const toml::node& item : *list) {
      items.push_back(ToSetting(setting.path, item, LineOf(item.source())));
    }
    setting.value = std::move(items);
  }
  return setting;
}

void Flatten(const toml::table& table, const std::vector<std::string>& path,
             std::vector<Setting>& settings) {
  for (const auto& [key, node] : table) {
    std::vector<std::string> here = path;
    here.emplace_back(key.str());
    settings.push_back(ToSetting(here, node, LineOf(key.source())));
    if (const auto* inner = node.as_table()) Flatten(*inner, here, settings);
  }
}

}  // namespace

std::string PathOf(const Setting& setting) {
  std::string path;
  for (const std::string& key : setting.path) {
    if (!path.empty()) path += '.';
    path += ForLog(key);
  }
  return path;
}

absl::Status ToStatus(std::vector<Mistake> mistakes, std::string_view file_name) {
  if (mistakes.empty()) return absl::OkStatus();
  std::stable_sort(mistakes.begin(), mistakes.end(),
                   [](const Mistake& a, const Mistake& b) { return a.line < b.line; });
  std::string lines;
  for (const Mistake& mistake : mistakes) {
    if (!lines.empty()) lines += '\n';
    lines.append(file_name).append(":").append(std::to_string(mistake.line));
    lines.append(": ").append(mistake.what);
  }
  return Fail(Reason::kBadFrame, lines);
}

std::vector<Setting> ReadSettings(std::string_view text, std::vector<Mistake>& mistakes) {
  std::vector<Setting> settings;
  // Debian's library of toml++ is built to throw; it stops here.
  try {
    Flatten(toml::parse(text), {}, settings);
  } catch (const toml::parse_error& error) {
    mistakes.push_back({LineOf(error.source()), ForLog(error.description())});
  }
  return settings;
}

}  // namespace chathub
