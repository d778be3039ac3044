#include "hub/config.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/nearest.h"
#include "hub/config_keys.h"
#include "hub/listen_address.h"
#include "hub/settings.h"

namespace chathub {
namespace {

std::string LastStep(const std::string& path) {
  const auto dot = path.rfind('.');
  return dot == std::string::npos ? path : path.substr(dot + 1);
}

std::optional<std::string> MeantInstead(const Setting& setting) {
  if (const auto step = Nearest(setting.path.back(), NamesBeside(setting.path))) {
    Setting meant = setting;
    meant.path.back() = *step;
    return PathOf(meant);
  }
  // A key in the wrong table is as common as a misspelt one.
  const std::vector<std::string> known = KnownKeys();
  const auto elsewhere = std::find_if(known.begin(), known.end(), [&](const std::string& key) {
    return LastStep(key) == setting.path.back();
  });
  if (elsewhere != known.end()) return *elsewhere;
  return std::nullopt;
}

// A table instead of a key, or the other way round, is unknown too.
void ComplainUnknown(const Setting& setting, Reading& reading) {
  if (IsConfigTable(setting.path)) {
    reading.Complain(setting, "is a table, written [" + PathOf(setting) + "]");
    return;
  }
  const auto meant = MeantInstead(setting);
  const bool moved_up = meant && setting.path.size() > 1 && meant->find('.') == std::string::npos;
  reading.Complain(setting, "is not known" + (meant ? "; did you mean " + *meant + "?" : "") +
                                (moved_up ? " It stands above every [table]." : ""));
}

bool Contains(const Setting& outer, const Setting& inner) {
  return inner.path.size() > outer.path.size() &&
         std::equal(outer.path.begin(), outer.path.end(), inner.path.begin());
}

void Apply(const std::vector<Setting>& settings, Reading& reading) {
  const Setting* unknown = nullptr;
  for (const Setting& setting : settings) {
    if (unknown != nullptr && Contains(*unknown, setting)) continue;
    const bool table = std::holds_alternative<SettingTable>(setting.value);
    const ConfigKey* key = FindConfigKey(setting.path);
    const bool only_table = key == nullptr || setting.path.size() == 1;
    if (table && only_table && IsConfigTable(setting.path)) continue;
    if (key != nullptr) {
      key->apply(setting, reading);
    } else {
      ComplainUnknown(setting, reading);
      unknown = &setting;
    }
  }
}

// The setting of that path, or the first of what is in its table. It is there.
const Setting& Find(const std::vector<Setting>& settings, const std::vector<std::string>& path) {
  return *std::find_if(settings.begin(), settings.end(), [&](const Setting& setting) {
    return setting.path.size() >= path.size() &&
           std::equal(path.begin(), path.end(), setting.path.begin());
  });
}

void CheckTls(const std::vector<Setting>& settings, Reading& reading) {
  const ListenConfig& listen = reading.config.listen;
  if (listen.tls_certificate.empty() != listen.tls_key.empty()) {
    const bool lacks_key = listen.tls_key.empty();
    reading.Complain(Find(settings, {"listen", lacks_key ? "tls_certificate" : "tls_key"}),
                     lacks_key ? "needs tls_key beside it" : "needs tls_certificate beside it");
  } else if (listen.tls_certificate.empty() && !listen.tls_client_ca.empty()) {
    reading.Complain(Find(settings, {"listen", "tls_client_ca"}),
                     "needs tls_certificate and tls_key beside it");
  }
  if (listen.tcp && listen.tls_certificate.empty() && !IsLoopbackAddress(listen.address)) {
    reading.Complain(Find(settings, {"listen", "address"}),
                     "is not on loopback (127.0.0.1, [::1], localhost): there it needs TLS, set "
                     "tls_certificate and tls_key");
  }
}

void CheckGateway(const std::vector<Setting>& settings, Reading& reading) {
  const GatewayConfig& gateway = reading.config.gateway;
  if (gateway.certificate.empty() != gateway.key.empty()) {
    const bool lacks_key = gateway.key.empty();
    return reading.Complain(Find(settings, {"gateway", lacks_key ? "certificate" : "key"}),
                            lacks_key ? "needs key beside it" : "needs certificate beside it");
  }
  if (!gateway.on || !gateway.certificate.empty() || IsLoopbackAddress(gateway.address)) return;
  reading.Complain(Find(settings, {"gateway", "address"}),
                   "is not on loopback (127.0.0.1, [::1], localhost): there it needs TLS, set "
                   "certificate and key, or put a proxy that has them in front");
}

// What no single key can get wrong.
void CheckTogether(const std::vector<Setting>& settings, Reading& reading) {
  CheckTls(settings, reading);
  CheckGateway(settings, reading);
  if (reading.config.listen.tcp || reading.config.listen.unix_socket) return;
  reading.Complain(Find(settings, {"listen"}),
                   "leaves nothing to listen on: set tcp or unix to true");
}

// The selected adapter is allowed and comes first, whether it is listed or not.
void PutSelectedFirst(Config& config) {
  auto& adapters = config.adapters;
  const auto selected =
      std::find_if(adapters.begin(), adapters.end(),
                   [&](const AdapterConfig& adapter) { return adapter.name == config.adapter; });
  if (selected == adapters.end()) {
    adapters.insert(adapters.begin(), {config.adapter});
  } else {
    std::rotate(adapters.begin(), selected, std::next(selected));
  }
}

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

absl::Status CannotRead(const std::string& path, const std::string& why) {
  return Fail(Reason::kBadFrame, path + ": cannot be read: " + why);
}

}  // namespace

std::string_view EngineName(EngineKind kind) {
  return kind == EngineKind::kMemory ? "memory" : "sqlite";
}

std::optional<EngineKind> ParseEngineKind(std::string_view name) {
  for (const EngineKind kind : {EngineKind::kMemory, EngineKind::kSqlite}) {
    if (name == EngineName(kind)) return kind;
  }
  return std::nullopt;
}

absl::StatusOr<Config> LoadConfig(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return CannotRead(path, "it is a folder");
  std::ifstream file(path, std::ios::binary);
  if (!file) return CannotRead(path, std::strerror(errno));
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  return ParseConfig(text, path);
}

absl::StatusOr<Config> ParseConfig(std::string_view text, std::string_view file_name) {
  Reading reading;
  reading.config.adapters.clear();
  const auto settings = ReadSettings(text, reading.mistakes);
  Apply(settings, reading);
  CheckTogether(settings, reading);
  if (!reading.mistakes.empty()) return ToStatus(std::move(reading.mistakes), file_name);
  PutSelectedFirst(reading.config);
  return std::move(reading.config);
}

std::string DefaultConfigPath() {
  if (const auto folder = Environment("XDG_CONFIG_HOME"); !folder.empty()) {
    return folder + "/chathub/chathub.toml";
  }
  const auto home = Environment("HOME");
  return home.empty() ? std::string() : home + "/.config/chathub/chathub.toml";
}

std::vector<std::string> KnownKeys() {
  std::vector<std::string> paths;
  for (const ConfigKey& key : ConfigKeys()) paths.emplace_back(key.path);
  return paths;
}

}  // namespace chathub
