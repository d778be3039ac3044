#include "adapters/irc/speech.h"

#include <algorithm>

#include "adapters/irc/message.h"
#include "adapters/irc/splitter.h"
#include "adapters/irc/text.h"

namespace chathub::irc {
namespace {

constexpr std::string_view kMe = "/me ";
constexpr std::string_view kActionBegin =
    "\x01"
    "ACTION ";
constexpr std::string_view kActionEnd = "\x01";
constexpr Moment kPatienceForEcho{15'000};

std::vector<std::string> PiecesOf(std::string_view line, std::size_t most) {
  if (!line.starts_with(kMe)) return Split(line, most);
  const std::size_t around = kActionBegin.size() + kActionEnd.size();
  auto pieces = Split(line.substr(kMe.size()), most - std::min(around, most));
  for (std::string& piece : pieces) {
    piece = std::string(kActionBegin).append(piece).append(kActionEnd);
  }
  return pieces;
}

}  // namespace

Speech::Speech(std::string target, std::string_view text, std::size_t most,
               std::uint64_t& last_label)
    : target_(std::move(target)) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::string clean = OneLine(line);
    // IRC has no empty messages.
    if (clean.find_first_not_of(' ') == std::string::npos) continue;
    for (std::string& piece : PiecesOf(clean, most)) {
      pieces_.push_back({std::move(piece), std::to_string(++last_label)});
    }
  }
}

std::optional<std::string> Speech::Next(const Confirmation& confirmation) {
  const auto next = std::find_if(pieces_.begin(), pieces_.end(),
                                 [](const Piece& piece) { return !piece.given && !piece.done; });
  if (next == pieces_.end()) return std::nullopt;
  next->given = true;
  const std::string label = confirmation.labels ? "@label=" + next->label + " " : "";
  return label + FormatLine("PRIVMSG", {target_, next->text});
}

void Speech::Written(bool awaits_echo, Moment now) {
  const auto piece = std::find_if(pieces_.begin(), pieces_.end(),
                                  [](const Piece& each) { return each.given && !each.written; });
  if (piece == pieces_.end()) return;
  piece->written = true;
  piece->patience = now + kPatienceForEcho;
  if (!awaits_echo) piece->done = true;
}

void Speech::Echoed(std::string_view label, std::string_view id) {
  const auto piece = std::find_if(pieces_.begin(), pieces_.end(), [&](const Piece& each) {
    return each.given && !each.done && (label.empty() || each.label == label);
  });
  if (piece == pieces_.end()) return;
  piece->done = true;
  piece->id = id;
}

bool Speech::Owns(std::string_view label) const {
  return std::any_of(pieces_.begin(), pieces_.end(),
                     [&](const Piece& piece) { return piece.label == label; });
}

void Speech::Break() {
  for (Piece& piece : pieces_) {
    piece.given = piece.written = piece.done;
  }
}

void Speech::Tick(Moment now) {
  for (Piece& piece : pieces_) {
    if (piece.written && piece.patience <= now) piece.done = true;
  }
}

std::optional<Moment> Speech::NextWake() const {
  for (const Piece& piece : pieces_) {
    if (piece.written && !piece.done) return piece.patience;
  }
  return std::nullopt;
}

bool Speech::all_written() const {
  return std::all_of(pieces_.begin(), pieces_.end(),
                     [](const Piece& piece) { return piece.written || piece.done; });
}

bool Speech::done() const {
  return std::all_of(pieces_.begin(), pieces_.end(), [](const Piece& piece) { return piece.done; });
}

std::vector<std::string> Speech::ids() const {
  std::vector<std::string> ids;
  for (const Piece& piece : pieces_) {
    if (!piece.id.empty()) ids.push_back(piece.id);
  }
  return ids;
}

}  // namespace chathub::irc
