#include "hub/core/router.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "hub/base/log.h"
#include "hub/core/conversation.h"
#include "hub/core/mailboxes/handler_mailbox.h"
#include "hub/core/plain_text.h"
#include "hub/core/problems.h"

namespace chathub {

absl::StatusOr<bool> Router::Route(Incoming incoming) {
  ++tools_.counters.events;
  const v1::Event& event = *incoming.event;
  const std::string& own_id = incoming.adapter.own_user_id();
  if (!own_id.empty() && event.user().id() == own_id) return false;

  const v1::Content& content = event.message().content();
  std::string made = content.text().empty() ? PlainText(content) : std::string();
  const std::string_view text = content.text().empty() ? made : content.text();
  if (tools_.tail.watched()) {
    tools_.tail.Tell("event", event.id(), event.user().id(), KeyForPeople(event.conversation()),
                     text);
  }
  const std::shared_ptr<const RouteTable> table = tools_.routes.table();
  Question question = Ask(text, incoming);
  std::vector<Match> matches = table->Match(question);
  if (matches.empty() && incoming.only_for != nullptr) {
    made = std::string(incoming.only_for->word).append(" ").append(text);
    question = Ask(made, incoming);
    matches = table->Match(question);
    incoming.event->mutable_message()->mutable_content()->set_text(made);
  }
  Step step = StepFor(matches, question, incoming);
  if (step.put.empty() && step.writes.empty()) return !matches.empty();
  const absl::Status kept = tools_.engine.Apply(std::move(step)).status();
  if (!kept.ok()) return kept;
  return true;
}

Question Router::Ask(std::string_view text, const Incoming& incoming) const {
  const v1::Event& event = *incoming.event;
  const std::vector<std::string> names(incoming.adapter.mention_names().begin(),
                                       incoming.adapter.mention_names().end());
  const Heard heard = Hear(text, {.mention_names = names,
                                  .prefix = command_prefix_,
                                  .private_talk = IsPrivate(event.conversation()),
                                  .marked_addressed = event.message().addressed()});
  return {
      .text = heard.text,
      .addressed = heard.addressed,
      .kind = KindOf(event),
      .from_bot = event.user().bot(),
      .only_for = incoming.only_for == nullptr ? std::string_view() : incoming.only_for->handler};
}

Step Router::StepFor(const std::vector<Match>& matches, const Question& question,
                     Incoming& incoming) {
  Step step;
  for (const Match& match : matches) {
    if (!Allowed(match, incoming, question.from_bot)) continue;
    const v1::Event& event = *incoming.event;
    if (!match.complaint.empty()) {
      EntryPtr complaint = tools_.announcer.Compose(event.conversation(), match.complaint,
                                                    event.id() + "/usage", nullptr);
      if (complaint == nullptr) continue;
      complaint->unkept = incoming.duties.unkept;
      complaint->unsettled = incoming.duties.unsettled;
      step.put.push_back(std::move(complaint));
      continue;
    }
    // Most often there is one match, and nothing is copied.
    auto its_event =
        &match == &matches.back() ? std::move(incoming.event) : std::make_unique<v1::Event>(event);
    EntryPtr delivery = MakeDelivery(match, question, incoming, std::move(its_event));
    if (tools_.directory.Handler(match.set->handler()).full()) {
      TurnAway(delivery, step);
    } else {
      step.put.push_back(std::move(delivery));
    }
  }
  return step;
}

absl::Status Router::RouteNothing(Progress::Duties duties) {
  Step step;
  step.unkept = std::move(duties.unkept);
  return tools_.engine.Apply(std::move(step)).status();
}

bool Router::Allowed(const Match& match, const Incoming& incoming, bool from_bot) {
  if (!tools_.routes.StillMatches(*match.set, *match.route)) return false;
  const v1::Event& event = *incoming.event;
  if (from_bot && !bot_messages_.Allow(
                      KeyOf(event.conversation()) + match.set->handler() + "/" + match.route->id(),
                      tools_.loop.Now())) {
    Log(LogLevel::kWarning, "a bot speaks too often: not routed",
        {{"user", event.user().id()}, {"handler", match.set->handler()}});
    return false;
  }
  const std::string why = tools_.groups.WhyNot(event.user(), match.route->route);
  if (why.empty()) return true;
  Log(LogLevel::kWarning, "audit: denied",
      {{"who", event.user().id()},
       {"from", KeyForPeople(event.conversation())},
       {"what", match.set->handler() + "/" + match.route->id()},
       {"event", event.id()},
       {"why", why}});
  tools_.announcer.Note(event.conversation(), "you may not use " + match.set->handler() + " here",
                        nullptr);
  return false;
}

EntryPtr Router::MakeDelivery(const Match& match, const Question& question,
                              const Incoming& incoming, std::unique_ptr<v1::Event> event) {
  auto entry = std::make_shared<Entry>();
  entry->unkept = incoming.duties.unkept;
  entry->unsettled = incoming.duties.unsettled;
  internal::Envelope& envelope = entry->envelope;
  const std::int64_t now = tools_.loop.WallNow();
  const std::string& handler = match.set->handler();
  envelope.set_from(absl::StrCat("adapter/", incoming.adapter.name()));
  envelope.set_to(absl::StrCat("handler/", handler));
  envelope.set_received_at(now);
  envelope.set_expires_at(now + (match.route->max_age - incoming.age).count());

  v1::Delivery& delivery = *envelope.mutable_delivery();
  delivery.set_id(absl::StrCat(event->id(), "#", handler, "/", match.route->id()));
  delivery.set_route(match.route->id());
  delivery.set_allocated_event(event.release());
  delivery.mutable_text()->assign(question.text);
  for (const Capture& capture : match.captures) {
    (*delivery.mutable_captures())[std::string(capture.name)] = std::string(capture.value);
  }
  for (const std::string_view group : match.groups) delivery.add_groups(std::string(group));
  delivery.set_addressed(question.addressed);
  delivery.set_match_truncated(match.truncated);
  SetTimestamp(now, *delivery.mutable_received_at());
  if (!incoming.traceparent.empty()) delivery.mutable_traceparent()->assign(incoming.traceparent);
  return entry;
}

// The mailbox is full: its own messages suffer, nobody else's.
void Router::TurnAway(const EntryPtr& delivery, Step& step) {
  const std::string& handler = delivery->envelope.to();
  tools_.dead_letters.Add(step, delivery, "the mailbox " + handler + " was full");
  tools_.announcer.Note(delivery->envelope.delivery().event().conversation(),
                        handler.substr(handler.find('/') + 1) + " is busy; try again later",
                        nullptr);
}

Heard Router::HearText(std::string_view text, const v1::Conversation& conversation) const {
  const AdapterMailbox* adapter = tools_.directory.FindAdapter(conversation.adapter());
  std::vector<std::string> names;
  if (adapter != nullptr) {
    names.assign(adapter->hello().mention_names().begin(), adapter->hello().mention_names().end());
  }
  return Hear(
      text,
      {.mention_names = names, .prefix = command_prefix_, .private_talk = IsPrivate(conversation)});
}

std::vector<Verdict> Router::Explain(std::string_view text, bool addressed,
                                     const v1::User& user) const {
  auto verdicts = tools_.routes.table()->Explain(
      {.text = text, .addressed = addressed, .from_bot = user.bot()});
  for (Verdict& verdict : verdicts) {
    if (!verdict.reached) continue;
    const std::string why_not = tools_.groups.WhyNot(user, verdict.route->route);
    if (why_not.empty()) continue;
    verdict.reached = false;
    verdict.why = "it matches, but " + why_not;
  }
  return verdicts;
}

}  // namespace chathub
