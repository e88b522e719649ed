// Every GBZ use case is a list of ZCL frames: reads answer from the attributes, other frames from the tables
// of devices/use_cases/gas, what is in none of them with a default response (GBCS 18.1, 19).
#include <algorithm>

#include "devices/gas/attribute_names.h"
#include "devices/gas/readings.h"
#include "devices/gbz_time.h"
#include "devices/use_cases/encryption.h"
#include "devices/use_cases/gas/commands.h"

namespace meterbed {

using gbcs::gbz::Component;
using gbcs::gbz::Frame;

namespace gas {
namespace {

constexpr std::uint16_t kAnyCluster = 0xFFFF;

/// Read responses that GBCS 19 (and RTDS) give another form: frame control, encryption.
struct ReadForm {
    std::uint16_t message_code;
    std::uint16_t cluster;
    std::uint8_t frame_control;
    bool encrypted;
};
constexpr std::uint8_t kToClient = zcl::frame::to_client;
constexpr std::uint8_t kFinal = zcl::frame::to_client | zcl::frame::no_default_response;
constexpr ReadForm kReadForms[] = {
    {0x0074, kAnyCluster, kFinal, true},             // GCS13a
    {0x00B8, kAnyCluster, kFinal, true},             // GCS13b
    {0x00B6, kAnyCluster, kFinal, true},             // GCS13c
    {0x0075, cluster::prepayment, kToClient, true},  // GCS14
    {0x009F, kAnyCluster, kFinal, false},            // GCS21f
};

/// GCS18, whose samples come with another frame control than those of GCS17 and GCS61 (GBCS 19).
constexpr std::uint16_t kNetworkDataLog = 0x0079;
constexpr std::uint8_t kNetworkDataReply = zcl::frame::cluster_specific | zcl::frame::to_client;

ReadForm read_form(std::uint16_t code, std::uint16_t cluster) {
    for (const ReadForm& row : kReadForms)
        if (row.message_code == code && (row.cluster == kAnyCluster || row.cluster == cluster)) return row;
    return {code, cluster, kToClient, false};
}

/// One command, its answers so far, and what its components want later.
struct Work {
    Execution& execution;
    std::vector<Component> answers{};
    std::vector<bool> secret{};  ///< which of the answers are to be encrypted
    CommandMemory memory{};
    std::vector<ZclCommand> seen{};
    std::vector<Component> timed{};
    bool failed = false;

    Device& device() const { return execution.device; }
    std::uint16_t code() const { return static_cast<std::uint16_t>(execution.command.message.code()); }

    /// A response takes the number of the frame it answers (RTDS, GCS21b).
    Component& answer(const Component& asked, bool encrypted = false) {
        Component out;
        out.cluster = asked.cluster;
        out.sequence = asked.sequence;
        answers.push_back(std::move(out));
        secret.push_back(encrypted);
        return answers.back();
    }
};

/// The direction of a default response is the reverse of the command's.
std::uint8_t default_direction(const Component& asked) {
    return (asked.frame_control & zcl::frame::to_client) != 0 ? std::uint8_t{0} : zcl::frame::to_client;
}

void answer_default(Work& it, const Component& asked, std::uint8_t command, std::uint8_t status) {
    Component& out = it.answer(asked);
    const QueryRow* query = find_query(asked);
    out.frame_control = query ? query->refusal_frame_control : default_direction(asked);
    out.command = zcl::default_response;
    out.payload = {command, status};
    if (status != zcl::status::success && status != zcl::status::not_found) it.failed = true;
}

std::optional<ZclValue> value_of(const Device& device, const ZclAttribute& attribute) {
    if (attribute == metering::supply_status)
        return device.supply() ? std::optional(ZclValue{ZclType::enum8, supply_status(*device.supply())})
                               : std::nullopt;
    const ZclValue* held = device.attributes().find(attribute);
    return held ? std::optional(*held) : std::nullopt;
}

void append_attribute(Work& it, Bytes& out, const ZclAttribute& attribute) {
    const auto value = value_of(it.device(), attribute);
    std::uint8_t status = it.device().attributes().fault(attribute);
    if (status == zcl::status::success && !value) status = zcl::status::not_found;
    Writer written;
    written.u16(attribute.id).u8(status);
    if (status == zcl::status::success)
        written.bytes(value->encoded());
    else
        it.failed = true;
    const Bytes octets = written.take();
    out.insert(out.end(), octets.begin(), octets.end());
}

void read_attributes(Work& it, const Component& asked) {
    if (asked.payload.size() % 2 != 0)
        return answer_default(it, asked, asked.command, zcl::status::malformed);
    const ReadForm form = read_form(it.code(), asked.cluster);
    Component& out = it.answer(asked, form.encrypted);
    out.frame_control = form.frame_control;
    out.command = zcl::read_response;
    Reader in(asked.payload);
    while (in.left() > 0) append_attribute(it, out.payload, {asked.cluster, in.u16()});
}

bool may_carry(const ChangeRow& row, std::uint16_t code) {
    return code != 0 && std::ranges::find(row.message_codes, code) != row.message_codes.end();
}

void change(Work& it, const ChangeRow& row, const Component& asked, std::uint8_t fault) {
    const Seconds time = implementation_time(row, asked);
    Act act{it.device(), it.execution.context, asked, phase_of(time), it.memory, &it.execution};
    const std::uint8_t status = !may_carry(row, it.code())      ? zcl::status::not_authorised
                                : fault != zcl::status::success ? fault
                                                                : row.act(act);
    if (status == zcl::status::success && time != 0) it.timed.push_back(asked);
    const auto reply = status == zcl::status::success ? row.reply : row.refusal;
    if (!reply) {
        answer_default(it, asked, asked.command, status);
    } else {
        reply(act, it.answer(asked));
    }
    if (status != zcl::status::success) it.failed = true;
}

void ask(Work& it, const QueryRow& row, const Component& asked) {
    const Found found =
        row.find({it.device(), it.device().gas().read(), asked, gbz_time(it.execution.context.now())});
    if (!found) return answer_default(it, asked, asked.command, zcl::status::malformed);
    if (found->empty()) return answer_default(it, asked, asked.command, zcl::status::not_found);
    for (const Bytes& payload : *found) {
        Component& out = it.answer(asked, row.encrypted);
        out.frame_control = it.code() == kNetworkDataLog ? kNetworkDataReply : row.frame_control;
        out.command = row.response;
        out.payload = payload;
    }
}

void carry_out(Work& it, const Component& asked) {
    const ZclCommand command{asked.cluster, asked.command};
    const bool specific = (asked.frame_control & zcl::frame::cluster_specific) != 0;
    if (!specific && asked.command == zcl::read_attributes) return read_attributes(it, asked);
    const auto occurrence = static_cast<std::size_t>(std::ranges::count(it.seen, command));
    it.seen.push_back(command);
    const std::uint8_t fault = it.device().attributes().command_fault(command, occurrence);
    if (const ChangeRow* row = find_change(asked)) return change(it, *row, asked, fault);
    const QueryRow* query = find_query(asked);
    if (query && fault == zcl::status::success) return ask(it, *query, asked);
    answer_default(it, asked, asked.command, query ? fault : zcl::status::unsupported_command);
}

/// The ZCL payload becomes a ciphered block; all components of a message use one key (RTDS).
bool encrypt_answers(Work& it, Answer& answer) {
    if (std::ranges::find(it.secret, true) == it.secret.end()) return true;
    const auto key = encryption_key(it.execution, answer);
    if (!key) return false;
    std::uint8_t count = 0;
    for (std::size_t i = 0; i < it.answers.size(); ++i) {
        if (!it.secret[i]) continue;
        Component& component = it.answers[i];
        component.encrypted = true;
        component.frame_counter = count++;
        component.payload = gbcs::encrypt(component.payload, *key, it.device().id());
    }
    return true;
}

}  // namespace
}  // namespace gas

/// A failure ends the work: later frames are answered for no command, and not carried out (RTDS, GCS60).
Answer access_attributes(Execution& execution) {
    using namespace gas;
    constexpr std::size_t kMostComponents = 0xFF;
    const auto& request = std::get<Frame>(std::get<gbcs::gbz::Payload>(execution.command.content));
    Work it{execution};
    for (const Component& asked : request.components) {
        if (it.failed)
            answer_default(it, asked, zcl::no_command, zcl::status::failure);
        else
            carry_out(it, asked);
    }
    if (is_future_dated(request)) store(execution, it.timed);
    Answer answer;
    if (it.failed) answer.failure = "ZCL failure";
    answer.stored = !it.timed.empty() && !it.failed;
    if (it.answers.size() > kMostComponents)
        it.answers.resize(kMostComponents), it.secret.resize(kMostComponents);
    if (encrypt_answers(it, answer)) answer.payload = gbcs::gbz::encode(Frame{std::move(it.answers)});
    return answer;
}

}  // namespace meterbed
