#include "gan/history.hpp"

#include <cmath>
#include <ctime>

#include <nlohmann/json.hpp>

#include "showergan/error.hpp"
#include "showergan/version.hpp"

#include "base/atomic_file.hpp"

namespace showergan::gan {
namespace {

using Json = nlohmann::ordered_json;

/// JSON has no NaN and no infinity.
Json number(double value) {
  if (std::isfinite(value)) return value;
  return std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

Json losses_json(const PassLosses& losses, const CriticLoss& loss) {
  Json json;
  for (std::size_t t = 0; t < losses.terms.size(); ++t) {
    json[loss.term(t).output] = number(losses.terms[t]);
  }
  json["total"] = number(losses.total);
  return json;
}

Json own_json(const std::map<std::string, double>& losses) {
  Json json = Json::object();
  for (const auto& [name, value] : losses) json[name] = number(value);
  return json;
}

/// Seconds since 1970, for people who ask when something was.
std::int64_t time_now() {
  return static_cast<std::int64_t>(std::time(nullptr));
}

struct Past {
  std::string lines;
  std::int64_t last_epoch_step = 0;
};

/// What a training that is at `last_step` has behind it.
Past past_up_to(const std::filesystem::path& path, std::int64_t last_step) {
  std::ifstream file(path);
  if (!file) throw InputError("cannot read '" + path.string() + "'", "a training is resumed there");
  Past past;
  for (std::string line; std::getline(file, line);) {
    const Json json = Json::parse(line, nullptr, false);
    const bool whole = json.is_object() && json.contains("step") && json["step"].is_number();
    if (!whole || json["step"].get<std::int64_t>() > last_step) break;
    past.lines += line + "\n";
    if (json.value("type", "") == "epoch") past.last_epoch_step = json["step"];
  }
  return past;
}

}  // namespace

const char* name_of(Ending ending) {
  switch (ending) {
    case Ending::done:
      return "done";
    case Ending::interrupted:
      return "interrupted";
    case Ending::diverged:
      return "diverged";
    case Ending::failed:
      break;
  }
  return "failed";
}

History::History(const std::filesystem::path& path, std::int64_t last_step) : path_(path) {
  const Past past = std::filesystem::exists(path) ? past_up_to(path, last_step) : Past{};
  last_epoch_step_ = past.last_epoch_step;
  write_file(path, past.lines);
  file_.open(path, std::ios::app);
  if (!file_) throw Error("cannot write '" + path.string() + "'");
}

void History::write_line(const std::string& line) {
  file_ << line << std::endl;  // flushed: people follow the file while it grows
  if (!file_) {
    throw Error("cannot write '" + path_.string() + "'", "is the disk full?",
                "make room and go on with --resume");
  }
}

void History::write(const StepTiming& timing, const StepResult& result, const CriticLoss& loss) {
  Json json{{"type", "step"},
            {"step", timing.step},
            {"epoch", timing.epoch},
            {"showers", timing.showers},
            {"seconds", timing.seconds},
            {"waited", timing.waited},
            {"real", losses_json(result.real, loss)},
            {"fake", losses_json(result.fake, loss)},
            {"generator", losses_json(result.generator, loss)},
            {"gradient_norm",
             {{"discriminator", number(result.discriminator_gradient)},
              {"generator", number(result.generator_gradient)}}},
            {"rate",
             {{"discriminator", result.discriminator_rate}, {"generator", result.generator_rate}}}};
  if (!result.own.empty()) json["own"] = own_json(result.own);
  if (result.images.empty) json["images"] = "empty";
  if (result.images.identical) json["images"] = "identical";
  write_line(json.dump());
}

void History::write(const EpochSummary& summary) {
  Json json{{"type", "epoch"}, {"step", summary.step}, {"epoch", summary.epoch}};
  if (summary.showers_per_second > 0) {
    json["showers_per_s"] = summary.showers_per_second;
    json["waiting"] = summary.waiting;
  }
  if (!summary.metrics.empty()) {
    Json values;
    Json floors;
    for (const physics::MetricResult& metric : summary.metrics) {
      values[metric.name] = metric.value ? number(*metric.value) : Json();
      floors[metric.name] = metric.floor ? number(*metric.floor) : Json();
    }
    json["validation"] = values;
    json["floor"] = floors;
    json["figure"] = number(summary.figure);
    json["best"] = summary.best;
    json["validation_s"] = summary.validation_seconds;
  }
  write_line(json.dump());
  last_epoch_step_ = summary.step;
}

void History::write(const RunStart& start) {
  write_line(Json{{"type", "start"},
                  {"step", start.step},
                  {"time", time_now()},
                  {"version", SHOWERGAN_VERSION},
                  {"host", start.host},
                  {"threads", start.threads},
                  {"total_steps", start.total_steps},
                  {"steps_per_epoch", start.steps_per_epoch},
                  {"showers", start.showers},
                  {"held_out", start.held_out}}
                 .dump(-1, ' ', false, Json::error_handler_t::replace));
}

void History::write_end(std::int64_t step, Ending ending, const std::string& text) {
  write_line(Json{
      {"type", "end"},
      {"step", step},
      {"time", time_now()},
      {"state", name_of(ending)},
      {"text",
       text}}.dump(-1, ' ', false, Json::error_handler_t::replace));
}

}  // namespace showergan::gan
