#include "adapters/irc/options.h"

#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>

namespace chathub::irc {
namespace {

// Why the file cannot keep a secret; empty if it can.
std::string RefuseSecretFile(const std::string& path) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) return "cannot read " + path;
  if ((found.st_mode & 077) == 0) return {};
  return path + " is open to other users, who may have read it; close it with: chmod 600 " + path;
}

// Of the file if one is named, else of the environment.
std::string Secret(const std::string& path, const char* variable) {
  if (path.empty()) {
    const char* value = std::getenv(variable);
    return value == nullptr ? std::string() : value;
  }
  if (const std::string problem = RefuseSecretFile(path); !problem.empty()) {
    throw CLI::ValidationError(problem);
  }
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  if (!line.empty() && line.back() == '\r') line.pop_back();
  if (line.empty()) throw CLI::ValidationError(path + " is empty");
  return line;
}

bool IsLoopback(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

void AddHub(CLI::App& app, Options& options) {
  app.add_option("--name", options.settings.adapter, "Name of this adapter")
      ->capture_default_str()
      ->envname("CHATHUB_IRC_NAME");
  app.add_option("--address", options.hub.address, "The hub, for example 127.0.0.1:6196");
  app.add_option("--data", options.hub.data_folder, "The hub's data folder");
}

void AddServer(CLI::App& app, Options& options) {
  Server& server = options.server;
  app.add_option("--server", server.host, "The IRC server's name")
      ->required()
      ->envname("CHATHUB_IRC_SERVER");
  app.add_option("--port", server.port, "Its port (default: 6697; 6667 with --plain)")
      ->check(CLI::Range(1, 65'535))
      ->envname("CHATHUB_IRC_PORT");
  app.add_flag("--plain", server.plain, "Without TLS; everybody on the way can read and write");
  app.add_option("--ca", server.ca,
                 "PEM file of the authorities that the server's certificate may come from\n"
                 "(default: those of the system)");
  app.add_option("--certificate", server.certificate, "PEM file of our own certificate");
  app.add_option("--key", server.key, "PEM file of its key");
  app.add_option("--flood-burst", options.settings.flood_burst,
                 "How many lines the server takes at once")
      ->check(CLI::Range(1, 1'000))
      ->capture_default_str();
}

void AddIdentity(CLI::App& app, Settings& settings) {
  app.add_option("--nick", settings.nick, "How the bot is called")
      ->capture_default_str()
      ->envname("CHATHUB_IRC_NICK");
  app.add_option("--user", settings.user, "Its user name")->capture_default_str();
  app.add_option("--real-name", settings.real_name, "What it says of itself")
      ->capture_default_str();
  app.add_option("--account", settings.account, "Its account at the services")
      ->envname("CHATHUB_IRC_ACCOUNT");
  app.add_flag("--external", settings.external, "Log in by the certificate (SASL EXTERNAL)");
  app.add_option("--nickserv", settings.nickserv, "Whom to identify to where there is no SASL")
      ->capture_default_str();
  app.add_option(
      "--channel", settings.channels,
      "Where it is to be: name, or \"name key\"; # may be left out, and must be in a file");
}

struct Numbers {
  int flood_interval = 2'000;
  int return_after_kick = 30;
  std::string password_file;
  std::string server_password_file;
};

void AddRest(CLI::App& app, Numbers& numbers) {
  app.add_option("--flood-interval", numbers.flood_interval,
                 "Behind the burst, one line in so many milliseconds")
      ->check(CLI::Range(0, 60'000))
      ->capture_default_str();
  app.add_option("--return-after-kick", numbers.return_after_kick,
                 "Seconds until it comes back to a channel that it was kicked out of; 0: never")
      ->check(CLI::Range(0, 86'400))
      ->capture_default_str();
  app.add_option("--password-file", numbers.password_file,
                 "File with the account's password (else $CHATHUB_IRC_PASSWORD)");
  app.add_option("--server-password-file", numbers.server_password_file,
                 "File with the server's password (else $CHATHUB_IRC_SERVER_PASSWORD)");
  app.set_config("--config", "", "File of these options, as `name = value` (TOML)");
}

// In a file '#' begins a comment, in a shell too: `lab` is `#lab`.
void CompleteChannels(std::vector<std::string>& channels) {
  for (std::string& channel : channels) {
    if (!channel.empty() && std::string("#&+!").find(channel.front()) == std::string::npos) {
      channel.insert(0, "#");
    }
  }
}

// What cannot go together.
void Check(const Options& options) {
  const Settings& settings = options.settings;
  const Server& server = options.server;
  const auto refuse = [](const char* why) { throw CLI::ValidationError(why); };
  if (server.certificate.empty() != server.key.empty()) {
    refuse("--certificate and --key go together");
  }
  if (settings.external && server.certificate.empty()) refuse("--external needs --certificate");
  if (settings.external && server.plain) refuse("--external needs TLS, not --plain");
  if (!settings.external && settings.account.empty() != settings.password.empty()) {
    refuse("an --account has a password, in --password-file or $CHATHUB_IRC_PASSWORD");
  }
  const bool secret = !settings.password.empty() || !settings.server_password.empty();
  if (server.plain && secret && !IsLoopback(server.host)) {
    refuse("a password does not go over the network in the clear: leave --plain out");
  }
  if (!server.key.empty()) {
    if (const std::string why = RefuseSecretFile(server.key); !why.empty()) refuse(why.c_str());
  }
}

}  // namespace

std::optional<Options> ParseOptions(int argc, char** argv, int& exit_status) {
  Options options;
  Numbers numbers;
  CLI::App app{"Plugs an IRC network into the hub."};
  AddHub(app, options);
  AddServer(app, options);
  AddIdentity(app, options.settings);
  AddRest(app, numbers);
  try {
    app.parse(argc, argv);
    options.settings.password = Secret(numbers.password_file, "CHATHUB_IRC_PASSWORD");
    options.settings.server_password =
        Secret(numbers.server_password_file, "CHATHUB_IRC_SERVER_PASSWORD");
    Check(options);
  } catch (const CLI::ParseError& error) {
    exit_status = app.exit(error) == 0 ? 0 : 2;
    return std::nullopt;
  }
  if (options.server.port == 0) options.server.port = options.server.plain ? 6667 : 6697;
  CompleteChannels(options.settings.channels);
  options.settings.flood_interval = Moment(numbers.flood_interval);
  options.settings.return_after_kick = std::chrono::seconds(numbers.return_after_kick);
  return options;
}

}  // namespace chathub::irc
