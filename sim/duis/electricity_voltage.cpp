// Voltage settings and counters of the ESME: services 6.5 and 6.27, one phase or three.
#include <array>

#include "sim/duis/dlms_values.h"

namespace meterbed::duis {
namespace {

using namespace axdr;
using enum DeviceType;

/// Where a value of one phase stands: 1-0:(32, 52 or 72).n.
constexpr std::uint8_t kUnderThreshold = 31, kOverThreshold = 35, kProfile = 24, kUnderCounter = 32,
                       kOverCounter = 36;
constexpr std::uint8_t of_phase(std::int64_t phase) { return static_cast<std::uint8_t>(12 + 20 * phase); }

/// AverageRMSVoltageSettings of each phase, by number.
std::vector<Reading> phases_of(const Reading& body) {
    if (const auto single = body.optional("SinglePhaseVoltageSettings")) return {*single};
    std::vector<Reading> phases;
    for (std::int64_t wanted = 1; wanted <= 3; ++wanted) {
        for (const Reading& settings : body.children("PolyPhaseVoltageSettings", 3, 3))
            if (settings.child("Phase").integer(1, 3) == wanted)
                phases.push_back(settings.child("PhaseVoltageSettings"));
    }
    if (phases.size() != 3)
        body.mistake("PolyPhaseVoltageSettings do not name the phases 1, 2 and 3 once each");
    return phases;
}

class Settings {
  public:
    explicit Settings(const Reading& body)
        : rms_(body.child("RMSVoltageSettings")), phases_(phases_of(body)) {}

    void set_threshold(AccessList& list, std::size_t phase, std::uint8_t which) const {
        const std::string_view name =
            which == kOverThreshold ? "AverageRMSOverVoltageThreshold" : "AverageRMSUnderVoltageThreshold";
        list.set({1, {1, 0, place(phase), which, 0, 4}, 2}, number(phases_[phase], name));
    }
    void set_periods(AccessList& list) const {
        for (std::size_t phase = 0; phase < phases_.size(); ++phase)
            list.set({7, {1, 0, place(phase), kProfile, 0, 255}, 4},
                     number(phases_[phase], "AverageRMSVoltageMeasurementPeriod"));
    }
    /// Register monitors 1 to 4: threshold, then for how long.
    void set_monitors(AccessList& list) const {
        constexpr std::array<std::string_view, 4> monitors{"RMSExtremeOverVoltage", "RMSExtremeUnderVoltage",
                                                           "RMSVoltageSag", "RMSVoltageSwell"};
        for (std::size_t n = 0; n < monitors.size(); ++n) {
            const dlms::Obis monitor{0, 0, 17, 0, static_cast<std::uint8_t>(n + 1), 255};
            list.set({71, monitor, 4}, number(rms_, std::string(monitors[n]) + "Threshold"))
                .set({71, monitor, 6}, number(rms_, std::string(monitors[n]) + "MeasurementPeriod"));
        }
    }
    std::size_t count() const { return phases_.size(); }

  private:
    static std::uint8_t place(std::size_t phase) { return of_phase(static_cast<std::int64_t>(phase) + 1); }
    static Value number(const Reading& from, std::string_view name) {
        return u32(from.child(name).integer(0, UINT32_MAX));
    }
    Reading rms_;
    std::vector<Reading> phases_;
};

void reset_counters(AccessList& list, std::int64_t phases) {
    for (std::int64_t phase = 1; phase <= phases; ++phase)
        for (std::uint8_t counter : {kUnderCounter, kOverCounter})
            list.action({3, {1, 0, of_phase(phase), counter, 0, 4}, 1}, i8(0));
}

/// ECS29a, ECS29b: periods, monitors, thresholds (of the first phase the upper before the lower), counters
/// reset.
Bytes set_and_reset(const Reading& body, const Situation& situation) {
    const Settings settings(body);
    AccessList list;
    settings.set_periods(list);
    settings.set_monitors(list);
    for (std::size_t phase = 0; phase < settings.count(); ++phase) {
        settings.set_threshold(list, phase, phase == 0 ? kOverThreshold : kUnderThreshold);
        settings.set_threshold(list, phase, phase == 0 ? kUnderThreshold : kOverThreshold);
    }
    reset_counters(list, static_cast<std::int64_t>(settings.count()));
    return list.octets(situation);
}

/// ECS29c, ECS29d: thresholds, periods, monitors; the counters go on.
Bytes set_only(const Reading& body, const Situation& situation) {
    body.child("RMSVoltageCountersNotReset");
    const Settings settings(body);
    AccessList list;
    for (std::size_t phase = 0; phase < settings.count(); ++phase)
        for (std::uint8_t which : {kUnderThreshold, kOverThreshold})
            settings.set_threshold(list, phase, which);
    settings.set_periods(list);
    settings.set_monitors(list);
    return list.octets(situation);
}

template <bool single, bool reset>
bool is_form(const Reading& body, const Situation&) {
    return body.has("SinglePhaseVoltageSettings") == single &&
           !body.has("RMSVoltageCountersNotReset") == reset;
}

template <std::int64_t phases>
Bytes reset_only(const Reading&, const Situation& situation) {
    AccessList list;
    reset_counters(list, phases);
    return list.octets(situation);
}

constexpr std::array kRows{
    Row{"6.5", "UpdateDeviceConfigurationVoltage", {eSME}, 0x0045, set_and_reset, is_form<true, true>},
    Row{"6.5", "UpdateDeviceConfigurationVoltage", {eSME}, 0x00AE, set_and_reset, is_form<false, true>},
    Row{"6.5", "UpdateDeviceConfigurationVoltage", {eSME}, 0x00D1, set_only, is_form<true, false>},
    Row{"6.5", "UpdateDeviceConfigurationVoltage", {eSME}, 0x00D2, set_only, is_form<false, false>},
    Row{"6.27",
        "UpdateDeviceConfigurationRMSVoltageCounterReset",
        {eSME},
        0x00D3,
        reset_only<1>,
        nullptr,
        Fits::single_phase},
    Row{"6.27",
        "UpdateDeviceConfigurationRMSVoltageCounterReset",
        {eSME},
        0x00D4,
        reset_only<3>,
        nullptr,
        Fits::polyphase},
};

}  // namespace

std::span<const Row> electricity_voltage_rows() { return kRows; }

}  // namespace meterbed::duis
