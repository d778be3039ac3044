#include "hub/core/mailboxes/progress.h"

namespace chathub {

bool Frontier::Close(std::uint64_t number) {
  closed_[number - up_to_ - 1] = true;
  const std::uint64_t before = up_to_;
  while (!closed_.empty() && closed_.front()) {
    closed_.pop_front();
    ++up_to_;
  }
  return up_to_ != before;
}

bool Frontier::SkipTo(std::uint64_t number) {
  if (number < next()) return false;
  if (closed_.empty()) {
    up_to_ = number;
    return true;
  }
  closed_.insert(closed_.end(), number - next() + 1, true);
  return false;
}

// Calls `close` when it ends.
template <void (Progress::*close)(std::uint64_t)>
struct Progress::OpenSeq {
  OpenSeq(std::shared_ptr<Progress> of, std::uint64_t number)
      : progress(std::move(of)), seq(number) {}
  ~OpenSeq() { ((*progress).*close)(seq); }

  const std::shared_ptr<Progress> progress;
  const std::uint64_t seq;
};

Progress::Duties Progress::Begin(const std::string& cursor) {
  const std::uint64_t seq = next();
  untouched_ = false;
  accepted_.Open();
  settled_.Open();
  if (!cursor.empty()) cursors_.emplace_back(seq, cursor);
  return {std::make_shared<OpenSeq<&Progress::CloseAccepted>>(shared_from_this(), seq),
          std::make_shared<OpenSeq<&Progress::CloseSettled>>(shared_from_this(), seq)};
}

void Progress::SkipTo(std::uint64_t seq) {
  const bool accepted_moved = accepted_.SkipTo(seq);
  const bool settled_moved = settled_.SkipTo(seq);
  if ((accepted_moved || settled_moved) && listener_ != nullptr) listener_->ProgressMoved();
}

void Progress::CloseAccepted(std::uint64_t seq) {
  if (!accepted_.Close(seq)) return;
  while (!cursors_.empty() && cursors_.front().first <= accepted_.up_to()) {
    cursor_ = std::move(cursors_.front().second);
    cursors_.pop_front();
  }
  if (listener_ != nullptr) listener_->ProgressMoved();
}

void Progress::CloseSettled(std::uint64_t seq) {
  if (settled_.Close(seq) && listener_ != nullptr) listener_->ProgressMoved();
}

}  // namespace chathub
