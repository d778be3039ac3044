// What the gateway answers to requests that are no WebSocket's.
#pragma once

#include <string>
#include <string_view>

namespace chathub {

struct HttpAnswer {
  unsigned status = 200;
  std::string text = {};
};

// Plain GET serves `/healthz` (the process lives) and `/readyz` (it takes programs in).
HttpAnswer AnswerHttp(std::string_view method, std::string_view path, bool ready);

}  // namespace chathub
