#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <unordered_map>
#include <utility>

#include <oneapi/dnnl/dnnl.hpp>

#include "nn/graph/activation.hpp"

namespace showergan::nn::kernel {

/// The process's CPU engine, and a stream on it for each thread.
const dnnl::engine& cpu_engine();
dnnl::stream& cpu_stream();

/// A primitive with the memory objects of its arguments, made once; running it only sets pointers.
class BoundPrimitive {
 public:
  BoundPrimitive() = default;
  BoundPrimitive(dnnl::primitive primitive,
                 std::initializer_list<std::pair<int, dnnl::memory::desc>> arguments);

  void add_argument(int argument, const dnnl::memory::desc& description);
  void set(int argument, const void* data);
  void run();

 private:
  dnnl::primitive primitive_;
  std::unordered_map<int, dnnl::memory> arguments_;
};

/// Copies between two memory layouts of one tensor.
class Reorder {
 public:
  Reorder() = default;
  Reorder(const dnnl::memory::desc& from, const dnnl::memory::desc& to);
  void run(const void* from, void* to);

 private:
  BoundPrimitive primitive_;
};

/// Attributes with the scratchpad in our hands.
dnnl::primitive_attr user_scratchpad();

/// Appends an activation to the post-operations of a primitive; false if oneDNN does not have it.
bool append_activation(dnnl::post_ops& post_ops, const Activation& activation);

/// Whether oneDNN fell back to one of its slow reference kernels.
bool is_reference(const std::string& implementation);

inline std::size_t aligned(std::size_t bytes) {
  return (bytes + 63) / 64 * 64;
}

}  // namespace showergan::nn::kernel
