#include "hub/core/rights/rights.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "hub/base/errors.h"
#include "hub/base/text.h"

namespace chathub {
namespace {

constexpr std::array<std::pair<Right, std::string_view>, 5> kWords = {{
    {Right::kListen, "listen"},
    {Right::kPrivate, "private"},
    {Right::kExclusive, "exclusive"},
    {Right::kUsers, "users"},
    {Right::kAdmin, "admin"},
}};
constexpr std::string_view kSend = "send:";
constexpr std::string_view kEveryRoom = "*";
constexpr std::size_t kLongestRoom = 512;
constexpr std::size_t kMostWords = 100;

std::optional<Right> RightOf(std::string_view word) {
  const auto found = std::find_if(kWords.begin(), kWords.end(),
                                  [&](const auto& entry) { return entry.second == word; });
  if (found == kWords.end()) return std::nullopt;
  return found->first;
}

// A qualified id or the beginning of one; `*` only at its end.
bool IsRoomPattern(std::string_view rooms) {
  if (rooms.empty() || rooms.size() > kLongestRoom) return false;
  const auto star = rooms.find('*');
  if (star != std::string_view::npos && star + 1 != rooms.size()) return false;
  const auto slash = rooms.find('/');
  const bool qualified = slash != std::string_view::npos && slash > 0 && slash + 1 < rooms.size();
  return qualified || star != std::string_view::npos;
}

absl::Status NoRight(std::string_view word) {
  std::string detail("'");
  detail.append(ForLog(word, 80))
      .append(
          "' is no right; there are listen, private, exclusive, users, admin and send:<rooms>, "
          "where <rooms> is a room's id (irc/#ops) or the beginning of several and a star "
          "(irc/*)");
  return Fail(Reason::kBadFrame, detail);
}

}  // namespace

std::string_view ToString(Right right) {
  return std::find_if(kWords.begin(), kWords.end(),
                      [&](const auto& entry) { return entry.first == right; })
      ->second;
}

Rights Rights::All() {
  Rights rights;
  for (const auto& [right, word] : kWords) rights.rights_.insert(right);
  rights.rooms_.emplace(kEveryRoom);
  return rights;
}

absl::StatusOr<Rights> Rights::Parse(const std::vector<std::string>& words) {
  if (words.size() > kMostWords) return Fail(Reason::kTooLarge, "more than 100 rights");
  Rights rights;
  for (const std::string& word : words) {
    if (const auto right = RightOf(word)) {
      rights.rights_.insert(*right);
    } else if (word.starts_with(kSend) && IsRoomPattern(word.substr(kSend.size()))) {
      rights.rooms_.insert(word.substr(kSend.size()));
    } else {
      return NoRight(word);
    }
  }
  return rights;
}

bool Rights::MaySendTo(std::string_view room) const {
  return std::any_of(rooms_.begin(), rooms_.end(), [&](const std::string& rooms) {
    if (rooms.back() != '*') return rooms == room;
    return room.starts_with(rooms.substr(0, rooms.size() - 1));
  });
}

std::vector<std::string> Rights::Words() const {
  std::vector<std::string> words;
  for (const Right right : rights_) words.emplace_back(ToString(right));
  for (const std::string& rooms : rooms_) words.emplace_back(kSend).append(rooms);
  std::sort(words.begin(), words.end());
  return words;
}

}  // namespace chathub
