/// MyPage: re-application while an application is pending, download once the certificate is issued.
#pragma once

#include "model/machines/application.hpp"

namespace shinsa::model::mypage {
enum StateId : std::uint8_t { kEmpty, kPending, kDownloadable };
extern const MachineApi& kMachine;
}  // namespace shinsa::model::mypage
