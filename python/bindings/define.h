// The parts of the module, in the order in which they are defined.
#pragma once

#include <pybind11/pybind11.h>

#include <string>
#include <vector>

#include "sim/duis/element.h"
#include "sim/record.h"
#include "sim/scenario/scenario.h"
#include "sim/world.h"

namespace meterbed::bindings {

void define_vocabulary(pybind11::module_& module);
void define_certificate(pybind11::module_& module);
void define_pki(pybind11::module_& module);
void define_duis(pybind11::module_& module);
void define_gbcs(pybind11::module_& module);
void define_objects(pybind11::module_& module);
void define_replay(pybind11::module_& module);
void define_scenario(pybind11::module_& module);
void define_world(pybind11::module_& module);
/// After worlds and scenarios.
void define_fleet(pybind11::module_& module);
void define_utrn(pybind11::module_& module);

/// What World has of UTRNs, defined beside the rest of them.
std::string make_utrn(World& world, const std::string& user, std::uint64_t device, std::int64_t pence,
                      bool pounds);
/// None when the meter has no power.
pybind11::bytes top_up_secret(World& world, const std::string& user, std::uint64_t device);
pybind11::object enter_utrn(World& world, std::uint64_t device, const std::string& code);

/// (name, text, [(attribute, value)], [children], line): what `meterbed.duis.Element` passes. Depth is
/// bounded there.
duis::Element element_of(const pybind11::tuple& from);
/// The same tuple of an element of ours.
pybind11::tuple plain(const duis::Element& element);
/// A certificate for a message: read where it can be read, else the octets alone, for the reader at the other
/// end to refuse.
CertificateRef certificate_as_is(const std::string& der);

/// Records as a dict of numpy arrays that own the columns; words as (codes, list of words).
pybind11::dict columns(Records records);
/// Raises ScenarioProblems with all of them.
[[noreturn]] void raise_problems(const std::vector<scenario::Problem>& problems);
/// The kernel of this name; ValueError for one that is neither systemc nor plain.
KernelMaker kernel_named(const std::string& name);

}  // namespace meterbed::bindings
