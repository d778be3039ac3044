// What was written beside what came.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sdk/transcript/transcript.h"

namespace chathub::transcript {

struct Difference {
  // The first line of the file that does not hold.
  int line = 0;
  // The step and both answers, `-` before what was written and `+` before what came.
  std::string text = {};
};

// Nothing if the bot did what is written.
std::optional<Difference> Compare(const Step& step, const std::vector<Act>& seen);

}  // namespace chathub::transcript
