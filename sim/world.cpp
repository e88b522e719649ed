#include "sim/world.h"

#include <algorithm>

#include "devices/esme.h"
#include "sim/errors.h"
#include "sim/network/carriage.h"
#include "sim/network/dcc_identity.h"
#include "sim/services/dcc_services.h"
#include "sim/services/transform.h"

namespace meterbed {

namespace {

// Identifiers of a block of our own, so that nothing here can be mistaken for a live or a reference party.
constexpr std::uint64_t kDccParties = 0x4D'42'00'00'00'00'00'00;
RemotePartyRole certificate_role(gbcs::EnumSet<UserRole> roles) {
    if (roles.has(UserRole::IS) || roles.has(UserRole::GS)) return RemotePartyRole::supplier;
    if (roles.has(UserRole::ED) || roles.has(UserRole::GT)) return RemotePartyRole::networkOperator;
    return RemotePartyRole::other;
}

/// Certificates are dated from a midnight well before the story, as in the reference material.
Time certificates_from(Time start) {
    return std::chrono::floor<std::chrono::days>(start) - std::chrono::days{365};
}

}  // namespace

World::World(const WorldOptions& options)
    : settings_(options.settings),
      start_(options.start),
      kernel_(options.kernel(options.start)),
      network_{*kernel_, words_, directory_, settings_, secrets_, Streams{options.seed, options.run},
               0,        0,      0,          {},        {}},
      authority_(network_.streams.of("authority"), certificates_from(options.start)),
      length_(options.length) {
    directory_.root = authority_.root();
    directory_.path = {authority_.issuing()};
    directory_.homes.begin_at(static_cast<std::size_t>(options.first_home));
    add_dcc_parties();
    const auto join = [&](auto& station, StationId& id) {
        id = kernel_->add(*station);
        station->joined(id);
    };
    join(users_ = std::make_unique<UserDesk>(network_), network_.users);
    join(dcc_ = std::make_unique<Dcc>(network_), network_.dcc);
    join(s1sp_ = std::make_unique<S1sp>(network_), network_.s1sp);
    for (std::size_t i = 0; i < kRegionNames.size(); ++i) {
        join(wan_[i] = std::make_unique<Wan>(static_cast<Region>(i), network_), network_.wan[i]);
        join(homes_[i] = std::make_unique<Homes>(static_cast<Region>(i), network_), network_.homes[i]);
    }
    dcc_->registration.rows.begin_at(directory_.homes.first());
}

World::~World() = default;

void World::alive() const {
    if (!kernel_) throw WorldEnded("this world has ended; make another one");
}

void World::in_future(Time at) const {
    alive();
    if (at < now()) {
        throw BadRequest(to_text(at) + " lies before the present of the world, " + to_text(now()));
    }
}

// What there is
// -------------------------------------------------------------------------------------------------

Party World::make_party(const std::string& name, RemotePartyRole role, std::uint64_t id) {
    Party party;
    party.name = name;
    party.id = Eui64{id};
    party.role = role;
    renew_credentials(party, directory_, authority_, network_.streams.of("party/" + name + "/0"),
                      certificates_from(start_));
    return party;
}

void World::add_dcc_parties() {
    DccParties& dcc = directory_.dcc;
    dcc.recovery = make_party("DCC recovery", RemotePartyRole::recovery, kDccParties + 1);
    dcc.access_control_broker =
        make_party("DCC", RemotePartyRole::accessControlBroker, kAccessControlBroker.value);
    dcc.transitional_cos = make_party("CoS Party", RemotePartyRole::transitionalCoS, kDccParties + 4);
    dcc.wan_provider = make_party("WAN Provider", RemotePartyRole::wanProvider, kDccParties + 7);
}

std::uint16_t World::add_user(const std::string& name, gbcs::EnumSet<UserRole> roles) {
    alive();
    if (directory_.user(name)) throw BadRequest("there is already a user '" + name + "'");
    if (roles.empty()) throw BadRequest("user '" + name + "' has no role");
    const auto index = static_cast<std::uint16_t>(directory_.users.size());
    Party party = make_party(name, certificate_role(roles), organisation_id(index).value);
    party.user_roles = roles;
    Random random = network_.streams.of("xml/" + name);
    party.xml_key = KeyPair::generate(random);
    OrganisationRequest request;
    request.subject = party.id;
    request.role = RemotePartyRole::xmlSign;
    request.key = party.xml_key->public_key();
    request.from = certificates_from(start_);
    party.xml_certificate = authority_.issue(request);
    directory_.user_index[party.id] = index;
    directory_.users.push_back(std::move(party));
    return index;
}

void World::renew(std::uint16_t user) {
    alive();
    Party& party = directory_.users.at(user);
    const std::string name = "party/" + party.name + "/" + std::to_string(party.credentials.size());
    renew_credentials(party, directory_, authority_, network_.streams.of(name),
                      std::chrono::floor<std::chrono::days>(now()));
}

std::uint16_t World::user(std::string_view name) const {
    const auto index = directory_.user(name);
    if (!index) throw BadRequest("there is no user '" + std::string(name) + "'");
    return *index;
}

const Home& World::home(std::int32_t number) const {
    if (number < 0 || !directory_.homes.has(static_cast<std::size_t>(number))) {
        throw BadRequest("there is no home " + std::to_string(number));
    }
    return directory_.homes.at(static_cast<std::size_t>(number));
}

const Home& World::home_of(Eui64 device) const {
    const auto entry = directory_.devices.find(device);
    if (entry == directory_.devices.end()) throw BadRequest("there is no device " + device.text());
    return home(entry->second.home);
}

const CertificateRef& World::certificate_for(const Cell& cell, const HomeOptions& options) const {
    const DccParties& dcc = directory_.dcc;
    const Party& acb = dcc.access_control_broker;
    const auto& party = [&]() -> const Party& {
        switch (cell.role) {
            case RemotePartyRole::recovery:
                return dcc.recovery;
            case RemotePartyRole::supplier:
                return directory_.users[options.supplier];
            case RemotePartyRole::networkOperator:
                if (options.dcc_controlled) return acb;
                return directory_.users[options.wrong_operator.value_or(options.network_operator)];
            case RemotePartyRole::transitionalCoS:
                return dcc.transitional_cos;
            case RemotePartyRole::wanProvider:
                return dcc.wan_provider;
            default:
                return acb;
        }
    }();
    const CredentialSet& set = party.credentials.front();
    if (cell.role == RemotePartyRole::root) return directory_.root;
    if (cell.cell_usage == CellUsage::prePaymentTopUp && set.top_up_certificate)
        return set.top_up_certificate;
    return cell.key_usage == KeyUsage::digitalSignature ? set.signing_certificate : set.agreement_certificate;
}

void World::fill_cells(Device& device, const HomeOptions& options) {
    for (const Cell& cell : device.trust_anchors().cells()) {
        device.trust_anchors().place(cell, certificate_for(cell, options));
    }
}

void World::add_devices(const HomeOptions& options, Home& home) {
    HomeEquipment equipment{{}, nullptr, {}, {}, network_.streams.of("home/" + std::to_string(home.number))};
    equipment.gsme_wake_phase = Duration{static_cast<std::int64_t>(
        equipment.random.uniform() * static_cast<double>(settings_.gsme_wake_interval.count()))};
    const auto enlist = [&](Eui64 id, DeviceType type, CertificateRef signing, CertificateRef agreement) {
        directory_.devices[id] = DeviceEntry{home.number, type, std::move(signing), std::move(agreement)};
        dcc_->inventory.rows[id] = InventoryRow{type, DeviceStatus::Commissioned};
    };
    if (home.generation == Generation::SMETS1) {
        home.esme = device_id(home.number, DevicePlace::esme);
        gbcs::SymmetricKey key{};
        equipment.random.fill(key);
        equipment.smets1 = std::make_unique<Smets1Meter>(home.esme, key);
        const Cell operator_cell{RemotePartyRole::networkOperator, KeyUsage::digitalSignature,
                                 CellUsage::management};
        const Cell supplier_cell{RemotePartyRole::supplier, KeyUsage::digitalSignature,
                                 CellUsage::management};
        s1sp_->enrol(home.esme, key,
                     {certificate_for(operator_cell, options), certificate_for(supplier_cell, options)});
        if (!code_needs_dsp(settings_, home.generation)) users_->hold_key(home.esme, key);
        enlist(home.esme, DeviceType::eSME, {}, {});
    } else {
        const auto install = [&](Eui64& id, DevicePlace place, DeviceType type) {
            id = device_id(home.number, place);
            DeviceIdentity identity = provision(id, authority_, equipment.random, certificates_from(start_));
            enlist(id, type, identity.signing_certificate, identity.agreement_certificate);
            auto device = make_device(type, std::move(identity), secrets_);
            device->send_security_alerts = settings_.meter_alerts_refusals;
            if (auto* meter = dynamic_cast<Esme*>(device.get())) {
                meter->report_delay = settings_.meter_boot;
                meter->outage_codes = outage_codes(settings_, home.site);
            }
            fill_cells(*device, options);
            equipment.devices.push_back(std::move(device));
        };
        install(home.chf, DevicePlace::chf, DeviceType::CHF);
        install(home.gpf, DevicePlace::gpf, DeviceType::GPF);
        install(home.esme, DevicePlace::esme, DeviceType::eSME);
        if (options.gas) install(home.gsme, DevicePlace::gsme, DeviceType::gSME);
        if (options.ppmid) install(home.ppmid, DevicePlace::ppmid, DeviceType::PPMID);
    }
    homes_[static_cast<std::size_t>(home.site.region)]->add(home.number, std::move(equipment));
}

const Home& World::add_home(const HomeOptions& options) {
    alive();
    for (const std::uint16_t user : {options.supplier, options.network_operator}) {
        if (user >= directory_.users.size())
            throw BadRequest("there is no user number " + std::to_string(user));
    }
    Home home;
    home.number = static_cast<std::int32_t>(directory_.homes.next());
    home.generation = options.generation;
    home.site = options.site;
    home.supplier = options.supplier;
    home.network_operator = options.network_operator;
    add_devices(options, home);
    constexpr Cell operator_cell{RemotePartyRole::networkOperator, KeyUsage::digitalSignature,
                                 CellUsage::management};
    dcc_->enlist(home, certificate_for(operator_cell, options)->subject, now());
    directory_.homes.push_back(home);
    if (options.prepayment) begin_prepayment(options, directory_.homes.back());
    return directory_.homes.back();
}

std::shared_ptr<const Consumption> World::consumption_of(const std::shared_ptr<const Profiles>& profiles) {
    for (const auto& [of, known] : consumptions_)
        if (of == profiles) return known;
    consumptions_.emplace_back(profiles,
                               std::make_shared<const Consumption>(settings_, network_.streams, profiles));
    return consumptions_.back().second;
}

void World::begin_prepayment(const HomeOptions& options, const Home& home) {
    auto prepaid = std::make_unique<PrepaidHome>();
    prepaid->consumption = consumption_of(options.profiles);
    prepaid->cover = CoverDraws(network_.streams).cover(settings_, home.number, start_, length_);
    wan_[static_cast<std::size_t>(home.site.region)]->limit(home.number, prepaid->cover);
    const bool installed_without_wan = prepaid->cover.fault == HomeFault::never_wan;
    const Time installed = prepaid->cover.down_from;
    homes_of(home).begin_prepayment(home.number, std::move(prepaid), now());
    if (installed_without_wan && home.generation == Generation::SMETS2) tell_no_wan(home, installed);
}

/// The supplier does so at once. SMETS1 meters have no hub that the inventory knows.
void World::tell_no_wan(const Home& home, Time installed) {
    dcc_->inventory.rows.at(home.chf).status = DeviceStatus::Pending;  // until it is told
    ServiceRequest request = of_supplier(directory_, "8.14.2", home, home.chf);
    duis::Element body = plain_dcc_body(request);
    body.children.insert(body.children.begin() + 2, duis::leaf("InstallDateTime", to_text(installed)));
    request.body = std::make_shared<const duis::Element>(std::move(body));
    kernel_->post(network_.users, network_.users, now(), SendRequest{users_->open(std::move(request))});
}

std::vector<PrepayHomeRow> World::prepay_homes() const {
    std::vector<PrepayHomeRow> out;
    for (const Home& home : directory_.homes)
        if (const PrepaidHome* const it = prepaid(home.number))
            out.push_back({home.number, static_cast<std::uint8_t>(home.site.region), home.site.gsp_group,
                           static_cast<std::uint8_t>(home.generation),
                           static_cast<std::uint8_t>(it->cover.fault)});
    return out;
}

std::vector<std::int32_t> World::unbalanced() {
    std::vector<std::int32_t> out;
    for (const Home& home : directory_.homes)
        if (prepaid(home.number) != nullptr && !homes_of(home).balances(home.number, now()))
            out.push_back(home.number);
    return out;
}

// What happens
// --------------------------------------------------------------------------------------------------

ServiceRequest World::service_request(const RequestOptions& options) {
    const Service* service = find_service(options.service);
    if (service == nullptr) throw BadRequest("there is no Service Request '" + options.service + "'");
    if (service->dcc_only && !service->simulated)
        throw BadRequest("Service Request " + options.service +
                         " is one that the DCC answers alone, and not simulated; of those there are " +
                         services_answered_by_dcc());
    if (!service->simulated && !options.body)
        throw BadRequest("Service Request " + options.service + " needs a body");
    const Party& user = directory_.users.at(options.user);
    ServiceRequest request;
    request.service = service;
    request.user = options.user;
    request.originator = user.id;
    request.target = options.device;
    // Whether there is such a device is for the DCC to tell where nothing goes to one.
    if (!service->dcc_only || directory_.devices.contains(options.device))
        request.home = home_of(options.device).number;
    request.step = words_.of(options.step);
    request.roles = options.roles;
    if (service->srv == "6.24.1" && request.roles.empty()) request.roles = {user.role};
    constexpr std::size_t kMostReplacements = 3;  // signing, key agreement, top-up
    if (options.replacements.size() > kMostReplacements)
        throw BadRequest("a request replaces at most three certificates");
    if (options.certificates || !options.replacements.empty()) {
        const CertificatesOf of = options.certificates.value_or(CertificatesOf{options.user, user.role, {}});
        const Party& owner = directory_.users.at(of.owner);
        request.credentials =
            CredentialsUpdate{of.role,
                              options.replacements.empty() ? owner.certificates(owner.credentials.size() - 1)
                                                           : options.replacements,
                              options.path.empty() ? directory_.path : options.path,
                              owner.id,
                              std::nullopt,
                              of.choice};
    } else if (!options.body && (service->srv == "6.15.1" || service->srv == "6.21")) {
        throw BadRequest("Service Request " + service->srv + " needs certificates to place");
    }
    if (options.body) {
        request.body = options.body;
        const auto mistakes = service->dcc_only
                                  ? mistakes_of_dcc_request(request)
                                  : mistakes_of(request, directory_.devices.at(options.device).type);
        if (!mistakes.empty()) throw BadRequest(mistakes);
    }
    return request;
}

std::uint32_t World::request(const RequestOptions& options, Time at) {
    in_future(at);
    const RequestRef opened = users_->open(service_request(options));
    kernel_->post(network_.users, network_.users, at, SendRequest{opened});
    return opened->number;
}

void World::publish(const CertificateRef& certificate) {
    alive();
    directory_.publish(certificate);
}

Bytes World::make_command(const RequestOptions& options) {
    alive();
    if (home_of(options.device).generation == Generation::SMETS1)
        throw BadRequest("a SMETS1 meter does not speak GBCS");
    if (is_answered_by_dcc(options.service))
        throw BadRequest("Service Request " + options.service + " has no command: the DCC answers it alone");
    const RequestRef request = users_->open(service_request(options));
    auto message = dcc_->command_for(*request);
    if (!message)
        throw BadRequest("Service Request " + options.service + " has no command for this type of device");
    if (request->service->critical) users_->sign(*request, *message);
    return dcc_->sealed(*std::move(message));
}

std::uint32_t World::repair(const RepairOptions& options, Time at) {
    in_future(at);
    const Home& place = home(options.home);
    if (options.routes.empty()) throw BadRequest("a repair needs at least one route");
    Repair repair;
    repair.home = options.home;
    repair.device = place.esme;
    repair.right = options.right;
    if (const auto holder = directory_.user_index.find(network_operator_of(options.home));
        holder != directory_.user_index.end()) {
        repair.holder = holder->second;
    }
    repair.supplier = place.supplier;
    repair.routes = options.routes;
    repair.step = words_.of(options.step);
    const std::uint32_t number = users_->open(std::move(repair));
    kernel_->post(network_.users, network_.users, at, RepairOrder{number});
    return number;
}

void World::power(std::int32_t number, bool on, Time at) {
    in_future(at);
    kernel_->post(network_.users, network_.homes[static_cast<std::size_t>(home(number).site.region)], at,
                  PowerChange{number, on, on ? 0 : ++last_cut_});
}

void World::cut(PowerCut cut) {
    in_future(cut.start);
    const NumberRange all{static_cast<std::int32_t>(directory_.homes.first()),
                          static_cast<std::int32_t>(directory_.homes.next())};
    if (cut.homes.size() <= 0 || cut.homes.first < all.first || cut.homes.end > all.end) {
        throw BadRequest("power cut " + std::to_string(cut.number) + " names homes " +
                         std::to_string(cut.homes.first) + " to " + std::to_string(cut.homes.end - 1) +
                         ", but there are " + std::to_string(all.end));
    }
    if (cut.end <= cut.start) {
        throw BadRequest("power cut " + std::to_string(cut.number) + " ends before it begins");
    }
    last_cut_ = std::max(last_cut_, cut.number);
    std::array<bool, kRegionNames.size()> touched{};
    for (std::int32_t number = cut.homes.first; number < cut.homes.end; ++number) {
        touched[static_cast<std::size_t>(home(number).site.region)] = true;
    }
    const auto shared = std::make_shared<const PowerCut>(std::move(cut));
    for (std::size_t i = 0; i < touched.size(); ++i) {
        if (!touched[i]) continue;
        kernel_->post(network_.users, network_.homes[i], shared->start, CutChange{shared, true});
        if (shared->end == kForever) continue;
        kernel_->post(network_.users, network_.homes[i], shared->end, CutChange{shared, false});
    }
}

void World::resume(std::int32_t number, const HomeState& state) {
    alive();
    const Home& place = home(number);
    if (place.generation == Generation::SMETS1) throw BadRequest("only SMETS2 homes can carry on");
    const auto region = static_cast<std::size_t>(place.site.region);
    homes_[region]->resume(number, state, now());
    wan_[region]->resume(number, state.messages, place.site.cell, state.cell);
    for (PowerCut cut : state.lasting) {
        cut.homes = {number, number + 1};
        const Time end = cut.end;
        const auto shared = std::make_shared<const PowerCut>(std::move(cut));
        kernel_->post(network_.users, network_.homes[region], end, CutChange{shared, false});
    }
    for (const FirmwareJob& job : state.jobs)
        kernel_->post(network_.users, network_.dcc, std::max(job.start, now()), job);
    for (PowerCut one : state.to_come) {
        one.homes = {number, number + 1};
        cut(std::move(one));
    }
}

void World::firmware_job(const FirmwareJob& job) {
    in_future(job.start);
    static_cast<void>(home(job.home));  // refuses one that does not exist
    kernel_->post(network_.users, network_.dcc, job.start, job);
}

void World::outage(const std::string& what, bool begins, Time at) {
    in_future(at);
    StationId station = network_.dcc;
    if (what != "DCC") {
        const auto place = region(what);
        if (!place) throw BadRequest("'" + what + "' is neither DCC nor a region");
        station = network_.wan[static_cast<std::size_t>(*place)];
    }
    kernel_->post(network_.users, station, at, OutageChange{begins, words_.of(what)});
}

void World::change_registration(std::int32_t number, std::uint16_t network_operator, Time at) {
    in_future(at);
    kernel_->post(network_.users, network_.dcc, at,
                  RegistrationChange{home(number).number, network_operator});
}

std::vector<std::pair<std::string, std::string>> World::deliver(Eui64 id, ByteView message) {
    alive();
    const Home& place = home_of(id);
    if (place.generation == Generation::SMETS1) throw BadRequest("a SMETS1 meter does not speak GBCS");
    Homes& station = *homes_[static_cast<std::size_t>(place.site.region)];
    const std::size_t before = station.records().size();
    station.deliver(place.number, id, message, now());
    std::vector<std::pair<std::string, std::string>> out;
    for (std::size_t i = before; i < station.records().size(); ++i) {
        out.emplace_back(words_.text(station.records()[i].what), words_.text(station.records()[i].code));
    }
    return out;
}

bool World::raise(Eui64 id, std::uint16_t code) {
    alive();
    const Home& place = home_of(id);
    if (device(id) == nullptr) throw BadRequest("a SMETS1 meter has no events of GBCS");
    return homes_[static_cast<std::size_t>(place.site.region)]->raise(place.number, id, code, now());
}

Bytes World::command(std::uint32_t number) const {
    static_cast<void>(ticket(number));  // refuses a ticket that does not exist
    return dcc_->command_of(number);
}

// Time and outcome
// ------------------------------------------------------------------------------------------------

void World::run_until(Time until) {
    in_future(until);
    kernel_->run_until(until);
}

bool World::step(Time limit) {
    alive();
    const auto next = kernel_->next_event();
    if (!next || *next > limit) {
        kernel_->run_until(std::max(limit, now()));
        return false;
    }
    kernel_->run_until(*next);
    return true;
}

bool World::run_until_done(std::uint32_t number, Time limit) {
    in_future(limit);
    while (!ticket(number).done() && step(limit)) {
    }
    return ticket(number).done();
}

const Ticket& World::ticket(std::uint32_t number) const {
    if (number == 0 || number > users_->tickets().size()) {
        throw BadRequest("there is no ticket " + std::to_string(number));
    }
    return users_->ticket(number);
}

Device* World::device(Eui64 id) {
    const Home& place = home_of(id);
    return homes_[static_cast<std::size_t>(place.site.region)]->device(place.number, id);
}

Eui64 World::network_operator_of(std::int32_t number) const {
    const Home& place = home(number);
    if (place.generation == Generation::SMETS1)
        return s1sp_->record_of(place.esme)->network_operator->subject;
    const Device* meter = homes_[static_cast<std::size_t>(place.site.region)]->device(number, place.esme);
    const Cell cell{RemotePartyRole::networkOperator, KeyUsage::digitalSignature, CellUsage::management};
    return meter->trust_anchors().at(cell)->subject;
}

std::vector<Site> World::sites() const {
    std::vector<Site> out;
    out.reserve(directory_.homes.size());
    for (const Home& home : directory_.homes) out.push_back(home.site);
    return out;
}

Records World::records() const {
    std::vector<Record> rows;
    const auto take = [&rows](const RecordingStation& station) {
        rows.insert(rows.end(), station.records().begin(), station.records().end());
    };
    take(*users_);
    take(*dcc_);
    take(*s1sp_);
    for (const auto& station : wan_) take(*station);
    for (const auto& station : homes_) take(*station);
    return to_columns(std::move(rows), words_);
}

Records World::finish() {
    alive();
    ended_at_ = kernel_->now();
    kernel_.reset();
    return records();
}

}  // namespace meterbed
