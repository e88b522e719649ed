// The state of a prepayment meter and its customer, and of what is on its way between them and the supplier.
#pragma once

#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include "devices/prepayment/ledger.h"
#include "sim/network/carriage.h"
#include "sim/network/directory.h"
#include "sim/prepayment/audit.h"
#include "sim/prepayment/consumption.h"
#include "sim/prepayment/cover.h"
#include "sim/prepayment/customer.h"
#include "sim/prepayment/hub_buffer.h"
#include "sim/prepayment/notice.h"
#include "sim/prepayment/vend.h"

namespace meterbed::fleet {

constexpr std::uint32_t kNothingOpen = UINT32_MAX;

/// One meter.
struct PrepaymentRow {
    prepayment::Ledger ledger;
    Customer customer;
    WanCover cover;
    Audit audit;
    Load load;
    CreditFallback fallback;
    Time decision = Time::max();  ///< of a price or mode: the next one
    CarriedCounts carried{};
    Site site;
    std::int32_t home = 0;
    std::uint32_t open = kNothingOpen;  ///< what is under way: position in the pool
    std::uint16_t sequence = 0;         ///< SMETS1: of the S1SP's last instruction ...
    std::uint16_t executed = 0;         ///< ... and of the last one that the meter executed
    std::uint16_t orders = 0;           ///< SMETS2: notices sent, which count up the originator counter ...
    std::uint16_t obeyed = 0;           ///< ... and the last one that the meter executed
    bool new_price = false;             ///< charged by the plan after the change
    bool on_credit = false;             ///< the supplier has put the meter into credit mode
    Generation generation = Generation::SMETS2;
};
static_assert(std::is_trivially_copyable_v<PrepaymentRow>);

/// A payment whose UTRN may still come to the meter.
struct OpenVend {
    Vend vend;
    Channel channel = Channel::shop;
    bool credited = false;
};

/// One request SRV 2.2, 1.2.1 or 1.6.
struct OpenRequest {
    std::uint32_t payment = 0;
    std::uint16_t attempts = 0;
    std::uint16_t order = 0;  ///< of a notice: its number at this home
    bool pending = true;      ///< at the DCC, or the S1SP: neither answered nor given up
};

/// In the order of the way (sim/network/carriage.h).
enum class Stage : std::uint8_t {
    payment_at_desk,
    stand_in_made_code,
    request_at_dcc,       ///< and its turn
    pre_command_at_desk,  ///< SMETS2, of a notice
    signed_at_dcc,        ///< SMETS2, of a notice, and its turn
    request_at_s1sp,      ///< SMETS1
    code_at_dcc,          ///< SMETS1, and its turn
    code_at_desk,         ///< SMETS1
    command_at_wan,       ///< or the instruction of a SMETS1 meter
    command_at_meter,
    alert_at_hub,   ///< of a meter whose hub may have to hold it
    answer_at_hub,  ///< likewise
    hub_releases,   ///< what it holds
    answer_at_wan,
    answer_at_s1sp,  ///< SMETS1
    answer_at_dcc,   ///< and its turn
    answer_at_desk,
    retry_due,        ///< at the DCC, and its turn; at the S1SP at once
    given_up_at_dcc,  ///< SMETS1: by the S1SP; and its turn
    given_up_at_desk,
    code_told,        ///< the customer has it in hand
    help_line_looks,  ///< for the code, to tell it
    no_code_yet,      ///< the customer is told so
    engineer_asks,    ///< the desk for the code, on the spot
};

struct Message {
    Time at;
    std::uint32_t order = 0;  ///< of sending, at this home
    std::uint32_t payment = 0;
    std::uint16_t request = 0;  ///< position in `requests`
    std::uint16_t number = 0;   ///< attempt of a retry; sequence of a SMETS1 instruction; code of an alert
    Stage stage = Stage::payment_at_desk;
    Way way = Way::receipt;
    bool had_turn = false;               ///< of the DSP
    std::optional<NoticeKind> notice{};  ///< nothing: of payment `payment`
};

/// What is under way for one meter; few have anything.
struct Open {
    std::vector<OpenVend> vends;
    std::vector<Notice> notices;
    std::vector<OpenRequest> requests;
    std::vector<Message> messages;
    HubBuffer<Message> hub{};  ///< while it holds something, its release is among the messages
    std::uint32_t next_order = 0;

    bool empty() const { return vends.empty() && notices.empty() && messages.empty(); }
};

}  // namespace meterbed::fleet
