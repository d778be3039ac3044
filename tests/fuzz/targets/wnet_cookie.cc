// WNet's cookie: whoever is read from it is read again from the spelling of the document.
#include "hub/gateway/json.h"
#include "hub/gateway/wnet/cookie.h"
#include "tests/fuzz/fuzz.h"

namespace {

std::string PercentEncode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    char escape[4];
    std::snprintf(escape, sizeof escape, "%%%02X", static_cast<unsigned char>(c));
    encoded += escape;
  }
  return encoded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace chathub;
  using namespace chathub::fuzz;
  const auto read = wnet::ReadCookie(TextOf(bytes, size));
  if (!read.has_value()) return 0;
  Promise(IsUtf8(read->name) && IsUtf8(read->password), "names and passwords are UTF-8");
  const std::string form =
      "{\"username\":" + Quote(read->name) + ",\"password\":" + Quote(read->password) + "}";
  const std::string encoded = PercentEncode(form);
  if (encoded.size() > 4000) return 0;
  for (const std::string& quote : {"", "\""}) {
    const auto again =
        wnet::ReadCookie("a=b; auth=" + quote + "type=password&auth=" + encoded + quote + "; c=d");
    Promise(again.has_value() && again->name == read->name && again->password == read->password,
            "a cookie is read again");
  }
  return 0;
}
