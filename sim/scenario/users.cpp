#include <algorithm>
#include <iterator>

#include "sim/scenario/parts.h"
#include "sim/scenario/suggest.h"

namespace meterbed::scenario {
namespace {

constexpr std::size_t kMostUsers = 1000;

/// Two letters, or one in a short name: "supplier-a" and "supplier-b" are two people, so a changed last
/// letter behind a hyphen or a space does not count.
bool nearly_the_same(std::string_view a, std::string_view b) {
    const auto stem = [](std::string_view name) {
        const std::size_t cut = name.size() < 2 ? std::string_view::npos : name.size() - 2;
        return cut != std::string_view::npos && (name[cut] == '-' || name[cut] == ' ')
                   ? name.substr(0, cut + 1)
                   : "";
    };
    if (!stem(a).empty() && stem(a) == stem(b)) return false;
    return edit_distance(a, b) <= (std::min(a.size(), b.size()) < 6 ? 1U : 2U);
}

}  // namespace

UserBook::Entry* UserBook::find(const std::string& name) {
    const auto found = index_.find(name);
    return found == index_.end() ? nullptr : &entries_[found->second];
}

void UserBook::declare(const Node& at, std::vector<UserRole> roles, Reading& reading) {
    if (entries_.size() >= kMostUsers) {
        reading.problems.add_key(at, "more than " + std::to_string(kMostUsers) + " users");
        return;
    }
    // Without a role that could be read, the roles are inferred: one mistake is enough.
    const bool declared = !roles.empty();
    if (index_.emplace(at.key, entries_.size()).second) {
        entries_.push_back({{at.key, std::move(roles)}, declared});
    }
}

void UserBook::infer(const Node& at, const std::string& name, UserRole role, Reading& reading) {
    if (name.empty()) return;
    const auto role_name = kUserRoles[static_cast<std::size_t>(role)];
    if (std::find(kRegistered.begin(), kRegistered.end(), name) != kRegistered.end()) {
        reading.problems.add(at, in_quotes(name) + " is no user here", "name the user");
        return;
    }
    Entry* entry = find(name);
    if (entry == nullptr) {
        if (entries_.size() >= kMostUsers) {
            reading.problems.add(at, "more than " + std::to_string(kMostUsers) + " users");
            return;
        }
        index_.emplace(name, entries_.size());
        entries_.push_back({{name, {role}}, false});
        return;
    }
    auto& roles = entry->user.roles;
    if (std::find(roles.begin(), roles.end(), role) != roles.end()) return;
    if (entry->declared) {
        reading.problems.add(
            at, "the user " + in_quotes(name) + " needs the role " + std::string(role_name) + " here",
            "add it under 'users'");
    } else {
        roles.push_back(role);
    }
}

void UserBook::infer_newcomer(const Node& at, const std::string& name, UserRole role, Reading& reading) {
    if (!name.empty() && find(name) == nullptr) {
        for (const Entry& entry : entries_) {
            if (!nearly_the_same(name, entry.user.name)) continue;
            reading.problems.add(
                at, "the user " + in_quotes(name) + " appears nowhere else",
                "did you mean '" + entry.user.name + "'? A new user is declared under 'users'");
            return;
        }
    }
    infer(at, name, role, reading);
}

void UserBook::require(const Node& at, const std::string& name, Reading& reading) const {
    if (name.empty() || index_.find(name) != index_.end()) return;
    reading.problems.add(at, "unknown user " + in_quotes(name), did_you_mean(name, names()));
}

std::vector<std::string_view> UserBook::names() const {
    std::vector<std::string_view> list;
    for (const Entry& entry : entries_) list.push_back(entry.user.name);
    return list;
}

std::vector<User> UserBook::users() const {
    std::vector<User> list;
    for (const Entry& entry : entries_) list.push_back(entry.user);
    return list;
}

void read_users(const Node& node, UserBook& book, Reading& reading) {
    if (!node.is_map()) {
        reading.problems.add(node, "a map of users and roles is expected here", "write {east-midlands: ED}");
        return;
    }
    for (const Node& child : node.children) {
        std::vector<std::string> words;
        if (child.is_list()) {
            words = read_choices(child, reading, "user role", kUserRoles);
        } else {
            words.push_back(read_choice(child, reading, "user role", kUserRoles));
        }
        std::vector<UserRole> roles;
        for (const std::string& word : words) {
            const auto* found = std::find(kUserRoles.begin(), kUserRoles.end(), word);
            if (found != kUserRoles.end()) {
                roles.push_back(static_cast<UserRole>(std::distance(kUserRoles.begin(), found)));
            }
        }
        book.declare(child, std::move(roles), reading);
    }
}

}  // namespace meterbed::scenario
