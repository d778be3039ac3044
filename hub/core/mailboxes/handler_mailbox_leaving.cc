// How instances go: on purpose, or lost.
#include <utility>
#include <vector>

#include "hub/base/log.h"
#include "hub/core/mailboxes/handler_mailbox.h"

namespace chathub {

void HandlerMailbox::Detach(const std::string& session) {
  Instance* found = instances_.FindBySession(session);
  if (found == nullptr) return;
  Instance& instance = *found;
  instance.link = nullptr;
  if (!attached()) absence_.Begin([this] { TellOfAbsence(); });
  if (instance.leaving) return Lose(instance);
  instance.grace = tools_.loop.After(kGrace, [this, &instance] { Lose(instance); });
}

void HandlerMailbox::Lose(Instance& instance) {
  const std::vector<Delivery*> held = instance.holds;
  if (!held.empty()) {
    Log(LogLevel::kWarning, "instance lost",
        {{"handler", name_}, {"session", instance.session}, {"held", held.size()}});
  }
  // Before its deliveries go elsewhere: it must not be chosen.
  instance.leaving = true;
  TakeBack(held);
  Remove(instance);
  Pump();
}

void HandlerMailbox::Remove(Instance& instance) {
  Unblock(instance);
  instances_.Remove(instance);
}

void HandlerMailbox::Retire(Instance& instance) {
  instance.leaving = true;
  ReleaseIfDone(instance);
}

// Not at once: the answer to its last Finish is still to be said.
void HandlerMailbox::ReleaseIfDone(Instance& instance) {
  if (!instance.leaving || !instance.holds.empty() || instance.link == nullptr) return;
  instance.release = tools_.loop.After(Milliseconds(0), [&instance] {
    if (instance.link != nullptr) instance.link->Close(absl::OkStatus());
  });
}

}  // namespace chathub
