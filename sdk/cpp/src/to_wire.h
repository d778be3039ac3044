// The SDK's own words as chathub.v1 has them, and back.
#pragma once

#include "chathub/content.h"
#include "chathub/conversation.h"
#include "chathub/result.h"
#include "chathub/route.h"
#include "chathub/v1/handlers.pb.h"

namespace chathub::sdk {

// In valid UTF-8.
void ToProto(Content content, v1::Content& wire);
v1::Conversation ToProto(const Conversation& conversation);
v1::User ToProto(const User& user);
v1::MessageRef ToProto(const MessageRef& ref);
// Without the trigger; id and addressed_only as they are to be.
v1::Route ToProto(const RouteOptions& options);
v1::Argument ToProto(const Argument& argument);

Conversation FromProto(const v1::Conversation& conversation);
User FromProto(const v1::User& user);
Room FromProto(const v1::Room& room);
Problem FromProto(const v1::Problem& problem);
RouteListing FromProto(const v1::RouteListing& listing);

// The chat service's id of the message that the event is about; may be empty.
std::string PlatformIdOf(const v1::Event& event);

}  // namespace chathub::sdk
