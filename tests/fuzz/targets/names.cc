// Addresses to listen on, names of peers, ids of users and rooms.
#include "hub/base/names.h"

#include "hub/core/people/qualified_ids.h"
#include "hub/listen_address.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace chathub;
using namespace chathub::fuzz;

void SeeRefusal(const absl::Status& status, bool utf8) {
  const auto why = status.message();
  PromiseUtf8(utf8, {why.data(), why.size()});
  Promise(std::string_view(why.data(), why.size()).find('\n') == std::string_view::npos, "a line");
}

void SeeAddress(std::string_view text) {
  const absl::Status status = CheckListenAddress(text);
  if (!status.ok()) return SeeRefusal(status, IsUtf8(text));
  const auto colon = text.rfind(':');
  Promise(colon != std::string_view::npos && colon > 0, "HOST:PORT");
  const int port = std::atoi(std::string(text.substr(colon + 1)).c_str());
  Promise(port >= 0 && port <= 65'535, "a port");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text = TextOf(bytes, size);
  SeeAddress(text);
  IsLoopbackAddress(text);
  if (const auto peer = ParsePeerName(text)) {
    Promise(IsName(peer->name) && ToString(*peer) == text, "a peer's name is spelt in one way");
  }
  Promise(text.ends_with(NativeId(text)), "a native id is the end of a qualified one");
  const absl::Status status = CheckQualifiedId("user", text, "irc");
  if (!status.ok()) {
    SeeRefusal(status, IsUtf8(text));
  } else {
    Promise("irc/" + std::string(NativeId(text)) == text, "an adapter's own id");
  }
  return 0;
}
