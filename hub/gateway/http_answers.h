// What the gateway answers to requests that become no WebSocket.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/gateway/lobby.h"

namespace chathub {

// The head of a request; views into it.
struct RequestHead {
  std::string_view method = {};
  std::string_view target = {};
  bool http11 = true;
  std::vector<std::pair<std::string_view, std::string_view>> fields = {};  // in their order
  // The client has said more than the head, without waiting for an answer.
  bool says_more = false;
};

struct HttpAnswer {
  unsigned status = 200;
  std::string text = {};
  std::vector<std::pair<std::string, std::string>> fields = {};
};

// The path of a request's target, which may be a whole address, without the query.
std::string_view PathOf(std::string_view target);

// The value of a field, by its name in small letters; the first if it is there several times.
std::string_view FieldOf(const RequestHead& head, std::string_view name);

// Nothing: a WebSocket may begin. Plain GET serves `/healthz` (the process lives) and `/readyz` (it
// takes programs in). Whatever two readers could understand differently is refused.
std::optional<HttpAnswer> AnswerHttp(const RequestHead& head, const Lobby& lobby);

}  // namespace chathub
