// The configuration of a hub: a TOML file, or the defaults below where it says nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "hub/base/log.h"

namespace chathub {

// What becomes of an order that was handed out and never reported as done.
enum class InDoubt { kResend, kDrop };

// An adapter that may attach.
struct AdapterConfig {
  std::string name;
  InDoubt in_doubt = InDoubt::kResend;
};

struct ListenConfig {
  // `HOST:PORT`; port 0 is any free one. Beyond loopback only with TLS.
  std::string address = "127.0.0.1:6196";
  bool tcp = true;
  // The Unix socket in the data folder.
  bool unix_socket = true;
  // Absolute paths of PEM files. With a certificate, what is not the Unix socket speaks TLS.
  std::string tls_certificate;
  std::string tls_key;
  std::string tls_client_ca;  // clients must show a certificate of it; empty: none is asked for
};

enum class EngineKind { kMemory, kSqlite };

struct EngineConfig {
  EngineKind kind = EngineKind::kSqlite;
};

// A BotComet plugin that is a handler once it has proved its key.
struct CometPluginConfig {
  std::string alias;
  std::string key;  // the PEM file of its public key
  std::string pattern;
};

struct BoticaBotConfig {
  std::string id;
  std::string pattern = {};  // empty: it hears nothing of the chat
};

struct GatewayConfig {
  bool on = true;
  // Loopback only; port 0 is any free one. A port that is taken is a mistake only where the
  // configuration names it.
  std::string address = "127.0.0.1:6197";
  bool address_is_named = false;
  // PEM files; empty: no TLS.
  std::string certificate = {};
  std::string key = {};
  std::vector<std::string> origins = {};
  std::size_t connections = 10'000;
  std::size_t connections_per_address = 500;
  std::size_t frames_per_second = 1'000;  // of one connection
  bool wnet_accounts = true;
  std::vector<std::string> wnet_expose = {};
  std::vector<CometPluginConfig> comet_plugins = {};
  std::vector<BoticaBotConfig> botica_bots = {};
};

struct MetricsConfig {
  bool on = true;
  // Loopback only; port 0 is any free one. Taken, it is a mistake only where it was named.
  std::string address = "127.0.0.1:6198";
  bool address_is_named = false;
};

struct LimitsConfig {
  // Entries that wait in one mailbox.
  std::size_t handler_mailbox = 10'000;
  std::size_t order_mailbox = 10'000;
  // Of one plugin.
  std::size_t store_bytes = 64 * 1024 * 1024;
  std::size_t store_keys = 100'000;
  // Of one adapter, that are remembered.
  std::size_t users = 100'000;
  std::size_t rooms = 10'000;
};

struct LogConfig {
  LogLevel level = LogLevel::kInfo;
};

// A value: read once at the start and handed to whom it concerns.
struct Config {
  // What the bot is called in the chat; a mention of it addresses the bot.
  std::string name = "hub";
  // The selected adapter: the chat service.
  std::string adapter = "shell";
  // Every adapter that may attach, the selected one first; each name once.
  std::vector<AdapterConfig> adapters = {{"shell"}};
  // A text that starts with it is addressed to the bot; empty: there is none.
  std::string command_prefix = "!";
  ListenConfig listen;
  GatewayConfig gateway;
  MetricsConfig metrics;
  EngineConfig engine;
  LimitsConfig limits;
  LogConfig log;
};

// As in the file: "memory".
std::string_view EngineName(EngineKind kind);
std::optional<EngineKind> ParseEngineKind(std::string_view name);

// Reads a file. The error has one line `file:line: what` for each mistake in it.
absl::StatusOr<Config> LoadConfig(const std::string& path);

// `file_name` is only for the errors.
absl::StatusOr<Config> ParseConfig(std::string_view text, std::string_view file_name);

// ${XDG_CONFIG_HOME:-~/.config}/chathub/chathub.toml; empty when there is no home.
std::string DefaultConfigPath();

// Every key as a path, `<name>` standing for what the user chooses: "listen.address",
// "adapters.<name>.in_doubt".
std::vector<std::string> KnownKeys();

}  // namespace chathub
