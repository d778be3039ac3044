#include "hub/gateway/outgoing.h"

namespace chathub {
namespace {

constexpr char kText = '\x81';   // of one fragment
constexpr char kClose = '\x88';  // as every frame that closes begins
constexpr std::size_t kShort = 125;
constexpr std::size_t kMedium = 0xFFFF;
// A peer that once heard a lot does not hold on to the room for it.
constexpr std::size_t kKept = 4096;

void AddLength(std::size_t length, std::size_t bytes, std::string& to) {
  while (bytes-- > 0) to.push_back(static_cast<char>(length >> (8 * bytes) & 0xFFU));
}

}  // namespace

void Outgoing::AddText(std::string_view text) {
  if (closed_) return;
  waiting_.push_back(kText);
  if (text.size() <= kShort) {
    AddLength(text.size(), 1, waiting_);
  } else if (text.size() <= kMedium) {
    waiting_.push_back(126);
    AddLength(text.size(), 2, waiting_);
  } else {
    waiting_.push_back(127);
    AddLength(text.size(), 8, waiting_);
  }
  waiting_.append(text);
}

void Outgoing::AddFrames(std::string_view frames) {
  if (closed_ || frames.empty()) return;
  waiting_.append(frames);
  closed_ = frames.front() == kClose;
}

std::string_view Outgoing::Next() {
  if (writing_.empty()) writing_.swap(waiting_);
  return std::string_view(writing_).substr(written_);
}

void Outgoing::Wrote(std::size_t bytes) {
  written_ += bytes;
  if (written_ < writing_.size()) return;
  written_ = 0;
  writing_.clear();
  if (writing_.capacity() > kKept) writing_.shrink_to_fit();
}

}  // namespace chathub
