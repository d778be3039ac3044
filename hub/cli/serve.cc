#include <CLI/CLI.hpp>
#include <optional>
#include <ostream>
#include <string>

#include "hub/base/log.h"
#include "hub/cli/commands.h"
#include "hub/cli/config_file.h"
#include "hub/cli/data_folder_path.h"
#include "hub/cli/hub_runner.h"
#include "hub/listen_address.h"

namespace chathub::cli {
namespace {

// Flags as they were given; what is empty leaves the configuration as it is.
struct ServeFlags {
  std::string config;
  std::string data;
  std::string engine;
  std::string listen;
  std::string log_level;
  std::string gateway;
  std::string metrics;
  bool no_tcp = false;
};

std::string RefuseAddress(const std::string& address) {
  return std::string(CheckListenAddress(address).message());
}

std::string RefuseAddressUnlessOff(const std::string& address) {
  return address == "off" ? std::string() : RefuseAddress(address);
}

// For the ports that a hub can do without; empty leaves the configuration as it is.
template <class PortConfig>
void OverridePort(const std::string& flag, PortConfig& config) {
  if (flag.empty()) return;
  config.on = flag != "off";
  if (!config.on) return;
  config.address = flag;
  config.address_is_named = true;
}

// The log's thread runs as long as the hub does.
class LogOfAHub {
 public:
  explicit LogOfAHub(LogLevel level) { StartLog(level); }
  ~LogOfAHub() { StopLog(); }
  LogOfAHub(const LogOfAHub&) = delete;
  LogOfAHub& operator=(const LogOfAHub&) = delete;
};

class ServeCommand final : public Command {
 public:
  void Describe(CLI::App& app) override {
    DescribeConfigFile(app, flags_.config);
    app.add_option("--data", flags_.data, "The data folder (else CHATHUB_DATA)")->type_name("DIR");
    app.add_option("--engine", flags_.engine, "Where mailboxes lie")
        ->check(CLI::IsMember({"memory", "sqlite"}));
    auto* listen = app.add_option("--listen", flags_.listen,
                                  "Listen on this address, beyond loopback only with TLS; port 0 "
                                  "is any free one");
    listen->type_name("HOST:PORT")->check(RefuseAddress);
    app.add_flag("--no-tcp", flags_.no_tcp, "Listen on the Unix socket alone")->excludes(listen);
    app.add_option("--gateway", flags_.gateway,
                   "WebSockets of older protocols, on this loopback address; `off`: none")
        ->type_name("HOST:PORT")
        ->check(RefuseAddressUnlessOff);
    app.add_option("--metrics", flags_.metrics,
                   "/metrics for Prometheus, on this loopback address; `off`: none")
        ->type_name("HOST:PORT")
        ->check(RefuseAddressUnlessOff);
    app.add_option("--log-level", flags_.log_level, "The least that is written to stderr")
        ->check(CLI::IsMember({"debug", "info", "warning", "error", "off"}));
  }

  int Run(const Outside& outside) override {
    auto config = ReadConfig(flags_.config);
    if (!config.ok()) {
      outside.err << std::string(config.status().message()) << '\n';
      return kUsage;
    }
    Override(*config);
    if (!config->listen.tcp && !config->listen.unix_socket) {
      return Complain(outside, kUsage,
                      "--no-tcp and listen.unix = false leave nothing to listen on");
    }
    if (config->listen.tcp && config->listen.tls_certificate.empty() &&
        !IsLoopbackAddress(config->listen.address)) {
      return Complain(outside, kUsage,
                      config->listen.address +
                          " is not on loopback (127.0.0.1, [::1], localhost): there it needs TLS, "
                          "set listen.tls_certificate and listen.tls_key in the configuration "
                          "(see chathub serve --help)");
    }
    if (config->gateway.on && config->gateway.certificate.empty() &&
        !IsLoopbackAddress(config->gateway.address)) {
      return Complain(
          outside, kUsage,
          config->gateway.address +
              " is not on loopback (127.0.0.1, [::1], localhost): there the gateway "
              "needs TLS, set gateway.certificate and gateway.key in the configuration");
    }
    if (config->metrics.on && !IsLoopbackAddress(config->metrics.address)) {
      return Complain(outside, kUsage,
                      config->metrics.address +
                          " is not on loopback (127.0.0.1, [::1], localhost): metrics have neither "
                          "TLS nor a password, let a proxy on this machine fetch them");
    }
    auto folder = DataFolder::Open(DataFolderPath(flags_.data));
    if (!folder.ok()) return Complain(outside, kFailed, std::string(folder.status().message()));
    const LogOfAHub log(config->log.level);
    return outside.runner.serve(*config, **folder);
  }

 private:
  void Override(Config& config) const {
    if (!flags_.listen.empty()) {
      config.listen.address = flags_.listen;
      config.listen.tcp = true;
    }
    if (flags_.no_tcp) config.listen.tcp = false;
    if (const auto kind = ParseEngineKind(flags_.engine)) config.engine.kind = *kind;
    OverridePort(flags_.gateway, config.gateway);
    OverridePort(flags_.metrics, config.metrics);
    if (const auto level = ParseLogLevel(flags_.log_level)) config.log.level = *level;
  }

  ServeFlags flags_;
};

}  // namespace

std::unique_ptr<Command> MakeServe() { return std::make_unique<ServeCommand>(); }

}  // namespace chathub::cli
