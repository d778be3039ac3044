#include "to_wire.h"

#include <utility>

#include "durations.h"
#include "utf8.h"

namespace chathub::sdk {

void ToProto(Content content, v1::Content& wire) {
  RepairUtf8(content.text);
  RepairUtf8(content.reply_to);
  wire.set_text(std::move(content.text));
  wire.set_format(content.format == TextFormat::kMarkdown ? v1::TEXT_FORMAT_MARKDOWN
                                                          : v1::TEXT_FORMAT_UNSPECIFIED);
  wire.set_reply_to(std::move(content.reply_to));
}

v1::Conversation ToProto(const Conversation& conversation) {
  v1::Conversation wire;
  wire.set_adapter(conversation.adapter);
  wire.set_room(conversation.room);
  wire.set_thread(conversation.thread);
  wire.set_user(conversation.user);
  return wire;
}

v1::User ToProto(const User& user) {
  v1::User wire;
  wire.set_id(user.id);
  wire.set_name(user.name);
  wire.set_mention_name(user.mention_name);
  wire.set_bot(user.bot);
  wire.set_authenticated(user.authenticated);
  return wire;
}

v1::MessageRef ToProto(const MessageRef& ref) {
  v1::MessageRef wire;
  if (!ref.platform_id.empty()) {
    wire.set_platform_id(ref.platform_id);
  } else if (!ref.key.empty()) {
    wire.mutable_posted()->set_key(ref.key);
    wire.mutable_posted()->set_index(ref.index);
  }
  return wire;
}

v1::Argument ToProto(const Argument& argument) {
  v1::Argument wire;
  wire.set_name(argument.name);
  wire.set_type(static_cast<v1::ArgumentType>(argument.type));
  wire.set_required(argument.required);
  wire.set_option(argument.option);
  wire.set_help(argument.help);
  return wire;
}

v1::Route ToProto(const RouteOptions& options) {
  v1::Route wire;
  wire.set_id(options.id);
  wire.set_addressed_only(options.addressed_only.value_or(false));
  wire.set_precedence(static_cast<v1::Precedence>(options.precedence));
  wire.mutable_required_groups()->Assign(options.required_groups.begin(),
                                         options.required_groups.end());
  wire.mutable_help()->set_usage(options.usage);
  wire.mutable_help()->set_description(options.description);
  wire.mutable_help()->set_hidden(options.hidden);
  if (options.max_age) *wire.mutable_max_age() = ToProto(*options.max_age);
  if (options.linger) *wire.mutable_linger() = ToProto(*options.linger);
  if (options.deadline) *wire.mutable_deadline() = ToProto(*options.deadline);
  wire.set_maximum_attempts(options.maximum_attempts);
  wire.set_ordered(options.ordered);
  wire.set_bots(options.bots);
  wire.set_fallback_text(options.fallback_text);
  return wire;
}

Conversation FromProto(const v1::Conversation& wire) {
  return {wire.adapter(), wire.room(), wire.thread(), wire.user()};
}

User FromProto(const v1::User& wire) {
  return {wire.id(), wire.name(), wire.mention_name(), wire.bot(), wire.authenticated()};
}

Room FromProto(const v1::Room& wire) {
  return {wire.id(), wire.name(), wire.topic(), wire.joined()};
}

Problem FromProto(const v1::Problem& wire) {
  Problem problem{static_cast<Problem::Reason>(wire.reason()), wire.detail()};
  if (wire.has_retry_after()) problem.retry_after = FromProto(wire.retry_after());
  return problem;
}

RouteListing FromProto(const v1::RouteListing& wire) {
  const v1::Route& route = wire.route();
  RouteListing listing;
  listing.handler = wire.handler();
  listing.id = route.id();
  if (route.has_command()) listing.trigger = route.command().word();
  if (route.has_pattern()) listing.trigger = route.pattern();
  listing.usage = route.help().usage();
  listing.description = route.help().description();
  listing.hidden = route.help().hidden();
  listing.attached = wire.attached();
  return listing;
}

std::string PlatformIdOf(const v1::Event& event) {
  switch (event.kind_case()) {
    case v1::Event::kMessage:
      return event.message().platform_id();
    case v1::Event::kEdited:
      return event.edited().platform_id();
    case v1::Event::kDeleted:
      return event.deleted().platform_id();
    case v1::Event::kReaction:
      return event.reaction().platform_id();
    default:
      return {};
  }
}

}  // namespace chathub::sdk
