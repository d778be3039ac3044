// BotComet's keys: a challenge that is no challenge, an answer that is no answer, a key that is
// none.
#include "hub/gateway/botcomet/padlock.h"

#include <openssl/evp.h>

#include "tests/fuzz/fuzz.h"

namespace {

const chathub::botcomet::KeyPair& OurKey() {
  static const chathub::botcomet::KeyPair key = *chathub::botcomet::MakeKeyPair();
  return key;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace chathub::botcomet;
  using chathub::fuzz::Promise;
  if (size > 4000) return 0;
  const std::string text(chathub::fuzz::TextOf(bytes, size));
  const auto& [public_pem, private_pem] = OurKey();
  Unlock(private_pem, text);
  Open(public_pem, text);
  PairOf(text);
  Lock(text, "x");
  Promise(AddressOf(text).size() == 64, "an address is 64 digits");
  if (size > 500) return 0;
  const auto locked = Lock(public_pem, text);
  Promise(locked.has_value(), "any text can be locked");
  const auto answer = Unlock(private_pem, *locked);
  Promise(answer.has_value() == !text.empty(), "what was locked is unlocked");
  Promise(text.empty() || Open(public_pem, *answer) == text, "and says what was locked");
  return 0;
}
