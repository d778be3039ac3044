#include "hub/config_keys.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <utility>

#include "absl/strings/str_split.h"
#include "hub/base/names.h"
#include "hub/base/text.h"
#include "hub/gateway_keys.h"
#include "hub/listen_address.h"

namespace chathub {
namespace {

constexpr std::int64_t kLargestStore = std::int64_t{1} << 40;  // bytes
constexpr std::size_t kLongestPrefix = 16;
constexpr std::string_view kAnyName = "<name>";

template <typename Value>
using Words = std::initializer_list<std::pair<std::string_view, Value>>;

std::string Quoted(std::string_view text) { return '"' + ForLog(text) + '"'; }

std::optional<std::string> NameOf(const Setting& setting, Reading& reading) {
  auto name = TextOf(setting, reading);
  if (!name || IsName(*name)) return name;
  reading.Complain(setting, "must be a name of at most 64 letters, digits, '.', '_' and '-', not " +
                                Quoted(*name));
  return std::nullopt;
}

void TakeName(const Setting& setting, Reading& reading, std::string& into) {
  if (auto name = NameOf(setting, reading)) into = *std::move(name);
}

template <typename Value>
void TakeWord(const Setting& setting, Reading& reading, Words<Value> words, Value& into) {
  const auto text = TextOf(setting, reading);
  if (!text) return;
  std::string choices;
  for (const auto& [word, value] : words) {
    if (word == *text) {
      into = value;
      return;
    }
    choices.append(choices.empty() ? "" : " or ").append(Quoted(word));
  }
  reading.Complain(setting, "must be " + choices + ", not " + Quoted(*text));
}

void TakePrefix(const Setting& setting, Reading& reading, std::string& into) {
  auto prefix = TextOf(setting, reading);
  if (!prefix) return;
  const bool visible = std::none_of(prefix->begin(), prefix->end(),
                                    [](unsigned char c) { return c <= ' ' || c == 0x7F; });
  if (visible && prefix->size() <= kLongestPrefix) {
    into = *std::move(prefix);
  } else {
    reading.Complain(setting, "must be at most 16 bytes without a space");
  }
}

AdapterConfig* FindAdapter(Config& config, std::string_view name) {
  for (AdapterConfig& adapter : config.adapters) {
    if (adapter.name == name) return &adapter;
  }
  return nullptr;
}

// `adapters = ["irc", "mail"]`
void TakeAdapterList(const Setting& setting, Reading& reading) {
  const auto* items = std::get_if<std::vector<Setting>>(&setting.value);
  if (items == nullptr) {
    reading.Complain(setting, "must be a list of names, or tables [adapters.NAME]");
    return;
  }
  for (const Setting& item : *items) {
    const auto name = NameOf(item, reading);
    if (!name) continue;
    if (FindAdapter(reading.config, *name) != nullptr) {
      reading.Complain(item, "has " + Quoted(*name) + " twice");
    } else {
      reading.config.adapters.push_back({*name});
    }
  }
}

// `[adapters.irc]`, even with nothing in it, lets the adapter attach.
void TakeAdapter(const Setting& setting, Reading& reading) {
  const std::string& name = setting.path.back();
  if (!std::holds_alternative<SettingTable>(setting.value)) {
    reading.Complain(setting, "must be a table [adapters.NAME]");
  } else if (!IsName(name)) {
    reading.Complain(setting, "is not named like an adapter: at most 64 letters, digits, '.', '_'");
  } else {
    reading.config.adapters.push_back({name});
  }
}

void TakeInDoubt(const Setting& setting, Reading& reading) {
  // Missing only where the table's name was complained about.
  AdapterConfig* adapter = FindAdapter(reading.config, setting.path[1]);
  if (adapter == nullptr) return;
  TakeWord<InDoubt>(setting, reading, {{"resend", InDoubt::kResend}, {"drop", InDoubt::kDrop}},
                    adapter->in_doubt);
}

void TakeEngine(const Setting& setting, Reading& reading) {
  TakeWord<EngineKind>(setting, reading,
                       {{"memory", EngineKind::kMemory}, {"sqlite", EngineKind::kSqlite}},
                       reading.config.engine.kind);
}

void TakeLogLevel(const Setting& setting, Reading& reading) {
  TakeWord<LogLevel>(setting, reading,
                     {{"debug", LogLevel::kDebug},
                      {"info", LogLevel::kInfo},
                      {"warning", LogLevel::kWarning},
                      {"error", LogLevel::kError},
                      {"off", LogLevel::kOff}},
                     reading.config.log.level);
}

void TakeMetricsAddress(const Setting& setting, Reading& reading) {
  TakeListenAddress(setting, reading, reading.config.metrics.address);
  reading.config.metrics.address_is_named = true;
}

// docs/configuration.md explains each; a test compares.
constexpr ConfigKey kKeys[] = {
    {"adapter", [](auto& s, auto& r) { TakeName(s, r, r.config.adapter); }},
    {"adapters", TakeAdapterList},
    {"adapters.<name>", TakeAdapter},
    {"adapters.<name>.in_doubt", TakeInDoubt},
    {"command_prefix", [](auto& s, auto& r) { TakePrefix(s, r, r.config.command_prefix); }},
    {"engine.kind", TakeEngine},
    {"gateway.address", TakeGatewayAddress},
    {"gateway.botcomet.<name>", TakeCometPlugin},
    {"gateway.botcomet.<name>.key", TakeCometPluginKey},
    {"gateway.botcomet.<name>.pattern", TakeCometPluginPattern},
    {"gateway.botica.<name>", TakeBoticaBot},
    {"gateway.botica.<name>.pattern", TakeBoticaBotPattern},
    {"gateway.certificate", [](auto& s, auto& r) { TakePath(s, r, r.config.gateway.certificate); }},
    {"gateway.connections",
     [](auto& s, auto& r) { TakeLimit(s, r, r.config.gateway.connections); }},
    {"gateway.connections_per_address",
     [](auto& s, auto& r) { TakeLimit(s, r, r.config.gateway.connections_per_address); }},
    {"gateway.frames_per_second",
     [](auto& s, auto& r) { TakeLimit(s, r, r.config.gateway.frames_per_second); }},
    {"gateway.key", [](auto& s, auto& r) { TakePath(s, r, r.config.gateway.key); }},
    {"gateway.on", [](auto& s, auto& r) { TakeSwitch(s, r, r.config.gateway.on); }},
    {"gateway.origins", TakeGatewayOrigins},
    {"gateway.wnet.accounts",
     [](auto& s, auto& r) { TakeSwitch(s, r, r.config.gateway.wnet_accounts); }},
    {"gateway.wnet.expose", TakeWnetExpose},
    {"hub.name", [](auto& s, auto& r) { TakeName(s, r, r.config.name); }},
    {"limits.handler_mailbox",
     [](auto& s, auto& r) { TakeLimit(s, r, r.config.limits.handler_mailbox); }},
    {"limits.order_mailbox",
     [](auto& s, auto& r) { TakeLimit(s, r, r.config.limits.order_mailbox); }},
    {"limits.rooms", [](auto& s, auto& r) { TakeLimit(s, r, r.config.limits.rooms); }},
    {"limits.store_bytes",
     [](auto& s, auto& r) { TakeLimit(s, r, r.config.limits.store_bytes, kLargestStore); }},
    {"limits.store_keys", [](auto& s, auto& r) { TakeLimit(s, r, r.config.limits.store_keys); }},
    {"limits.users", [](auto& s, auto& r) { TakeLimit(s, r, r.config.limits.users); }},
    {"listen.address", [](auto& s, auto& r) { TakeListenAddress(s, r, r.config.listen.address); }},
    {"listen.tcp", [](auto& s, auto& r) { TakeSwitch(s, r, r.config.listen.tcp); }},
    {"listen.tls_certificate",
     [](auto& s, auto& r) { TakePath(s, r, r.config.listen.tls_certificate); }},
    {"listen.tls_client_ca",
     [](auto& s, auto& r) { TakePath(s, r, r.config.listen.tls_client_ca); }},
    {"listen.tls_key", [](auto& s, auto& r) { TakePath(s, r, r.config.listen.tls_key); }},
    {"listen.unix", [](auto& s, auto& r) { TakeSwitch(s, r, r.config.listen.unix_socket); }},
    {"log.level", TakeLogLevel},
    {"metrics.address", TakeMetricsAddress},
    {"metrics.on", [](auto& s, auto& r) { TakeSwitch(s, r, r.config.metrics.on); }},
};

std::vector<std::string> Steps(std::string_view path) {
  return absl::StrSplit(absl::string_view(path.data(), path.size()), '.');
}

// True if the first `count` steps of a path are those of a key.
bool Agree(const std::vector<std::string>& path, const std::vector<std::string>& key,
           std::size_t count) {
  return path.size() >= count && key.size() >= count &&
         std::equal(
             key.begin(), key.begin() + static_cast<std::ptrdiff_t>(count), path.begin(),
             [](const auto& step, const auto& given) { return step == kAnyName || step == given; });
}

}  // namespace

std::optional<std::string> TextOf(const Setting& setting, Reading& reading) {
  if (const auto* text = std::get_if<std::string>(&setting.value)) return *text;
  reading.Complain(setting, "must be a text in quotes");
  return std::nullopt;
}

void TakeSwitch(const Setting& setting, Reading& reading, bool& into) {
  if (const auto* truth = std::get_if<bool>(&setting.value)) {
    into = *truth;
  } else {
    reading.Complain(setting, "must be true or false");
  }
}

void TakePath(const Setting& setting, Reading& reading, std::string& into) {
  auto path = TextOf(setting, reading);
  if (!path) return;
  if (path->starts_with('/') && path->find('\0') == std::string::npos) {
    into = *std::move(path);
  } else {
    reading.Complain(setting, "must be an absolute path");
  }
}

void TakeLimit(const Setting& setting, Reading& reading, std::size_t& into, std::int64_t largest) {
  const auto* number = std::get_if<std::int64_t>(&setting.value);
  if (number != nullptr && *number >= 1 && *number <= largest) {
    into = static_cast<std::size_t>(*number);
  } else {
    reading.Complain(setting, "must be a whole number from 1 to " + std::to_string(largest));
  }
}

void TakeListenAddress(const Setting& setting, Reading& reading, std::string& into) {
  auto address = TextOf(setting, reading);
  if (!address) return;
  if (const absl::Status status = CheckListenAddress(*address); status.ok()) {
    into = *std::move(address);
  } else {
    reading.Complain(setting, "is wrong: " + std::string(status.message()));
  }
}

void Reading::Complain(const Setting& setting, std::string_view what) {
  mistakes.push_back({setting.line, PathOf(setting) + " " + std::string(what)});
}

std::span<const ConfigKey> ConfigKeys() { return kKeys; }

const ConfigKey* FindConfigKey(const std::vector<std::string>& path) {
  for (const ConfigKey& key : kKeys) {
    const auto steps = Steps(key.path);
    if (steps.size() == path.size() && Agree(path, steps, path.size())) return &key;
  }
  return nullptr;
}

bool IsConfigTable(const std::vector<std::string>& path) {
  return std::any_of(std::begin(kKeys), std::end(kKeys), [&](const ConfigKey& key) {
    const auto steps = Steps(key.path);
    return steps.size() > path.size() && Agree(path, steps, path.size());
  });
}

std::vector<std::string> NamesBeside(const std::vector<std::string>& path) {
  std::vector<std::string> names;
  for (const ConfigKey& key : kKeys) {
    const auto steps = Steps(key.path);
    if (steps.size() < path.size() || !Agree(path, steps, path.size() - 1)) continue;
    const std::string& step = steps[path.size() - 1];
    if (step != kAnyName) names.push_back(step);
  }
  return names;
}

}  // namespace chathub
