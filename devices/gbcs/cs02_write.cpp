// Writing the CS02 payloads: DER (in part with the lengths of devices), hence the same octets for the same
// value.
#include "devices/gbcs/cs02_wire.h"
#include "devices/gbcs/device_lengths.h"

namespace meterbed::gbcs {
namespace cs02 {
namespace {

void write(der::Writer& out, RemotePartyRole role) { out.integer(static_cast<std::uint64_t>(role)); }

void write(der::Writer& out, StatusCode status) {
    out.integer(static_cast<std::uint64_t>(status), der::kEnumerated);
}

void write(der::Writer& out, KeyUsage usage) {
    for (const KeyUsageBits& row : kKeyUsageBits)
        if (row.usage == usage) out.primitive(der::kBitString, row.contents);
}

void write(der::Writer& out, CellUsage usage) {
    if (usage != CellUsage::management) out.integer(static_cast<std::uint64_t>(usage));
}

void write_cell(der::Writer& out, const Cell& cell, std::uint8_t tag) {
    out.begin(tag);
    write(out, cell.role);
    write(out, cell.key_usage);
    write(out, cell.cell_usage);
    out.end();
}

void write(der::Writer& out, const Cell& cell) { write_cell(out, cell, der::kSequence); }

void write(der::Writer& out, const Bytes& element) { out.raw(element); }

void write(der::Writer& out, const SpecialistFloor& floor);
void write(der::Writer& out, const SeqNumberChange& change);
void write(der::Writer& out, const Replacement& replacement);
void write(der::Writer& out, const ReplacementOutcome& outcome);
void write(der::Writer& out, const CredentialDetails& details);
void write(der::Writer& out, const RoleCredentials& credentials);

template <typename Item>
void write_sequence_of(der::Writer& out, const std::vector<Item>& items, std::uint8_t tag = der::kSequence) {
    out.begin(tag);
    for (const Item& item : items) write(out, item);
    out.end();
}

void write(der::Writer& out, const SpecialistFloor& floor) {
    out.begin(der::kSequence).integer(floor.usage).integer(floor.floor).end();
}

void write(der::Writer& out, const SeqNumberChange& change) {
    out.begin(der::kSequence);
    write(out, change.role);
    out.integer(change.floor);
    if (change.specialist) write_sequence_of(out, *change.specialist);
    out.end();
}

void write(der::Writer& out, const Replacement& replacement) {
    out.begin(der::kSequence).raw(replacement.certificate);
    write(out, replacement.target);
    out.end();
}

void write(der::Writer& out, const ReplacementOutcome& outcome) {
    out.begin(der::kSequence);
    write(out, outcome.cell);
    write(out, outcome.status);
    out.octets(outcome.existing_subject).octets(outcome.existing_key_identifier);
    out.octets(outcome.replacing_subject).octets(outcome.replacing_key_identifier);
    out.end();
}

void write(der::Writer& out, const ExecutionOutcome& outcome) {
    out.begin(der::kSequence).integer(outcome.authorising_counter).integer(outcome.mode);
    write_sequence_of(out, outcome.floor_changes);
    write_sequence_of(out, outcome.replacements);
    out.end();
}

void write(der::Writer& out, const CredentialDetails& details) {
    out.begin(der::kSequence);
    write(out, details.key_usage);
    write(out, details.cell_usage);
    out.octets(details.subject).octets(details.key_identifier);
    out.end();
}

void write(der::Writer& out, const RoleCredentials& credentials) {
    out.begin(der::kSequence);
    write(out, credentials.role);
    write(out, credentials.status);
    if (credentials.current_counter) {
        out.integer(*credentials.current_counter);
        write_sequence_of(out, credentials.credentials);
    }
    out.end();
}

void write_control(der::Writer& out, const UpdateSecurityCredentials& update) {
    out.begin(der::kSequence).integer(update.mode);
    if (update.plaintext_symmetric_key) out.octets(*update.plaintext_symmetric_key, tag::symmetric_key);
    if (update.disapply_time_checks) out.integer(*update.disapply_time_checks ? 1 : 0, tag::time_checks);
    if (update.authorising_cell) write_cell(out, *update.authorising_cell, tag::authorising_cell);
    out.integer(update.authorising_counter, tag::authorising_counter);
    if (update.new_floor) out.integer(*update.new_floor, tag::new_floor);
    if (update.new_specialist_floors)
        write_sequence_of(out, *update.new_specialist_floors, tag::new_specialist_floors);
    if (update.other_floors) write_sequence_of(out, *update.other_floors, tag::other_floors);
    out.end();
}

/// One overload an alternative of Cs02Payload.
struct Encoder {
    der::Writer out;

    void operator()(const UpdateSecurityCredentials& update) {
        out.begin(der::kSequence);
        write_control(out, update);
        write_sequence_of(out, update.replacements);
        write_sequence_of(out, update.path_certificates);
        if (update.execute_at) out.generalized_time(*update.execute_at);
        out.end();
    }
    void operator()(const UpdateSecurityCredentialsResponse& response) {
        out.begin(der::kSequence).null();
        if (response.outcome) write(out, *response.outcome);
        out.end();
    }
    void operator()(const UpdateSecurityCredentialsAlert& alert) {
        out.begin(der::kSequence).integer(alert.alert_code).generalized_time(alert.executed_at);
        write(out, alert.outcome);
        out.end();
    }
    void operator()(const ProvideSecurityCredentials& provide) {
        out.begin(der::kSequence);
        write(out, provide.authorising_cell);
        write_sequence_of(out, provide.roles);
        out.end();
    }
    void operator()(const ProvideSecurityCredentialsResponse& response) { write_sequence_of(out, response); }
    void operator()(const KeyUsageRequest& request) {
        out.begin(der::kSequence);
        write(out, request.usage);
        out.end();
    }
    void operator()(const EncodedOrResult& reply) {
        if (const Bytes* encoded = std::get_if<Bytes>(&reply)) out.raw(*encoded);
        if (const std::uint64_t* result = std::get_if<std::uint64_t>(&reply)) out.integer(*result);
    }
};

/// Whether a device makes this payload of its own; a certificate or request that it encloses whole stays DER.
constexpr auto kHasDeviceLengths = []<typename T>(const T&) {
    return std::is_same_v<T, UpdateSecurityCredentialsResponse> ||
           std::is_same_v<T, UpdateSecurityCredentialsAlert> ||
           std::is_same_v<T, ProvideSecurityCredentialsResponse>;
};

}  // namespace
}  // namespace cs02

Bytes encode_cs02(const Cs02Payload& payload) {
    cs02::Encoder encoder;
    std::visit(encoder, payload);
    const Bytes der = encoder.out.take();
    return std::visit(cs02::kHasDeviceLengths, payload) ? device_from_der(der) : der;
}

}  // namespace meterbed::gbcs
