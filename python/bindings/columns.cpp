#include <pybind11/numpy.h>
#include <pybind11/stl.h>

#include <memory>

#include "python/bindings/define.h"

namespace py = pybind11;

namespace meterbed::bindings {

namespace {

/// The array takes the vector over: nothing is copied, and the capsule frees it with the array.
template <typename T>
py::array_t<T> as_array(std::vector<T>&& column) {
    auto owned = std::make_unique<std::vector<T>>(std::move(column));
    const auto* data = owned->data();
    const auto size = static_cast<py::ssize_t>(owned->size());
    py::capsule owner(owned.release(), [](void* pointer) { delete static_cast<std::vector<T>*>(pointer); });
    return py::array_t<T>(size, data, owner);
}

}  // namespace

py::dict columns(Records records) {
    py::dict out;
    const py::list words = py::cast(records.words);
    const auto word_column = [&](std::vector<std::int32_t>&& codes) {
        return py::make_tuple(as_array(std::move(codes)), words);
    };
    out["time"] = as_array(std::move(records.time));
    out["station"] = word_column(std::move(records.station));
    out["sequence"] = as_array(std::move(records.sequence));
    out["what"] = word_column(std::move(records.what));
    out["home"] = as_array(std::move(records.home));
    out["device"] = as_array(std::move(records.device));
    out["party"] = as_array(std::move(records.party));
    out["request"] = as_array(std::move(records.request));
    out["step"] = word_column(std::move(records.step));
    out["service"] = word_column(std::move(records.service));
    out["code"] = word_column(std::move(records.code));
    out["detail"] = word_column(std::move(records.detail));
    out["message"] = as_array(std::move(records.message));
    out["counter"] = as_array(std::move(records.counter));
    out["bytes"] = as_array(std::move(records.bytes));
    out["value"] = as_array(std::move(records.value));
    return out;
}

}  // namespace meterbed::bindings
