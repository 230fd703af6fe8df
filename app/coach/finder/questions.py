"""P03: open questions, and questions that are heaped on each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from app.coach.finder.classes import phrases
from app.coach.finder.pattern import first_match
from app.coach.finder.talk import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.coach.finder.talk import Block, Sentence, Talk

STACKED: Final = 3
"""Questions in one turn from which nobody knows which to answer (EVIDENCE, P03)."""

_OPEN: Final = (
    "(what|how|where|whereabouts|in (what|which) way) (is|are|was|were|do|does|did|has|have|had|would|will|could|might|can|should|'s|made|makes|happened|happens|went|goes|worries|worried|bothers|bothered|matters|else|exactly|about it|kind of (trouble|problem|pain|noise|difficulty|help)|sort of (trouble|problem|pain|noise|difficulty|help)|caused|changed|brings|brought|led|gives|gave|seems|prompted|looks|looked|sounds|keeps|sets|started|drew|part|bit|on earth|then|hurts|needs|bit of|first|part of) ~1",
    "(what|how) (the|your|this|that|a) ~4 (look|feel|sound|start|happen|go|work|like)",
    "(and then|then|so) what",
    "(what|how) (if any|ever|exactly|precisely|else|then)",
    "(what|how) (you|they|he|she|it|we|i) (think|feel|see|want|say|said|mean|saw|heard|did|done)  ~3",
    "(anything|something) (you can|you could|that you can) (tell|think|remember)",
    "(which|what) (part|bit|aspect|side) (of|is|was|worries|bothers|did|do|would|are)",
)
_DATUM: Final = (
    "what (is|was|are|were|'s) (your|the|his|her|their|that|this|my) ~2 (name|names|surname|number|numbers|address|email|postcode|zip|date|birthday|phone|mobile|reference|code|password|pin|total|amount|price|cost|balance|time|room|size|colour|color|model|make|brand|year|age|weight|height|spelling|currency|nationality|order|account|ticket|id|street|city|floor|card|registration|plate|flight|destination|initial|occupation|dose|limit|deadline|maximum|minimum|nearest|next (number|date|appointment|bus)|day|exact (date|amount|time)|last (name|four|digits)|first (name|line|letter)|serial|barcode|doctor|gp|teacher|employer|title|unit|word for|rate|wifi|best (number|time|email|phone|day|way to reach))",
    "how (many|much|long|old|often|far|big|soon|tall|heavy|late|large|wide|deep|high|early|fast|recent|recently|likely|hot|small|thick|frequently|regularly|strong|do you (spell|pronounce|write|want to pay|wish to pay|like your|take your|want it|want your)|would you (like|want|wish|prefer) (to pay|it|that|your|the|to receive|them)|do you do|are you|are we|are things|is everyone|are you (doing|today|keeping)|about|dare|can (i|we)|may (i|we)|could (i|we) (help|be|assist|serve)|come|so|will you be (paying|travelling)|are you (paying|travelling|getting home)|did you (get here|travel|pay)|(does|do|did|is) (that|this|it) (sound|suit|look|fit|work for|feel)  (to you|now|so far|then|for you)?|is (that|this|it)  $|was (your|the) (stay|flight|trip|journey|meal|drive|weekend|holiday|dinner|breakfast|night))",
    "what (time|day|date|size|colour|color|number|floor|kind of (card|room|account|bag|milk|bread|ticket|car|tea|phone)|type of (card|room|account|ticket|car)|sort of (card|room|account|bag|milk|bread|ticket|car|tea)|year|month|room|street|name|age|plan are|make|model|brand|flavour|flavor|language|currency|grade|class|school (is|does)|amount|percentage|way are|bus|train|gate|page|line|address|email|password|weekday|village|town|country|county|subject|bank|team|temperature|height|weight)",
    "what (can|may|could|shall|should|will) (i|we) (get|do|help|offer|bring|make|call|put|say|pour|tempt)",
    "(what|how) (would|will|do|can|may) you (like|want|have|prefer|care|fancy|be having|be drinking|be paying|take) ~2 (to (drink|eat|pay|order|start)|for (breakfast|dinner|lunch|dessert|starters|your (main|starter))|with (it|that)|on (it|your)|your (eggs|coffee|tea|steak)|me to (call|write)|it|now|as a|a|first|instead|cash|card)  ",
    "^ what (a|an|about|lovely|beautiful|if (i|we)|luck|rubbish|fun|nonsense|weather)",
    "(what|how) (a|an) ",
    "what (is|was) that (again|please|<vocative>|sorry)?  $",
    "what (did|was) (you say|it again|that name|the name)",
    "(how|what) about (that|this|a|an|the|we|you|i|tomorrow|monday|tuesday|wednesday|thursday|friday|two|three|four|ten|nine|if) ",
    "what (do|does|did) (that|it|this) (cost|weigh|say|mean)",
    "where (is|are|was|were|do|does|did|have|can|should|shall|would|will|in) (your|the|my|our|his|her|their|you|we|i|it|that|this|they|he|she|exactly|town|london|<person>) ~2 (card|passport|form|ticket|key|bag|car|live|staying|sit|sign|put|from|going|parked|park|born|work|toilet|lift|phone|receipt|bank|school|now|like (it|us to send|me to put)|want (it|me to put)|want us to (send|put)|letter|travelling|staying|headed|heading|based|send)",
    "(what|how|where) (is|are|do) (it|this|that|they) (called|spelt|spelled|made|kept|stored)",
    "(do|have) you know (what|where|how) (time|the|many|much|to get)",
    "what (is|are) (it|this|that) (for|in)  (you)?  (today)?  (a|red)?  $ zzz",
    "how (is|are) (that|this|the) (for|spelt|spelled|with)",
    "what is (it|that) (called|in english)",
    "(what|where) (else|next)  (please|<vocative>)? $",
    "what (would|do) you (call|weigh|earn|owe)",
    "(which|what) (one|ones|of (these|those|the)) ~4 (like|prefer|want|mean|suit*|choose|have)",
    "what (suits|works) (you|best|better|for you)",
)
_ELSEWHERE: Final = (
    "(know|tell you|told you|see|understand|remember|show you|explain|hear|that is|this is|is|was|depends on|like|wonder|ask|asked|guess|exactly|about|of|on|sure|matter|no idea|have an idea|not|checked|check|read|find out|ask me|and|or|to|for) (what|how|where|why)",
)
_CHECK: Final = (
    "(clear|unclear|make sense|makes sense|making sense|understand (what|it|that|so far)|mean by|say (it )?back|followed|follow me|take at night)",
    "how (does|do) (that|this|it) sound",
    "what (questions|part is unclear)",
)
_SOCIAL: Final = (
    "how (is|are|was|were|did|has|have|'s) (the|your|that|those|little|wee|young|everyone|life|retirement|mum|dad|things|all the|our)? ~1 (<person>|<pet>|<event>|job|house|garden|school|everybody|studies|university|college|band|choir|home)",
    "how did ~6 (hold up|go|turn out|work out)",
    "how (are|is) (you|the family|everyone|everybody|life|herself|himself) ~1 (keeping|doing|today|getting on|feeling|now|settling|finding)?",
    "(what are you|what is everyone|any plans|what have you|where are you) (up to|doing|planning|off to|going|heading) (for|this|tonight|at|later|on|over)",
)
_WHY: Final = (
    "why (did|have|were|would|had|are|do|could|can|was) ~1 (you|ye)",
    "how come you",
    "why (not|only|so)",
)


def questions(talk: Talk, block: Block, finds: tuple[Found, ...]) -> Iterator[Found]:
    """Find open questions, and turns that heap them."""
    for sentence in block.sentences:
        place = _open(talk, block, sentence)
        if place is not None and not _blames(sentence, finds):
            yield Found("P03", *place, confidence=0.8)
    for one in finds:
        # Every open question of the six kinds is one of a student's (labelling rule of P17).
        sentence = block.sentence_at(one.lo)
        if one.practice == "P17" and _is_open(sentence) and not _blames(sentence, finds):
            yield Found("P03", one.lo, one.hi, confidence=0.8)
    asked = [one for one in block.sentences if one.question]
    if len(asked) >= STACKED or (len(asked) == STACKED - 1 and _accuses(asked)):
        yield Found("P03", asked[0].lo, asked[-1].hi, wrong=True, confidence=0.8)


def _accuses(asked: list[Sentence]) -> bool:
    return any(first_match(phrases(*_WHY), one) is not None for one in asked)


def _open(talk: Talk, block: Block, sentence: Sentence) -> tuple[int, int] | None:
    del talk
    if sentence.question is False:
        return None
    place = first_match(phrases(*_OPEN), sentence)
    if place is None:
        return None
    if first_match(phrases(*_DATUM, *_CHECK), sentence) is not None:
        return None
    if block.number < 2 or block.last:
        if first_match(phrases(*_SOCIAL), sentence) is not None:
            return None
    if sentence.flat and not _inverted(sentence, place):
        return None
    elsewhere = first_match(phrases(*_ELSEWHERE), sentence)
    if (
        elsewhere is not None
        and elsewhere[0] < place[0] <= elsewhere[1]
        and sentence.question is None
    ):
        return None
    return place


def _inverted(sentence: Sentence, place: tuple[int, int]) -> bool:
    """Whether the words alone, without a sign, show that it is a question."""
    order = phrases(
        "(what|how|where|why) (is|are|was|were|do|does|did|has|have|had|would|will|could|might|can|should) (it|you|the|your|that|this|they|he|she|his|her|we|there|going|wrong|been|like|happening|most|worrying|behind|causing|bothering|i|their|these|those|in|keeping|making|stopping|my|our|<person>)",
        "what (happened|made|caused|changed|worries|brings|brought|bothers|went|started|prompted|led|matters|seems|else|exactly|sort|kind)",
    )
    here = type(sentence)(sentence.words, place[0], sentence.hi, flat=True)
    found = first_match(order, here)
    if found is None or found[0] != place[0]:
        return False
    before = sentence.words[max(sentence.lo, place[0] - 1) : place[0]]
    return not before or before[0] not in {
        "know", "that", "you", "is", "see", "understand", "remember", "of", "about", "sure", "and",
        "me", "explain", "hear", "on", "exactly", "check", "what", "like",
    } or before[0] in {"and", "me"}  # fmt: skip


def _is_open(sentence: Sentence) -> bool:
    words = sentence.words[sentence.lo : sentence.hi]
    asks = {"what", "how", "where", "why", "tell", "describe", "which"} & set(words)
    return bool(asks)


def _blames(sentence: Sentence, finds: tuple[Found, ...]) -> bool:
    return any(
        one.practice == "P03" and one.wrong and sentence.lo <= one.lo < sentence.hi for one in finds
    )
