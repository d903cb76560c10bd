#include "nn/graph/cell_chain.hpp"

#include <algorithm>
#include <utility>

#include "nn/reference/operator.hpp"

namespace showergan::nn::reference {
namespace {

/// What a stage reads, and its result.
struct Step {
  std::vector<Tensor> inputs;
  std::size_t added = 0;  ///< input of the chain that it adds; 0: none, or the image that it reads
  std::size_t first_parameter = 0;
  std::size_t parameters = 0;
  Shape shape;
  std::vector<double> values;
};

/// All stages, one after the other.
template <class Parameter>
std::vector<Step> run(const CellChain& chain, std::int64_t batch, const Options& options,
                      const std::vector<Tensor>& inputs,
                      const std::vector<std::span<Parameter>>& parameters) {
  std::vector<Step> steps;
  steps.reserve(chain.stages.size());  // steps refer to the results of those before
  std::size_t next_input = 1;
  std::size_t next_parameter = 0;
  for (const CellChain::Stage& stage : chain.stages) {
    const Tensor image =
        steps.empty() ? inputs[0] : Tensor{steps.back().shape, steps.back().values};
    Step& step = steps.emplace_back();
    step.inputs.push_back(image);
    if (stage.adds_an_image()) step.added = next_input++;
    if (stage.convolution.addition) {
      step.inputs.push_back(stage.residual ? image : inputs[step.added]);
    }
    std::vector<Shape> shapes;
    for (const Tensor& input : step.inputs) shapes.push_back(input.shape);
    step.shape = infer_shape(stage.convolution, shapes);
    step.first_parameter = next_parameter;
    step.parameters = nn::parameters(stage.convolution, shapes).size();
    next_parameter += step.parameters;
    step.values.resize(static_cast<std::size_t>(batch * element_count(step.shape)));
    // A forward pass changes parameters that are statistics only, of which there are none.
    std::vector<std::vector<double>> copies;
    std::vector<std::span<double>> own;
    for (std::size_t k = 0; k < step.parameters; ++k) {
      const auto& from = parameters[step.first_parameter + k];
      own.emplace_back(copies.emplace_back(from.begin(), from.end()));
    }
    forward(stage.convolution,
            ForwardCall{batch, options, step.inputs, own, {}, step.shape, step.values});
  }
  return steps;
}

template <class T>
std::vector<T> part(const std::vector<T>& all, const Step& step) {
  const auto first = all.begin() + static_cast<std::ptrdiff_t>(step.first_parameter);
  return {first, first + static_cast<std::ptrdiff_t>(step.parameters)};
}

}  // namespace

void forward(const CellChain& chain, const ForwardCall& call) {
  const std::vector<Step> steps =
      run(chain, call.batch, call.options, call.inputs, call.parameters);
  std::ranges::copy(steps.back().values, call.output.begin());
}

void backward(const CellChain& chain, const BackwardCall& call) {
  std::vector<Step> steps = run(chain, call.batch, call.options, call.inputs, call.parameters);
  std::vector<double> gradient(call.output_gradient.begin(), call.output_gradient.end());
  for (std::size_t k = steps.size(); k-- > 0;) {
    const Step& step = steps[k];
    const CellChain::Stage& stage = chain.stages[k];
    std::vector<double> of_image(step.inputs[0].values.size(), 0.0);
    std::vector<double> of_added(stage.convolution.addition ? step.values.size() : 0, 0.0);
    std::vector<std::span<double>> gradients{of_image};
    if (stage.convolution.addition) gradients.emplace_back(of_added);
    backward(stage.convolution, BackwardCall{call.batch,
                                             call.options,
                                             step.inputs,
                                             part(call.parameters, step),
                                             {step.shape, step.values},
                                             gradient,
                                             gradients,
                                             part(call.parameter_gradients, step)});
    const auto add_to = [](std::span<double> place, const std::vector<double>& values) {
      for (std::size_t i = 0; i < place.size(); ++i) place[i] += values[i];
    };
    if (stage.residual) add_to(of_image, of_added);
    if (stage.adds_an_image()) add_to(call.input_gradients[step.added], of_added);
    gradient = std::move(of_image);
  }
  for (std::size_t i = 0; i < call.input_gradients[0].size(); ++i) {
    call.input_gradients[0][i] += gradient[i];
  }
}

}  // namespace showergan::nn::reference
