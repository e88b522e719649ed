// Reading the CS02 payloads. Values that a device answers with a failure (roles, modes, status codes it does
// not know) are read; only what is not DER, or not the type, is refused.
#include <algorithm>

#include "devices/gbcs/cs02_wire.h"

namespace meterbed::gbcs::cs02 {
namespace {

constexpr std::uint64_t kMaximumEnumerator = 255;
constexpr std::uint64_t kMaximumAlertCode = 0xFFFF;

std::uint64_t small_integer(der::Reader& in, std::uint64_t maximum, std::uint8_t tag = der::kInteger) {
    const std::uint64_t value = in.integer(tag);
    if (value > maximum) in.fail("integer is out of range");
    return value;
}

RemotePartyRole read_role(der::Reader& in) {
    return static_cast<RemotePartyRole>(small_integer(in, kMaximumEnumerator));
}

StatusCode read_status(der::Reader& in) {
    return static_cast<StatusCode>(small_integer(in, kMaximumEnumerator, der::kEnumerated));
}

KeyUsage read_key_usage(der::Reader& in) {
    const ByteView contents = in.contents(der::kBitString);
    for (const KeyUsageBits& row : kKeyUsageBits)
        if (std::ranges::equal(contents, row.contents)) return row.usage;
    in.fail("key usage is not exactly one of digitalSignature, keyAgreement and keyCertSign");
    return {};
}

/// DER omits the default, management: an encoded 0 is a fault (X.690 11.5).
CellUsage read_cell_usage(der::Reader& in) {
    if (in.peek() != der::kInteger) return CellUsage::management;
    const std::uint64_t usage = in.integer();
    if (usage == 0) in.fail("cell usage management is the default and must be omitted");
    if (usage > 1) in.fail("unknown cell usage");
    return CellUsage::prePaymentTopUp;
}

template <typename Item>
std::vector<Item> read_sequence_of(der::Reader& in, std::uint8_t tag, Item (*read)(der::Reader&)) {
    der::Reader inner = in.enter(tag);
    std::vector<Item> items;
    while (inner.ok() && !inner.at_end()) items.push_back(read(inner));
    in.finish(inner);
    return items;
}

Cell read_cell_contents(der::Reader& in, std::uint8_t tag) {
    der::Reader inner = in.enter(tag);
    Cell cell;
    cell.role = read_role(inner);
    cell.key_usage = read_key_usage(inner);
    cell.cell_usage = read_cell_usage(inner);
    in.finish(inner);
    return cell;
}

Cell read_cell(der::Reader& in) { return read_cell_contents(in, der::kSequence); }

Bytes read_whole_sequence(der::Reader& in) {
    const ByteView element = in.element(der::kSequence);
    return {element.begin(), element.end()};
}

SpecialistFloor read_specialist_floor(der::Reader& in) {
    der::Reader inner = in.enter(der::kSequence);
    SpecialistFloor floor;
    floor.usage = inner.integer();
    floor.floor = inner.integer();
    in.finish(inner);
    return floor;
}

SeqNumberChange read_change(der::Reader& in) {
    der::Reader inner = in.enter(der::kSequence);
    SeqNumberChange change;
    change.role = read_role(inner);
    change.floor = inner.integer();
    if (!inner.at_end()) change.specialist = read_sequence_of(inner, der::kSequence, read_specialist_floor);
    in.finish(inner);
    return change;
}

Replacement read_replacement(der::Reader& in) {
    der::Reader inner = in.enter(der::kSequence);
    Replacement replacement;
    replacement.certificate = read_whole_sequence(inner);
    replacement.target = read_cell(inner);
    in.finish(inner);
    return replacement;
}

void read_control(der::Reader& in, UpdateSecurityCredentials& update) {
    der::Reader inner = in.enter(der::kSequence);
    update.mode = inner.integer();
    if (inner.peek() == tag::symmetric_key) update.plaintext_symmetric_key = inner.octets(tag::symmetric_key);
    if (inner.peek() == tag::time_checks)
        update.disapply_time_checks = small_integer(inner, 1, tag::time_checks) != 0;
    if (inner.peek() == tag::authorising_cell)
        update.authorising_cell = read_cell_contents(inner, tag::authorising_cell);
    update.authorising_counter = inner.integer(tag::authorising_counter);
    if (inner.peek() == tag::new_floor) update.new_floor = inner.integer(tag::new_floor);
    if (inner.peek() == tag::new_specialist_floors)
        update.new_specialist_floors =
            read_sequence_of(inner, tag::new_specialist_floors, read_specialist_floor);
    if (inner.peek() == tag::other_floors)
        update.other_floors = read_sequence_of(inner, tag::other_floors, read_change);
    in.finish(inner);
}

ReplacementOutcome read_replacement_outcome(der::Reader& in) {
    der::Reader inner = in.enter(der::kSequence);
    ReplacementOutcome outcome;
    outcome.cell = read_cell(inner);
    outcome.status = read_status(inner);
    outcome.existing_subject = inner.octets();
    outcome.existing_key_identifier = inner.octets();
    outcome.replacing_subject = inner.octets();
    outcome.replacing_key_identifier = inner.octets();
    in.finish(inner);
    return outcome;
}

ExecutionOutcome read_outcome(der::Reader& in) {
    der::Reader inner = in.enter(der::kSequence);
    ExecutionOutcome outcome;
    outcome.authorising_counter = inner.integer();
    outcome.mode = inner.integer();
    outcome.floor_changes = read_sequence_of(inner, der::kSequence, read_change);
    outcome.replacements = read_sequence_of(inner, der::kSequence, read_replacement_outcome);
    in.finish(inner);
    return outcome;
}

CredentialDetails read_credential(der::Reader& in) {
    der::Reader inner = in.enter(der::kSequence);
    CredentialDetails details;
    details.key_usage = read_key_usage(inner);
    details.cell_usage = read_cell_usage(inner);
    details.subject = inner.octets();
    details.key_identifier = inner.octets();
    in.finish(inner);
    return details;
}

RoleCredentials read_role_credentials(der::Reader& in) {
    der::Reader inner = in.enter(der::kSequence);
    RoleCredentials credentials;
    credentials.role = read_role(inner);
    credentials.status = read_status(inner);
    if (credentials.status == StatusCode::success) {
        credentials.current_counter = inner.integer();
        credentials.credentials = read_sequence_of(inner, der::kSequence, read_credential);
    }
    in.finish(inner);
    return credentials;
}

}  // namespace

UpdateSecurityCredentials read_update(der::Reader& in) {
    der::Reader inner = in.enter(der::kSequence);
    UpdateSecurityCredentials update;
    read_control(inner, update);
    update.replacements = read_sequence_of(inner, der::kSequence, read_replacement);
    update.path_certificates = read_sequence_of(inner, der::kSequence, read_whole_sequence);
    if (!inner.at_end()) update.execute_at = inner.generalized_time();
    in.finish(inner);
    return update;
}

UpdateSecurityCredentialsResponse read_update_response(der::Reader& in) {
    der::Reader inner = in.enter(der::kSequence);
    UpdateSecurityCredentialsResponse response;
    inner.null();
    if (!inner.at_end()) response.outcome = read_outcome(inner);
    in.finish(inner);
    return response;
}

UpdateSecurityCredentialsAlert read_update_alert(der::Reader& in) {
    der::Reader inner = in.enter(der::kSequence);
    UpdateSecurityCredentialsAlert alert;
    alert.alert_code = static_cast<std::uint16_t>(small_integer(inner, kMaximumAlertCode));
    alert.executed_at = inner.generalized_time();
    alert.outcome = read_outcome(inner);
    in.finish(inner);
    return alert;
}

ProvideSecurityCredentials read_provide(der::Reader& in) {
    der::Reader inner = in.enter(der::kSequence);
    ProvideSecurityCredentials provide;
    provide.authorising_cell = read_cell(inner);
    provide.roles = read_sequence_of(inner, der::kSequence, read_role);
    in.finish(inner);
    return provide;
}

ProvideSecurityCredentialsResponse read_provide_response(der::Reader& in) {
    return read_sequence_of(in, der::kSequence, read_role_credentials);
}

KeyUsageRequest read_key_usage_request(der::Reader& in) {
    der::Reader inner = in.enter(der::kSequence);
    const KeyUsageRequest request{read_key_usage(inner)};
    in.finish(inner);
    return request;
}

EncodedOrResult read_encoded(der::Reader& in) { return read_whole_sequence(in); }

EncodedOrResult read_encoded_or_result(der::Reader& in) {
    if (in.peek() == der::kInteger) return in.integer();
    return read_whole_sequence(in);
}

}  // namespace meterbed::gbcs::cs02
