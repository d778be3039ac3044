#include "hub/gateway/legacy_handler.h"

#include <utility>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/core/conversation.h"
#include "hub/core/problems.h"

namespace chathub {
namespace {

constexpr std::uint32_t kAtOnce = 1024;

v1::Route BareRoute(std::string id) {
  v1::Route route;
  route.set_id(std::move(id));
  route.set_addressed_only(true);
  route.set_maximum_attempts(1);
  route.mutable_linger();  // none: it matches while the bot is here
  return route;
}

}  // namespace

std::string LegacyHandler::NameOf(std::string_view protocol, std::string_view bot) {
  return std::string(protocol).append(".").append(bot);
}

v1::Route LegacyHandler::CommandRoute(const std::string& word) {
  v1::Route route = BareRoute("call");
  route.mutable_command()->set_word(word);
  return route;
}

v1::Route LegacyHandler::PatternRoute(const std::string& pattern) {
  v1::Route route = BareRoute("pattern");
  route.set_pattern(pattern);
  return route;
}

LegacyHandler::LegacyHandler(std::string name, const v1::Route& route, Hub& hub, Loop& loop,
                             Bot& bot)
    : name_(std::move(name)),
      hub_(hub),
      loop_(loop),
      bot_(bot),
      guests_(loop),
      self_(std::make_shared<LegacyHandler*>(this)) {
  session_ = hub_.OpenHandler(*this, Pass::Owner());
  v1::HandlerItem item;
  v1::HandlerHello& hello = *item.mutable_hello();
  hello.set_name(name_);
  hello.set_maximum_in_flight(kAtOnce);
  *hello.add_routes() = route;
  session_->Hear(std::move(item));
}

LegacyHandler::~LegacyHandler() { *self_ = nullptr; }

void LegacyHandler::Say(const v1::HandlerCommand& command) {
  if (command.has_delivery()) Take(command.delivery());
}

void LegacyHandler::Take(const v1::Delivery& delivery) {
  bool fresh = false;
  const Guests::Guest* guest =
      guests_.Welcome(delivery.event().conversation(), delivery.event().user(), &fresh);
  v1::HandlerItem item;
  v1::Finish& finish = *item.mutable_finish();
  finish.set_delivery(delivery.id());
  finish.set_attempt(delivery.attempt());
  if (guest != nullptr) {
    bot_.Deliver(*guest, fresh, delivery);
  } else {
    finish.add_actions()->mutable_send()->mutable_content()->set_text(
        "too many people talk with this bot; try again later");
  }
  // Not at once: it is the mailbox that calls.
  loop_.Post([self = self_, item = std::move(item)]() mutable {
    if (*self != nullptr && (*self)->session_ != nullptr) (*self)->session_->Hear(std::move(item));
  });
}

absl::Status LegacyHandler::Answer(const std::string& guest, const std::string& text) {
  const Guests::Guest* to = guests_.Find(guest);
  if (to == nullptr) return Fail(Reason::kNoSuchPeer, "");
  v1::Action action;
  std::string& said = *action.mutable_send()->mutable_content()->mutable_text();
  if (!IsPrivate(to->conversation)) {
    const v1::User& user = to->user;
    said = user.mention_name().empty() ? user.name() : user.mention_name();
    if (!said.empty()) said += ": ";
  }
  said += text;
  if (said.empty()) return absl::OkStatus();
  // To whom it may speak was decided when the guest spoke to it.
  const Pass pass = Pass::Owner().As({PeerKind::kHandler, name_});
  return hub_.chat().Do(pass, "", to->conversation, action, nullptr).status();
}

void LegacyHandler::Close(const absl::Status& why) {
  Log(LogLevel::kWarning, "a legacy bot is no handler",
      {{"handler", name_}, {"why", std::string(why.message())}});
  loop_.Post([session = std::move(session_)]() mutable { session.reset(); });
}

}  // namespace chathub
