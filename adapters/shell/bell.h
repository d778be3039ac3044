// Wakes a thread that waits for input.
#pragma once

namespace chathub::shell {

class Bell {
 public:
  Bell();
  ~Bell();
  Bell(const Bell&) = delete;
  Bell& operator=(const Bell&) = delete;

  // Any thread.
  void Ring();
  // Blocks until `input` can be read or has ended, or the bell was rung. True for input.
  bool AwaitInput(int input);

 private:
  const int descriptor_;
};

}  // namespace chathub::shell
