// The adapter `shell`: a terminal, or a pair of pipes, as a chat service.
#include <unistd.h>

#include "adapters/shell/options.h"
#include "adapters/shell/pipe.h"
#include "adapters/shell/terminal.h"

int main(int argc, char** argv) {
  int status = 0;
  const auto options = chathub::shell::ParseOptions(argc, argv, status);
  if (!options) return status;
  const bool at_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
  return at_terminal ? chathub::shell::TalkAtTerminal(*options)
                     : chathub::shell::TalkThroughPipes(*options);
}
