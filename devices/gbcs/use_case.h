// The GBCS use case table: one row a message code (GBCS 17, 19, 20).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "devices/gbcs/message.h"
#include "pki/roles.h"

namespace meterbed::gbcs {

enum class UseCaseKind : std::uint8_t { command_response, alert, han_command };
enum class PayloadFamily : std::uint8_t { dlms, gbz, asn1, unknown };
/// What protects a message of this use case; `either` means MAC from the ACB, signature from another party
/// (CS02a, CS02f).
enum class Protection : std::uint8_t { none, mac, signature, signature_and_mac, either };

/// A set of small enumerators as bits.
template <typename E>
struct EnumSet {
    std::uint16_t bits = 0;
    constexpr EnumSet() = default;
    constexpr EnumSet(std::initializer_list<E> items) {
        for (E item : items) bits = static_cast<std::uint16_t>(bits | (1U << static_cast<unsigned>(item)));
    }
    constexpr bool has(E item) const {
        return static_cast<unsigned>(item) < 16 && ((bits >> static_cast<unsigned>(item)) & 1U);
    }
    constexpr bool empty() const { return bits == 0; }
};

struct UseCase {
    MessageCode code;
    std::string_view id;    ///< "ECS45"
    std::string_view name;  ///< "Read Status of Load Switch in the ESME"
    UseCaseKind kind;
    bool critical;
    bool future_datable;
    bool replay_checked;  ///< anti_replay_counter_checked
    EnumSet<DeviceType> devices;
    EnumSet<RemotePartyRole> originators;  ///< empty: any known remote party (CS02a, CS02f), or none (alerts)
    PayloadFamily payload;
    Protection command_protection;
    Protection response_protection;
    Protection alert_protection;
    bool response_has_date_time;
};

/// All rows, ordered by message code.
std::span<const UseCase> use_cases();
/// Null for an unknown code.
const UseCase* find_use_case(MessageCode code);
/// First row whose id is this, null when there is none ("CS02b" has a row a mode: search by code).
const UseCase* find_use_case(std::string_view id);

/// The row's family; the generic alerts (0x1000, 0x1001) have none of their own: the first octet tells DLMS
/// from GBZ.
PayloadFamily payload_family(MessageCode code, ByteView payload);

}  // namespace meterbed::gbcs
