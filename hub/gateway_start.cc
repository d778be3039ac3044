#include "hub/gateway_start.h"

#include <fstream>
#include <iterator>
#include <string>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/gateway/botcomet/padlock.h"
#include "hub/private_file.h"
#include "hub/tls_files.h"

namespace chathub {
namespace {

constexpr std::size_t kLargestKey = 64 * 1024;

// Only the first start does anything with the keys but read their files: in OpenSSL's hands they
// would take 2 MB of memory, for a network that most hubs have no peer of.
absl::StatusOr<botcomet::KeyPair> OwnKeys(const DataFolder& folder) {
  const auto public_path = folder.path() / "botcomet-public.pem";
  const auto private_path = folder.path() / "botcomet-key.pem";
  auto public_pem = ReadPrivateFile(public_path, kLargestKey);
  if (!public_pem.ok()) return public_pem.status();
  auto private_pem = ReadPrivateFile(private_path, kLargestKey);
  if (!private_pem.ok()) return private_pem.status();
  if (public_pem->has_value() && private_pem->has_value()) return {{**public_pem, **private_pem}};
  const auto keys =
      private_pem->has_value() ? botcomet::PairOf(**private_pem) : botcomet::MakeKeyPair();
  if (!keys.has_value()) return Fail(Reason::kOurFault, "OpenSSL has no key for BotComet");
  absl::Status status = WritePrivateFile(public_path, keys->public_pem);
  if (status.ok()) status = WritePrivateFile(private_path, keys->private_pem);
  if (!status.ok()) return status;
  return *keys;
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), {});
  if (file && !text.empty()) return text;
  return Fail(Reason::kBadFrame, "cannot read the public key " + path);
}

absl::StatusOr<GatewayOptions> OptionsOf(const GatewayConfig& config, const DataFolder& folder) {
  GatewayOptions options{.address = config.address,
                         .certificate = config.certificate,
                         .key = config.key,
                         .origins = config.origins};
  options.limits.connections = config.connections;
  options.limits.per_address = config.connections_per_address;
  options.limits.frames = static_cast<int>(config.frames_per_second);
  options.networks.wnet = {.accounts = config.wnet_accounts, .expose = config.wnet_expose};
  auto keys = OwnKeys(folder);
  if (!keys.ok()) return keys.status();
  options.networks.botcomet.own_keys = *std::move(keys);
  for (const CometPluginConfig& plugin : config.comet_plugins) {
    auto pem = ReadFile(plugin.key);
    if (!pem.ok()) return pem.status();
    options.networks.botcomet.plugins.push_back({plugin.alias, *std::move(pem), plugin.pattern});
  }
  for (const BoticaBotConfig& bot : config.botica_bots) {
    options.networks.botica.push_back({bot.id, bot.pattern});
  }
  return options;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Gateway>> StartGateway(const GatewayConfig& config,
                                                      const DataFolder& folder, Hub& hub,
                                                      HubLoop& loop, Workshop& workshop) {
  if (!config.on) return nullptr;
  const ListenConfig files{.tls_certificate = config.certificate, .tls_key = config.key};
  if (absl::Status status = CheckTlsFiles(files); !status.ok()) return status;
  auto options = OptionsOf(config, folder);
  if (!options.ok()) return options.status();
  auto gateway = Gateway::Open(*std::move(options), hub, loop, workshop);
  if (gateway.ok()) {
    const std::string scheme = config.certificate.empty() ? "ws://" : "wss://";
    Log(LogLevel::kInfo, "listening", {{"gateway", scheme + (*gateway)->address()}});
    return gateway;
  }
  if (config.address_is_named || ReasonOf(gateway.status()) != Reason::kNotAttached) {
    return gateway.status();
  }
  Log(LogLevel::kWarning, "no gateway", {{"why", std::string(gateway.status().message())}});
  return nullptr;
}

}  // namespace chathub
