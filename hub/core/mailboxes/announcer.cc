#include "hub/core/mailboxes/announcer.h"

#include <utility>

#include "hub/base/log.h"
#include "hub/base/secrets.h"
#include "hub/core/conversation.h"

namespace chathub {
namespace {

constexpr Milliseconds kMaxAge{60'000};

}  // namespace

EntryPtr Announcer::Compose(const v1::Conversation& conversation, std::string_view text,
                            const std::string& key, const EntryPtr& cause) const {
  Origin origin{.from = "hub", .max_age = kMaxAge};
  if (cause != nullptr) {
    origin.unkept = cause->unkept;
    origin.unsettled = cause->unsettled;
  }
  v1::Action action;
  action.mutable_send()->mutable_content()->set_text(std::string(text));
  auto order = orders_.Single(conversation, std::move(action), key, origin);
  if (order.ok()) return *std::move(order);
  Log(LogLevel::kWarning, "the hub could not say something",
      {{"key", key}, {"why", std::string(order.status().message())}});
  return nullptr;
}

void Announcer::Say(const v1::Conversation& conversation, std::string_view text,
                    const std::string& key, const EntryPtr& cause) {
  EntryPtr order = Compose(conversation, text, key, cause);
  if (order == nullptr) return;
  Step step;
  step.put.push_back(std::move(order));
  const auto applied = engine_.Apply(std::move(step));
  if (!applied.ok()) Log(LogLevel::kWarning, "the hub could not say something", {{"key", key}});
}

void Announcer::Note(const v1::Conversation& conversation, std::string_view text,
                     const EntryPtr& cause) {
  const std::string subject = KeyOf(conversation) + std::string(text);
  if (!notes_.Allow(subject, loop_.Now())) return;
  Say(conversation, text, "hub/note/" + RandomId(), cause);
}

}  // namespace chathub
