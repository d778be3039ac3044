#include "hub/gateway/networks.h"

#include <optional>
#include <utility>

#include "hub/gateway/botcomet/comet_dialect.h"
#include "hub/gateway/botica/botica_dialect.h"
#include "hub/gateway/wnet/wnet_dialect.h"

namespace chathub {
namespace {

constexpr std::string_view kWnet = "/wnet/ws";
constexpr std::string_view kBotica = "/botica/ws";

}  // namespace

Networks::Networks(NetworkSettings settings, Hub& hub, Loop& loop, Workshop& workshop)
    : loop_(loop),
      wnet_(std::move(settings.wnet), hub, loop),
      station_(std::move(settings.botcomet), hub, loop, workshop),
      director_(settings.botica, hub, loop) {}

std::unique_ptr<Talk> Networks::Open(TextLink& link, Greeting greeting) {
  const std::string path = greeting.path;
  if (path == kWnet) {
    return std::make_unique<Talk>(link, std::move(greeting), std::make_unique<wnet::WnetDialect>(),
                                  wnet_, loop_);
  }
  const bool names_bot = path.starts_with(std::string(kBotica) + "/");
  if (path == kBotica || names_bot) {
    std::optional<std::string> id;
    if (names_bot) id = path.substr(kBotica.size() + 1);
    const BotStatus status = director_.StatusOf(id.value_or(""));
    return std::make_unique<Talk>(link, std::move(greeting),
                                  std::make_unique<botica::BoticaDialect>(std::move(id), status),
                                  director_, loop_);
  }
  return std::make_unique<Talk>(link, std::move(greeting),
                                std::make_unique<botcomet::CometDialect>(), station_, loop_);
}

void Networks::Drain() {
  wnet_.Drain();
  director_.Drain();
}

}  // namespace chathub
