"""The integrity constraints of RDF Data Cube, after https://www.w3.org/TR/2014/REC-vocab-data-cube-20140116/#wf-rules.

Each holds where its query has no answer; closure makes the abbreviated form whole first (section 10).
"""

from __future__ import annotations

HEAD = """
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

CLOSURE = """
INSERT { ?o a qb:Observation } WHERE { [] qb:observation ?o } ;
INSERT { ?o a qb:Observation } WHERE { ?o qb:dataSet [] } ;
INSERT { ?s a qb:Slice } WHERE { [] qb:slice ?s } ;
INSERT { ?c qb:componentProperty ?p . ?p a qb:DimensionProperty } WHERE { ?c qb:dimension ?p } ;
INSERT { ?c qb:componentProperty ?p . ?p a qb:MeasureProperty } WHERE { ?c qb:measure ?p } ;
INSERT { ?c qb:componentProperty ?p . ?p a qb:AttributeProperty } WHERE { ?c qb:attribute ?p }
"""

_DIMENSION = (
    "?obs qb:dataSet/qb:structure/qb:component/qb:componentProperty ?dim . ?dim a qb:DimensionProperty"
)

CONSTRAINTS = {
    "IC-1": """{ ?obs a qb:Observation . FILTER NOT EXISTS { ?obs qb:dataSet ?one } } UNION
        { ?obs a qb:Observation ; qb:dataSet ?one, ?two . FILTER (?one != ?two) }""",
    "IC-2": """{ ?set a qb:DataSet . FILTER NOT EXISTS { ?set qb:structure ?dsd } } UNION
        { ?set a qb:DataSet ; qb:structure ?one, ?two . FILTER (?one != ?two) }""",
    "IC-3": """?dsd a qb:DataStructureDefinition .
        FILTER NOT EXISTS { ?dsd qb:component [ qb:componentProperty [ a qb:MeasureProperty ] ] }""",
    "IC-4": "?dim a qb:DimensionProperty . FILTER NOT EXISTS { ?dim rdfs:range [] }",
    "IC-5": "?dim a qb:DimensionProperty ; rdfs:range skos:Concept . FILTER NOT EXISTS { ?dim qb:codeList [] }",
    "IC-6": """?dsd qb:component ?spec . ?spec qb:componentRequired "false"^^xsd:boolean ; qb:componentProperty ?component .
        FILTER NOT EXISTS { ?component a qb:AttributeProperty }""",
    "IC-7": "?key a qb:SliceKey . FILTER NOT EXISTS { [ a qb:DataStructureDefinition ] qb:sliceKey ?key }",
    "IC-8": """?key a qb:SliceKey ; qb:componentProperty ?prop . ?dsd qb:sliceKey ?key .
        FILTER NOT EXISTS { ?dsd qb:component [ qb:componentProperty ?prop ] }""",
    "IC-9": """{ ?slice a qb:Slice . FILTER NOT EXISTS { ?slice qb:sliceStructure ?key } } UNION
        { ?slice a qb:Slice ; qb:sliceStructure ?one, ?two . FILTER (?one != ?two) }""",
    "IC-10": "?slice qb:sliceStructure [ qb:componentProperty ?dim ] . FILTER NOT EXISTS { ?slice ?dim [] }",
    "IC-11": f"{_DIMENSION} FILTER NOT EXISTS {{ ?obs ?dim [] }}",
    "IC-12": """FILTER (?allEqual) { SELECT (MIN(?equal) AS ?allEqual) WHERE {
        ?one qb:dataSet ?set . ?two qb:dataSet ?set . FILTER (?one != ?two)
        ?set qb:structure/qb:component/qb:componentProperty ?dim . ?dim a qb:DimensionProperty .
        ?one ?dim ?v1 . ?two ?dim ?v2 . BIND (?v1 = ?v2 AS ?equal) } GROUP BY ?one ?two }""",
    "IC-13": """?obs qb:dataSet/qb:structure/qb:component ?spec .
        ?spec qb:componentRequired "true"^^xsd:boolean ; qb:componentProperty ?attr .
        FILTER NOT EXISTS { ?obs ?attr [] }""",
    "IC-14": """?obs qb:dataSet/qb:structure ?dsd .
        FILTER NOT EXISTS { ?dsd qb:component/qb:componentProperty qb:measureType }
        ?dsd qb:component/qb:componentProperty ?measure . ?measure a qb:MeasureProperty
        FILTER NOT EXISTS { ?obs ?measure [] }""",
    "IC-15": """?obs qb:dataSet/qb:structure ?dsd ; qb:measureType ?measure .
        ?dsd qb:component/qb:componentProperty qb:measureType . FILTER NOT EXISTS { ?obs ?measure [] }""",
    "IC-16": """?obs qb:dataSet/qb:structure ?dsd ; qb:measureType ?measure ; ?other [] .
        ?dsd qb:component/qb:componentProperty qb:measureType ; qb:component/qb:componentProperty ?other .
        ?other a qb:MeasureProperty . FILTER (?other != ?measure)""",
    "IC-17": """{ SELECT ?number (COUNT(?obs2) AS ?count) WHERE {
        { SELECT ?dsd (COUNT(?m) AS ?number) WHERE {
            ?dsd qb:component/qb:componentProperty ?m . ?m a qb:MeasureProperty } GROUP BY ?dsd }
        ?obs1 qb:dataSet/qb:structure ?dsd ; qb:dataSet ?set ; qb:measureType ?m1 .
        ?obs2 qb:dataSet ?set ; qb:measureType ?m2 .
        FILTER NOT EXISTS { ?dsd qb:component/qb:componentProperty ?dim . FILTER (?dim != qb:measureType)
            ?dim a qb:DimensionProperty . ?obs1 ?dim ?v1 . ?obs2 ?dim ?v2 . FILTER (?v1 != ?v2) }
        } GROUP BY ?obs1 ?number HAVING (COUNT(?obs2) != ?number) }""",
    "IC-18": "?set qb:slice ?slice . ?slice qb:observation ?obs . FILTER NOT EXISTS { ?obs qb:dataSet ?set }",
    "IC-19a": f"""{_DIMENSION} ; qb:codeList ?list . ?list a skos:ConceptScheme . ?obs ?dim ?v .
        FILTER NOT EXISTS {{ ?v a skos:Concept ; skos:inScheme ?list }}""",
    "IC-19b": f"""{_DIMENSION} ; qb:codeList ?list . ?list a skos:Collection . ?obs ?dim ?v .
        FILTER NOT EXISTS {{ ?v a skos:Concept . ?list skos:member+ ?v }}""",
    "IC-20, IC-21": f"{_DIMENSION} ; qb:codeList ?list . ?list a qb:HierarchicalCodeList",
}
"""What breaks each constraint. IC-20 and IC-21 are about hierarchical code lists: there are none."""
