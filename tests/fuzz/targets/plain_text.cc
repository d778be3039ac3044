// The text of a message made of blocks: bytes of the wire, as an adapter may send them.
#include "hub/core/plain_text.h"

#include <google/protobuf/stubs/logging.h>

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace chathub;
  using namespace chathub::fuzz;
  // It complains of every text that is no UTF-8.
  static const auto quiet = google::protobuf::SetLogHandler(nullptr);
  static_cast<void>(quiet);
  v1::Content content;
  if (!content.ParseFromArray(bytes, static_cast<int>(size))) return 0;
  const std::string text = PlainText(content);
  Promise(IsUtf8(text), "what protobuf lets in is UTF-8, and so is what is made of it");
  if (content.text().empty()) Promise(text.size() <= kLongestMadeText, "it has a bound");
  Promise(PlainText(content) == text, "it is always the same");
  return 0;
}
