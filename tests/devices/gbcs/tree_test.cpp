// Messages as trees of plain values, and back.
#include "devices/gbcs/tree.h"

#include "tests/devices/gbcs/hex.h"
#include "tests/devices/gbcs/rtds.h"

namespace meterbed::gbcs {
namespace {

using RtdsTree = rtds::Test;

Message load_switch_reading() {
    Message message;
    message.header.counter = 1000;
    message.header.originator = rtds::party::supplier;
    message.header.recipient = rtds::party::esme;
    message.header.other.code = MessageCode{0x0052};
    message.payload = hex("D9200003E80001010046000060030AFF030100");
    message.mac = Mac{};
    return message;
}

TEST(Tree, NamesStandBesideNumbersAndIdentifiersAreText) {
    const Tree tree = to_tree(load_switch_reading());
    EXPECT_EQ(*tree.find("code"), Tree(std::string("0x0052")));
    EXPECT_EQ(*tree.find("use_case"), Tree(std::string("ECS45")));
    EXPECT_EQ(*tree.find("recipient"), Tree(std::string("00-DB-12-34-56-78-90-A0")));
    const Tree* items = tree.find("body")->find("items");
    const Tree& item = std::get<Tree::List>(items->value).at(0);
    EXPECT_EQ(*item.find("obis"), Tree(std::string("0-0:96.3.10.255")));
}

TEST(Tree, AMemberThatIsMissingOrWrongIsNamed) {
    Tree tree = to_tree(load_switch_reading());
    auto& members = std::get<Tree::Members>(tree.value);
    for (auto& [name, value] : members)
        if (name == "recipient") value = std::string("the meter");
    EXPECT_EQ(message_from_tree(tree).error(), "recipient is not an EUI-64");
    std::erase_if(members, [](const auto& item) { return item.first == "recipient"; });
    EXPECT_EQ(message_from_tree(tree).error(), "recipient is missing");
}

TEST(Tree, AValueThatDoesNotFitItsTypeIsRefused) {
    const Tree value = Tree::Members{{"type", std::string("uint8")}, {"value", std::int64_t{256}}};
    const Tree body = Tree::Members{{"family", std::string("DLMS")},
                                    {"type", std::string("data-notification")},
                                    {"invoke_id", std::int64_t{1}},
                                    {"value", value}};
    EXPECT_EQ(body_from_tree(body).error(), "value 256 does not fit uint8");
}

TEST_F(RtdsTree, EveryMessageComesBackFromItsTree) {
    for (const rtds::File& file : rtds::messages()) {
        const Message message = parse(file.octets).value();
        const auto again = message_from_tree(to_tree(message));
        ASSERT_TRUE(again) << file.name << ": " << again.error();
        EXPECT_EQ(*again, message) << file.name;
        EXPECT_EQ(to_hex(encode(*again)), to_hex(file.octets)) << file.name;
    }
}

}  // namespace
}  // namespace meterbed::gbcs
