#include "hub/cli/place.h"

#include "hub/base/names.h"
#include "hub/base/text.h"

namespace chathub::cli {
namespace {

std::string AdapterOf(const std::string& id) { return id.substr(0, id.find('/')); }

}  // namespace

std::string RefuseId(const std::string& id) {
  const auto slash = id.find('/');
  if (slash != std::string::npos && slash + 1 < id.size() && IsName(id.substr(0, slash))) return "";
  return "\"" + ForLog(id) + "\" is not ADAPTER/ID, for example irc/#lounge";
}

v1::Conversation ConversationOf(const std::string& room, const std::string& user) {
  v1::Conversation conversation;
  if (!room.empty()) {
    conversation.set_adapter(AdapterOf(room));
    conversation.set_room(room);
  } else if (!user.empty()) {
    conversation.set_adapter(AdapterOf(user));
    conversation.set_user(user);
  }
  return conversation;
}

}  // namespace chathub::cli
