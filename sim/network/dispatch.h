// From a parcel to the overload of `on` that handles it.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "sim/errors.h"
#include "sim/network/network.h"
#include "sim/network/parcels.h"

namespace meterbed {

template <typename Self>
void dispatch(Self& self, Parcel&& parcel) {
    std::visit(
        [&self](auto&& part) {
            if constexpr (requires { self.on(std::move(part)); }) {
                self.on(std::move(part));
            } else {
                throw SimulationError("station '" + std::string(self.name()) +
                                      "' got a parcel that is not for it");
            }
        },
        std::move(parcel));
}

}  // namespace meterbed
