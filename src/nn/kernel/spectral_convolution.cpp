#include "nn/kernel/spectral_convolution.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "base/contract.hpp"

namespace showergan::nn::kernel {
namespace {

/// Rows of a frequency's product: four full tiles.
constexpr std::int64_t rows_at_a_time = 4 * 12;

/// Extents along x (0), y or z (2) of a tensor (channels, x, y, z).
std::int64_t extent(const Shape& shape, std::size_t axis) {
  return shape[axis + 1];
}

/// The shortest period in which no tap of a result meets a cell that is not its own: results start
/// `before` cells before the image, and no end may wrap around into cells.
std::int64_t shortest_period(const Conv3d& c, const Shape& image, const Shape& out,
                             std::size_t axis) {
  const std::int64_t before = c.padding.before[axis];
  const std::int64_t reach = (extent(out, axis) - 1) * c.stride[axis] + c.kernel[axis] - before;
  return std::max(reach, extent(image, axis) * c.upsampling[axis] + before);
}

AlignedBuffer bytes_of(const RowProduct& product) {
  AlignedBuffer buffer(product.prepared_bytes());
  product.clear(buffer.data());
  return buffer;
}

std::vector<float> zeros(std::int64_t count) {
  return std::vector<float>(static_cast<std::size_t>(count));
}

}  // namespace

SpectralConvolution::SpectralConvolution(const Conv3d& convolution, const Shape& image,
                                         std::span<const float> kernel)
    : convolution_(convolution),
      image_(image),
      out_(infer_shape(convolution, {&image, 1})),
      images_(std::max<std::int64_t>(2, rows_at_a_time / extent(out_, 2) / 2 * 2)),
      period_{shortest_period(convolution, image, out_, 0),
              shortest_period(convolution, image, out_, 1)},
      window_(convolution.kernel[2] * image[0]),
      image_product_(extent(image, 0) * extent(image, 1), extent(image, 2) * image[0],
                     Precision::f32),
      result_product_(period_[0] * period_[1], extent(out_, 2) * out_[0], Precision::f32),
      single_product_(window_, out_[0], Precision::f32),
      pair_product_(2 * window_, out_[0], Precision::f32) {
  SHOWERGAN_EXPECT(static_cast<std::int64_t>(kernel.size()) ==
                   out_[0] * image[0] * convolution.kernel[0] * convolution.kernel[1] *
                       convolution.kernel[2]);
  list_frequencies();
  fill_matrices();
  transform_kernel(kernel);
}

void SpectralConvolution::list_frequencies() {
  for (std::int64_t x = 0; x < period_[0]; ++x) {
    for (std::int64_t y = 0; y < period_[1]; ++y) {
      const std::pair conjugate{(period_[0] - x) % period_[0], (period_[1] - y) % period_[1]};
      if (std::pair{x, y} > conjugate) continue;
      const std::int64_t count = std::pair{x, y} == conjugate ? 1 : 2;
      frequencies_.push_back({x, y, numbers_, count});
      numbers_ += count;
    }
  }
  SHOWERGAN_EXPECT(numbers_ == period_[0] * period_[1]);
}

double SpectralConvolution::angle(const Frequency& frequency, std::int64_t x,
                                  std::int64_t y) const {
  // Whole turns are taken off in whole numbers.
  const std::int64_t turn = period_[0] * period_[1];
  const std::int64_t part = (frequency.x * x * period_[1] + frequency.y * y * period_[0]) % turn;
  return 2 * std::numbers::pi * static_cast<double>(part) / static_cast<double>(turn);
}

/// A spectrum's numbers are Σ f cos and Σ f sin. With F = a − i b of an image and the conjugate
/// spectrum c + i d of the kernel (we correlate), a result's is a c + b d + i (a d − b c).
void SpectralConvolution::fill_matrices() {
  const std::int64_t planes = image_product_.inputs();
  const std::int64_t results = extent(out_, 0) * extent(out_, 1);
  const Triple& up = convolution_.upsampling;
  to_image_.assign(static_cast<std::size_t>(numbers_ * planes), 0.0f);
  to_result_.assign(static_cast<std::size_t>(results * numbers_), 0.0f);
  for (const Frequency& frequency : frequencies_) {
    for (std::int64_t cell = 0; cell < planes; ++cell) {
      const std::int64_t first_x = cell / extent(image_, 1) * up[0];
      const std::int64_t first_y = cell % extent(image_, 1) * up[1];
      double cosine = 0;
      double sine = 0;
      for (std::int64_t copy = 0; copy < up[0] * up[1]; ++copy) {
        const double at = angle(frequency, first_x + copy / up[1], first_y + copy % up[1]);
        cosine += std::cos(at);
        sine += std::sin(at);
      }
      float* to = to_image_.data() + frequency.first * planes + cell;
      to[0] = static_cast<float>(cosine);
      if (frequency.numbers == 2) to[planes] = static_cast<float>(sine);
    }
    const double weight =
        static_cast<double>(frequency.numbers) / static_cast<double>(period_[0] * period_[1]);
    for (std::int64_t cell = 0; cell < results; ++cell) {
      const double at =
          angle(frequency,
                cell / extent(out_, 1) * convolution_.stride[0] - convolution_.padding.before[0],
                cell % extent(out_, 1) * convolution_.stride[1] - convolution_.padding.before[1]);
      float* to = to_result_.data() + cell * numbers_ + frequency.first;
      to[0] = static_cast<float>(weight * std::cos(at));
      if (frequency.numbers == 2) to[1] = static_cast<float>(-weight * std::sin(at));
    }
  }
}

void SpectralConvolution::transform_kernel(std::span<const float> kernel) {
  const Triple& taps = convolution_.kernel;
  const std::int64_t channels = image_[0];
  const std::int64_t filters = out_[0];
  const std::int64_t plane = taps[0] * taps[1];
  // As for images, but of taps, and what is transformed is (kz, C, filters).
  const RowProduct product(plane, window_ * filters, Precision::f32);
  AlignedBuffer matrix = bytes_of(product);
  std::vector<float> row = zeros(product.outputs());
  for (std::int64_t tap = 0; tap < plane; ++tap) {
    for (std::int64_t i = 0; i < product.outputs(); ++i) {
      const std::int64_t f = i % filters;
      const std::int64_t c = i / filters % channels;
      const std::int64_t z = i / (filters * channels);
      row[static_cast<std::size_t>(i)] =
          kernel[static_cast<std::size_t>(((f * channels + c) * plane + tap) * taps[2] + z)];
    }
    product.set_row(tap, row.data(), matrix.data());
  }
  AlignedBuffer scratch(product.scratch_bytes(2));
  std::vector<float> waves = zeros(2 * plane);
  std::vector<float> spectrum = zeros(2 * product.outputs());
  for (const Frequency& frequency : frequencies_) {
    for (std::int64_t tap = 0; tap < plane; ++tap) {
      const double at = angle(frequency, tap / taps[1], tap % taps[1]);
      waves[static_cast<std::size_t>(tap)] = static_cast<float>(std::cos(at));
      waves[static_cast<std::size_t>(plane + tap)] = static_cast<float>(std::sin(at));
    }
    product.run(waves.data(), frequency.numbers, matrix.data(), 1.0f, spectrum.data(),
                scratch.data());
    const float* c = spectrum.data();
    float* d = spectrum.data() + product.outputs();
    const RowProduct& to = frequency.numbers == 2 ? pair_product_ : single_product_;
    for (std::int64_t n = 0; n < frequency.numbers; ++n) kernel_.push_back(bytes_of(to));
    std::byte* real = kernel_[static_cast<std::size_t>(frequency.first)].data();
    for (std::int64_t i = 0; i < window_; ++i) to.set_row(i, c + i * filters, real);
    if (frequency.numbers == 1) continue;
    std::byte* imaginary = kernel_[static_cast<std::size_t>(frequency.first + 1)].data();
    for (std::int64_t i = 0; i < window_; ++i) {
      to.set_row(window_ + i, d + i * filters, real);
      to.set_row(i, d + i * filters, imaginary);
      for (std::int64_t f = 0; f < filters; ++f)
        row[static_cast<std::size_t>(f)] = -c[i * filters + f];
      to.set_row(window_ + i, row.data(), imaginary);
    }
  }
}

SpectralConvolution::Scratch SpectralConvolution::scratch() const {
  Scratch scratch;
  const std::int64_t rows = images_ * extent(out_, 2);
  scratch.values = zeros(image_product_.outputs());
  scratch.image = zeros(images_ * numbers_ * image_product_.outputs());
  scratch.windows = zeros(rows * 2 * window_);
  scratch.result = zeros(images_ * numbers_ * result_product_.outputs());
  scratch.image_matrix = bytes_of(image_product_);
  scratch.result_matrix = bytes_of(result_product_);
  scratch.product = AlignedBuffer(
      std::max({image_product_.scratch_bytes(numbers_), pair_product_.scratch_bytes(rows),
                result_product_.scratch_bytes(extent(out_, 0) * extent(out_, 1))}));
  return scratch;
}

void SpectralConvolution::run(const float* images, std::int64_t count, Scratch& scratch,
                              float* results) const {
  SHOWERGAN_EXPECT(count <= images_);
  const std::int64_t spectrum = numbers_ * image_product_.outputs();
  for (std::int64_t i = 0; i < count; ++i) {
    transform_image(images + i * image_size(), scratch, scratch.image.data() + i * spectrum);
  }
  multiply(count, scratch);
  const std::int64_t lines = result_product_.outputs();  // z and filters
  for (std::int64_t i = 0; i < count; ++i) {
    for (std::int64_t n = 0; n < numbers_; ++n) {
      result_product_.set_row(n, scratch.result.data() + (n * count + i) * lines,
                              scratch.result_matrix.data());
    }
    result_product_.run(to_result_.data(), extent(out_, 0) * extent(out_, 1),
                        scratch.result_matrix.data(), 1.0f, results + i * result_size(),
                        scratch.product.data());
  }
}

/// (C, x, y, z) → (numbers, z, C).
void SpectralConvolution::transform_image(const float* image, Scratch& scratch,
                                          float* spectrum) const {
  const std::int64_t channels = image_[0];
  const std::int64_t planes = image_product_.inputs();
  const std::int64_t length = extent(image_, 2);
  for (std::int64_t cell = 0; cell < planes; ++cell) {
    for (std::int64_t c = 0; c < channels; ++c) {
      const float* line = image + (c * planes + cell) * length;
      for (std::int64_t z = 0; z < length; ++z) {
        scratch.values[static_cast<std::size_t>(z * channels + c)] = line[z];
      }
    }
    image_product_.set_row(cell, scratch.values.data(), scratch.image_matrix.data());
  }
  image_product_.run(to_image_.data(), numbers_, scratch.image_matrix.data(), 1.0f, spectrum,
                     scratch.product.data());
}

/// Every frequency for itself: windows (images, z, numbers, kz, C) → (numbers, images, z, filters).
void SpectralConvolution::multiply(std::int64_t count, Scratch& scratch) const {
  const std::int64_t rows = count * extent(out_, 2);
  for (const Frequency& frequency : frequencies_) {
    cut_windows(frequency, count, scratch);
    const RowProduct& product = frequency.numbers == 2 ? pair_product_ : single_product_;
    for (std::int64_t n = frequency.first; n < frequency.first + frequency.numbers; ++n) {
      product.run(scratch.windows.data(), rows, kernel_[static_cast<std::size_t>(n)].data(), 1.0f,
                  scratch.result.data() + n * count * result_product_.outputs(),
                  scratch.product.data());
    }
  }
}

void SpectralConvolution::cut_windows(const Frequency& frequency, std::int64_t count,
                                      Scratch& scratch) const {
  const std::int64_t channels = image_[0];
  const std::int64_t length = extent(image_, 2);
  float* to = scratch.windows.data();
  for (std::int64_t i = 0; i < count; ++i) {
    for (std::int64_t z = 0; z < extent(out_, 2); ++z) {
      const std::int64_t first = z * convolution_.stride[2] - convolution_.padding.before[2];
      for (std::int64_t n = frequency.first; n < frequency.first + frequency.numbers; ++n) {
        const float* line = scratch.image.data() + (i * numbers_ + n) * image_product_.outputs();
        for (std::int64_t tap = 0; tap < convolution_.kernel[2]; ++tap, to += channels) {
          const std::int64_t at = first + tap;
          if (at < 0 || at >= length * convolution_.upsampling[2]) {
            std::fill_n(to, channels, 0.0f);
          } else {
            std::copy_n(line + at / convolution_.upsampling[2] * channels, channels, to);
          }
        }
      }
    }
  }
}

}  // namespace showergan::nn::kernel
