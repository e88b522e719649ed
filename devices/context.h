// The one seam between a device and whatever runs it: the simulator, a test, or a real meter on a socket.
#pragma once

#include <cstdint>
#include <string_view>

#include "devices/gbcs/message.h"
#include "pki/eui64.h"
#include "pki/random.h"
#include "pki/time.h"

namespace meterbed {

/// One fact about a device, kept by whoever runs it. `what` is one of the constants below.
struct Note {
    std::string_view what{};
    Eui64 device{};
    Eui64 party{};               ///< remote party concerned, zero when none
    gbcs::MessageCode code{};    ///< use case concerned
    std::uint64_t counter = 0;   ///< originator counter of the message concerned
    std::string_view verdict{};  ///< code of a refusal or a status, empty when it went well
    std::uint32_t alert = 0;     ///< alert or event code, 0 when none
    std::string_view detail{};   ///< the cell or the new state concerned; empty when none
};

/// What devices note.
namespace notes {
constexpr std::string_view command_executed = "command executed";
constexpr std::string_view command_stored = "command stored";    ///< future dated
constexpr std::string_view command_dropped = "command dropped";  ///< no response is sent
constexpr std::string_view command_failed = "command failed";    ///< answered with a failure
constexpr std::string_view response_sent = "response sent";
constexpr std::string_view alert_sent = "alert sent";
constexpr std::string_view event_logged = "event logged";
constexpr std::string_view cell_replaced = "cell replaced";  ///< party = the new holder
constexpr std::string_view cell_kept = "cell kept";          ///< a replacement that failed, verdict says why
constexpr std::string_view top_up = "top-up entered";        ///< verdict says why it was refused
constexpr std::string_view supply_lost = "supply lost";
constexpr std::string_view supply_restored = "supply restored";
constexpr std::string_view supply_state = "supply state";  ///< verdict names the new state
/// Of a meter that meters: what its supplier configured is not what it does; detail says why, in words.
constexpr std::string_view plan_not_followed = "plan not followed";
}  // namespace notes

using TimerId = std::uint64_t;

class Context {
  public:
    virtual ~Context() = default;

    virtual Time now() const = 0;
    /// Gives a whole GBCS message to the home's hub, which carries it to the remote party in its header.
    virtual void send(Bytes message) = 0;
    /// `Device::on_timer` is called with `tag` once this long has passed.
    virtual TimerId after(Duration delay, std::uint64_t tag) = 0;
    /// Forgets a timer; does nothing when it already fired.
    virtual void cancel(TimerId timer) = 0;
    virtual Random& random() = 0;
    virtual void note(const Note& note) = 0;
};

}  // namespace meterbed
