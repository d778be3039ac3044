// A request for a WebSocket: `METHOD TARGET` in the first line, then its fields.
#include <algorithm>

#include "hub/gateway/http_answers.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace chathub;
using namespace chathub::fuzz;

// Nobody is let in, and nothing happens.
class Nothing : public Loop, public TalkOpener {
 public:
  TimePoint Now() const override { return {}; }
  std::int64_t WallNow() const override { return 0; }
  void Post(Task) override {}
  Timer At(TimePoint, Task) override { return {}; }
  std::unique_ptr<Talk> Open(TextLink&, Greeting) override { return nullptr; }
};

RequestHead ReadHead(std::string_view text) {
  RequestHead head;
  std::string_view line = TakeUpTo('\n', text);
  head.method = TakeUpTo(' ', line);
  head.target = TakeUpTo(' ', line);
  head.http11 = line != "1.0";
  while (auto field = TakeLine(text)) {
    const std::string_view name = TakeUpTo(':', *field);
    head.fields.emplace_back(name, *field);
  }
  return head;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static Nothing nothing;
  static const Lobby lobby{
      .loop = nothing, .networks = nothing, .limits = {}, .origins = {"https://a.example"}};
  const RequestHead head = ReadHead(TextOf(bytes, size));
  const std::string_view path = PathOf(head.target);
  Promise(path.find('?') == std::string_view::npos, "a path has no query");
  const auto answer = AnswerHttp(head, lobby);
  if (answer.has_value()) {
    const unsigned all[] = {200, 400, 403, 405, 426, 431, 503};
    Promise(std::count(std::begin(all), std::end(all), answer->status) == 1, "a status of ours");
    Promise(answer->text.ends_with('\n') && IsUtf8(answer->text), "a line that says why");
    Promise(answer->status != 200 || path == "/healthz" || path == "/readyz", "only two pages");
    return 0;
  }
  const std::string_view origin = FieldOf(head, "Origin");
  Promise(head.method == "GET" && head.http11, "only a GET becomes a WebSocket");
  Promise(FieldOf(head, "Sec-WebSocket-Key").size() == 24, "with a key");
  Promise(FieldOf(head, "Transfer-Encoding").empty(), "without a body");
  Promise(origin.empty() || IsWelcome(lobby, origin), "from a page that may");
  return 0;
}
