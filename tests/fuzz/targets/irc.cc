// What an IRC server sends: bytes to lines, lines to messages and back, and the texts in them.
#include <algorithm>
#include <vector>

#include "adapters/irc/line_buffer.h"
#include "adapters/irc/message.h"
#include "adapters/irc/splitter.h"
#include "adapters/irc/text.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace chathub::fuzz;
using namespace chathub::irc;
using chathub::IsUtf8;

std::vector<std::string> LinesOf(std::string_view bytes, std::size_t piece) {
  LineBuffer buffer;
  std::vector<std::string> lines;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    buffer.Add(bytes.substr(0, piece));
    while (auto line = buffer.Next()) lines.push_back(*std::move(line));
  }
  return lines;
}

void SeeLine(std::string_view line) {
  const auto message = ParseLine(line);
  if (!message.has_value()) return;
  Promise(!message->command.empty(), "a message has a command");
  const std::string written = FormatLine(message->command, message->params);
  Promise(FormatLine("SAY", message->params).find_first_of("\r\n") == std::string::npos,
          "whatever the parameters are, it is one line");
  const bool odd = message->command.find_first_of(":@", 0) == 0 ||
                   line.find_first_of(std::string_view("\0\r", 2)) != std::string_view::npos;
  if (odd) return;
  const auto again = ParseLine(written);
  Promise(again.has_value() && again->command == message->command, "a line is read again");
  Promise(again->params == message->params, "with all its parameters");
}

void SeeText(std::string_view bytes) {
  const std::string text = FromBytes(bytes);
  Promise(IsUtf8(text), "bytes become UTF-8");
  PromiseUtf8(true, WithoutFormatting(text));
  const std::string line = OneLine(text);
  PromiseUtf8(true, line);
  Promise(line.find_first_of(std::string_view("\0\1\r\n", 4)) == std::string::npos, "one line");
  for (const std::size_t most : {4, 5, 17, 400}) {
    std::string joined;
    for (const std::string& piece : Split(text, most)) {
      Promise(piece.size() <= most && IsUtf8(piece), "a piece fits and cuts no code point");
      joined += piece;
    }
    Promise(joined == text, "the pieces are the text");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text = TextOf(bytes, size);
  const std::vector<std::string> lines = LinesOf(text, size);
  Promise(lines == LinesOf(text, 3), "it does not matter how bytes come");
  for (const std::string& line : lines) SeeLine(line);
  SeeLine(text.substr(0, text.find('\n')));
  SeeText(text);
  return 0;
}
