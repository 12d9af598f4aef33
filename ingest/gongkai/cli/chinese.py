"""The words of the commands in Chinese, for terminals that are set to it.

As in message catalogues elsewhere the English words are the key, and what is missing here is shown in English; a
command, whose help is long, goes by its name. A test sees that nothing is missing and nothing is left over.
"""

from __future__ import annotations

import gettext
import locale
import os
from copy import copy
from pathlib import Path

import click

from gongkai.sayings import chinese

gettext.bindtextdomain("messages", Path(__file__).parent / "locale")  # where click finds its own words

COMMANDS = {
    "collect": """按 URLS（文本文件，一行一个地址）下载网页和文件。

    列表页的地址带出其中的年报，年报的地址带出其中的文件。遵守 robots.txt；对同一网站一次只取一件，
    两次之间有间隔，已有的只在变化后再取；中断后再次运行即可接着做。有地址取不到的，以状态 1 结束。""",
    "ingest": """读取 PATHS（文件或文件夹）中的报告，存入库中。

    PATHS 也可以是 gongkai export 导出的数据，或存放它的文件夹。一份报告要么完整入库，要么不入库。以状态 1 结束的，
    没有一份入库；以状态 3 结束的，部分文件未能入库，其余已入库。
    在表格以外中断的文件照样入库并标为节选（excerpt）：未含的内容不算缺少。""",
    "extract": """以 JSON 输出 PATH 的内容：机关、表格、事实、异常。

    PATH 是一个文件；含多份报告的，输出一个列表。加 --coverage 时可以是文件夹，
    列出没有取到的单元格和段落及其总数。""",
    "check": """依法规和国家格式检查 FILES（文件或文件夹）或一个库。

    结束状态：0 没有违反（可有警告），1 有违反，2 用法有误，3 有文件不能读取，或在表格中中断
    （已有的部分照常检查）。经人核实为“有说明”或“误报”的（gongkai judge）不计为违反。""",
    "judge": """记录人对一项问题的核实意见。

    REPORT 是报告的 IRI 或其末尾；KEY 是 gongkai check 在该问题后给出的代码；意见为 confirmed（属实）、
    explained（有说明）或 mistaken（误报）。意见按报告、规则和单元格保存，以后的运行、重新入库、新的版本都不会抹去。""",
    "query": """提问：QUERY 是预存查询的名称、SPARQL 文件（.rq）或 SPARQL 本身。

    不给 QUERY 则列出所有预存查询及其参数。""",
    "serve": """通过 HTTP 提供一个库；新入库的报告无须重启即可看到。

    以 Bearer 令牌送来环境变量 GONGKAI_WRITE_TOKEN 之值的客户端可以写入。""",
    "export": """导出一个库：N-Quads、Turtle、JSON-LD、CSV、Parquet 和数据立方。

    附有校验和；文件夹以最后变动的日期命名，该处同日的导出数据会被替换；
    同一个库总是得到同样的字节。gongkai ingest 也能读取导出的数据。""",
    "evaluate": """对照 GOLD 中的标注，给从 SOURCES 抽取的结果打分。

    GOLD 连同其子文件夹；其来源不在 SOURCES 中的标注不计。""",
    "annotate": """把 FILE 生成为 HTML 网页，标出其中的事实。

    在网页上可以改正、删除、添加事实，并存为标注文件，供 gongkai evaluate 打分。""",
}
"""Help by the name of the command; the first paragraph stands in the list of commands, too."""
OPTIONS = {
    "Where files and the ledger collected.jsonl are kept.": "存放文件和台账 collected.jsonl 的文件夹。",
    "Seconds between two requests to a host.": "对同一网站两次请求之间的秒数。",
    "How often a host in trouble is asked.": "网站出故障时最多请求几次。",
    "How long what was fetched is not asked for again.": "取到之后多久不再询问。",
    "The folder of the store, or the address of a SPARQL 1.1 server.": "库的文件夹，或 SPARQL 1.1 服务器的地址。",
    "Where the names of agencies and reports begin.": "机关和报告的 IRI 的开头。",
    "Where the names of agencies and reports begin; taken from the store if not given.": (
        "机关和报告的 IRI 的开头；不给则取自库中。"
    ),
    "Processes that read files.": "同时读取文件的进程数。",
    "Virtuoso only: load by its bulk loader, through a folder that it may read, too.": (
        "仅用于 Virtuoso：用它的批量装载，经由它也能读取的文件夹。"
    ),
    "Tell instead what of the source did not reach the report.": "改为列出原文中没有取到的内容。",
    "Check all that a store holds.": "检查库中的全部报告。",
    "A file to write to; needed for xlsx.": "写入的文件；xlsx 格式必须给出。",
    "A rule pack (a Turtle file or a folder) laid over the core rules; may be repeated.": (
        "加在核心规则之上的规则包（Turtle 文件或文件夹）；可多次给出。"
    ),
    "Look at all of the store again, not only at what has changed.": "全部重新检查，而不只是有变动的。",
    "Whose judgement it is.": "核实人。",
    "The reason.": "理由。",
    "The folder of the store, or the address of a SPARQL 1.1 server; not needed for a list.": (
        "库的文件夹，或 SPARQL 1.1 服务器的地址；只列出查询时不需要。"
    ),
    "A parameter; repeat it for alternatives.": "参数；多次给出则任取其一。",
    "The language of labels in the answer; Chinese in CSV and JSON, else that of the terminal, if not given.": (
        "结果中各项名称的语言；不给则 CSV 和 JSON 为中文，其余随终端。"
    ),
    "Say what a stored query asks and which parameters it takes.": "说明预存查询问什么、有哪些参数。",
    "0 takes a free one.": "0 表示任取一个空闲端口。",
    "Serving processes; as many as processors.": "服务进程数；默认与处理器数相同。",
    "Seconds a query may take.": "一次查询最多几秒。",
    "Rows an answer may have.": "一次结果最多几行。",
    "MB a process may hold.": "一个进程最多占用多少 MB 内存。",
    "Requests a second of one client; 0 for no limit.": "每个客户端每秒的请求数；0 表示不限。",
    "An endpoint that SERVICE may call; repeatable.": "SERVICE 可以调用的端点；可多次给出。",
    "Who publishes the data, for the catalogue.": "数据的发布者，写入数据目录。",
    "Their IRI.": "发布者的 IRI。",
    "Whom to ask about the data: an e-mail address, or that of a page.": "数据的联系方式：电子邮箱或网址。",
    "The licence of the data.": "数据的许可协议。",
    "Where `gongkai export` writes dumps, and the address at which a web server offers them, for the catalogue.": (
        "`gongkai export` 的导出文件夹，以及网站服务器提供这些文件的网址，用于数据目录。"
    ),
    "Note each request there, as JSON.": "以 JSON 把每次请求记入该文件。",
    "Where the dump goes.": "导出到哪个文件夹。",
    "An earlier dump: what was added and removed since is written, too.": "以前导出的数据：另写出此后增删的内容。",
    "Print the counts and shares as JSON.": "以 JSON 输出各项计数和比例。",
    "List each difference.": "列出每一处差异。",
    "Write here, not to the terminal.": "写入此文件，而不是终端。",
}
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""What sets the language of messages (POSIX.1-2017, base definitions, 8.2): the first that says anything."""


def language() -> str:
    """The language of the terminal, "zh" or "en"."""
    said = next((os.environ[name] for name in _VARIABLES if os.environ.get(name)), None)
    told = said if said is not None else locale.getlocale()[0] or ""  # Windows sets no variable
    return "zh" if told.lower().startswith(("zh", "chinese")) else "en"


def say(zh: str, en: str) -> str:
    """The one of two texts that is in the language of the terminal."""
    return zh if language() == "zh" else en


def in_chinese(command: click.Command) -> click.Command:
    """The same command with its help in Chinese."""
    other = copy(command)
    other.help = COMMANDS.get(command.name or "", command.help)
    other.params = [_translated(parameter) for parameter in command.params]
    return other


def told(words: object, *names: object) -> str:
    """An error or a warning in the language of the terminal, where it is known in it.

    A name of the file that it begins with is left out.
    """
    said = str(words)
    if language() == "zh":
        said = chinese(said) or said
    for name in names:
        said = said.removeprefix(f"{name}: ").removeprefix(f"{name}：")
    return said


def _translated(parameter: click.Parameter) -> click.Parameter:
    if not isinstance(parameter, click.Option) or parameter.help is None:
        return parameter
    other = copy(parameter)
    other.help = OPTIONS.get(parameter.help, parameter.help)
    return other
