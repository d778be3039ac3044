// The methods of Admin about dead letters.
#pragma once

#include "absl/status/statusor.h"
#include "chathub/v1/admin.pb.h"
#include "hub/core/mailboxes/dead_letters.h"

namespace chathub {

v1::ListDeadLettersResponse ListDeadLetters(const DeadLetters& letters,
                                            const v1::ListDeadLettersRequest& request);
absl::StatusOr<v1::GetDeadLetterResponse> GetDeadLetter(const DeadLetters& letters,
                                                        const v1::GetDeadLetterRequest& request);

// Stop at the first that fails, which says how many were done before.
absl::StatusOr<v1::ReplayDeadLettersResponse> ReplayDeadLetters(
    DeadLetters& letters, const v1::ReplayDeadLettersRequest& request);
absl::StatusOr<v1::DropDeadLettersResponse> DropDeadLetters(
    DeadLetters& letters, const v1::DropDeadLettersRequest& request);

}  // namespace chathub
