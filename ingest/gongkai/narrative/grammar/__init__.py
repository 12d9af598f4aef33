"""What each quantity counts: a grammar of clauses over the terms of the vocabulary.

A number is read from what stands next to it: the thing before it (发布信息12条), the thing behind it (12条信息), the
channel or the act alone where the clause names no thing (微博12条, 办结12件), the total that it is a part of
(其中市级12条). What none of these settles is left out.
"""
