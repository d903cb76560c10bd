#include "nn/graph/row_program.hpp"

#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// All values of one column, in the order inputs, numbers, steps; or their gradients.
class Column {
 public:
  Column(const RowProgram& program, std::size_t input_rows)
      : numbers_from_(input_rows),
        steps_from_(input_rows + program.numbers.size()),
        values_(steps_from_ + program.steps.size(), 0.0) {}

  double& of(const RowValue& value) {
    const auto index = static_cast<std::size_t>(value.index);
    switch (value.kind) {
      case RowValue::Kind::input:
        return values_[index];
      case RowValue::Kind::number:
        return values_[numbers_from_ + index];
      case RowValue::Kind::step:
        break;
    }
    return values_[steps_from_ + index];
  }
  double& step(std::size_t i) { return values_[steps_from_ + i]; }
  double& number(std::size_t i) { return values_[numbers_from_ + i]; }
  double& input(std::size_t row) { return values_[row]; }

 private:
  std::size_t numbers_from_;
  std::size_t steps_from_;
  std::vector<double> values_;
};

std::size_t input_rows(const RowProgram& program) {
  std::size_t count = 0;
  for (const std::int64_t rows : program.rows) count += static_cast<std::size_t>(rows);
  return count;
}

double value_of(const RowStep& step, double a, double b, double c) {
  switch (step.function) {
    case RowFunction::add:
      return a + b;
    case RowFunction::subtract:
      return a - b;
    case RowFunction::multiply:
      return a * b;
    case RowFunction::divide:
      return a / b;
    case RowFunction::choose:
      return a > 0 ? b : c;
    case RowFunction::function:
      break;
  }
  return evaluate(step.activation, a);
}

/// Calls visit(row, place) for the places of one sample's column in the inputs.
template <class Visit>
void for_each_input_row(const RowProgram& program, std::int64_t sample, std::int64_t column,
                        std::int64_t columns, Visit&& visit) {
  std::size_t row = 0;
  for (std::size_t input = 0; input < program.rows.size(); ++input) {
    for (std::int64_t r = 0; r < program.rows[input]; ++r, ++row) {
      visit(row, input,
            static_cast<std::size_t>((sample * program.rows[input] + r) * columns + column));
    }
  }
}

void compute(const RowProgram& program, Column& column) {
  for (std::size_t i = 0; i < program.numbers.size(); ++i) {
    column.number(i) = static_cast<double>(program.numbers[i]);
  }
  for (std::size_t i = 0; i < program.steps.size(); ++i) {
    const RowStep& step = program.steps[i];
    std::array<double, 3> from{};
    for (std::size_t k = 0; k < step.operands(); ++k) from[k] = column.of(step.from[k]);
    column.step(i) = value_of(step, from[0], from[1], from[2]);
  }
}

void send_back(const RowStep& step, double gradient, Column& values, Column& gradients) {
  const auto value = [&](std::size_t k) { return values.of(step.from[k]); };
  const auto to = [&](std::size_t k) -> double& { return gradients.of(step.from[k]); };
  switch (step.function) {
    case RowFunction::add:
      to(0) += gradient;
      to(1) += gradient;
      return;
    case RowFunction::subtract:
      to(0) += gradient;
      to(1) -= gradient;
      return;
    case RowFunction::multiply:
      to(0) += gradient * value(1);
      to(1) += gradient * value(0);
      return;
    case RowFunction::divide:
      to(0) += gradient / value(1);
      to(1) -= gradient * value(0) / (value(1) * value(1));
      return;
    case RowFunction::choose:
      to(value(0) > 0 ? 1 : 2) += gradient;
      return;
    case RowFunction::function:
      to(0) += gradient * derivative(step.activation, value(0));
      return;
  }
}

}  // namespace

void forward(const RowProgram& program, const ForwardCall& call) {
  const auto rows = static_cast<std::int64_t>(program.results.size());
  const std::int64_t columns = column_count(call.output_shape, rows);
  Column values(program, input_rows(program));
  for (std::int64_t sample = 0; sample < call.batch; ++sample) {
    for (std::int64_t j = 0; j < columns; ++j) {
      for_each_input_row(program, sample, j, columns,
                         [&](std::size_t row, std::size_t input, std::size_t place) {
                           values.input(row) = call.inputs[input].values[place];
                         });
      compute(program, values);
      for (std::int64_t r = 0; r < rows; ++r) {
        call.output[static_cast<std::size_t>((sample * rows + r) * columns + j)] =
            values.of(program.results[static_cast<std::size_t>(r)]);
      }
    }
  }
}

void backward(const RowProgram& program, const BackwardCall& call) {
  const auto rows = static_cast<std::int64_t>(program.results.size());
  const std::int64_t columns = column_count(call.output.shape, rows);
  Column values(program, input_rows(program));
  for (std::int64_t sample = 0; sample < call.batch; ++sample) {
    for (std::int64_t j = 0; j < columns; ++j) {
      for_each_input_row(program, sample, j, columns,
                         [&](std::size_t row, std::size_t input, std::size_t place) {
                           values.input(row) = call.inputs[input].values[place];
                         });
      compute(program, values);
      Column gradients(program, input_rows(program));
      for (std::int64_t r = 0; r < rows; ++r) {
        gradients.of(program.results[static_cast<std::size_t>(r)]) +=
            call.output_gradient[static_cast<std::size_t>((sample * rows + r) * columns + j)];
      }
      for (std::size_t i = program.steps.size(); i-- > 0;) {
        send_back(program.steps[i], gradients.step(i), values, gradients);
      }
      for_each_input_row(program, sample, j, columns,
                         [&](std::size_t row, std::size_t input, std::size_t place) {
                           if (!call.input_gradients[input].empty()) {
                             call.input_gradients[input][place] += gradients.input(row);
                           }
                         });
    }
  }
}

}  // namespace showergan::nn::reference
