// Plain values of trees, both ways. Private to devices/gbcs.
#pragma once

#include <stdexcept>

#include "devices/gbcs/asn1_fields.h"
#include "devices/gbcs/tree.h"

namespace meterbed::gbcs {

/// A tree that is no message; caught at the door (body_from_tree, message_from_tree).
struct TreeError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

const Tree& member(const Tree& tree, std::string_view name);
const std::string& text(const Tree& tree, std::string_view what);
std::uint64_t number(const Tree& tree, std::uint64_t maximum, std::string_view what);
std::int64_t signed_number(const Tree& tree, std::string_view what);
const Tree::List& list(const Tree& tree, std::string_view what);
Bytes octets(const Tree& tree, std::string_view what);
bool is_null(const Tree& tree);
std::string time_text(Time time);
/// "0x0705"
std::string code_text(std::uint64_t code, int digits = 4);
/// Reads "0x0705" and numbers.
std::uint64_t code(const Tree& tree, std::uint64_t maximum, std::string_view what);

Tree dlms_tree(const dlms::Payload& payload);
dlms::Payload dlms_from_tree(const Tree& tree);
Tree gbz_tree(const gbz::Payload& payload);
gbz::Payload gbz_from_tree(const Tree& tree);
Tree asn1_tree(const Asn1Payload& payload);
/// Nothing when `type` names none of these.
std::optional<Asn1Payload> asn1_from_tree(const Tree& tree);
Tree cs02_tree(const Cs02Payload& payload);
std::optional<Cs02Payload> cs02_from_tree(const Tree& tree);

}  // namespace meterbed::gbcs
