"""Numbers as these reports write them: Arabic and Chinese digits, 万 and 亿, percent, ranges, money.

The doctest tables are the specification. What is printed is kept beside what it is worth; nothing is rounded.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from gongkai.document import Span

_CHINESE = "零〇○一二三四五六七八九两壹贰叁肆伍陆柒捌玖"
_DIGIT = dict(zip(_CHINESE, "0001234567892123456789", strict=True))
_POWER = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "萬": 4, "亿": 8, "億": 8}
_MYRIAD = 4
_MONEY = {"元": 0, "百元": 2, "千元": 3, "万元": 4, "万": 4, "亿元": 8, "亿": 8}

_DIGITS = rf"(?>\d{{1,3}}(?:[,，]\d{{3}})+(?!\d)(?:[.．]\d+)?|\d+(?:[.．]\d+)?|[{_CHINESE}]+)"
_POWERS = r"[十拾百佰千仟万萬亿億]+(?:[余多][万萬亿億])?"
_BARE = r"(?<![数几好上成])(?=[百佰千仟万亿]{1,2}[余多](?!年|元))|(?<=[近超破逾约])(?=[百佰千仟万亿]{1,2}[^\w\s]?[^分亿万])"
"""A power without a digit is a number where a bound says so: 百余, 近千, 超百万; 数百 and 上千 are none."""
PLAIN = rf"{_DIGITS}(?![余多]?{_POWERS})|(?:(?:{_DIGITS}[余多]?|(?=[十拾])|{_BARE}){_POWERS})+{_DIGITS}?|{_DIGITS}"
_NUMBER = re.compile(
    rf"(?<![\d.．])(?:百分之(?P<hundredths>百|{PLAIN})|(?P<number>{PLAIN}))(?P<percent>\s?[%％])?"
    rf"(?:\s?[-–—~～至到]\s?(?P<upper>{PLAIN})(?P<upper_percent>[%％])?)?(?![.．]?\d)"
)
_TOKEN = re.compile(rf"[\d.．]+|[{_CHINESE}]+|[{''.join(_POWER)}]")
_CELL = re.compile(
    rf"(?P<sign>减少|减|下降|[-−－﹣–]|增加|增|[+＋])?\s*(?:人民币|[¥￥])?\s*(?P<number>{PLAIN})"
    r"\s*(?P<unit>[^\W\d]{0,2})\s*(?:[（(\[【〔].*[）)\]】〕])?",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in running text: where, as printed, what it is worth.

    `percent` numbers are worth what stands before the sign (98.5% is 98.5). `inner` is a 余 or 多 set inside
    the number (40多万). `upper` is the other end of a range, `value` then the lower one.
    """

    span: Span
    printed: str
    value: Decimal
    percent: bool = False
    inner: str = ""
    upper: Decimal | None = None


def find_numbers(text: str) -> tuple[Number, ...]:
    """Every number of a text, in order; spans count code points of it.

    Ordinals, dates and names are the caller's to drop.

    >>> def show(text):
    ...     for n in find_numbers(text):
    ...         upper = f"..{n.upper}" if n.upper is not None else ""
    ...         print(f"{n.printed} = {n.value}{upper}{'%' * n.percent} {n.inner}".rstrip())
    >>> show("1148")
    1148 = 1148
    >>> show("0件")
    0 = 0
    >>> show("１２３４条")
    １２３４ = 1234
    >>> show("1,234次")
    1,234 = 1234
    >>> show("12，345，678次")
    12，345，678 = 12345678
    >>> show("1,234.50元")
    1,234.50 = 1234.50
    >>> show("1,23条")
    1 = 1
    23 = 23
    >>> show("1,2345条")
    1 = 1
    2345 = 2345
    >>> show("0.37")
    0.37 = 0.37
    >>> show("０．３７")
    ０．３７ = 0.37
    >>> show("7万")
    7万 = 70000
    >>> show("69.54万通")
    69.54万 = 695400
    >>> show("2.5亿次")
    2.5亿 = 250000000
    >>> show("9万5千人")
    9万5千 = 95000
    >>> show("1亿2000万")
    1亿2000万 = 120000000
    >>> show("3万5000")
    3万5000 = 35000
    >>> show("3万5")
    3万5 = 35000
    >>> show("2千")
    2千 = 2000
    >>> show("20余万")
    20余万 = 200000 余
    >>> show("4500多万")
    4500多万 = 45000000 多
    >>> show("300多人")
    300 = 300
    >>> show("零")
    零 = 0
    >>> show("三次")
    三 = 3
    >>> show("两条")
    两 = 2
    >>> show("十")
    十 = 10
    >>> show("十二")
    十二 = 12
    >>> show("二十")
    二十 = 20
    >>> show("三十五")
    三十五 = 35
    >>> show("一百零五")
    一百零五 = 105
    >>> show("一百二十")
    一百二十 = 120
    >>> show("一百二")
    一百二 = 120
    >>> show("三千二百")
    三千二百 = 3200
    >>> show("一万二")
    一万二 = 12000
    >>> show("二万零三十")
    二万零三十 = 20030
    >>> show("十万")
    十万 = 100000
    >>> show("十余万")
    十余万 = 100000 余
    >>> show("一千三百五十万")
    一千三百五十万 = 13500000
    >>> show("三亿零五百万")
    三亿零五百万 = 305000000
    >>> show("百余条")
    百 = 100
    >>> show("近千份")
    千 = 1000
    >>> show("万余名")
    万 = 10000
    >>> show("超百万次")
    百万 = 1000000
    >>> show("数百条，上千人")
    >>> show("二〇二三")
    二〇二三 = 2023
    >>> show("叁拾伍")
    叁拾伍 = 35
    >>> show("100%")
    100% = 100%
    >>> show("98.5％")
    98.5％ = 98.5%
    >>> show("百分之九十五")
    百分之九十五 = 95%
    >>> show("百分之百")
    百分之百 = 100%
    >>> show("百分之98.2")
    百分之98.2 = 98.2%
    >>> show("3-5个")
    3-5 = 3..5
    >>> show("10至15个")
    10至15 = 10..15
    >>> show("三到五个")
    三到五 = 3..5
    >>> show("90%～95%")
    90%～95% = 90..95%
    >>> show("统一10条")
    10 = 10
    >>> show("从64.5%升到91.20%")
    64.5% = 64.5%
    91.20% = 91.20%
    >>> show("共12件，其中3件")
    12 = 12
    3 = 3
    >>> show("1.2.3")
    >>> show("百姓千家")
    """
    return tuple(_number(m, text) for m in _NUMBER.finditer(text))


def parse_cell(printed: str, unit: str, words: Collection[str] = ()) -> Decimal | None:
    """What a cell of a table is worth in the unit of its column, or None where it is not exactly one number.

    `unit` is a measure word (件) or one of money (元, 万元); `words` are others that may stand behind the number. A blank,
    however marked, has no value; 一 alone is a dash as often as a one and has none either. A remark in brackets behind
    the number does not change it.

    >>> def show(*cells, unit="件"):
    ...     print(*(parse_cell(c, unit) for c in cells))
    >>> show("3", "0", " 12 ", "１２", "1,234", "1，234", "+2", "＋2", "-3", "－3", "−3")
    3 0 12 12 1234 1234 2 2 -3 -3 -3
    >>> show("减3", "减少3", "增2", "增加12件", "减0", "-0")
    -3 -3 2 12 0 0
    >>> show("3件", "3 件", "4（含上年1件）", "4(注)", "三件", "十二", "零", "0.00", "05", "2万")
    3 3 4 4 3 12 0 0.00 5 20000
    >>> show("", "/", "—", "——", "-", "--", "无", "一", "空", "\\\\", "*", "N/A", "（略）")
    None None None None None None None None None None None None None
    >>> show("0 0", "3/4", "1.2.3", "3-5", "约3", "98%", "3左右", "第3", "3万元", "3,4")
    None None None None None None None None None None
    >>> show("0.37万元", "251000元", "251,000.00元", "0.37", "25万", unit="万元")
    0.37 25.1 25.1 0.37 25
    >>> show("1.2亿元", "¥5000元", "0元", "3件", unit="万元")
    12000 0.5 0 None
    >>> show("0.37万元", "251000", "3千元", unit="元")
    3700 251000 3000
    """
    match = _CELL.fullmatch(printed.strip())
    if match is None or (match["number"] == "一" and not match["unit"]):
        return None
    number, suffix = match["number"], match["unit"]
    if unit in _MONEY and number[-1] in "万亿" and suffix in ("", "元"):
        number, suffix = number[:-1], number[-1] + suffix
    value = number_value(number)
    if unit in _MONEY and suffix:
        if suffix not in _MONEY:
            return None
        value = _plain(value.scaleb(_MONEY[suffix] - _MONEY[unit]))
    elif suffix not in ("", unit) and suffix not in words:
        return None
    return -value if value and (match["sign"] or "+")[0] in "减下-−－﹣–" else value


def _number(match: re.Match[str], text: str) -> Number:
    body = match["hundredths"] or match["number"]
    upper = match["upper"]
    return Number(
        Span(match.start(), match.end()),
        text[match.start() : match.end()],
        Decimal(100) if body == "百" else number_value(body),
        bool(match["hundredths"] or match["percent"] or match["upper_percent"]),
        "".join(c for c in body if c in "余多"),
        number_value(upper) if upper else None,
    )


def number_value(plain: str) -> Decimal:
    """Adds up what `PLAIN` matches: a power scales the digits before it, 万 and 亿 all that stands before."""
    if plain.isdecimal():
        return Decimal(plain)
    total = section = digits = Decimal(0)
    power, tail, zero = 0, 0, False
    for token in _TOKEN.findall(plain.replace(",", "").replace("，", "").replace("．", ".")):
        if token not in _POWER:
            zero = token[0] in "零〇○"
            digits = Decimal("".join(_DIGIT.get(c, c) for c in token))
            # 一百二 is 120 and 3万5 is 35000; the end of 一百零二 comes as two digits
            tail = power - 1 if len(token) == 1 and power > 1 else 0
            continue
        power = _POWER[token]
        if power < _MYRIAD:
            section += (digits or Decimal(not zero)).scaleb(power)
        elif section + digits:
            total, section = total + (section + digits).scaleb(power), Decimal(0)
        else:
            total = (total or Decimal(1)).scaleb(power)
        digits, zero, tail = Decimal(0), False, 0
    value = total + section + digits.scaleb(tail)
    return _plain(value) if power else value


def _plain(value: Decimal) -> Decimal:
    """Without an exponent, and without zeros that scaling put behind the point."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def json_number(value: Decimal | None) -> int | float | None:
    """The number as JSON prints it: the shortest text of a float is that of the decimal up to 15 digits."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
