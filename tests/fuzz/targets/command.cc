// A command: lines `NAME TYPE FLAGS` for its arguments, an empty line, and what a user types.
#include "hub/core/routing/command.h"

#include "tests/fuzz/fuzz.h"

namespace {

using namespace chathub;
using namespace chathub::fuzz;

v1::Command ReadCommand(std::string_view& text) {
  v1::Command command;
  command.set_word(std::string(TakeUpTo('\n', text)));
  while (auto line = TakeLine(text)) {
    if (line->empty()) break;
    v1::Argument& argument = *command.add_arguments();
    argument.set_name(std::string(TakeUpTo(' ', *line)));
    const std::string_view type = TakeUpTo(' ', *line);
    argument.set_type(static_cast<v1::ArgumentType>(type.empty() ? 0 : type.front() - '0'));
    argument.set_required(line->find('r') != std::string_view::npos);
    argument.set_option(line->find('o') != std::string_view::npos);
  }
  return command;
}

void SeeCaptures(const Fit& fit, std::string_view typed) {
  Promise(fit.captures.at(0).name == kRest && fit.captures[0].value == typed, "all the rest");
  for (const Capture& capture : fit.captures) {
    const bool within = capture.value.data() >= typed.data() &&
                        capture.value.data() + capture.value.size() <= typed.data() + typed.size();
    Promise(within || capture.value == "true" || capture.value == "false",
            "a capture is a piece of the text, or yes or no");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::string_view text = TextOf(bytes, size);
  if (!IsUtf8(text)) return 0;
  const FirstWord first = SplitFirstWord(text);
  Promise(text.find(first.word) != std::string_view::npos && text.ends_with(first.rest), "a cut");
  const auto command = Command::Compile(ReadCommand(text), "");
  if (!command.ok()) {
    const auto why = command.status().message();
    Promise(!why.empty() && IsUtf8({why.data(), why.size()}), "a refusal says why");
    return 0;
  }
  const Fit fit = command->Match(text);
  if (fit.complaint.empty()) {
    SeeCaptures(fit, text);
  } else {
    Promise(fit.captures.empty(), "who misfits has nothing");
    Promise(IsUtf8(fit.complaint), "and is told why");
    Promise(fit.complaint.find('\n') == std::string::npos, "in one line");
  }
  return 0;
}
