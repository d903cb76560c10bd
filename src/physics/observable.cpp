#include "physics/observable.hpp"

namespace showergan::physics {

const std::string& name_of(Observable observable) {
  static const std::array<std::string, kObservables> names = {"e_sum",         "sampling_fraction",
                                                              "response",      "m1_x",
                                                              "m1_y",          "m1_z",
                                                              "m2_x",          "m2_y",
                                                              "m2_z",          "hits_70keV",
                                                              "hits_200keV",   "hits_300keV",
                                                              "third_1",       "third_2",
                                                              "third_3",       "tail",
                                                              "max_cell",      "max_x",
                                                              "max_y",         "max_z",
                                                              "log10_max_cell"};
  return names[static_cast<std::size_t>(observable)];
}

}  // namespace showergan::physics
