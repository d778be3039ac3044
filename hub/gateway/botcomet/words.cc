#include "hub/gateway/botcomet/words.h"

namespace chathub::botcomet {
namespace {

struct Row {
  Reason reason;
  std::uint16_t code;  // 0: said nothing, the connection goes on
};

constexpr Row kRows[] = {
    {Reason::kBadFrame, 0},    {Reason::kBadRoute, 0},    {Reason::kNameTaken, 0},
    {Reason::kNoSuchPeer, 0},  {Reason::kNotAttached, 0}, {Reason::kNotAllowed, 1008},
    {Reason::kTooMuch, 1013},  {Reason::kTooLarge, 1009}, {Reason::kGoingAway, 1012},
    {Reason::kOurFault, 1011}, {Reason::kUnsupported, 0}, {Reason::kConflict, 0},
    {Reason::kExpired, 0},
};

}  // namespace

Outcome Complain(const Refused& refused) {
  for (const Row& row : kRows) {
    if (row.reason != refused.reason || row.code == 0) continue;
    return {.close = CloseReason{row.code, refused.detail}};
  }
  return {};
}

}  // namespace chathub::botcomet
