#include "montecarlo/random_stream.hpp"

#include "montecarlo/constants.hpp"

namespace showergan::montecarlo {

double RandomStream::normal() noexcept {
  if (has_second_normal_) {
    has_second_normal_ = false;
    return second_normal_;
  }
  const double radius = std::sqrt(2 * exponential());
  const double angle = two_pi * uniform();
  second_normal_ = radius * std::sin(angle);
  has_second_normal_ = true;
  return radius * std::cos(angle);
}

void RandomStream::refill() noexcept {
  random_.fill_words(shower_, draw_, words_);
  draw_ += static_cast<std::uint32_t>(words_.size() / 4);
  next_ = 0;
}

}  // namespace showergan::montecarlo
