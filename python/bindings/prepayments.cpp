#include "python/bindings/prepayments.h"

#include <pybind11/numpy.h>

#include <memory>
#include <string>

#include "devices/top_up.h"
#include "sim/prepayment/customer.h"
#include "sim/prepayment/records.h"

namespace py = pybind11;

namespace meterbed::bindings {

namespace {

void register_rows() {
    PYBIND11_NUMPY_DTYPE(TopUpRow, paid_at, told_at, added_at, home, payment, pounds, channel, way, told_by,
                         duplicates, wrong_digits, calls, visits, harm, added_twice, refused);
    PYBIND11_NUMPY_DTYPE(SpellRow, off_at, on_at, waited, home, harm);
    PYBIND11_NUMPY_DTYPE(ReportRow, held_at, left_at, home, code, fate);
    PYBIND11_NUMPY_DTYPE(PrepayHomeRow, home, region, gsp_group, generation, fault);
    PYBIND11_NUMPY_DTYPE(NoticeRow, decided_at, taken_at, home, kind);
}

/// A view that keeps its owner alive. Nobody writes to it.
template <typename Row>
py::array view(const py::object& owner, const std::vector<Row>& rows) {
    py::array_t<Row> out(static_cast<py::ssize_t>(rows.size()), rows.data(), owner);
    out.attr("setflags")(py::arg("write") = false);
    return out;
}

template <typename Row>
std::vector<Row> rows_of(const py::array& array, const char* what) {
    if (!array.dtype().equal(py::dtype::of<Row>())) throw py::value_error(std::string("no rows of ") + what);
    const auto rows = py::array_t<Row, py::array::c_style>::ensure(array);
    return {rows.data(), rows.data() + rows.size()};
}

std::unique_ptr<Prepayments> from_rows(const py::array& top_ups, const py::array& spells,
                                       const py::array& homes, const py::array& notices,
                                       const py::array& reports, std::int64_t counted_from, std::int64_t end,
                                       std::int64_t unbalanced, std::int32_t first_unbalanced) {
    auto out = std::make_unique<Prepayments>();
    out->top_ups = rows_of<TopUpRow>(top_ups, "top-ups");
    out->spells = rows_of<SpellRow>(spells, "spells");
    out->homes = rows_of<PrepayHomeRow>(homes, "homes");
    out->notices = rows_of<NoticeRow>(notices, "notices");
    out->reports = rows_of<ReportRow>(reports, "reports");
    out->counted_from = counted_from;
    out->end = end;
    out->unbalanced = unbalanced;
    out->first_unbalanced = first_unbalanced;
    return out;
}

template <auto Member>
py::array rows(const py::object& self) {
    return view(self, self.cast<const Prepayments&>().*Member);
}

template <typename Words>
void add_words(py::list& out, const Words& words) {
    for (const std::string_view word : words) out.append(std::string(word));
}

template <typename Words>
py::list list(const Words& words) {
    py::list out;
    add_words(out, words);
    return out;
}

py::dict words() {
    py::dict out;
    out["region"] = list(kRegionNames);
    out["gsp_group"] = list(kGspGroups);
    out["generation"] = list(std::array<std::string_view, 2>{"SMETS1", "SMETS2"});
    out["fault"] = list(kHomeFaultNames);
    out["harm"] = list(kHarmNames);
    out["channel"] = list(kChannelNames);
    out["way"] = list(std::array{std::string_view(), prepay::over_the_air, prepay::keypad});
    out["told_by"] = list(kWayNames);
    out["kind"] = list(kNoticeNames);
    out["fate"] = list(kReportFateNames);
    py::list refused;
    refused.append("");
    for (const TopUpRefusal& row : top_up_refusals()) refused.append(std::string(row.name));
    out["refused"] = refused;
    return out;
}

}  // namespace

Prepayments together(const std::vector<const Prepayments*>& parts) {
    Prepayments all;
    for (const Prepayments* part : parts) append(all, *part);
    return all;
}

void define_prepayments(py::module_& module) {
    register_rows();
    py::class_<Prepayments>(module, "Prepayments",
                            "Top-ups, spells without supply, notices, meters and held reports of a world.")
        .def(py::init<>(), "Of nobody.")
        .def(py::init(&from_rows), py::arg("top_ups"), py::arg("spells"), py::arg("homes"),
             py::arg("notices"), py::arg("reports"), py::arg("counted_from"), py::arg("end"),
             py::arg("unbalanced") = 0, py::arg("first_unbalanced") = 0)
        .def_property_readonly("top_ups", &rows<&Prepayments::top_ups>, "Rows of sim/metrics/prepayments.h.")
        .def_property_readonly("spells", &rows<&Prepayments::spells>)
        .def_property_readonly("homes", &rows<&Prepayments::homes>)
        .def_property_readonly("notices", &rows<&Prepayments::notices>)
        .def_property_readonly("reports", &rows<&Prepayments::reports>)
        .def_readonly("counted_from", &Prepayments::counted_from)
        .def_readonly("end", &Prepayments::end)
        .def_readonly("unbalanced", &Prepayments::unbalanced)
        .def_readonly("first_unbalanced", &Prepayments::first_unbalanced);
    module.def("prepayment_words", &words);
}

}  // namespace meterbed::bindings
