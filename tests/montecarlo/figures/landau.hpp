#pragma once

namespace showergan::montecarlo::figures {

/// Landau's density φ(λ) = 1/π ∫ exp(−t ln t − λt) sin(πt) dt from 0 to ∞ (L. Landau, J. Phys. USSR
/// 8 (1944) 201). Its maximum is at −0.2228. λ from −4 on.
double landau_density(double lambda);

}  // namespace showergan::montecarlo::figures
