// The handler `karma`: counts who is praised.
#include "handlers/karma/karma.h"

int main() {
  chathub::Handler handler("karma");
  chathub::AddKarma(handler);
  return handler.Run();
}
