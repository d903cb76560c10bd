#include "classifier_choice.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <sstream>

#include "showergan/error.hpp"

namespace showergan::app {
namespace {

constexpr std::array kAll = {"high", "low", "cnn"};

}  // namespace

ClassifierChoice classifiers_named(const std::string& text) {
  if (text == "none") return {};
  if (text == "all") return {kAll.begin(), kAll.end()};
  std::set<std::string> asked;
  std::istringstream names(text + ',');
  for (std::string name; std::getline(names, name, ',');) {
    if (std::ranges::find(kAll, name) == kAll.end()) {
      throw InputError("there is no classifier '" + name + "'", "--classifiers " + text,
                       "give none, all, or some of high,low,cnn");
    }
    asked.insert(name);
  }
  ClassifierChoice choice;
  std::ranges::copy_if(kAll, std::back_inserter(choice),
                       [&](const std::string& name) { return asked.contains(name); });
  return choice;
}

bool contains(const ClassifierChoice& choice, const std::string& name) {
  return std::ranges::find(choice, name) != choice.end();
}

bool looks_at_cells(const ClassifierChoice& choice) {
  return contains(choice, "low") || contains(choice, "cnn");
}

std::vector<physics::ClassifierResult> without_auc(const ClassifierChoice& choice) {
  std::vector<physics::ClassifierResult> results;
  for (const std::string& name : choice) {
    physics::ClassifierResult result;
    result.name = "auc_" + name;
    result.reason = "the energy spectra differ and a classifier would learn them";
    results.push_back(result);
  }
  return results;
}

}  // namespace showergan::app
