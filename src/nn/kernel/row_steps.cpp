#include "nn/kernel/row_steps.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "nn/kernel/row_steps.cpp"
#include <hwy/foreach_target.h>
// foreach_target must come before highway.h
#include <hwy/contrib/math/math-inl.h>
#include <hwy/highway.h>

#include "base/contract.hpp"
#include "nn/kernel/channel_pattern.hpp"

HWY_BEFORE_NAMESPACE();
namespace showergan::nn::kernel::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using D = hn::CappedTag<float, lanes_multiple>;

/// to[i] = f(a[i]) and so on, in whole vectors; a number is the same vector again and again.
template <class F>
HWY_INLINE void map(const RowPointer& to, std::size_t columns, const RowPointer& a, F&& f) {
  const D d;
  for (std::size_t i = 0; i < columns; i += hn::Lanes(d)) {
    hn::Store(f(hn::Load(d, a.data + i * a.step)), d, to.data + i);
  }
}

template <class F>
HWY_INLINE void map(const RowPointer& to, std::size_t columns, const RowPointer& a,
                    const RowPointer& b, F&& f) {
  const D d;
  for (std::size_t i = 0; i < columns; i += hn::Lanes(d)) {
    hn::Store(f(hn::Load(d, a.data + i * a.step), hn::Load(d, b.data + i * b.step)), d,
              to.data + i);
  }
}

void Choose(const RowPointer& to, std::size_t columns, const RowPointer& a, const RowPointer& b,
            const RowPointer& c) {
  const D d;
  for (std::size_t i = 0; i < columns; i += hn::Lanes(d)) {
    const auto positive = hn::Gt(hn::Load(d, a.data + i * a.step), hn::Zero(d));
    hn::Store(hn::IfThenElse(positive, hn::Load(d, b.data + i * b.step),
                             hn::Load(d, c.data + i * c.step)),
              d, to.data + i);
  }
}

/// f(x), and x where it is no number: Highway's functions hide that, and may not be given it.
template <class V, class F>
HWY_INLINE V on_numbers(V x, F&& f) {
  const auto none = hn::IsNaN(x);
  return hn::IfThenElse(none, x, f(hn::IfThenZeroElse(none, x)));
}

/// Infinity from 104 on, up to where Highway's function is defined.
template <class V>
HWY_INLINE V exponential(V x) {
  const D d;
  const auto most = hn::Set(d, 104.0f);
  return hn::Exp(d, hn::IfThenElse(hn::Gt(x, most), most, x));
}

/// Also of 0, infinity and negative numbers, which Highway's function is not defined for.
template <class V>
HWY_INLINE V logarithm(V x) {
  const D d;
  const auto infinity = hn::Inf(d);
  const auto inside = hn::And(hn::Gt(x, hn::Zero(d)), hn::Lt(x, infinity));
  const auto ends = hn::IfThenElse(hn::Lt(x, hn::Zero(d)), hn::NaN(d),
                                   hn::IfThenElse(hn::Eq(x, infinity), x, hn::Neg(infinity)));
  return hn::IfThenElse(inside, hn::Log(d, hn::IfThenElse(inside, x, hn::Set(d, 1.0f))), ends);
}

void Evaluate(const Activation& activation, const RowPointer& to, std::size_t columns,
              const RowPointer& a) {
  const D d;
  const auto alpha = hn::Set(d, static_cast<float>(activation.alpha));
  const auto beta = hn::Set(d, static_cast<float>(activation.beta));
  const auto zero = hn::Zero(d);
  const auto one = hn::Set(d, 1.0f);
  switch (activation.function) {
    case Function::relu:
      return map(to, columns, a,
                 [&](auto x) HWY_ATTR { return hn::IfThenElse(hn::Lt(x, zero), zero, x); });
    case Function::leaky_relu:
      return map(to, columns, a, [&](auto x) HWY_ATTR {
        return hn::IfThenElse(hn::Gt(x, zero), x, hn::Mul(alpha, x));
      });
    case Function::sigmoid:
      return map(to, columns, a, [&](auto x) HWY_ATTR {
        return on_numbers(x, [&](auto y) HWY_ATTR {
          return hn::Div(one, hn::Add(one, exponential(hn::Neg(y))));
        });
      });
    case Function::tanh:
      return map(to, columns, a, [&](auto x) HWY_ATTR {
        return on_numbers(x, [&](auto y) HWY_ATTR { return hn::Tanh(d, y); });
      });
    case Function::exp:
      return map(to, columns, a, [&](auto x) HWY_ATTR {
        return on_numbers(x, [&](auto y) HWY_ATTR { return exponential(y); });
      });
    case Function::log:
      return map(to, columns, a, [&](auto x) HWY_ATTR {
        return on_numbers(x, [&](auto y) HWY_ATTR { return logarithm(y); });
      });
    case Function::clip:
      return map(to, columns, a, [&](auto x) HWY_ATTR {
        const auto raised = hn::IfThenElse(hn::Lt(x, alpha), alpha, x);
        return hn::IfThenElse(hn::Gt(raised, beta), beta, raised);
      });
    case Function::linear:
    case Function::atan:
    case Function::softplus:
    case Function::power:
      break;
  }
  SHOWERGAN_EXPECT(activation.is_linear());
  map(to, columns, a, [](auto x) HWY_ATTR { return x; });
}

void RunRowSteps(std::span<const PlacedStep> steps, std::span<const RowPointer> table,
                 std::size_t columns) {
  for (const PlacedStep& step : steps) {
    const RowPointer& to = table[step.to];
    const RowPointer& a = table[step.from[0]];
    const RowPointer& b = table[step.from[1]];
    switch (step.function) {
      case RowFunction::add:
        map(to, columns, a, b, [](auto x, auto y) HWY_ATTR { return hn::Add(x, y); });
        break;
      case RowFunction::subtract:
        map(to, columns, a, b, [](auto x, auto y) HWY_ATTR { return hn::Sub(x, y); });
        break;
      case RowFunction::multiply:
        map(to, columns, a, b, [](auto x, auto y) HWY_ATTR { return hn::Mul(x, y); });
        break;
      case RowFunction::divide:
        map(to, columns, a, b, [](auto x, auto y) HWY_ATTR { return hn::Div(x, y); });
        break;
      case RowFunction::choose:
        Choose(to, columns, a, b, table[step.from[2]]);
        break;
      case RowFunction::function:
        Evaluate(step.activation, to, columns, a);
        break;
    }
  }
}

}  // namespace showergan::nn::kernel::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace showergan::nn::kernel {

HWY_EXPORT(RunRowSteps);

void run_row_steps(std::span<const PlacedStep> steps, std::span<const RowPointer> table,
                   std::size_t columns) {
  HWY_DYNAMIC_DISPATCH(RunRowSteps)(steps, table, columns);
}

}  // namespace showergan::nn::kernel
#endif
