#include "hub/gateway_keys.h"

#include <algorithm>
#include <utility>

#include "hub/base/names.h"

namespace chathub {
namespace {

// With the protocol's prefix it must still be a handler's name.
constexpr std::size_t kLongestName = 50;

void TakeTexts(const Setting& setting, Reading& reading, std::vector<std::string>& into) {
  const auto* items = std::get_if<std::vector<Setting>>(&setting.value);
  if (items == nullptr) return reading.Complain(setting, "must be a list of texts");
  for (const Setting& item : *items) {
    if (auto text = TextOf(item, reading)) into.push_back(*std::move(text));
  }
}

bool CheckTable(const Setting& setting, Reading& reading) {
  const std::string& name = setting.path.back();
  if (!std::holds_alternative<SettingTable>(setting.value)) {
    reading.Complain(setting, "must be a table");
  } else if (!IsName(name) || name.size() > kLongestName) {
    reading.Complain(setting, "must have a name of at most 50 letters, digits, '.', '_' and '-'");
  } else {
    return true;
  }
  return false;
}

// Missing only where the table's name was complained about.
template <class Entry>
Entry* Find(std::vector<Entry>& entries, std::string Entry::*name, const Setting& setting) {
  const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) {
    return entry.*name == setting.path[2];
  });
  return found == entries.end() ? nullptr : &*found;
}

CometPluginConfig* FindPlugin(const Setting& setting, Reading& reading) {
  return Find(reading.config.gateway.comet_plugins, &CometPluginConfig::alias, setting);
}

}  // namespace

void TakeGatewayAddress(const Setting& setting, Reading& reading) {
  TakeListenAddress(setting, reading, reading.config.gateway.address);
  reading.config.gateway.address_is_named = true;
}

void TakeGatewayOrigins(const Setting& setting, Reading& reading) {
  TakeTexts(setting, reading, reading.config.gateway.origins);
}

void TakeWnetExpose(const Setting& setting, Reading& reading) {
  TakeTexts(setting, reading, reading.config.gateway.wnet_expose);
}

void TakeCometPlugin(const Setting& setting, Reading& reading) {
  if (!CheckTable(setting, reading)) return;
  reading.config.gateway.comet_plugins.push_back({.alias = setting.path.back()});
}

void TakeCometPluginKey(const Setting& setting, Reading& reading) {
  CometPluginConfig* plugin = FindPlugin(setting, reading);
  if (plugin == nullptr) return;
  if (auto path = TextOf(setting, reading)) plugin->key = *std::move(path);
}

void TakeCometPluginPattern(const Setting& setting, Reading& reading) {
  CometPluginConfig* plugin = FindPlugin(setting, reading);
  if (plugin == nullptr) return;
  if (auto pattern = TextOf(setting, reading)) plugin->pattern = *std::move(pattern);
}

void TakeBoticaBot(const Setting& setting, Reading& reading) {
  if (!CheckTable(setting, reading)) return;
  reading.config.gateway.botica_bots.push_back({.id = setting.path.back()});
}

void TakeBoticaBotPattern(const Setting& setting, Reading& reading) {
  BoticaBotConfig* bot = Find(reading.config.gateway.botica_bots, &BoticaBotConfig::id, setting);
  if (bot == nullptr) return;
  if (auto pattern = TextOf(setting, reading)) bot->pattern = *std::move(pattern);
}

}  // namespace chathub
