"""What errors and warnings say, in Chinese, for terminals and pages. Answers for programs keep the English words.

The English sentence is the key, as in message catalogues elsewhere: whoever writes one need not know of this, and one that
is missing here is shown in English. A test sees that every error of the service is here.
"""

from __future__ import annotations

import re
from functools import cache

_SAYINGS = {
    # A hole {} stays as it is; a hole {*} is a saying itself.
    "line {}, column {}: {*}": "第 {} 行第 {} 列：{}",
    "{*}; did you mean {}?": "{}；是不是要写 {}？",
    "{*}; add a line PREFIX {}": "{}；请加一行 PREFIX {}",
    "{*}; add the line PREFIX {}": "{}；请加一行 PREFIX {}",
    "{*}; a variable begins with ?, a text with a quote": "{}；变量以 ? 开头，文本加引号",
    # addresses and parameters
    "nothing is known of <{}>": "没有关于 <{}> 的内容",
    "no stored query is called {}; there are {}": "没有名为 {} 的常用查询；有：{}",
    "no stored query is called {}": "没有名为 {} 的常用查询",
    "{} needs {}; for example: {}": "{} 需要参数 {}；例如：{}",
    "{} has no parameter {}; it takes {}": "{} 没有参数 {}；可用参数：{}",
    "there is no page {}": "没有第 {} 页",
    "{}: expected a number from 1 on": "{}：应为从 1 起的数字",
    "{}: expected a number such as {}": "{}：应为数字，例如 {}",
    "{}: expected a year such as {}": "{}：应为年度，例如 {}",
    "{}: expected the beginning of a division code, or {}": "{}：应为行政区划代码的开头几位，或 {}",
    "{}: expected {}, such as {}": "{}：应为 {} 类型，例如 {}",
    "format={} is none of {}": "没有格式 {}；可选：{}",
    "the parameters are not percent-encoded UTF-8": "参数不是百分号编码的 UTF-8",
    "the parameters are not percent-encoded, or more than {}": "参数未作百分号编码，或多于 {} 个",
    "expected exactly one parameter {}, found {}": "参数 {} 应恰有一个，实有 {} 个",
    "nothing that you accept is to be had; for example: Accept: {} ({})": "没有所接受的格式；可用 Accept: {}（{}）",
    "this address takes {}": "此地址只接受 {}",
    "the body must be sent as {}": "正文应以 {} 发送",
    "send the body without Content-Encoding": "正文不要用 Content-Encoding 压缩",
    "{} is no absolute IRI: {}": "{} 不是绝对 IRI：{}",
    "the body may have {} bytes": "正文最多 {} 字节",
    "the headers may have {} bytes": "请求头最多 {} 字节",
    "too many requests; try again in {} s": "请求过多；请在 {} 秒后再试",
    # documents
    "{}: cannot be opened ({}); check that it is there and that you may read it": (
        "{}：无法打开（{}）；请核对文件是否存在、是否可读"
    ),
    "send a document as the body, or as the file of a form": "请以正文或表单文件的形式发送一份文件",
    "the form has no file": "表单中没有文件",
    "this service checks no documents": "本服务不校验文件",
    "the document takes more time or memory to read than it may": "读取这份文件所需的时间或内存超过上限",
    "{}: is empty": "{}：是空文件",
    "{}: holds no text": "{}：没有文字",
    "{}: no page has text that can be read; scan it more clearly, or give the text": (
        "{}：各页都没有可读的文字；请提交更清晰的扫描件或文字版"
    ),
    "{}: a Word file without any text": "{}：Word 文件中没有文字",
    "{}: an HTML page without any text": "{}：网页中没有文字",
    "{}: an archive of other files: unpack it and read what it holds": "{}：是压缩包；请解开后提交其中的文件",
    "{}: a packed archive: unpack it and read what it holds": "{}：是压缩包；请解开后提交其中的文件",
    "{}: a PDF that is locked with a password: save it without one": "{}：PDF 有密码保护；请另存为无密码的文件",
    "{}: a zip archive too damaged to open ({}); get it again": "{}：压缩格式的文件已损坏，无法打开（{}）；请重新获取文件",
    "{}: a picture too damaged to open ({}); get it again": "{}：图片已损坏，无法打开（{}）；请重新获取文件",
    "{}: a PDF too damaged to open ({}); get it again": "{}：PDF 已损坏，无法打开（{}）；请重新获取文件",
    "{}: neither a format that gongkai reads nor text in UTF-8, UTF-16 or GB18030 ({} of {} characters are damaged)": (
        "{}：既不是可读的文件格式，也不是 UTF-8、UTF-16 或 GB18030 编码的文本（{} 个字符无法识别，共 {} 个）"
    ),
    "{}: {} MiB, more than the {} that are read": "{}：{} MiB，超过可读的 {} MiB",
    "{}: no annual report on information disclosure ({}): neither its title, nor its sections, nor its tables are"
    " there; leave the file out, or check it": (
        "{}：不是年度报告（{}）：标题、各部分和三张表都没有找到；请核对文件"
    ),
    "{}: the report breaks off inside the table “{}” (line {}: “{}”); get the whole document": (
        "{}：报告在表“{}”中途断开（第 {} 行：“{}”）；请提交完整的文件"
    ),
    # queries
    "the query is empty": "查询是空的",
    "the string that begins here has no end": "由此开始的字符串没有结束",
    "{} is no character of SPARQL; write {}": "SPARQL 不用字符 {}；请写 {}",
    "a prefix is declared as PREFIX {}": "前缀应这样声明：PREFIX {}",
    "{} begins an update, not a query; a service that takes updates does so by POST to /update": (
        "{} 是更新而不是查询；接受更新的服务以 POST 发到 /update"
    ),
    "a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not with {}": (
        "查询以 SELECT、ASK、CONSTRUCT 或 DESCRIBE 开头，而不是 {}"
    ),
    "an IRI stands between < and >": "IRI 应放在 < 与 > 之间",
    "the prefix {}: is not declared": "前缀 {}: 没有声明",
    "{} is no word of SPARQL": "{} 不是 SPARQL 的词",
    "variables of SELECT are separated by spaces": "SELECT 的变量之间用空格分开",
    "this {} closes nothing that was opened": "这个 {} 没有对应的左括号",
    "this {} is not closed": "这个 {} 没有闭合",
    "is a . or ; missing between {} and {}?": "{} 与 {} 之间是不是少了 . 或 ;？",
    "an expression is given a name: SELECT {}": "表达式要取名：SELECT {}",
    "not understood": "无法理解",
    "not understood: {}": "无法理解：{}",
    "expected {}": "此处应为 {}",
    "the query has {} groups, operators and calls; {} are the limit": "查询有 {} 个组、运算和调用；上限为 {} 个",
    "the query nests {} levels deep; {} are the limit": "查询嵌套 {} 层；上限为 {} 层",
    "{} is not called from here: the list of allowed endpoints lacks it": "不从此处调用 {}：它不在允许的服务之列",
    "the answer has more than {} rows, the limit; use LIMIT and OFFSET, or the dump": (
        "结果超过 {} 行的上限；请用 LIMIT 与 OFFSET，或下载全部数据"
    ),
    "more than {} rows do not fit a worksheet; use LIMIT, or format=csv": (
        "工作表容不下 {} 行以上；请用 LIMIT，或 format=csv"
    ),
    "the {} is given twice: in the address and in the body": "{} 给了两次：地址中和正文中",
    "the {} is no UTF-8: byte {} of the body": "{} 不是 UTF-8：正文第 {} 字节",
    "an update is sent by POST to /update ({})": "更新以 POST 发到 /update（{}）",
    "{} is UTF-8 (SPARQL 1.1 Protocol, 2.1.3), not {}": "{} 应为 UTF-8（SPARQL 1.1 Protocol 2.1.3），而不是 {}",
    # writing
    "writing is off: the service was started without GONGKAI_WRITE_TOKEN": "不能写入：服务启动时没有设 GONGKAI_WRITE_TOKEN",
    "send the token as Authorization: Bearer …": "请以 Authorization: Bearer … 发送令牌",
    "the token is wrong": "令牌不对",
    "the store cannot be written at the moment; nothing was changed": "数据暂时无法写入；没有任何改动",
    "the store is being written; try again later": "数据正在写入；请稍后再试",
    "LOAD and SERVICE are not called from here; send the data itself": "不从此处调用 LOAD 和 SERVICE；请直接发送数据",
    "using-graph-uri and using-named-graph-uri exclude USING and WITH ({})": (
        "using-graph-uri、using-named-graph-uri 不与 USING、WITH 同用（{}）"
    ),
    "the graph is not what If-Match or If-None-Match says; nothing was written": (
        "图与 If-Match 或 If-None-Match 所说的不符；没有写入"
    ),
    "there is no graph <{}>": "没有图 <{}>",
    "name one graph: ?graph=IRI or ?default ({})": "请指明一个图：?graph=IRI 或 ?default（{}）",
    "the address below /graphs/ names a graph by itself; leave graph= and default away": (
        "/graphs/ 之下的地址本身就指明一个图；请去掉 graph= 和 default"
    ),
    "{} is no graph format known here; send {}": "不认识图的格式 {}；请发送 {}",
    "the body is no {}: {}": "正文不是 {}：{}",
    "the body is no multipart/form-data with the boundary that its Content-Type names": (
        "正文不是以其 Content-Type 所示边界分隔的 multipart/form-data"
    ),
    "a part of the body is in parts itself": "正文的一部分自身又分为几部分",
    # limits
    "the query was ended after {} seconds, the limit; ask for less": "查询超过 {} 秒的时限，已结束；请缩小范围",
    "the query was ended because too many run; try again later, or ask for less": (
        "同时运行的查询过多，此查询已结束；请稍后再试，或缩小范围"
    ),
    "the query needs more memory than a query may use; ask for less at once": "查询所需内存超过上限；请缩小范围",
    "{} queries wait already; try again in a moment": "已有 {} 个查询在等待；请稍后再试",
    "the names of reports here begin with {}, not with {}: leave out --base, or ingest the documents into another store"
    " with it": ("这里各报告的 IRI 以 {} 开头，而不是 {}：请去掉 --base，或把文件另行入库，并在那里给出它"),
    "{} holds no published store: run {} first": "{} 不是已入库的库；请先运行 {}",
    "{} holds no published store: run {}": "{} 不是已入库的库；请先运行 {}",
    "the store cannot be read at the moment": "数据暂时无法读取",
    # warnings
    "unknown term {} (<{}>)": "没有 {} 这个词（<{}>）",
    "the namespace <{}> of {}: lacks its #": "{1}: 的命名空间 <{0}> 末尾缺 #",
    "no term is in the namespace <{}> of {}:": "{1}: 的命名空间 <{0}> 中没有词",
    "{} is no class": "{} 不是类",
    "{} is no property": "{} 不是属性",
    "{} is no {}, as the values of {} are": "{} 不是 {}，而 {} 的值都是",
    "nothing in the store is called {}": "库中没有 {}",
    "nothing binds ?{}, so it stays empty": "没有模式约束 ?{}，它将始终为空",
    "no agency is called {}": "没有名为“{}”的机关",
    "no agency is called {}; `gongkai query coverage` lists those that there are": (
        "没有名为“{}”的机关；所有机关见“收录了哪些机关、哪些年度”"
    ),
    "{} finds nothing: the values of {} are things, not text or numbers; ask for their label": (
        "{} 查不到内容：{} 的值是事物，不是文本或数字；请查询其名称"
    ),
    "{} finds nothing: the values of {} are {}; write {}": "{} 查不到内容：{} 的值是 {}；请写 {}",
}
_LONGEST = 1000  # characters; what is longer repeats what a client sent
_DEEPEST = 2  # a place, a saying, and advice after it
_HOLE = re.compile(r"\{\*?\}")


def chinese(told: str) -> str | None:
    """An English sentence of ours in Chinese; None for one that is not known.

    >>> chinese("line 2, column 5: the prefix gx: is not declared; did you mean gk:?")
    '第 2 行第 5 列：前缀 gx: 没有声明；是不是要写 gk:？'
    >>> chinese("disk on fire")
    """
    return _said(told, _DEEPEST) if len(told) <= _LONGEST else None


def _said(told: str, deepest: int) -> str | None:
    """A saying in Chinese; `deepest` is how many sayings may stand one inside the other in it."""
    for pattern, needed, saying in _patterns():
        found = pattern.fullmatch(told)
        if found is None:
            continue
        if any(needed) and not deepest:
            continue
        words = [
            _said(text, deepest - 1) if wanted else text
            for text, wanted in zip(found.groups(), needed, strict=True)
        ]
        if None not in words:
            return saying.format(*words)
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], tuple[bool, ...], str], ...]:
    """Each saying: what it matches, which of its holes are sayings themselves, and the Chinese."""
    return tuple(
        (
            re.compile("(.+?)".join(map(re.escape, _HOLE.split(english))), re.DOTALL),
            tuple(hole == "{*}" for hole in _HOLE.findall(english)),
            saying,
        )
        for english, saying in _SAYINGS.items()
    )
