// A bot of the WNet network: who holds its name, who wants it, who talks with it.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "hub/gateway/legacy_handler.h"
#include "hub/gateway/talk.h"
#include "hub/gateway/wnet/network.h"

namespace chathub::wnet {

class Network::Bot : public LegacyHandler::Bot {
 public:
  // Exposed: people in every chat may call it.
  Bot(const std::string& name, Talk& holder, bool exposed, Hub& hub, Loop& loop) : holder_(holder) {
    if (!exposed) return;
    handler_ = std::make_unique<LegacyHandler>(LegacyHandler::NameOf("wnet", name),
                                               LegacyHandler::CommandRoute(name), hub, loop, *this);
  }

  Talk& holder() { return holder_; }

  // LegacyHandler::Bot
  void Deliver(const Guests::Guest& guest, bool fresh, const v1::Delivery& delivery) override {
    if (fresh) holder_.Say(GuestCame{.guest = guest.id});
    const auto rest = delivery.captures().find("rest");
    holder_.Say(FromGuest{guest.id, rest == delivery.captures().end() ? "" : rest->second});
  }

  absl::Status Answer(const std::string& guest, const std::string& text) {
    if (handler_ == nullptr) return Fail(Reason::kNoSuchPeer, "");
    return handler_->Answer(guest, text);
  }

  void Sweep() {
    if (handler_ == nullptr) return;
    for (std::string& guest : handler_->Sweep()) holder_.Say(GuestLeft{std::move(guest)});
  }

  std::string challenger;         // a talk's id; empty: nobody wants the name
  std::set<std::string> clients;  // talks' ids

 private:
  Talk& holder_;
  std::unique_ptr<LegacyHandler> handler_;
};

}  // namespace chathub::wnet
