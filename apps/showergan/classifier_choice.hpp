#pragma once

#include <string>
#include <vector>

#include "physics/classifier/classifier_result.hpp"

namespace showergan::app {

/// Which classifiers of METRICS are trained: of `high`, `low`, `cnn`, in this order, by what they
/// see.
using ClassifierChoice = std::vector<std::string>;

/// What `--classifiers` says: `none`, `all`, or names with commas between them. Throws InputError
/// for a name that does not exist.
ClassifierChoice classifiers_named(const std::string& text);

bool contains(const ClassifierChoice& choice, const std::string& name);

/// Whether one of them looks at cells, so that images are needed.
bool looks_at_cells(const ClassifierChoice& choice);

/// Results without an AUC, for sets whose energy spectra differ.
std::vector<physics::ClassifierResult> without_auc(const ClassifierChoice& choice);

}  // namespace showergan::app
