// What the command line says.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "chathub/hub_address.h"

namespace chathub::shell {

struct Options {
  HubOptions hub;
  std::string name = "shell";
  // Empty: the login name.
  std::string user;
  // Empty: a private talk.
  std::string room;
  std::vector<std::string> mention_names = {"hub"};
  // Between pipes: so many lines are out at the same time. With one, replies come in the order of
  // the lines, whoever gives them.
  int at_once = 1;
  std::chrono::seconds settle_timeout{40};
};

// Nothing if the process is to end with `exit_status`, all being said already.
std::optional<Options> ParseOptions(int argc, char** argv, int& exit_status);

std::string LoginName();

}  // namespace chathub::shell
