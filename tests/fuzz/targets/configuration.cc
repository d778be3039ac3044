// The configuration: every mistake is one line `file:line: what`, and what is taken makes sense.
#include <algorithm>

#include "hub/base/names.h"
#include "hub/config.h"
#include "hub/listen_address.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace chathub;
using namespace chathub::fuzz;

void SeeMistakes(std::string_view mistakes, std::size_t lines) {
  Promise(!mistakes.empty(), "a refusal says why");
  Promise(IsUtf8(mistakes), "in UTF-8");
  while (auto line = TakeLine(mistakes)) {
    Promise(TakeUpTo(':', *line) == "file", "a mistake begins with the file");
    const std::string number(TakeUpTo(':', *line));
    const auto at = static_cast<std::size_t>(std::atoi(number.c_str()));
    Promise(std::to_string(at) == number && at <= lines + 1, "then comes a line that is there");
    Promise(line->size() > 1 && line->front() == ' ', "then what is wrong");
  }
}

void SeeConfig(const Config& config) {
  Promise(CheckListenAddress(config.listen.address).ok(), "the address can be listened to");
  Promise(CheckListenAddress(config.gateway.address).ok(), "the gateway's too");
  const bool safe = !config.listen.tcp || !config.listen.tls_certificate.empty() ||
                    IsLoopbackAddress(config.listen.address);
  Promise(safe, "beyond this machine there is TLS");
  for (const AdapterConfig& adapter : config.adapters) Promise(IsName(adapter.name), "a name");
  for (const BoticaBotConfig& bot : config.gateway.botica_bots) Promise(IsName(bot.id), "a name");
  Promise(config.limits.order_mailbox > 0, "a mailbox has room");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text = TextOf(bytes, size);
  const auto config = ParseConfig(text, "file");
  if (config.ok()) {
    SeeConfig(*config);
  } else {
    const auto message = config.status().message();
    SeeMistakes({message.data(), message.size()},
                static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1);
  }
  return 0;
}
