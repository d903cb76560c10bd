#include "primary_source.hpp"

#include "base/units.hpp"
#include "shower/condition.hpp"
#include "store/shower_reader.hpp"

namespace showergan::app {
namespace {

using montecarlo::Primary;
using montecarlo::PrimaryKind;

double to_mev(float gev) {
  return static_cast<double>(gev) / units::MeV;
}

class DrawnPrimaries : public PrimarySource {
 public:
  DrawnPrimaries(const PrimaryRequest& request, std::uint64_t seed)
      : request_(request), seed_(seed) {}

  std::optional<std::int64_t> size() const override { return std::nullopt; }
  bool has_angles() const override { return request_.theta || request_.phi; }

  std::vector<Primary> read(std::int64_t first, std::int64_t count) override {
    std::vector<Primary> primaries(static_cast<std::size_t>(count));
    const auto draw = [&](const char* name, const ValueOrRange& range) {
      return uniform_condition(name, seed_, static_cast<std::uint64_t>(first), count, range.low,
                               range.high);
    };
    const std::vector<float> energies = draw("energy", request_.energy);
    const std::vector<float> thetas = draw("theta", request_.theta.value_or(ValueOrRange{}));
    const std::vector<float> phis = draw("phi", request_.phi.value_or(ValueOrRange{}));
    for (std::size_t i = 0; i < primaries.size(); ++i) {
      primaries[i].kind = request_.kind;
      primaries[i].energy = to_mev(energies[i]);
      primaries[i].theta = static_cast<double>(thetas[i]);
      primaries[i].phi = static_cast<double>(phis[i]);
    }
    return primaries;
  }

 private:
  PrimaryRequest request_;
  std::uint64_t seed_;
};

class PrimariesOfFile : public PrimarySource {
 public:
  PrimariesOfFile(const std::filesystem::path& file, PrimaryKind kind)
      : reader_(file), kind_(kind) {}

  std::optional<std::int64_t> size() const override { return reader_.size(); }
  bool has_angles() const override { return reader_.has_theta() || reader_.has_phi(); }

  std::vector<Primary> read(std::int64_t first, std::int64_t count) override {
    const ShowerBatch batch = reader_.read(first, count);
    std::vector<Primary> primaries(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < primaries.size(); ++i) {
      primaries[i].kind = kind_;
      primaries[i].energy = to_mev(batch.energy[i]);
      if (!batch.theta.empty()) primaries[i].theta = static_cast<double>(batch.theta[i]);
      if (!batch.phi.empty()) primaries[i].phi = static_cast<double>(batch.phi[i]);
    }
    return primaries;
  }

 private:
  ShowerReader reader_;
  PrimaryKind kind_;
};

}  // namespace

std::unique_ptr<PrimarySource> drawn_primaries(const PrimaryRequest& request, std::uint64_t seed) {
  return std::make_unique<DrawnPrimaries>(request, seed);
}

std::unique_ptr<PrimarySource> primaries_like(const std::filesystem::path& file, PrimaryKind kind) {
  return std::make_unique<PrimariesOfFile>(file, kind);
}

}  // namespace showergan::app
