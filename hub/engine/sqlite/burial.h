// Damaged rows as dead letters.
#pragma once

#include <cstddef>
#include <cstdint>

#include "hub/engine/engine.h"
#include "hub/engine/sqlite/loading.h"

namespace chathub::sqlite {

// In the space and form that people's tools read dead letters in: chathub.internal.DeadEnvelope
// under `hub.dead`. `number` tells those of one start apart.
Write Bury(const Damage& damage, std::size_t number, std::int64_t now);

}  // namespace chathub::sqlite
