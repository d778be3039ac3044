// The text of a message made of blocks: bytes of the wire, as an adapter may send them.
#include "hub/core/plain_text.h"

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace chathub;
  using namespace chathub::fuzz;
  v1::Content content;
  if (!content.ParseFromArray(bytes, static_cast<int>(size))) return 0;
  const std::string text = PlainText(content);
  Promise(IsUtf8(text), "what protobuf lets in is UTF-8, and so is what is made of it");
  if (content.text().empty()) Promise(text.size() <= kLongestMadeText, "it has a bound");
  Promise(PlainText(content) == text, "it is always the same");
  return 0;
}
