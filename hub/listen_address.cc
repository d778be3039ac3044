#include "hub/listen_address.h"

#include <arpa/inet.h>

#include <charconv>
#include <string>

#include "hub/base/errors.h"
#include "hub/base/text.h"

namespace chathub {
namespace {

constexpr int kHighestPort = 65535;

bool IsPort(std::string_view text) {
  int port = -1;
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, port);
  return result.ec == std::errc() && result.ptr == end && port >= 0 && port <= kHighestPort;
}

bool IsLoopback(const std::string& host) {
  in_addr four{};
  if (inet_pton(AF_INET, host.c_str(), &four) == 1) return (ntohl(four.s_addr) >> 24) == 127;
  return host == "localhost" || host == "[::1]";
}

}  // namespace

absl::Status CheckListenAddress(std::string_view address) {
  const auto colon = address.rfind(':');
  const std::string shown = '"' + ForLog(address) + '"';
  if (colon == std::string_view::npos || colon == 0 || !IsPort(address.substr(colon + 1))) {
    return Fail(Reason::kBadFrame, shown + " is not HOST:PORT, for example 127.0.0.1:6196");
  }
  return absl::OkStatus();
}

bool IsLoopbackAddress(std::string_view address) {
  return IsLoopback(std::string(address.substr(0, address.rfind(':'))));
}

}  // namespace chathub
