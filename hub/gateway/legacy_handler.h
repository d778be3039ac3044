// A legacy bot as a handler: what matches its route is said to it, what it says goes into the chat.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "chathub/v1/handlers.pb.h"
#include "hub/base/loop.h"
#include "hub/core/hub.h"
#include "hub/core/links.h"
#include "hub/gateway/guests.h"

namespace chathub {

// Attached as long as it lives, through the same seam as every handler. A delivery is finished when
// it was said to the bot: it waits in no mailbox and nothing is said twice.
class LegacyHandler : public HandlerLink {
 public:
  class Bot {
   public:
    virtual ~Bot() = default;
    // `fresh`: the bot never heard of this guest.
    virtual void Deliver(const Guests::Guest& guest, bool fresh, const v1::Delivery& delivery) = 0;
  };

  // `<protocol>.<bot>`: so that no legacy bot has the name of a handler that is kept.
  static std::string NameOf(std::string_view protocol, std::string_view bot);

  // Its first word calls the bot, and the rest is for it.
  static v1::Route CommandRoute(const std::string& word);
  static v1::Route PatternRoute(const std::string& pattern);

  // `bot` must outlive it.
  LegacyHandler(std::string name, const v1::Route& route, Hub& hub, Loop& loop, Bot& bot);
  ~LegacyHandler() override;

  // Says it where the guest is; in rooms with the guest's name in front. kNoSuchPeer: there is no
  // such guest.
  absl::Status Answer(const std::string& guest, const std::string& text);
  std::vector<std::string> Sweep() { return guests_.Sweep(); }

  // HandlerLink
  void Say(const v1::HandlerCommand& command) override;
  void Close(const absl::Status& why) override;

 private:
  void Take(const v1::Delivery& delivery);

  const std::string name_;
  Hub& hub_;
  Loop& loop_;
  Bot& bot_;

  Guests guests_;
  std::unique_ptr<HandlerSession> session_;
  // Asked by what was posted.
  const std::shared_ptr<LegacyHandler*> self_;
};

}  // namespace chathub
