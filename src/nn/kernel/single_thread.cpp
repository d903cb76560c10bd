#include "nn/kernel/single_thread.hpp"

// Debian's oneDNN uses GCC's OpenMP runtime, also when we are compiled by Clang, whose own omp.h
// would bring in a second one. These two are the whole of what we need of it.
extern "C" {
void omp_set_num_threads(int);
int omp_get_max_threads(void);
}

namespace showergan::nn::kernel {

SingleThread::SingleThread() : before_(omp_get_max_threads()) {
  omp_set_num_threads(1);
}

SingleThread::~SingleThread() {
  omp_set_num_threads(before_);
}

}  // namespace showergan::nn::kernel
