#include "chathub/hub_address.h"

#include <arpa/inet.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <optional>

namespace chathub {
namespace {

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

std::string HomeFolder() {
  if (std::string home = Environment("HOME"); !home.empty()) return home;
  const passwd* user = getpwuid(getuid());
  return user == nullptr || user->pw_dir == nullptr ? std::string() : user->pw_dir;
}

// Nothing if the file is not there; an unreadable file counts as empty.
std::optional<std::string> FirstLine(const std::string& path) {
  if (access(path.c_str(), F_OK) != 0 && errno != EACCES) return std::nullopt;
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  return line;
}

FoundHub NotFound(FoundHub::Outcome outcome, std::string problem) {
  return {outcome, {}, std::move(problem)};
}

FoundHub NotRunning(const std::string& folder) {
  return NotFound(FoundHub::Outcome::kNotRunning,
                  "no hub is running in " + folder + " (start one with: chathub serve)");
}

std::string FirstOf(const std::string& given, const std::string& else_this) {
  return given.empty() ? else_this : given;
}

bool IsUnix(const std::string& target) { return target.starts_with("unix"); }

// The host is this machine's own.
bool IsLoopback(std::string target) {
  for (const std::string scheme : {"dns:///", "dns:", "ipv4:", "ipv6:"}) {
    if (target.starts_with(scheme)) target.erase(0, scheme.size());
  }
  const std::string host = target.substr(0, target.rfind(':'));
  in_addr four{};
  if (inet_pton(AF_INET, host.c_str(), &four) == 1) return (ntohl(four.s_addr) >> 24) == 127;
  return host == "localhost" || host == "[::1]";
}

// Why a file cannot serve; empty if it can.
std::string RefuseFile(const std::string& path, bool secret) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0 || access(path.c_str(), R_OK) != 0) {
    return "cannot read " + path + ": " + std::strerror(errno);
  }
  if (!secret || (found.st_mode & 077) == 0) return {};
  return "the key " + path +
         " is open to other users, who may have read it; close it with: " + "chmod 600 " + path;
}

// Why there can be no safe connection; empty if there can.
std::string RefuseTls(const HubAddress& address) {
  if (IsUnix(address.target)) return {};
  if (address.ca.empty()) {
    if (IsLoopback(address.target)) return {};
    return "the hub at " + address.target +
           " is beyond this machine, where a token must not go in the clear; name its authority's "
           "certificate with CHATHUB_CA";
  }
  if (address.certificate.empty() != address.key.empty()) {
    return "CHATHUB_CERTIFICATE and CHATHUB_KEY go together; one of them is missing";
  }
  std::string problem = RefuseFile(address.ca, false);
  if (problem.empty() && !address.key.empty()) problem = RefuseFile(address.certificate, false);
  if (problem.empty() && !address.key.empty()) problem = RefuseFile(address.key, true);
  return problem;
}

// A token goes into a header, where only visible ASCII may stand.
bool IsToken(const std::string& token) {
  for (char c : token) {
    if (c < '!' || c > '~') return false;
  }
  return !token.empty();
}

}  // namespace

std::string DataFolder(const std::string& given) {
  if (!given.empty()) return given;
  if (std::string folder = Environment("CHATHUB_DATA"); !folder.empty()) return folder;
  if (std::string folder = Environment("XDG_DATA_HOME"); !folder.empty()) {
    return folder + "/chathub";
  }
  return HomeFolder() + "/.local/share/chathub";
}

FoundHub FindHub(const HubOptions& options) {
  const std::string folder = DataFolder(options.data_folder);
  FoundHub found;
  found.address.target = options.address.empty() ? Environment("CHATHUB_ADDRESS") : options.address;
  const bool told_where = !found.address.target.empty();
  if (!told_where) {
    const auto line = FirstLine(folder + "/endpoints");
    if (!line || line->empty()) return NotRunning(folder);
    found.address.target = *line;
  }

  found.address.token = options.token.empty() ? Environment("CHATHUB_TOKEN") : options.token;
  if (found.address.token.empty()) {
    const auto line = FirstLine(folder + "/owner-token");
    // The hub writes it before it listens, so without an address there is no hub here yet.
    if (!line && !told_where) return NotRunning(folder);
    if (!line || line->empty()) {
      return NotFound(FoundHub::Outcome::kMisconfigured,
                      "no token: set CHATHUB_TOKEN, or make " + folder + "/owner-token readable");
    }
    found.address.token = *line;
  }
  if (!IsToken(found.address.token)) {
    return NotFound(FoundHub::Outcome::kMisconfigured, "the token holds characters no token has");
  }
  found.address.ca = FirstOf(options.ca, Environment("CHATHUB_CA"));
  found.address.certificate = FirstOf(options.certificate, Environment("CHATHUB_CERTIFICATE"));
  found.address.key = FirstOf(options.key, Environment("CHATHUB_KEY"));
  if (std::string problem = RefuseTls(found.address); !problem.empty()) {
    return NotFound(FoundHub::Outcome::kMisconfigured, std::move(problem));
  }
  return found;
}

}  // namespace chathub
