#pragma once

namespace showergan::nn::kernel {

/// While it lives, oneDNN (whose build uses OpenMP) works on the calling thread alone: plans are
/// parallel from outside. It must be in place when primitives are created as well as when they run.
class SingleThread {
 public:
  SingleThread();
  ~SingleThread();
  SingleThread(const SingleThread&) = delete;
  SingleThread& operator=(const SingleThread&) = delete;

 private:
  int before_;
};

}  // namespace showergan::nn::kernel
