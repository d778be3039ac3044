// JSON of strangers: within its bounds, and the same again when it is written and read once more.
#include "hub/gateway/json.h"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "tests/fuzz/fuzz.h"

namespace {

int DepthOf(const boost::json::value& value) {
  int deepest = 0;
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) deepest = std::max(deepest, DepthOf(member.value()));
    return deepest + 1;
  }
  if (const auto* array = value.if_array()) {
    for (const auto& item : *array) deepest = std::max(deepest, DepthOf(item));
    return deepest + 1;
  }
  return deepest;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace chathub;
  using namespace chathub::fuzz;
  const std::string_view text = TextOf(bytes, size);
  if (IsUtf8(text)) {
    const auto quoted = ParseObject("{\"x\":" + Quote(text) + "}");
    Promise(quoted.has_value() && FindString(*quoted, "x") == text, "a quoted text is read again");
  }
  const auto object = ParseObject(text);
  if (!object.has_value()) return 0;
  Promise(IsUtf8(text), "what is read is UTF-8");
  Promise(DepthOf(*object) <= 32, "nothing is nested deeper than 32");
  const std::string written = boost::json::serialize(*object);
  Promise(IsUtf8(written), "what is written is UTF-8");
  // `1e999` is read as Infinity and `0e999` as NaN, which JSON cannot write: the hub writes no
  // numbers.
  const auto has = [&](const char* word) { return written.find(word) != std::string::npos; };
  if (has("Infinity") || has("NaN")) return 0;
  const auto again = ParseObject(written);
  Promise(again.has_value() && boost::json::serialize(*again) == written, "read and written again");
  return 0;
}
