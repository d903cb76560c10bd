#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gan/history_record.hpp"
#include "physics/report/series.hpp"

namespace showergan::gan {

/// A column of the steps against the step; empty if there is no such column.
physics::Series step_series(const HistoryRecord& history, const std::string& column,
                            const std::string& label);

/// The losses of the three passes in total and by output of the discriminator.
physics::SeriesFigure loss_figure(const HistoryRecord& history);

/// Norms of gradients, learning rates, speed, and the share of time spent waiting for showers.
physics::SeriesFigure step_figure(const HistoryRecord& history);

/// The sum that decides about the best generator, and those metrics that are `deciding`, with
/// their floors, against the epoch; the best epoch is marked.
physics::SeriesFigure deciding_figure(const HistoryRecord& history,
                                      const std::vector<std::string>& deciding);

/// All metrics, small.
physics::SeriesFigure metric_figure(const HistoryRecord& history);

}  // namespace showergan::gan
