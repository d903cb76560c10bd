#pragma once

#include <string_view>

namespace showergan::physics {

/// The style sheet of the report. Green, amber and red are Okabe and Ito's bluish green, orange and
/// vermilion, which colour-blind readers tell apart.
inline constexpr std::string_view kPageStyle = R"(
:root { --good: #009e73; --fair: #b87500; --bad: #c04d00; --line: #d5d8dc; }
* { box-sizing: border-box; }
body { font: 15px/1.45 system-ui, "DejaVu Sans", Arial, sans-serif; color: #1b1e22; background: #fff;
  margin: 0 auto; padding: 1rem; max-width: 1240px; }
h1 { font-size: 1.5rem; margin: 0 0 .6rem; }
h2 { font-size: 1.2rem; margin: 1.6rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0 0 .3rem; overflow-wrap: anywhere; }
.banner { border-left: .5rem solid #667; background: #f3f4f6; padding: .6rem 1rem; margin: .6rem 0; }
.banner h2 { margin: 0 0 .2rem; }
.banner p { margin: .2rem 0; }
.banner ul { margin: .3rem 0; padding-left: 1.2rem; columns: 30rem; }
.banner.good { border-color: var(--good); } .banner.good h2 { color: #00664a; }
.banner.bad { border-color: var(--bad); } .banner.bad h2 { color: #a03f00; }
.warning { color: #b00020; margin: .3rem 0; font-weight: 600; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(270px, 1fr)); gap: .8rem;
  margin: .8rem 0; }
.card { border: 1px solid var(--line); padding: .6rem .8rem; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .1rem .7rem; margin: 0; font-size: .87rem; }
dt { color: #5a6068; } dd { margin: 0; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .22rem .55rem; border-bottom: 1px solid var(--line); text-align: right;
  vertical-align: top; white-space: nowrap; }
th.name, .text th, .text td { text-align: left; }
.first { border-left: 1px solid var(--line); }
td.why { text-align: left; white-space: normal; color: #5a6068; }
td.marks { text-align: left; }
.group th { text-align: left; background: #f3f4f6; }
.name small { display: block; font-weight: 400; color: #5a6068; white-space: normal;
  min-width: 14rem; }
pre { overflow-x: auto; background: #f3f4f6; padding: .6rem; font: .82rem/1.4 "DejaVu Sans Mono", Menlo, monospace; }
summary { font-weight: 600; cursor: pointer; }
code { font: .95em "DejaVu Sans Mono", Menlo, monospace; }
.mark { display: inline-block; padding: 0 .45rem; border-radius: .2rem; color: #fff; font-size: .82rem; }
.mark.good { background: #007a59; } .mark.fair { background: var(--fair); }
.mark.bad { background: var(--bad); } .mark.plain { background: #667; }
.note { color: #5a6068; font-size: .87rem; }
nav { font-size: .9rem; margin: .8rem 0; } nav a { margin-right: .8rem; }
figure { margin: 1rem 0; overflow-x: auto; } figure img { display: block; width: 100%; height: auto; }
figcaption { font-size: .85rem; color: #5a6068; }
@media (max-width: 700px) { figure img { min-width: var(--least); } body { padding: .6rem; } }
@media print { body { max-width: none; font-size: 10pt; padding: 0; } .scroll, figure { overflow: visible; }
  figure, .card, .banner, tr { break-inside: avoid; } nav { display: none; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
)";

}  // namespace showergan::physics
