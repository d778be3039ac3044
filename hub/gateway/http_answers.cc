#include "hub/gateway/http_answers.h"

namespace chathub {

HttpAnswer AnswerHttp(std::string_view method, std::string_view path, bool ready) {
  if (method != "GET" && method != "HEAD") return {405, "only GET is served here\n"};
  if (path == "/healthz") return {200, "ok\n"};
  if (path == "/readyz")
    return ready ? HttpAnswer{200, "ready\n"} : HttpAnswer{503, "going away\n"};
  return {426,
          "this is a WebSocket: /wnet/ws, /botica/ws/<botId>, or any other path for BotComet\n"};
}

}  // namespace chathub
