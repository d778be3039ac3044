#include "hub/rpc/dead_letter_methods.h"

#include <algorithm>
#include <string>
#include <vector>

#include "hub/base/errors.h"
#include "hub/core/problems.h"

namespace chathub {
namespace {

constexpr std::size_t kPage = 100;
constexpr std::size_t kLongestPage = 1000;
constexpr std::size_t kLargestAnswer = 768 * 1024;  // bytes; a frame holds 1 MiB

v1::DeadLetter ToWire(const DeadLetters::Letter& letter) {
  const internal::Envelope& envelope = letter.dead.envelope();
  v1::DeadLetter wire;
  wire.set_id(letter.id);
  wire.set_mailbox(envelope.to());
  *wire.mutable_died_at() = ToTimestamp(letter.dead.died_at());
  wire.set_why(letter.dead.why());
  wire.set_attempts(envelope.attempt());
  if (envelope.has_delivery()) {
    *wire.mutable_delivery() = envelope.delivery();
    *wire.mutable_conversation() = envelope.delivery().event().conversation();
  } else if (envelope.has_order()) {
    *wire.mutable_actions() = envelope.order().actions();
    *wire.mutable_conversation() = envelope.order().conversation();
  }
  return wire;
}

// The ids that are named, or all of the mailbox.
template <class Request>
absl::StatusOr<std::vector<std::string>> Chosen(const DeadLetters& letters,
                                                const Request& request) {
  if (request.ids().empty() == request.mailbox().empty()) {
    return Fail(Reason::kBadFrame, "name either the dead letters or one mailbox");
  }
  std::vector<std::string> ids(request.ids().begin(), request.ids().end());
  if (!ids.empty()) return ids;
  for (const auto& letter : letters.List(request.mailbox(), "", DeadLetters::kMost)) {
    ids.push_back(letter.id);
  }
  return ids;
}

template <class Request, class Do>
absl::StatusOr<std::uint64_t> DoEach(const DeadLetters& letters, const Request& request, Do act) {
  const auto ids = Chosen(letters, request);
  if (!ids.ok()) return ids.status();
  std::uint64_t done = 0;
  for (const std::string& id : *ids) {
    if (const absl::Status status = act(id); !status.ok()) {
      return Fail(ReasonOf(status), std::string(status.message()) + " (" + std::to_string(done) +
                                        " were done before)");
    }
    ++done;
  }
  return done;
}

}  // namespace

v1::ListDeadLettersResponse ListDeadLetters(const DeadLetters& letters,
                                            const v1::ListDeadLettersRequest& request) {
  const std::size_t asked = request.page_size() == 0 ? kPage : request.page_size();
  const std::size_t limit = std::min(asked, kLongestPage);
  const auto found = letters.List(request.mailbox(), request.page_token(), limit);
  v1::ListDeadLettersResponse response;
  std::size_t size = 0;
  for (const auto& letter : found) {
    v1::DeadLetter wire = ToWire(letter);
    size += wire.ByteSizeLong();
    if (size > kLargestAnswer && !response.dead_letters().empty()) break;
    *response.add_dead_letters() = std::move(wire);
  }
  const auto said = static_cast<std::size_t>(response.dead_letters_size());
  if (said < found.size() || found.size() == limit) {
    response.set_next_page_token(found[said - 1].id);
  }
  return response;
}

absl::StatusOr<v1::GetDeadLetterResponse> GetDeadLetter(const DeadLetters& letters,
                                                        const v1::GetDeadLetterRequest& request) {
  const auto letter = letters.Find(request.id());
  if (!letter.ok()) return letter.status();
  v1::GetDeadLetterResponse response;
  *response.mutable_dead_letter() = ToWire(*letter);
  return response;
}

absl::StatusOr<v1::ReplayDeadLettersResponse> ReplayDeadLetters(
    DeadLetters& letters, const v1::ReplayDeadLettersRequest& request) {
  const auto done =
      DoEach(letters, request, [&](const std::string& id) { return letters.Replay(id); });
  if (!done.ok()) return done.status();
  v1::ReplayDeadLettersResponse response;
  response.set_replayed(*done);
  return response;
}

absl::StatusOr<v1::DropDeadLettersResponse> DropDeadLetters(
    DeadLetters& letters, const v1::DropDeadLettersRequest& request) {
  const auto done =
      DoEach(letters, request, [&](const std::string& id) { return letters.Drop(id); });
  if (!done.ok()) return done.status();
  v1::DropDeadLettersResponse response;
  response.set_dropped(*done);
  return response;
}

}  // namespace chathub
