#include "sim/fleet/outage_records.h"

#include <string>

#include "devices/context.h"

namespace meterbed::fleet {

OutageRecords::OutageRecords()
    : power_cut(word("power cut")),
      mains_lost(word("mains lost")),
      mains_restored(word("mains restored")),
      reported(word("power outage reported")),
      not_reported(word("power outage not reported")),
      received(word("power outage received")),
      lost(word("message lost")),
      waited(word("waited for radio")),
      withheld(word("alert withheld")),
      dcc_alert(word("DCC alert")),
      alert_sent(word(notes::alert_sent)),
      alert_received(word("alert received")),
      alert_undeliverable(word("alert undeliverable")),
      outage_event(word("power outage event")),
      answer(word("answer")),
      alert(word("alert")),
      ad1(word("AD1")),
      dcc_(word("DCC")),
      users_(word("users")) {
    for (std::size_t i = 0; i < kRegionNames.size(); ++i) {
        homes_[i] = word("homes " + std::string(kRegionNames[i]));
        wan_[i] = word("WAN " + std::string(kRegionNames[i]));
    }
}

}  // namespace meterbed::fleet
