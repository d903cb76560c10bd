#pragma once

// Printed by expected_optimizers.py.

#include <array>
#include <map>
#include <string>
#include <vector>

namespace showergan::test {

inline constexpr double kRate = 0.01;
inline constexpr std::array<float, 4> kWeights = {0.5F, -1.25F, 3.0F, 0.0F};
inline constexpr std::array<std::array<float, 4>, 5> kGradients = {{
    {0.5F, -2.0F, 0.001F, 30.0F},
    {-0.25F, -1.0F, 0.002F, 10.0F},
    {0.125F, 0.5F, 0.0F, -20.0F},
    {0.75F, -0.125F, -0.004F, 0.25F},
    {-1.5F, 2.0F, 0.001F, 5.0F},
}};

struct OptimizerCase {
  std::string optimizer;
  std::map<std::string, double> parameters;
  std::array<double, 4> weights;  ///< after the five updates
};

inline const std::vector<OptimizerCase> kOptimizerCases = {
    {"sgd", {}, {0.50375, -1.24375, 2.9999999999999996, -0.25249999999999995}},
    {"sgd", {{"momentum", 0.9}}, {0.4854845, -1.164883, 2.999956269, -1.0851800000000003}},
    {"sgd",
     {{"momentum", 0.75}, {"nesterov", 1}},
     {0.4966748046875001, -1.19951171875, 2.999981103515625, -0.83791015625}},
    {"rmsprop",
     {},
     {0.47669842746059865, -1.2321817187456268, 2.9608645189792315, -0.029198895432016782}},
    {"rmsprop",
     {{"rho", 0.5}, {"epsilon", 0.01}, {"momentum", 0.75}},
     {0.45774484072032456, -1.2073392602711774, 2.9969900557436704, -0.039852520404052946}},
    {"adam",
     {},
     {0.4794000101896972, -1.2205651203988528, 2.9755490954365436, -0.02519854903342495}},
    {"adam",
     {{"beta_1", 0.5}, {"beta_2", 0.75}, {"epsilon", 0.01}, {"weight_decay", 0.25}},
     {0.47930941128867344, -1.218156847349344, 2.9614484811159594, -0.01576939431607642}},
};

}  // namespace showergan::test
