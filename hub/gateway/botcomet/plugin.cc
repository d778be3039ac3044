#include "hub/gateway/botcomet/plugin.h"

#include <utility>

#include "hub/gateway/botcomet/messages.h"

namespace chathub::botcomet {

Plugin::Plugin(const PluginOptions& options, std::string id, Talk& talk, Hub& hub, Loop& loop)
    : id_(std::move(id)),
      talk_(talk),
      handler_(LegacyHandler::NameOf("botcomet", options.alias),
               LegacyHandler::PatternRoute(options.pattern), hub, loop, *this) {}

void Plugin::Deliver(const Guests::Guest& guest, bool, const v1::Delivery& delivery) {
  talk_.Say(Raw{
      MessageCreate("adapter_event", guest.id, id_, "ADAPTER", delivery.id(), delivery.text())});
}

}  // namespace chathub::botcomet
