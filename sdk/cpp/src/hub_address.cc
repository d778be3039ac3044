#include "chathub/hub_address.h"

#include <pwd.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
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
  return found;
}

}  // namespace chathub
