#include "hub/serve.h"

namespace chathub {

int Serve(const Config&, DataFolder&) { return 1; }

}  // namespace chathub
