#include "devices/gas/records.h"

namespace meterbed::gas {
namespace {

constexpr std::uint8_t kBlockRegisters = 0x06, kDebtAndCredit = 0x00;

template <typename Snapshot>
Writer head(const Snapshot& snapshot, std::uint8_t total_found, std::uint8_t payload_type) {
    Writer out;
    out.u32(snapshot.id).u32(snapshot.time).u8(total_found);
    out.u8(0).u8(1);  // command index, total number of commands
    out.u32(snapshot.cause).u8(payload_type);
    return out;
}

/// The same for all snapshots; the reader has failed when the payload is of another type.
template <typename Snapshot>
Read<Snapshot> read_head(Reader& in, std::uint8_t payload_type) {
    Read<Snapshot> out;
    out.record.id = in.u32();
    out.record.time = in.u32();
    out.beside = in.u8();
    const bool whole = in.u8() == 0 && in.u8() == 1;
    out.record.cause = in.u32();
    if (in.u8() != payload_type || !whole) in.fail();
    return out;
}

template <typename Record>
std::optional<Record> if_finished(const Reader& in, Record record) {
    return in.finished() ? std::optional(std::move(record)) : std::nullopt;
}

}  // namespace

Bytes encode(const ConsumptionSnapshot& snapshot, std::uint8_t total_found) {
    Writer out = head(snapshot, total_found, kBlockRegisters);
    out.u48(snapshot.summation).u8(snapshot.tiers.size());
    for (const std::uint64_t tier : snapshot.tiers) out.u48(tier);
    out.u8(snapshot.tiers_and_blocks);
    for (const std::uint64_t block : snapshot.blocks) out.u48(block);
    return out.take();
}

Bytes encode(const CreditSnapshot& snapshot, std::uint8_t total_found) {
    Writer out = head(snapshot, total_found, kDebtAndCredit);
    out.i32(snapshot.accumulated_debt);
    for (const std::uint32_t debt : snapshot.debts) out.u32(debt);
    out.i32(snapshot.emergency_credit).i32(snapshot.credit);
    return out.take();
}

std::optional<Read<ConsumptionSnapshot>> read_consumption_snapshot(ByteView payload) {
    constexpr std::size_t kRegister = 6;
    Reader in(payload);
    auto out = read_head<ConsumptionSnapshot>(in, kBlockRegisters);
    out.record.summation = in.u48();
    for (std::size_t tiers = in.u8(); in.ok() && tiers > 0; --tiers) out.record.tiers.push_back(in.u48());
    out.record.tiers_and_blocks = in.u8();
    while (in.left() >= kRegister) out.record.blocks.push_back(in.u48());
    return if_finished(in, std::move(out));
}

std::optional<Read<CreditSnapshot>> read_credit_snapshot(ByteView payload) {
    Reader in(payload);
    auto out = read_head<CreditSnapshot>(in, kDebtAndCredit);
    out.record.accumulated_debt = in.i32();
    for (std::uint32_t& debt : out.record.debts) debt = in.u32();
    out.record.emergency_credit = in.i32();
    out.record.credit = in.i32();
    return if_finished(in, out);
}

Bytes encode(const BillingPeriod& period) {
    Writer out;
    out.u32(0).u32(period.issuer_event).u32(period.start).u24(period.duration).u8(period.duration_type).u8(0);
    return out.take();
}

std::optional<BillingPeriod> read_billing_period(ByteView payload) {
    Reader in(payload);
    in.u32();
    BillingPeriod period{in.u32(), in.u32(), in.u24(), in.u8()};
    in.u8();  // tariff type
    return if_finished(in, period);
}

std::optional<BlockPeriod> read_block_period(ByteView payload) {
    Reader in(payload);
    in.u32();
    BlockPeriod block;
    block.period = {in.u32(), in.u32(), in.u24(), 0};
    block.control = in.u8();
    block.period.duration_type = in.u8();
    in.u8();  // tariff type
    block.resolution = in.u8();
    return if_finished(in, block);
}

Bytes encode(const PublishedPrice& price, Seconds now) {
    Writer out;
    out.u32(0).string(price.label).u32(price.issuer_event).u32(now).u8(price.unit).u16(price.currency);
    out.u8(price.trailing_digit_and_tier).u8(price.tiers_and_register);
    out.u32(price.start).u16(price.duration).u32(price.price);
    return out.take();
}

std::optional<Read<PublishedPrice>> read_price(ByteView payload) {
    Reader in(payload);
    Read<PublishedPrice> out;
    in.u32();
    out.record.label = in.string();
    out.record.issuer_event = in.u32();
    out.beside = in.u32();
    out.record.unit = in.u8();
    out.record.currency = in.u16();
    out.record.trailing_digit_and_tier = in.u8();
    out.record.tiers_and_register = in.u8();
    out.record.start = in.u32();
    out.record.duration = in.u16();
    out.record.price = in.u32();
    return if_finished(in, std::move(out));
}

}  // namespace meterbed::gas
