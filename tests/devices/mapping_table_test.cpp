// Every row of GBCS's mapping table, as the reference table beside the checkout has it, stands on its
// devices.
#include <filesystem>
#include <fstream>
#include <set>

#include "devices/object_model.h"
#include "devices/use_cases/dlms_rows.h"
#include "devices/value_text.h"
#include "tests/devices/bench.h"
#include "tests/places.h"

namespace meterbed {
namespace {

using namespace gbcs::dlms;

/// Fields of a line of a CSV file; quoted ones hold commas.
std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> out(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            out.emplace_back();
        else
            out.back() += c;
    }
    return out;
}

bool has_method(const Attribute& method) {
    return std::ranges::any_of(methods(), [&](const AccessRow& row) {
        return row.class_id == method.class_id && row.index == method.index &&
               (!row.obis || *row.obis == method.obis);
    });
}

TEST(MappingTable, EveryRowStandsOnTheDevicesOfItsUseCase) {
    const std::filesystem::path file = testing::shared_dir() / "reference/dlms_fields.csv";
    if (!std::filesystem::exists(file)) GTEST_SKIP() << "the reference table is not beside the checkout";
    std::map<DeviceType, std::unique_ptr<bench::Bench>> devices;
    std::ifstream in(file);
    std::string line;
    std::getline(in, line);  // header
    int checked = 0;
    std::set<std::string> missing;
    while (std::getline(in, line)) {
        const auto field = fields_of(line);
        const auto* use_case = gbcs::find_use_case(
            gbcs::MessageCode{static_cast<std::uint16_t>(std::stoul(field.at(0), nullptr, 16))});
        // Alerts and a message code that GBCS leaves open bring no access.
        if (!use_case || use_case->kind != gbcs::UseCaseKind::command_response) continue;
        const auto where = attribute_from_text(field.at(7) + "/" + field.at(8) + "/" + field.at(10));
        if (!where) continue;
        for (const DeviceType type : {DeviceType::eSME, DeviceType::SAPC, DeviceType::CHF}) {
            if (!use_case->devices.has(type)) continue;
            auto& bench = devices[type];
            if (!bench) bench = std::make_unique<bench::Bench>(type);
            const bool there =
                field.at(9) == "method" ? has_method(*where) : value_of(*bench->device, *where).has_value();
            ++checked;
            if (!there)
                missing.insert(field.at(1) + " on " + std::string(name(type)) + ": " + text_of(*where));
        }
    }
    for (const std::string& each : missing) ADD_FAILURE() << each;
    EXPECT_GT(checked, 800);
}

}  // namespace
}  // namespace meterbed
