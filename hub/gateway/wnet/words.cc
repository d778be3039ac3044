#include "hub/gateway/wnet/words.h"

#include <string_view>

namespace chathub::wnet {
namespace {

struct Row {
  Reason reason;
  // Behind `error@`; empty: the connection ends with `code`.
  std::string_view words;
  std::uint16_t code = 0;
};

constexpr Row kRows[] = {
    {Reason::kBadFrame, "Bad command"},
    {Reason::kBadRoute, "Bad command"},
    // The document's own words.
    {Reason::kNameTaken, "Such bot connected. Sending ping to confirm that bot is alive."},
    {Reason::kNoSuchPeer, "No such bot"},
    {Reason::kNotAttached, "Not connected"},
    {Reason::kNotAllowed, "Not allowed"},
    {Reason::kTooMuch, "", 1013},
    {Reason::kTooLarge, "", 1009},
    {Reason::kGoingAway, "Going away"},
    {Reason::kOurFault, "", 1011},
    {Reason::kUnsupported, "Not supported"},
    {Reason::kConflict, "The bot of this name is alive"},
    {Reason::kExpired, "Too late"},
};

const Row& Find(Reason reason) {
  for (const Row& row : kRows) {
    if (row.reason == reason) return row;
  }
  return kRows[0];
}

}  // namespace

Outcome Complain(const Refused& refused) {
  const Row& row = Find(refused.reason);
  if (row.words.empty()) return {.close = CloseReason{row.code, refused.detail}};
  std::string text = "error@" + std::string(row.words);
  if (!refused.detail.empty()) text += ": " + refused.detail;
  return {.to_peer = {std::move(text)}};
}

}  // namespace chathub::wnet
