# What is said before something ends or changes for others.

sure-expired = ℹ️ 这个“确定”放得太久，已经过期了，什么都没有改。要做的话，请从头再来一次。
button-admin-revoke = 作废没用过的邀请
admin-revoked = ✅ 作废了 { $count } 个没用过的邀请。要再请人，请发新的邀请。
admin-revoked-none = ℹ️ 没有还能用的邀请。
invite-later = 您试的邀请链接太多了，都不能用。请一个小时以后再试，或者请社区工作人员重新发一个给您。
sure-expired-toast = 过期了，什么都没有改
sure-kept = 好的，没有改动。
sure-pause =
    要暂停受理吗？居民会看到：“{ $reason }”
    新的事先排着队，不派出去。紧急求助照常处理。随时可以恢复。
sure-organisation-pause =
    要让这个组织暂停接单吗？
    新的事不再派给它，手上的事照办。随时可以恢复。
sure-organisation-revoke =
    要作废这个组织还没用掉的邀请吗？
    发出去的链接马上失效。已经加入的负责人不受影响。
sure-joint-merge =
    要把大家提的这件事并成一个项目吗？
    还没办完的都会并进来，提过的居民会收到通知。
sure-donation-drop = 要撤掉这笔捐赠记录吗？公示里就看不到它了。
sure-price-drop = 要撤掉这个价格吗？公示里就看不到它了。
sure-part-leave =
    要让这个组织退出这件事吗？
    它会收到通知，这件事由别的组织接着办。
