## A question that waits for an answer

awaiting-answer =
    ❓ <b>{ $organisation }</b> 还在等您回话：
    “{ $question }”
    关于：{ $item }（<code>{ $number }</code>）
    说一句就行，我转过去。不用办了，也请告诉我。
