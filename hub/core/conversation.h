// Conversations: their keys, and which peers and places they name.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "chathub/v1/message.pb.h"

namespace chathub {

// The same for two conversations exactly if they are one; opaque.
std::string KeyOf(const v1::Conversation& conversation);

// The room or user, with its thread, to show to people.
std::string KeyForPeople(const v1::Conversation& conversation);

bool IsPrivate(const v1::Conversation& conversation);

// `irc` of `irc/#ops`; empty where there is no slash.
std::string_view AdapterOf(std::string_view qualified_id);

// OK if there is a room or a user, qualified by the conversation's adapter; fills in the adapter
// where it was left out.
absl::Status Complete(v1::Conversation& conversation);

}  // namespace chathub
