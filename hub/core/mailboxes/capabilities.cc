#include "hub/core/mailboxes/capabilities.h"

#include <algorithm>
#include <string>
#include <utility>

#include "hub/base/errors.h"
#include "hub/core/plain_text.h"
#include "hub/core/problems.h"

namespace chathub {
namespace {

void NameAttachments(v1::Content& content) {
  std::string text = PlainText(content);
  for (const v1::Attachment& attachment : content.attachments()) {
    if (!text.empty()) text += '\n';
    text += attachment.name();
    if (!attachment.url().empty())
      text += (attachment.name().empty() ? "" : ": ") + attachment.url();
  }
  content.set_text(std::move(text));
  content.clear_attachments();
}

bool HasStrangeAttachments(const v1::Content& content, const v1::Capabilities& capabilities) {
  return !capabilities.attach() && content.attachments_size() > 0;
}

bool LacksText(const v1::Content& content, const v1::Capabilities& capabilities) {
  return content.text().empty() && capabilities.markup() != v1::MARKUP_BLOCKS;
}

void Simplify(v1::Content& content, const v1::Capabilities& capabilities) {
  if (HasStrangeAttachments(content, capabilities)) NameAttachments(content);
  if (LacksText(content, capabilities)) content.set_text(PlainText(content));
}

bool IsSimple(const v1::Content& content, const v1::Capabilities& capabilities) {
  return !HasStrangeAttachments(content, capabilities) && !LacksText(content, capabilities);
}

void Adapt(v1::Action& action, const v1::Capabilities& capabilities) {
  if (action.has_edit() && !capabilities.edit()) {
    v1::Content content = std::move(*action.mutable_edit()->mutable_content());
    *action.mutable_send()->mutable_content() = std::move(content);
  }
  if (action.has_send()) Simplify(*action.mutable_send()->mutable_content(), capabilities);
  if (action.has_edit()) Simplify(*action.mutable_edit()->mutable_content(), capabilities);
}

bool IsFeasible(const v1::Action& action, const v1::Capabilities& capabilities) {
  switch (action.kind_case()) {
    case v1::Action::kSend:
      return IsSimple(action.send().content(), capabilities);
    case v1::Action::kEdit:
      return capabilities.edit() && IsSimple(action.edit().content(), capabilities);
    case v1::Action::kTyping:
      return capabilities.typing();
    default:
      return Missing(action, capabilities).empty();
  }
}

}  // namespace

std::string Missing(const v1::Action& action, const v1::Capabilities& capabilities) {
  switch (action.kind_case()) {
    case v1::Action::kDelete:
      return capabilities.delete_() ? "" : "delete messages";
    case v1::Action::kReact:
      return capabilities.react() ? "" : "react to messages";
    case v1::Action::kJoin:
    case v1::Action::kPart:
      return capabilities.join() ? "" : "join and part rooms";
    case v1::Action::kTopic:
      return capabilities.topic() ? "" : "set topics";
    default:
      return "";
  }
}

bool IsFeasible(const v1::Order& order, const v1::Capabilities& capabilities) {
  if (!capabilities.thread() && !order.conversation().thread().empty()) return false;
  return std::all_of(order.actions().begin(), order.actions().end(),
                     [&](const v1::Action& action) { return IsFeasible(action, capabilities); });
}

Feasible MakeFeasible(v1::Order order, const v1::Capabilities& capabilities) {
  Feasible feasible;
  auto actions = std::move(*order.mutable_actions());
  order.clear_actions();
  if (!capabilities.thread()) order.mutable_conversation()->clear_thread();
  for (v1::Action& action : actions) {
    if (action.has_typing() && !capabilities.typing()) continue;
    const std::string missing = Missing(action, capabilities);
    if (!missing.empty()) {
      feasible.problem =
          ToProblem(Fail(Reason::kUnsupported, "this chat service cannot " + missing));
      break;
    }
    Adapt(action, capabilities);
    *order.add_actions() = std::move(action);
  }
  feasible.order = std::move(order);
  return feasible;
}

}  // namespace chathub
