# What leads read when their time with phone and door is over, and what workers read in the audit.

lead-folded = { $card }

    🔒 这件事已经办结，或者不再由您办理。
    为了保护居民，电话、门牌和原话已经收起。
    还需要的话，请找社区工作者。
lead-folded-file = 🔒 单号 { $number } 的这份材料已经收起
