#include "hub/gateway/http_answers.h"

#include <algorithm>
#include <cctype>

namespace chathub {
namespace {

// Twice the same of these, and a proxy in front may have read the other one.
constexpr std::string_view kOnce[] = {
    "host",   "upgrade",        "sec-websocket-key", "sec-websocket-version",
    "origin", "content-length", "transfer-encoding"};
constexpr std::size_t kKeySize = 24;  // 16 bytes in Base64

char Small(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool SameWord(std::string_view one, std::string_view other) {
  return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                    [](char a, char b) { return Small(a) == Small(b); });
}

std::size_t CountOf(const RequestHead& head, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(head.fields.begin(), head.fields.end(),
                    [&](const auto& field) { return SameWord(field.first, name); }));
}

std::string_view Trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// `keep-alive, Upgrade` lists "upgrade".
bool Lists(std::string_view value, std::string_view word) {
  while (!value.empty()) {
    const auto comma = std::min(value.find(','), value.size());
    if (SameWord(Trimmed(value.substr(0, comma)), word)) return true;
    value.remove_prefix(std::min(comma + 1, value.size()));
  }
  return false;
}

bool IsKey(std::string_view key) {
  return key.size() == kKeySize && key.ends_with("==") &&
         std::all_of(key.begin(), key.end() - 2,
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '+' || c == '/'; });
}

bool WantsWebSocket(const RequestHead& head) {
  return head.http11 && head.method == "GET" && Lists(FieldOf(head, "upgrade"), "websocket") &&
         std::any_of(head.fields.begin(), head.fields.end(), [](const auto& field) {
           return SameWord(field.first, "connection") && Lists(field.second, "upgrade");
         });
}

std::optional<HttpAnswer> Doubtful(const RequestHead& head) {
  for (const std::string_view name : kOnce) {
    if (CountOf(head, name) > 1)
      return HttpAnswer{400, "there is more than one " + std::string(name) + "\n"};
  }
  if (head.http11 && CountOf(head, "host") == 0) return HttpAnswer{400, "there is no host\n"};
  const std::string_view length = FieldOf(head, "content-length");
  if (CountOf(head, "transfer-encoding") > 0 || (!length.empty() && length != "0"))
    return HttpAnswer{400, "a body means nothing here\n"};
  return std::nullopt;
}

HttpAnswer AnswerPlain(const RequestHead& head, bool ready) {
  if (head.method != "GET" && head.method != "HEAD")
    return {405, "only GET is served here\n", {{"Allow", "GET, HEAD"}}};
  const std::string_view path = PathOf(head.target);
  if (path == "/healthz") return {200, "ok\n"};
  if (path == "/readyz")
    return ready ? HttpAnswer{200, "ready\n"} : HttpAnswer{503, "going away\n"};
  return {426,
          "this is a WebSocket: /wnet/ws, /botica/ws/<botId>, or any other path for BotComet\n",
          {{"Upgrade", "websocket"}}};
}

}  // namespace

std::string_view PathOf(std::string_view target) {
  if (const auto scheme = target.find("://"); !target.starts_with('/') && scheme != target.npos) {
    const auto slash = target.find('/', scheme + 3);
    target = slash == target.npos ? "/" : target.substr(slash);
  }
  return target.substr(0, target.find('?'));
}

std::string_view FieldOf(const RequestHead& head, std::string_view name) {
  for (const auto& [key, value] : head.fields) {
    if (SameWord(key, name)) return value;
  }
  return {};
}

std::optional<HttpAnswer> AnswerHttp(const RequestHead& head, const Lobby& lobby) {
  if (head.fields.size() > lobby.limits.header_fields)
    return HttpAnswer{431, "too many header fields\n"};
  if (auto answer = Doubtful(head)) return answer;
  if (!WantsWebSocket(head)) return AnswerPlain(head, lobby.ready);
  if (!lobby.ready) return HttpAnswer{503, "going away\n"};
  if (!IsWelcome(lobby, FieldOf(head, "origin")))
    return HttpAnswer{403, "pages of this origin may not connect\n"};
  if (FieldOf(head, "sec-websocket-version") != "13")
    return HttpAnswer{426,
                      "only version 13 is spoken here\n",
                      {{"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"}}};
  if (!IsKey(FieldOf(head, "sec-websocket-key")))
    return HttpAnswer{400, "Sec-WebSocket-Key is not 16 bytes in Base64\n"};
  if (head.says_more) return HttpAnswer{400, "wait for the answer before you say more\n"};
  return std::nullopt;
}

}  // namespace chathub
