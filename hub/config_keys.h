// Every key of the configuration file and what it does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hub/config.h"
#include "hub/settings.h"

namespace chathub {

// A file on its way to a configuration.
struct Reading {
  Config config;
  std::vector<Mistake> mistakes;

  // `what` goes on from the key's name: "must be true or false".
  void Complain(const Setting& setting, std::string_view what);
};

// What several keys have in common. Nothing: it was complained about.
std::optional<std::string> TextOf(const Setting& setting, Reading& reading);
void TakeSwitch(const Setting& setting, Reading& reading, bool& into);
void TakePath(const Setting& setting, Reading& reading, std::string& into);
void TakeLimit(const Setting& setting, Reading& reading, std::size_t& into,
               std::int64_t largest = 1'000'000);
void TakeListenAddress(const Setting& setting, Reading& reading, std::string& into);

struct ConfigKey {
  // With `<name>` where the user chooses a name.
  std::string_view path;
  void (*apply)(const Setting& setting, Reading& reading);
};

std::span<const ConfigKey> ConfigKeys();

// Nothing if there is no such key. `listen` is a table, not a key; `adapters` is both.
const ConfigKey* FindConfigKey(const std::vector<std::string>& path);

// True for `listen` and for `adapters` with any name behind it.
bool IsConfigTable(const std::vector<std::string>& path);

// What could stand in place of the last step of `path`; nothing that the user chooses.
std::vector<std::string> NamesBeside(const std::vector<std::string>& path);

}  // namespace chathub
