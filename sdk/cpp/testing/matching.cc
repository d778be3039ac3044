#include "sdk/cpp/testing/matching.h"

#include <algorithm>
#include <utility>

#include "hub/core/routing/match.h"
#include "hub/core/routing/mention.h"

namespace chathub::sdk {
namespace {

Heard Listen(const v1::Event& event) {
  static const std::vector<std::string> names = {"hub"};
  return Hear(event.message().content().text(),
              {.mention_names = names,
               .prefix = "!",
               .private_talk = event.conversation().room().empty(),
               .marked_addressed = event.message().addressed()});
}

bool IsAllowed(const Match& match, const v1::User& user, const std::vector<std::string>& groups) {
  const auto& required = match.route->route.required_groups();
  if (required.empty()) return true;
  return user.authenticated() &&
         std::any_of(groups.begin(), groups.end(), [&required](const std::string& group) {
           return std::find(required.begin(), required.end(), group) != required.end();
         });
}

v1::Delivery DeliveryOf(const Match& match, const v1::Event& event, const Heard& heard) {
  v1::Delivery delivery;
  delivery.set_route(match.route->id());
  *delivery.mutable_event() = event;
  delivery.set_text(std::string(heard.text));
  delivery.set_addressed(heard.addressed);
  delivery.set_match_truncated(match.truncated);
  for (const Capture& capture : match.captures) {
    (*delivery.mutable_captures())[std::string(capture.name)] = std::string(capture.value);
  }
  for (const std::string_view group : match.groups) delivery.add_groups(std::string(group));
  return delivery;
}

}  // namespace

Matching MatchingOf(const RouteSet& routes, const v1::Event& event,
                    const std::vector<std::string>& groups) {
  const Heard heard = Listen(event);
  const Question question{.text = heard.text,
                          .addressed = heard.addressed,
                          .kind = KindOf(event),
                          .from_bot = event.user().bot()};
  std::vector<Match> matches;
  for (const CompiledRoute& route : routes.routes()) {
    if (auto match = TryRoute(routes, route, question)) matches.push_back(*std::move(match));
  }
  ApplyPrecedence(matches, question);
  Matching matching;
  for (const Match& match : matches) {
    if (!IsAllowed(match, event.user(), groups)) continue;
    if (match.complaint.empty()) {
      matching.deliveries.push_back(DeliveryOf(match, event, heard));
    } else {
      matching.complaints.push_back(match.complaint);
    }
  }
  return matching;
}

}  // namespace chathub::sdk
