// The adapter `irc`: an IRC network as a chat service.
#include "adapters/irc/bridge.h"
#include "adapters/irc/options.h"

int main(int argc, char** argv) {
  int status = 0;
  const auto options = chathub::irc::ParseOptions(argc, argv, status);
  return options ? chathub::irc::Bridge(*options).Run() : status;
}
