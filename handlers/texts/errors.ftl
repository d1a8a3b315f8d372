## What is said when something could not be done. `error-<code>` for every code of casework.

error-error = 这一步没办成。请稍等再试，或发 /human 找社工。
error-technical = 对不起，刚才系统出了点小毛病，您的话已经记下，社工会看到。急事请直接打电话给社区。
error-not-kept = 对不起，刚才系统出了点小毛病，这句话没有记下，请再说一遍。急事请直接打电话给社区。
error-not-allowed = 这件事不归您这边办，所以打不开。如果弄错了，请发 /human 找社工。
error-not-found = 没有找到这件事，可能已经办结或被撤回。发 /my 可以看您自己的事。
error-wrong-state = { $number } 现在是“{ $status }”，这一步做不了。发 /my 可以看最新情况。
error-already-taken = { $number } 已经有别的组织接了，谢谢您的热心。
error-too-late = { $number } 已经过了能改的时间。有话想说，直接写给我。
error-conflict = 刚才有人同时在改这件事。请再点一次。
error-invite-invalid = 这个邀请链接已经用过或过期了。请向社工要一个新的。
error-neighbours-object = 您这边好了，谢谢告诉我。还有邻居说 { $number } 没好，社工正在看，看完再办结。
error-too-fast = 您发得太快，后面的我先不看了。请过一分钟再写一次。遇到危险请直接打 120、119 或 110。
error-incomplete = 还差几样没填全，请接着告诉我。
error-bad-value = 填的内容不太对，请改一下再发。
error-not-consented = 要先点“同意”，我才能替您登记。
