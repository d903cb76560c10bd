#include "nn/graph/row_program.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/contract.hpp"
#include "nn/kernel/aligned_buffer.hpp"
#include "nn/kernel/channel_pattern.hpp"
#include "nn/kernel/layout.hpp"
#include "nn/kernel/operators.hpp"
#include "nn/kernel/row_steps.hpp"

namespace showergan::nn::kernel {
namespace {

/// Where the rows of a tensor lie: row r of column j is r · row_step + j · column_step behind the
/// beginning of its sample.
struct RowLayout {
  std::int64_t row_step = 0;
  std::int64_t column_step = 0;
  std::int64_t sample_step = 0;  ///< 0: a constant, one sample for the whole batch
};

RowLayout row_layout(const Shape& shape, std::int64_t rows, bool constant) {
  const std::int64_t columns = column_count(shape, rows);
  const std::int64_t sample = constant ? 0 : rows * columns;
  // The columns of an image are one after the other in its own order as well (layout.hpp).
  const bool channels_innermost = shape.size() == 4;
  return channels_innermost ? RowLayout{1, rows, sample} : RowLayout{columns, 1, sample};
}

class RowProgramKernel : public Kernel {
 public:
  RowProgramKernel(const RowProgram& program, const Request& request)
      : steps_(program.steps.size()),
        columns_(column_count(program.shape, static_cast<std::int64_t>(program.results.size()))),
        result_layout_(
            row_layout(program.shape, static_cast<std::int64_t>(program.results.size()), false)) {
    SHOWERGAN_EXPECT(!request.training);
    lay_out_inputs(program, request);
    lay_out_numbers(program.numbers);
    lay_out_steps(program);
  }

  std::size_t forward_scratch_bytes() const override {
    return scratch_rows_ * static_cast<std::size_t>(row_distance) * sizeof(float);
  }
  std::string implementation() const override { return fmt::format("{} steps", steps_.size()); }

  void forward(const ForwardArguments& arguments) override {
    auto* scratch = reinterpret_cast<float*>(arguments.scratch);
    for (std::size_t i = 0; i < scratch_of_.size(); ++i) {
      if (scratch_of_[i] >= 0) table_[i].data = scratch + scratch_of_[i] * row_distance;
    }
    for (std::int64_t sample = 0; sample < arguments.samples; ++sample) {
      for (std::int64_t first = 0; first < columns_; first += block) {
        const std::int64_t count = std::min(block, columns_ - first);
        read(arguments, sample, first, count);
        run_row_steps(steps_, table_, static_cast<std::size_t>(count));
        write(arguments.output + sample * result_layout_.sample_step, first, count);
      }
    }
  }

  void backward(const BackwardArguments&) override { SHOWERGAN_EXPECT(false); }

 private:
  static constexpr auto block = static_cast<std::int64_t>(row_block);
  /// A multiple of 4 KB would make loads wait for stores to other rows (address bits are compared).
  static constexpr std::int64_t row_distance = block + 16;

  /// Table: input rows, numbers, results of steps. Every input row is copied: it must begin at an
  /// address that vectors can be loaded from, and have whole vectors.
  void lay_out_inputs(const RowProgram& program, const Request& request) {
    std::size_t row = 0;
    for (std::size_t i = 0; i < program.rows.size(); ++i) {
      const RowLayout layout =
          row_layout(request.input_shape(i), program.rows[i], request.input_is_constant(i));
      for (std::int64_t r = 0; r < program.rows[i]; ++r, ++row) {
        table_.push_back({});
        const RowValue value{RowValue::Kind::input, static_cast<std::int32_t>(row)};
        if (!is_read(program, value)) continue;
        inputs_.push_back({i, r * layout.row_step, layout, row});
      }
    }
  }

  static bool is_read(const RowProgram& program, const RowValue& value) {
    return std::ranges::find(program.results, value) != program.results.end() ||
           std::ranges::any_of(program.steps, [&](const RowStep& step) {
             const auto end = step.from.begin() + static_cast<std::ptrdiff_t>(step.operands());
             return std::find(step.from.begin(), end, value) != end;
           });
  }

  void lay_out_numbers(const std::vector<float>& numbers) {
    numbers_from_ = table_.size();
    numbers_ = AlignedBuffer(numbers.size() * lanes_multiple * sizeof(float));
    auto* data = reinterpret_cast<float*>(numbers_.data());
    for (const float number : numbers) {
      std::fill_n(data, lanes_multiple, number);
      table_.push_back({data, 0});
      data += lanes_multiple;
    }
  }

  /// Scratch rows are given to input rows and results of steps, and to others once their last
  /// reader has run: few of them stay in the fastest cache.
  void lay_out_steps(const RowProgram& program) {
    const std::size_t steps_from = table_.size();
    table_.resize(steps_from + program.steps.size());
    scratch_of_.assign(table_.size(), -1);
    const auto place = [&](const RowValue& value) {
      const auto index = static_cast<std::size_t>(value.index);
      if (value.kind == RowValue::Kind::input) return index;
      return (value.kind == RowValue::Kind::number ? numbers_from_ : steps_from) + index;
    };
    std::vector<std::size_t> last_use(table_.size(), 0);
    for (std::size_t i = 0; i < program.steps.size(); ++i) {
      const RowStep& step = program.steps[i];
      PlacedStep& placed = steps_[i];
      placed.function = step.function;
      placed.activation = step.activation;
      placed.to = steps_from + i;
      for (std::size_t k = 0; k < step.operands(); ++k) {
        placed.from[k] = place(step.from[k]);
        last_use[placed.from[k]] = i;
      }
    }
    for (const RowValue& value : program.results) {
      results_.push_back(place(value));
      last_use[results_.back()] = program.steps.size();
    }
    std::vector<std::ptrdiff_t> free;
    const auto take = [&](std::size_t value) {
      if (free.empty()) free.push_back(static_cast<std::ptrdiff_t>(scratch_rows_++));
      scratch_of_[value] = free.back();
      free.pop_back();
    };
    for (const InputRow& input : inputs_) take(input.value);
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      // Its own row first: a step may not write over what it has yet to read in another vector.
      take(steps_[i].to);
      for (std::size_t k = 0; k < program.steps[i].operands(); ++k) {
        const std::size_t from = steps_[i].from[k];
        const bool again =
            std::find(steps_[i].from, steps_[i].from + k, from) != steps_[i].from + k;
        if (scratch_of_[from] >= 0 && last_use[from] == i && !again) {
          free.push_back(scratch_of_[from]);
        }
      }
    }
  }

  void read(const ForwardArguments& arguments, std::int64_t sample, std::int64_t first,
            std::int64_t count) const {
    for (const InputRow& row : inputs_) {
      const float* from = arguments.inputs[row.input] + sample * row.layout.sample_step +
                          row.offset + first * row.layout.column_step;
      float* to = table_[row.value].data;
      if (row.layout.column_step == 1) {
        std::copy_n(from, count, to);
      } else {
        for (std::int64_t j = 0; j < count; ++j) to[j] = from[j * row.layout.column_step];
      }
      // What is computed beyond the last column is not used, but must not be slow.
      if (count < block) std::fill(to + count, to + block, 1.0f);
    }
  }

  void write(float* to, std::int64_t first, std::int64_t count) const {
    for (std::size_t r = 0; r < results_.size(); ++r) {
      const RowPointer& from = table_[results_[r]];
      float* row = to + static_cast<std::int64_t>(r) * result_layout_.row_step +
                   first * result_layout_.column_step;
      if (from.step == 0) {
        for (std::int64_t j = 0; j < count; ++j) row[j * result_layout_.column_step] = *from.data;
      } else if (result_layout_.column_step == 1) {
        std::copy_n(from.data, count, row);
      } else {
        for (std::int64_t j = 0; j < count; ++j) {
          row[j * result_layout_.column_step] = from.data[j];
        }
      }
    }
  }

  struct InputRow {
    std::size_t input;
    std::int64_t offset;
    RowLayout layout;
    std::size_t value;  ///< place in the table
  };

  std::vector<InputRow> inputs_;  ///< that are read
  std::vector<PlacedStep> steps_;
  std::int64_t columns_;
  RowLayout result_layout_;
  std::vector<std::size_t> results_;  ///< places in the table
  std::size_t numbers_from_ = 0;
  AlignedBuffer numbers_;
  std::vector<RowPointer> table_;
  std::vector<std::ptrdiff_t> scratch_of_;  ///< scratch row of each place in the table; −1: none
  std::size_t scratch_rows_ = 0;
};

}  // namespace

std::unique_ptr<Kernel> kernel_for(const RowProgram& op, const Request& request) {
  return std::make_unique<RowProgramKernel>(op, request);
}

}  // namespace showergan::nn::kernel
