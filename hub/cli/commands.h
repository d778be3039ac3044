// Every command of `chathub`, in the order of its help.
#pragma once

#include <memory>
#include <span>

#include "hub/cli/command.h"

namespace chathub::cli {

struct CommandEntry {
  const char* name;
  // One line of the help.
  const char* summary;
  std::unique_ptr<Command> (*make)();
};

std::span<const CommandEntry> Commands();

// Each in a file of its own name.
std::unique_ptr<Command> MakeServe();
std::unique_ptr<Command> MakeCheck();
std::unique_ptr<Command> MakeStore();
std::unique_ptr<Command> MakeStatus();
std::unique_ptr<Command> MakePeers();
std::unique_ptr<Command> MakeRoutes();
std::unique_ptr<Command> MakeWhy();
std::unique_ptr<Command> MakeSend();
std::unique_ptr<Command> MakeDead();
std::unique_ptr<Command> MakeAccount();
std::unique_ptr<Command> MakeBotica();
std::unique_ptr<Command> MakeTail();
std::unique_ptr<Command> MakeToken();
std::unique_ptr<Command> MakeGroup();
std::unique_ptr<Command> MakeVersion();

}  // namespace chathub::cli
