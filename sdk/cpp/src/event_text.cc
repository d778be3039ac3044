#include "event_text.h"

#include "utf8.h"

namespace chathub::sdk {
namespace {

bool IsClean(const v1::Conversation& conversation) {
  return IsUtf8(conversation.adapter()) && IsUtf8(conversation.room()) &&
         IsUtf8(conversation.thread()) && IsUtf8(conversation.user());
}

bool IsClean(const v1::User& user) {
  return IsUtf8(user.id()) && IsUtf8(user.name()) && IsUtf8(user.mention_name());
}

bool IsClean(const v1::Room& room) {
  return IsUtf8(room.id()) && IsUtf8(room.name()) && IsUtf8(room.topic());
}

bool IsCleanText(const v1::Content& content) {
  return content.blocks().empty() && content.attachments().empty() && !content.has_native() &&
         IsUtf8(content.text()) && IsUtf8(content.reply_to());
}

bool IsCleanText(const v1::Event& event) {
  return event.has_message() && !event.has_native() && IsUtf8(event.id()) &&
         IsClean(event.conversation()) && IsClean(event.user()) && IsClean(event.room()) &&
         IsUtf8(event.message().platform_id()) && IsCleanText(event.message().content());
}

}  // namespace

void RepairEvent(v1::Event& event) {
  if (!IsCleanText(event)) RepairUtf8(event);
}

}  // namespace chathub::sdk
