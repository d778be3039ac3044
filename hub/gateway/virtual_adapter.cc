#include "hub/gateway/virtual_adapter.h"

#include <chrono>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/log.h"
#include "hub/base/secrets.h"
#include "hub/core/plain_text.h"
#include "hub/core/problems.h"

namespace chathub {

VirtualAdapter::VirtualAdapter(std::string name, std::string service_name, Hub& hub, Loop& loop,
                               Service& service)
    : name_(std::move(name)),
      service_name_(std::move(service_name)),
      hub_(hub),
      loop_(loop),
      service_(service),
      self_(std::make_shared<VirtualAdapter*>(this)) {
  Attach();
}

VirtualAdapter::~VirtualAdapter() { *self_ = nullptr; }

void VirtualAdapter::Attach() {
  session_ = hub_.OpenAdapter(*this, Pass::Owner());
  seq_ = 0;
  v1::AdapterItem item;
  v1::AdapterHello& hello = *item.mutable_hello();
  hello.set_name(name_);
  hello.set_service(service_name_);
  hello.set_epoch(RandomId());
  hello.set_incarnation(RandomId());
  hello.mutable_capabilities()->set_thread(true);
  session_->Hear(std::move(item));
}

v1::AdapterEvent VirtualAdapter::MakeEvent(v1::User&& user, const std::string& thread,
                                           const std::string& text) {
  v1::AdapterEvent event;
  event.set_seq(++seq_);
  v1::Event& inner = *event.mutable_event();
  inner.mutable_conversation()->set_adapter(name_);
  inner.mutable_conversation()->set_user(user.id());
  inner.mutable_conversation()->set_thread(thread);
  *inner.mutable_user() = std::move(user);
  *inner.mutable_sent_at() = ToTimestamp(loop_.WallNow());
  inner.mutable_message()->mutable_content()->set_text(text);
  return event;
}

void VirtualAdapter::Text(v1::User user, const std::string& thread, const std::string& text) {
  if (session_ == nullptr) return;
  v1::AdapterItem item;
  *item.mutable_event() = MakeEvent(std::move(user), thread, text);
  session_->Hear(std::move(item));
}

bool VirtualAdapter::TextFor(const Addressee& only_for, v1::User user, const std::string& thread,
                             const std::string& text) {
  return session_ == nullptr ||
         session_->HearFor(only_for, MakeEvent(std::move(user), thread, text));
}

void VirtualAdapter::Say(const v1::AdapterCommand& command) {
  v1::AdapterItem answer;
  if (command.has_order()) {
    *answer.mutable_done() = Do(command.order());
  } else if (command.has_ping()) {
    answer.mutable_pong()->set_nonce(command.ping().nonce());
  } else {
    return;
  }
  Answer(std::move(answer));
}

// Not at once: it is the session that calls.
void VirtualAdapter::Answer(v1::AdapterItem item) {
  loop_.Post([self = self_, item = std::move(item)]() mutable {
    if (*self != nullptr && (*self)->session_ != nullptr) (*self)->session_->Hear(std::move(item));
  });
}

v1::Done VirtualAdapter::Do(const v1::Order& order) {
  v1::Done done;
  done.set_key(order.key());
  for (const v1::Action& action : order.actions()) {
    v1::ActionResult& result = *done.add_results();
    const absl::Status status =
        action.has_send() ? service_.Post(order.conversation(), PlainText(action.send().content()))
                          : Fail(Reason::kUnsupported, service_name_ + " can only send texts");
    if (status.ok()) {
      result.add_platform_ids(std::to_string(++posted_));
      continue;
    }
    *result.mutable_problem() = ToProblem(status);
    break;
  }
  return done;
}

// Nobody but another adapter of this name, or a hub that goes away, ends it.
void VirtualAdapter::Close(const absl::Status& why) {
  Log(LogLevel::kWarning, "a gateway's adapter was closed",
      {{"adapter", name_}, {"why", std::string(why.message())}});
  loop_.Post([session = std::move(session_)]() mutable { session.reset(); });
  if (ReasonOf(why) == Reason::kGoingAway) return;
  again_ = loop_.After(std::chrono::seconds(1), [this] { Attach(); });
}

}  // namespace chathub
