// JSON of strangers: within its bounds, and the same again when it is written and read once more.
#include "hub/gateway/json.h"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "tests/fuzz/fuzz.h"

namespace {

struct Seen {
  int depth = 0;
  bool fractions = false;
};

Seen Look(const boost::json::value& value) {
  Seen seen{.fractions = value.is_double()};
  const auto look_into = [&seen](const boost::json::value& inner) {
    const Seen below = Look(inner);
    seen.depth = std::max(seen.depth, below.depth);
    seen.fractions = seen.fractions || below.fractions;
  };
  if (const auto* object = value.if_object()) {
    for (const auto& member : *object) look_into(member.value());
  }
  if (const auto* array = value.if_array()) {
    for (const auto& item : *array) look_into(item);
  }
  if (value.is_structured()) ++seen.depth;
  return seen;
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
  const Seen seen = Look(*object);
  Promise(seen.depth <= 32, "nothing is nested deeper than 32");
  const std::string written = boost::json::serialize(*object);
  Promise(IsUtf8(written), "what is written is UTF-8");
  // Boost reads fractions to the last bit but one, and `1e999` as Infinity: the hub writes none.
  if (seen.fractions) return 0;
  const auto again = ParseObject(written);
  Promise(again.has_value() && boost::json::serialize(*again) == written, "read and written again");
  return 0;
}
